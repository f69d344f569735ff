//! The formats that a text may be required to have, by the names which `format` gives them.

use std::net::Ipv6Addr;

/// Does `text` have the format? An unknown format, such as schemars' `uint32`, asks nothing.
pub fn matches(format: &str, text: &str) -> bool {
    match format {
        "colour" => colour(text),
        "email" => email(text),
        "https-url" => https_url(text),
        "alias" => alias(text),
        "shortcut" => shortcut(text),
        "language" => language(text),
        "origin" => origin(text),
        "host" => host(text),
        "time-zone" => time_zone(text),
        "date" => date(text).is_some(),
        "time" => time(text).is_some(),
        "phone" => phone(text),
        "integer-string" => integer(text),
        "decimal-string" => decimal(text),
        "sha256" => sha256(text),
        "media-type" => media_type(text),
        "header" => header(text),
        _ => true,
    }
}

/// Is this a format of ours, one that [`matches`] asks something for?
pub fn is_known(format: &str) -> bool {
    // No text has two of the formats that the empty text could have: none of them accepts it.
    !matches(format, "")
}

/// A SHA-256, in lower-case hexadecimal digits.
pub fn sha256(text: &str) -> bool {
    text.len() == 64 && all(text, |b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// A media type without parameters, with names as RFC 6838 (section 4.2) allows them.
pub fn media_type(text: &str) -> bool {
    let name = |name: &str| {
        let sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
        name.len() <= 127 && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && all(name, sign)
    };
    text.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype))
}

/// The name of an HTTP header: a token of RFC 9110 (section 5.6.2), at most 64 signs.
pub fn header(text: &str) -> bool {
    text.len() <= 64 && all(text, |b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// `#rrggbb`, in either case.
pub fn colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && all(digits, |b| b.is_ascii_hexdigit()))
}

/// An address as `<input type=email>` takes it (WHATWG HTML, "valid e-mail address"), with letters of any
/// script in the domain and with the length limits of RFC 5321.
pub fn email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atom = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
    text.len() <= 254 && (1..=64).contains(&local.len()) && all(local, atom) && name(domain)
}

/// An absolute `https` address without user information.
pub fn https_url(text: &str) -> bool {
    let Some(rest) = without_case(text, "https://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    text.len() <= 2048 && authority(&rest[..end]) && tail(&rest[end..])
}

/// A Latin letter, then Latin letters, digits and `_`; at most 64 in all.
pub fn alias(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && all(text, |b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Letters of any script, digits, `_` and `-`; at most 32.
pub fn shortcut(text: &str) -> bool {
    // 32 letters with their marks stay far below this; longer text is refused before it is counted.
    let counted = !text.is_empty() && text.len() <= 1024 && crate::text::graphemes(text) <= 32;
    counted && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// A well-formed language tag (RFC 5646 section 2.1, without the grandfathered ones).
pub fn language(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    if !text.is_ascii() || text.len() > 64 {
        return false;
    }
    let Some(first) = parts.next() else { return false };
    let letters = |part: &str| all(part, |b| b.is_ascii_alphabetic());
    let signs = |part: &str| all(part, |b| b.is_ascii_alphanumeric());
    if !first.eq_ignore_ascii_case("x") {
        if !letters(first) || !(2..=8).contains(&first.len()) {
            return false;
        }
        if first.len() <= 3 {
            for _ in 0..3 {
                parts.next_if(|part| part.len() == 3 && letters(part));
            }
        }
        parts.next_if(|part| part.len() == 4 && letters(part));
        parts.next_if(|part| (part.len() == 2 && letters(part)) || (part.len() == 3 && digits(part)));
        let variant = |part: &&str| {
            signs(part)
                && ((5..=8).contains(&part.len()) || (part.len() == 4 && part.as_bytes()[0].is_ascii_digit()))
        };
        while parts.next_if(variant).is_some() {}
        while parts
            .next_if(|part| part.len() == 1 && signs(part) && !part.eq_ignore_ascii_case("x"))
            .is_some()
        {
            let mut count = 0;
            while parts.next_if(|part| (2..=8).contains(&part.len()) && signs(part)).is_some() {
                count += 1;
            }
            if count == 0 {
                return false;
            }
        }
        match parts.next() {
            None => return true,
            Some(part) if part.eq_ignore_ascii_case("x") => {}
            Some(_) => return false,
        }
    }
    // Private use: `x-` and at least one part.
    parts.peek().is_some() && parts.all(|part| (1..=8).contains(&part.len()) && signs(part))
}

/// `scheme://host[:port]`, with nothing after it.
pub fn origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && all(scheme, |b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && authority(rest)
}

/// `name`, `name:port`, an address of either kind, or `*.name` for every name below it.
pub fn host(text: &str) -> bool {
    match text.strip_prefix("*.") {
        Some(below) => name(below),
        None => authority(text),
    }
}

/// The form of an IANA zone name: `UTC` or `Area/City`. Whether the zone exists, the zone data knows.
pub fn time_zone(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && all(part, |b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
    };
    text == "UTC"
        || (text.len() <= 64 && matches!(text.split('/').count(), 2 | 3) && text.split('/').all(part))
}

/// A day of the Gregorian calendar, `YYYY-MM-DD`, as year, month and day.
pub fn date(text: &str) -> Option<(u16, u8, u8)> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to).filter(|part| digits(part))?.parse::<u16>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)? as u8, number(8, 10)? as u8);
    (year >= 1 && (1..=days_in(year, month)).contains(&day)).then_some((year, month, day))
}

