//! JSON Merge Patch (RFC 7396): a part of an object says what changes, `null` what goes.

use serde_json::{Map, Value};

/// Applies `patch` to `target`. Lists are replaced whole; new keys come last.
///
/// ```
/// let mut tag = serde_json::json!({ "name": "Скарга", "group": "Тон" });
/// app::value::patch::apply(&mut tag, serde_json::json!({ "name": "Подяка", "group": null }));
/// assert_eq!(tag, serde_json::json!({ "name": "Подяка" }));
/// ```
pub fn apply(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(map) = target else { return };
    for (name, part) in patch {
        if part.is_null() {
            map.shift_remove(&name);
        } else {
            apply(map.entry(name).or_insert(Value::Null), part);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::apply;
    use crate::value::tests::wild;

    fn patched(mut target: Value, patch: Value) -> Value {
        apply(&mut target, patch);
        target
    }

    /// RFC 7396, appendix A.
    #[test]
    fn the_examples_of_the_standard_hold() {
        for (target, patch, result) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b"}), json!({"a":null}), json!({})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"c"}), json!({"a":["b"]}), json!({"a":["b"]})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a":"b"}), json!(["c"]), json!(["c"])),
            (json!({"a":"foo"}), json!(null), json!(null)),
            (json!({"a":"foo"}), json!("bar"), json!("bar")),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!([1, 2]), json!({"a":"b","c":null}), json!({"a":"b"})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            assert_eq!(patched(target.clone(), patch.clone()), result, "{target} + {patch}");
        }
    }

    #[test]
    fn the_order_of_keys_stays() {
        let result = patched(json!({"c":1,"a":2,"b":3}), json!({"z":0,"a":9,"c":null}));
        assert_eq!(result.to_string(), r#"{"a":9,"b":3,"z":0}"#);
    }

    proptest::proptest! {
        #[test]
        fn a_patch_applied_twice_changes_nothing_more(target in wild(), patch in wild()) {
            let once = patched(target, patch.clone());
            proptest::prop_assert_eq!(patched(once.clone(), patch), once);
        }
    }
}
