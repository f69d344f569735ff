//! Three-way merge: never breaks, and where only one side changed anything, that side is the outcome.
#![no_main]

use app::value::{diff, merge, patch};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let Some(texts) = fuzz::parts::<3>(data) else { return };
    let [Some(base), Some(mine), Some(theirs)] = texts.map(fuzz::value) else { return };
    let schema = Value::Bool(true);
    merge::merge(&schema, &base, &mine, &theirs);
    diff::diff(&schema, &base, &mine);
    assert_eq!(merge::merge(&schema, &base, &mine, &base).value, mine);
    assert_eq!(merge::merge(&schema, &base, &base, &theirs).value, theirs);
    let mut patched = base;
    patch::apply(&mut patched, mine);
});