/// The number of days in a month; 0 for a month that does not exist.
pub fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

/// A time of day, `HH:MM`, as minutes since midnight; `24:00`, the end of the day, is 1440.
pub fn time(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))).then_some(hour * 60 + minute)
}

/// An international number: `+`, the country code and the rest, 7 to 15 digits in all (ITU-T E.164).
pub fn phone(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|number| (7..=15).contains(&number.len()) && digits(number) && !number.starts_with('0'))
}

/// A whole number of 64 bits as it is written on the wire: no plus, no leading zeros.
pub fn integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

/// A decimal number with a point, of at most 40 digits, as it is written on the wire.
pub fn decimal(text: &str) -> bool {
    let number = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    number.len() <= 41
        && digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(digits)
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

fn digits(text: &str) -> bool {
    all(text, |b| b.is_ascii_digit())
}

fn without_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// A host name: labels of letters, digits and inner hyphens (RFC 1123), letters of any script (RFC 5890).
fn name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// A host name or address and, if it is there, a port.
fn authority(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            if address.parse::<Ipv6Addr>().is_err() {
                return false;
            }
            match port.strip_prefix(':') {
                Some(port) => (None, Some(port)),
                None if port.is_empty() => (None, None),
                None => return false,
            }
        }
        None => text.split_once(':').map_or((Some(text), None), |(host, port)| (Some(host), Some(port))),
    };
    let is_port =
        |port: &str| digits(port) && port.len() <= 5 && port.parse::<u16>().is_ok_and(|port| port > 0);
    host.is_none_or(name) && port.is_none_or(is_port)
}

