//! Calendar days as text, and bounds that move with the day on which they are read.

use crate::schema::format;

/// The last day that can be written.
const LAST: i64 = 3_652_059;

/// A bound as a day: `2026-03-12`, `today`, or so many days from it, `today+30` and `today-6570`.
///
/// `today` is the day on which it is asked, `YYYY-MM-DD`. None if the bound is neither, or leaves the calendar.
pub fn resolve(bound: &str, today: &str) -> Option<String> {
    let Some(rest) = bound.strip_prefix("today") else {
        return format::date(bound).map(|_| bound.to_owned());
    };
    if rest.is_empty() {
        return format::date(today).map(|_| today.to_owned());
    }
    let days = rest
        .strip_prefix('+')
        .map_or_else(|| rest.strip_prefix('-').map(|days| (-1, days)), |days| Some((1, days)));
    let (sign, days) =
        days.filter(|(_, days)| !days.is_empty() && days.bytes().all(|b| b.is_ascii_digit()))?;
    let days: i64 = days.parse().ok().filter(|days| *days <= LAST)?;
    written(number(today)? + sign * days)
}

/// Is this a bound that [`resolve`] can read on any ordinary day?
pub fn is_bound(bound: &str) -> bool {
    resolve(bound, "2026-01-01").is_some()
}

/// A day as people write it, `12.03.2026` or `2026-03-12`, as it is written on the wire.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    if format::date(text).is_some() {
        return Some(text.to_owned());
    }
    let parts: Vec<&str> = text.split(['.', '/']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let two = |part: &str| match part.len() {
        1 => ["0", part].concat(),
        _ => part.to_owned(),
    };
    let date = [year, "-", &two(month), "-", &two(day)].concat();
    format::date(&date).map(|_| date)
}

/// A day on the wire as people write it, `12.03.2026`; anything else stays as it is.
pub fn spoken(date: &str) -> String {
    match (format::date(date), date.get(..4), date.get(5..7), date.get(8..)) {
        (Some(_), Some(year), Some(month), Some(day)) => [day, ".", month, ".", year].concat(),
        _ => date.to_owned(),
    }
}

/// Days since 1 January of the year 1, which is day 1.
fn number(date: &str) -> Option<i64> {
    let (year, month, day) = format::date(date)?;
    let before = i64::from(year) - 1;
    let months: i64 = (1..month).map(|month| i64::from(format::days_in(year, month))).sum();
    Some(before * 365 + before / 4 - before / 100 + before / 400 + months + i64::from(day))
}

fn written(number: i64) -> Option<String> {
    if !(1..=LAST).contains(&number) {
        return None;
    }
    // The mean year is off by less than one: the first guess is the year or the one after it.
    let mut year = u16::try_from((number - 1) * 400 / 146_097 + 1).ok()?;
    let first = |year: u16| {
        let before = i64::from(year) - 1;
        before * 365 + before / 4 - before / 100 + before / 400 + 1
    };
    while first(year) > number {
        year -= 1;
    }
    let mut rest = number - first(year);
    let mut month = 1_u8;
    while rest >= i64::from(format::days_in(year, month)) {
        rest -= i64::from(format::days_in(year, month));
        month += 1;
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    Some(format!("{year:04}-{month:02}-{:02}", rest + 1))
}
