//! Files: no bytes, name or type break the judgement; what runs and what is not listed never passes.
#![no_main]

use app::sections::files::{Asked, Direction, Files, found, verdict};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let mut text = || parts.next().and_then(fuzz::text);
    let (Some(name), Some(declared)) = (text(), text()) else { return };
    let first = parts.next().unwrap_or_default();
    let size = first.len() as u64;
    let asked = Asked { name, declared, first, size, direction: Direction::Both };
    let judged = verdict(&Files::default(), asked);
    let runs = found(first).is_some_and(|family| family.runs());
    assert!(!judged.accepted() || (judged.rule.is_some() && !runs && size > 0));
});
