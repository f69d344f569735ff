//! Hosts that may be reached although their address is private: the instance names them one by one.

use app::field::Host;
use reqwest::Url;

/// Does the list name the host of this address? `*.` in front stands for every name below, but not for the name itself;
/// without a port the usual one of the scheme is meant.
pub fn allows(list: &[Host], url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_end_matches('.');
    list.iter().any(|entry| {
        let (name, port) = split(entry);
        let right_port = match port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none(),
        };
        let right_name = match name.strip_prefix("*.") {
            Some(parent) => host.len().checked_sub(parent.len() + 1).is_some_and(|dot| {
                host.as_bytes()[dot] == b'.' && dot > 0 && host[dot + 1..].eq_ignore_ascii_case(parent)
            }),
            None => host.eq_ignore_ascii_case(name),
        };
        right_port && right_name
    })
}

/// The name of an entry and its port, if it has one. An address of IPv6 stands in brackets.
fn split(entry: &str) -> (&str, Option<u16>) {
    match entry.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => match port.parse() {
            Ok(port) => (name, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_name_hosts() {
        let cases = [
            ("crm.lan", "http://crm.lan/x", true),
            ("crm.lan", "https://CRM.lan/", true),
            ("crm.lan", "https://crm.lan./", true),
            ("crm.lan", "http://crm.lan:8080/", false),
            ("crm.lan:8080", "http://crm.lan:8080/", true),
            ("crm.lan:443", "https://crm.lan/", true),
            ("crm.lan:443", "http://crm.lan/", false),
            ("crm.lan", "http://evil-crm.lan/", false),
            ("crm.lan", "http://a.crm.lan/", false),
            ("*.lan", "http://a.b.lan/", true),
            ("*.lan", "http://lan/", false),
            ("*.lan", "http://xlan/", false),
            ("*.crm.lan", "http://notcrm.lan/", false),
            ("10.0.0.5", "http://10.0.0.5/", true),
            ("10.0.0.5:81", "http://10.0.0.5:81/", true),
            ("[fd00::1]", "http://[fd00::1]/", true),
            ("[fd00::1]:8080", "http://[fd00::1]:8080/", true),
            ("10.0.0.5", "http://10.0.0.50/", false),
        ];
        for (entry, url, wanted) in cases {
            assert_eq!(allows(&[Host(entry.into())], &url.parse().unwrap()), wanted, "{entry} {url}");
        }
        assert!(!allows(&[], &"http://crm.lan/".parse().unwrap()));
    }
}
