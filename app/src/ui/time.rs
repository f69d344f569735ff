//! Times: the server sends RFC 3339 in the instance's zone, so both sides show them by cutting the text.

use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::words::{key, t, tf};

/// A moment as a person reads it: `12.03.2026, 10:42`.
///
/// The words "today" and "yesterday" depend on the reader's clock, which the server does not have; they come once
/// the page is awake.
pub fn time(at: &str) -> Node {
    let awake = super::awake();
    let machine = at.to_owned();
    let at = at.to_owned();
    view! { <time datetime=machine>{move || if awake.get() { near(&at) } else { plain(&at) }}</time> }
}

/// `2026-03-12T10:42:07+02:00` → `12.03.2026, 10:42`; anything else stays as it is.
pub fn plain(at: &str) -> String {
    match split(at) {
        Some(([year, month, day], clock)) => [day, ".", month, ".", year, ", ", clock].concat(),
        None => at.to_owned(),
    }
}

/// The same, with "today" and "yesterday" for what is near.
fn near(at: &str) -> String {
    let Some((_, clock)) = split(at) else { return at.to_owned() };
    match days_ago(at) {
        Some(0) => tf(key::TODAY_AT, &[("time", clock)]),
        Some(1) => tf(key::YESTERDAY_AT, &[("time", clock)]),
        _ => plain(at),
    }
}

/// Year, month and day; hours and minutes.
fn split(at: &str) -> Option<([&str; 3], &str)> {
    let (date, rest) = at.split_once('T')?;
    let mut parts = date.split('-');
    Some(([parts.next()?, parts.next()?, parts.next()?], rest.get(..5)?))
}

/// How many midnights of the time's own zone lie between it and now.
fn days_ago(at: &str) -> Option<i64> {
    const DAY: f64 = 86_400_000.0;
    let then = js_sys::Date::parse(at);
    let offset = f64::from(offset(at)?) * 60_000.0;
    let local = then + offset;
    let now = js_sys::Date::now() + offset;
    (!local.is_nan()).then(|| ((now / DAY).floor() - (local / DAY).floor()) as i64)
}

/// Minutes east of UTC: `…Z` is 0, `…+02:00` is 120.
fn offset(at: &str) -> Option<i32> {
    if at.ends_with('Z') {
        return Some(0);
    }
    let zone = at.get(at.len().checked_sub(6)?..)?;
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let sum = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    Some(if zone.starts_with('-') { -sum } else { sum })
}

/// The title of a time that never was: an empty text says nothing.
pub fn time_or_never(at: &str) -> Node {
    if at.is_empty() {
        view! { <span>{t(key::NEVER)}</span> }
    } else {
        time(at)
    }
}

#[cfg(test)]
mod tests {
    use super::{offset, plain};

    #[test]
    fn a_time_is_cut_from_its_text() {
        assert_eq!(plain("2026-03-12T10:42:07+02:00"), "12.03.2026, 10:42");
        assert_eq!(plain("2026-03-12T10:42:07.123456Z"), "12.03.2026, 10:42");
        assert_eq!(plain("soon"), "soon");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn an_offset_is_minutes_east() {
        for (at, minutes) in
            [("2026-03-12T10:42:07Z", Some(0)), ("…+02:30", Some(150)), ("…-05:00", Some(-300)), ("x", None)]
        {
            assert_eq!(offset(at), minutes, "{at}");
        }
    }
}
