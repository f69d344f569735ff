//! Documents of sections, the way of a save. The first byte says which.
#![no_main]

use std::sync::LazyLock;

use app::sections::{client_card, client_fields, files, hotkeys, instance, tags, timers, user_fields};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Declares what a section's number leads to; the schema of each is made once.
macro_rules! sections {
    ($($section:ty),* $(,)?) => {
        const TAKE: &[fn(&str)] = &[$(|text| {
            static SCHEMA: LazyLock<Value> = LazyLock::new(fuzz::schema::<$section>);
            fuzz::document::<$section>(&SCHEMA, text);
        }),*];
    };
}

sections! {
    files::Files,
    hotkeys::Hotkeys,
    client_fields::ClientFields,
    user_fields::UserFields,
    client_card::ClientCard,
    timers::Timers,
    instance::Instance,
    tags::Tag,
}

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    if let Some(text) = fuzz::text(rest) {
        TAKE[usize::from(*which) % TAKE.len()](text);
    }
});
