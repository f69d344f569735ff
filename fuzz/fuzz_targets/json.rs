//! JSON: what is read is written so that it reads the same; where something stands is found again.
#![no_main]

use app::value::{locate, parse_json, pretty, segments};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = fuzz::text(data) else { return };
    match parse_json(text) {
        Ok(value) => {
            let written = pretty(&value);
            assert_eq!(parse_json(&written).as_ref(), Ok(&value));
            assert!(locate(text, "").is_some());
        }
        Err(syntax) => assert!(syntax.offset <= text.encode_utf16().count()),
    }
    let _ = segments(text);
});
