//! The time, as the store keeps it and as people read it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Now, in microseconds since 1970, UTC.
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// A moment as RFC 3339 in a zone, to the second; an unknown zone is read as UTC.
pub fn rfc3339(at: i64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let Ok(at) = Timestamp::from_microsecond(at) else { return String::new() };
    let zoned = at.to_zoned(zone);
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A moment of RFC 3339 in microseconds since 1970; none if it is none.
pub fn from_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}

/// The last moment of a day like `2026-12-31` in a zone, in microseconds since 1970; none if it is no day.
pub fn end_of_day(date: &str, zone: &str) -> Option<i64> {
    let date: jiff::civil::Date = date.parse().ok()?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let next = date.tomorrow().ok()?.to_zoned(zone).ok()?;
    Some(next.timestamp().as_microsecond() - 1)
}

/// Is there such a zone?
pub fn zone_exists(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}
