//! Where a style sheet may load from: its own host, the text itself, and the hosts that the instance allows.

/// Why an address is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Its host is not among those allowed.
    Host(String),
    /// It leads elsewhere than to `https`.
    Scheme,
}

/// May a style sheet load from this address? It is read as browsers read it: spaces around it and line ends in it don't count,
/// a backslash is a slash.
pub(super) fn judge(address: &str, hosts: &[String]) -> Result<(), Refused> {
    let address: String = address
        .trim_matches(|letter: char| letter <= ' ')
        .chars()
        .filter(|letter| !matches!(letter, '\t' | '\n' | '\r'))
        .map(|letter| if letter == '\\' { '/' } else { letter })
        .collect();
    let rest = match scheme(&address) {
        Some(scheme) if scheme.eq_ignore_ascii_case("https") => {
            address[scheme.len() + 1..].trim_start_matches('/')
        }
        Some(scheme) if scheme.eq_ignore_ascii_case("data") => return Ok(()),
        Some(_) => return Err(Refused::Scheme),
        None if address.starts_with("//") => address.trim_start_matches('/'),
        // The host that the style sheet comes from.
        None => return Ok(()),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    if hosts.iter().any(|allowed| fits(allowed, &host)) { Ok(()) } else { Err(Refused::Host(host)) }
}

/// The same for a whole style sheet, which no rule here has read: it comes from an allowed host or not at all.
pub(super) fn judge_sheet(address: &str, hosts: &[String]) -> Result<(), Refused> {
    match judge(address, hosts) {
        Ok(()) if hosts_named(address) => Ok(()),
        Ok(()) => Err(Refused::Scheme),
        refused => refused,
    }
}

/// Does the address name a host, and not stand for itself or for a place beside the style sheet?
fn hosts_named(address: &str) -> bool {
    let plain: String = address
        .chars()
        .filter(|letter| *letter > ' ')
        .map(|letter| if letter == '\\' { '/' } else { letter })
        .collect();
    plain.starts_with("//") || scheme(&plain).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.bytes();
    let first = letters.next()?.is_ascii_alphabetic();
    (first && letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
        .then_some(scheme)
}

/// Is `host`, maybe with a port, one that `allowed` names?
fn fits(allowed: &str, host: &str) -> bool {
    let split = |host: &str| match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name.to_owned(), port.to_owned())
        }
        _ => (host.to_owned(), "443".to_owned()),
    };
    let ((allowed, allowed_port), (name, port)) = (split(&allowed.to_ascii_lowercase()), split(host));
    if allowed_port != port || name.is_empty() {
        return false;
    }
    match allowed.strip_prefix("*.") {
        Some(domain) => name.strip_suffix(domain).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => allowed == name,
    }
}

#[cfg(test)]
mod tests {
    use super::{Refused, judge};

    #[test]
    fn only_allowed_hosts_are_reached() {
        let hosts = ["cdn.example".to_owned(), "*.fonts.example".to_owned(), "local.example:8443".to_owned()];
        for right in [
            "https://cdn.example/a.png",
            "HTTPS://CDN.example:443/a.png",
            "//cdn.example/a.png",
            "https://a.fonts.example/x.woff2",
            "https://local.example:8443/x",
            "data:image/png;base64,AAAA",
            "a.png",
            "/a/b.png",
            "#filter",
            "",
        ] {
            assert_eq!(judge(right, &hosts), Ok(()), "{right}");
        }
        for (wrong, host) in [
            ("https://evil.example/a.png", "evil.example"),
            ("//evil.example", "evil.example"),
            ("\\\\evil.example\\a", "evil.example"),
            ("/\\evil.example", "evil.example"),
            ("ht\ntps://evil.example", "evil.example"),
            ("https:evil.example", "evil.example"),
            ("https:///evil.example", "evil.example"),
            ("https://cdn.example@evil.example/", "evil.example"),
            ("https://evil.example\\@cdn.example/", "evil.example"),
            ("https://cdn.example:8443/", "cdn.example:8443"),
            ("https://fonts.example/", "fonts.example"),
            ("https://xfonts.example/", "xfonts.example"),
            ("https://cdn.example.evil.example/", "cdn.example.evil.example"),
            ("https://", ""),
            (" \u{1}//evil.example", "evil.example"),
        ] {
            assert_eq!(judge(wrong, &hosts), Err(Refused::Host(host.into())), "{wrong:?}");
        }
        for wrong in [
            "http://cdn.example/a.png",
            "javascript:alert(1)",
            "blob:https://cdn.example/x",
            "ftp://cdn.example",
        ] {
            assert_eq!(judge(wrong, &hosts), Err(Refused::Scheme), "{wrong}");
        }
    }
}
