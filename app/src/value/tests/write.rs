//! Text is written as `serde_json` writes it.

use proptest::prelude::*;
use serde_json::json;

use super::wild;
use crate::value::{compact, pretty};

proptest! {
    #[test]
    fn values_are_written_as_serde_json_writes_them(value in wild()) {
        prop_assert_eq!(compact(&value), value.to_string());
        prop_assert_eq!(pretty(&value), format!("{value:#}"));
    }

    #[test]
    fn so_is_any_text(text in any::<String>()) {
        let value = json!({ text.clone(): text });
        prop_assert_eq!(compact(&value), value.to_string());
    }
}