/// The path, query and fragment of an address: no white space, and every `%` begins an escape.
fn tail(text: &str) -> bool {
    let escapes = text
        .split('%')
        .skip(1)
        .all(|part| part.get(..2).is_some_and(|two| all(two, |b| b.is_ascii_hexdigit())));
    escapes && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`".contains(c))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn each_format_takes_its_own_and_nothing_else() {
        for (format, right, wrong) in [
            ("colour", vec!["#c0392b", "#C0392B"], vec!["c0392b", "#fff", "#c0392g", "#c0392bb", "червоний"]),
            (
                "email",
                vec!["a@b.ua", "o'neil+tag@mail.example.com", "owner@localhost", "info@пошта.укр"],
                vec!["a", "@b.ua", "a@", "a@b@c", "a b@c.ua", "a@-b.ua", "a@b..ua", "пошта@b.ua"],
            ),
            (
                "https-url",
                vec!["https://a.ua", "HTTPS://a.ua:8443/x?y=%D1%84#z", "https://[::1]/", "https://a.ua/шлях"],
                vec![
                    "http://a.ua",
                    "https://",
                    "https:///x",
                    "https://u:p@a.ua",
                    "https://a.ua/x y",
                    "https://a.ua/%d",
                    "https://a.ua:0",
                    "https://a.ua:70000",
                    "ｈttps://a.ua",
                ],
            ),
            ("alias", vec!["a", "Refund_2"], vec!["2a", "_a", "a-b", "тема", "a b"]),
            ("shortcut", vec!["вітання", "hello-2", "10", "a_b"], vec!["a b", "п'ять", "a/b", "😀"]),
            (
                "language",
                vec![
                    "uk",
                    "en-GB",
                    "zh-Hant-TW",
                    "sl-rozaj-biske",
                    "de-1996",
                    "es-419",
                    "zh-yue",
                    "en-u-ca-gregory",
                    "en-a-bbb-x-a",
                    "x-own",
                ],
                vec!["u", "uk_UA", "uk-", "-uk", "укр", "en-u", "x", "en--GB", "en-GB-GB"],
            ),
            (
                "origin",
                vec!["https://crm.example.com", "http://localhost:3000", "https://[::1]:8080"],
                vec![
                    "https://a.ua/",
                    "a.ua",
                    "https://",
                    "https://a.ua/x",
                    "https://a.ua:",
                    "://a.ua",
                    "https://a ua",
                ],
            ),
            (
                "host",
                vec!["a.ua", "localhost:25", "*.a.ua", "10.0.0.1", "[::1]:25"],
                vec!["*", "*.", "a.*.ua", "https://a.ua", "a:", "a:b", "a:99999", "a..ua", "[::1", "[::g]"],
            ),
            (
                "time-zone",
                vec!["Europe/Kyiv", "Europe/Kiev", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "UTC"],
                vec!["Kyiv", "europe/kyiv", "Europe/", "/Kyiv", "Europe/Київ", "A/B/C/D", "UTC+2"],
            ),
            (
                "date",
                vec!["2026-08-24", "2024-02-29", "2000-02-29", "0001-01-01"],
                vec![
                    "2026-02-29",
                    "1900-02-29",
                    "2026-13-01",
                    "2026-00-10",
                    "2026-04-31",
                    "26-04-01",
                    "2026-4-1",
                    "0000-01-01",
                    "2026-04-0٣",
                ],
            ),
            (
                "time",
                vec!["00:00", "09:30", "23:59", "24:00"],
                vec!["24:01", "9:30", "12:60", "25:00", "12-30", "+1:00"],
            ),
            (
                "phone",
                vec!["+380441234567", "+6834000"],
                vec!["380441234567", "+0441234567", "+380 44 123", "+", "+1234567890123456"],
            ),
            (
                "integer-string",
                vec!["0", "-1", "9223372036854775807", "-9223372036854775808"],
                vec!["9223372036854775808", "007", "+1", "-0", "1.0", " 1"],
            ),
            (
                "decimal-string",
                vec!["0", "-0.5", "12.340", "100"],
                vec!["1,5", ".5", "1.", "00.5", "1e5", "-", "+1"],
            ),
        ] {
            for text in right {
                assert!(matches(format, text), "{format} refuses {text}");
            }
            for text in wrong.into_iter().chain([""]) {
                assert!(!matches(format, text), "{format} takes {text:?}");
            }
        }
        assert!(matches("uint32", "anything") && !super::is_known("uint32") && super::is_known("date"));
    }

    #[test]
    fn lengths_are_held() {
        assert!(matches("alias", &"a".repeat(64)) && !matches("alias", &"a".repeat(65)));
        assert!(matches("shortcut", &"ї".repeat(32)) && !matches("shortcut", &"ї".repeat(33)));
        assert!(!matches("host", &"a".repeat(64)) && !matches("language", &"abcde-".repeat(2_000)));
        assert!(!matches("decimal-string", &"1".repeat(42)));
    }

    #[test]
    fn dates_and_times_are_read() {
        assert_eq!(super::date("2026-08-24"), Some((2026, 8, 24)));
        assert_eq!(super::time("24:00"), Some(1440));
        assert_eq!(super::time("09:30"), Some(570));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_a_format(text in ".*") {
            for format in ["colour", "email", "https-url", "alias", "shortcut", "language", "origin", "host",
                "time-zone", "date", "time", "phone", "integer-string", "decimal-string"] {
                matches(format, &text);
                matches(format, &format!("https://{text}"));
                matches(format, &format!("+{text}"));
            }
        }
    }
}
