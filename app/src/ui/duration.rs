//! A span of time as a number and a unit: "5 хв".

use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::words::{Word, key, t};

/// The units that a span may be written in: seconds in each, and its word.
const UNITS: [(u64, Word); 4] =
    [(1, key::UNIT_SECONDS), (60, key::UNIT_MINUTES), (3_600, key::UNIT_HOURS), (86_400, key::UNIT_DAYS)];

/// How many seconds the named unit holds.
pub fn seconds_in(unit: &str) -> u64 {
    match unit {
        "minutes" | "min" => 60,
        "hours" | "h" => 3_600,
        "days" | "d" => 86_400,
        _ => 1,
    }
}

/// The largest unit, of at least `base` seconds, in which so many base units are a whole number.
fn fitting(base: u64, amount: u64) -> u64 {
    let seconds = amount.saturating_mul(base);
    UNITS
        .iter()
        .rev()
        .map(|(unit, _)| *unit)
        .find(|unit| *unit >= base && seconds > 0 && seconds.is_multiple_of(*unit))
        .unwrap_or(base)
}

/// So many base units in words, for reading: "90 хв".
pub fn spoken(base: u64, amount: u64) -> String {
    let unit = fitting(base, amount);
    let word = UNITS.iter().find(|(seconds, _)| *seconds == unit).map_or("", |(_, word)| t(*word));
    format!("{}\u{a0}{word}", amount.saturating_mul(base) / unit)
}

/// What a duration needs.
pub struct Duration {
    /// Its `id`.
    pub id: String,
    /// Seconds in one unit of the value.
    pub base: u64,
    /// The number, if it is one.
    pub amount: Signal<Option<u64>>,
    /// What stands there instead of a number.
    pub odd: Signal<String>,
    /// The person typed something: a number of base units, or what is none.
    pub input: Callback<Result<u64, String>>,
    /// The person left it.
    pub left: Callback<()>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// The ids of what describes it.
    pub described: Signal<Option<String>>,
    /// Something is wrong with it.
    pub invalid: Signal<bool>,
}

/// Draws it.
pub fn duration(of: Duration) -> Node {
    let Duration { id, base, amount, odd, input, left, editable, described, invalid } = of;
    let unit = RwSignal::new(fitting(base, amount.get_untracked().unwrap_or(0)));
    let text = move || match amount.get() {
        Some(amount) => {
            let seconds = amount.saturating_mul(base);
            let unit = unit.get();
            if seconds.is_multiple_of(unit) { (seconds / unit).to_string() } else { String::new() }
        }
        None => odd.get(),
    };
    // A value from elsewhere (the JSON view, a merge) may not be whole in the unit that is shown.
    Effect::new(move |_| {
        let amount = amount.get().unwrap_or(0);
        if !amount.saturating_mul(base).is_multiple_of(unit.get_untracked()) {
            unit.set(fitting(base, amount));
        }
    });
    let typed = move |ev| {
        let text = event_target_value(&ev);
        let factor = unit.get_untracked() / base;
        input.run(match text.trim().parse::<u64>() {
            Ok(n) => Ok(n.saturating_mul(factor)),
            Err(_) => Err(text),
        });
    };
    let change = move |ev| {
        let Ok(chosen) = event_target_value(&ev).parse::<u64>() else { return };
        let shown = amount.get_untracked().map(|amount| amount.saturating_mul(base) / unit.get_untracked());
        unit.set(chosen);
        if let Some(shown) = shown {
            input.run(Ok(shown.saturating_mul(chosen / base)));
        }
    };
    let options: Vec<_> = UNITS
        .iter()
        .filter(|(seconds, _)| *seconds >= base)
        .map(|(seconds, word)| {
            let seconds = *seconds;
            let chosen = move || unit.get() == seconds;
            view! {
                <option value=seconds selected=unit.get_untracked() == seconds prop:selected=chosen>{t(*word)}</option>
            }
        })
        .collect();
    view! {
        <div class="duration">
            <input class="input duration__number" id=id inputmode="numeric" autocomplete="off"
                value=untrack(text) prop:value=text disabled=true prop:disabled=move || !editable.get()
                aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                on:input=typed on:blur=move |_| left.run(())/>
            <select class="select duration__unit" aria-label=t(key::UNIT) disabled=true
                prop:disabled=move || !editable.get() on:change=change>{options}</select>
        </div>
    }
}
