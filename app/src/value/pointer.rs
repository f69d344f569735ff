//! Reads and writes one place of a value by its RFC 6901 pointer.

use serde_json::{Map, Value};

/// A pointer of more segments than this names no place: the value it would make could not be dropped safely.
const LONGEST: usize = 64;

/// The names that a pointer is made of, unescaped; `None` when it is no pointer.
pub fn segments(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let names = pointer.strip_prefix('/')?.split('/');
    // `~1` first: `~01` is the name `~1`, not `/`.
    Some(names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect())
}

/// The value at `pointer`.
pub fn get<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    value.pointer(pointer)
}

/// The value at `pointer`, to be changed.
pub fn get_mut<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    value.pointer_mut(pointer)
}

/// Puts `new` at `pointer` and makes the parents that are absent or `null`; the order of keys stays.
///
/// In a list, the index after the last and `-` append. A parent that has to be made is a list when the next
/// name is `0` or `-`, else an object. False, and nothing is changed, when there is no such place: below text
/// or a number, beyond the end of a list, or deeper than 64 levels.
///
/// ```
/// let mut value = serde_json::json!({ "name": "Скарга" });
/// assert!(app::value::set(&mut value, "/limits/0/minutes", 5.into()));
/// assert_eq!(value, serde_json::json!({ "name": "Скарга", "limits": [{ "minutes": 5 }] }));
/// ```
pub fn set(value: &mut Value, pointer: &str, new: Value) -> bool {
    let Some(names) = segments(pointer).filter(|names| names.len() <= LONGEST) else { return false };
    if !has_place(value, &names) {
        return false;
    }
    let mut place = value;
    for name in &names {
        if place.is_null() {
            *place = if starts_list(name) { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        place = match place {
            Value::Object(map) => map.entry(name.as_str()).or_insert(Value::Null),
            Value::Array(items) => {
                let index = index(name, items.len()).unwrap_or(items.len());
                if index == items.len() {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
            _ => return false,
        };
    }
    *place = new;
    true
}

/// Takes away what stands at `pointer` and returns it; the order of what stays is kept. The whole becomes `null`.
pub fn remove(value: &mut Value, pointer: &str) -> Option<Value> {
    let names = segments(pointer)?;
    let Some((last, parents)) = names.split_last() else { return Some(value.take()) };
    let mut place = value;
    for name in parents {
        place = match place {
            Value::Object(map) => map.get_mut(name)?,
            Value::Array(items) => {
                let index = index(name, items.len())?;
                items.get_mut(index)?
            }
            _ => return None,
        };
    }
    match place {
        Value::Object(map) => map.shift_remove(last),
        Value::Array(items) => {
            index(last, items.len()).filter(|at| *at < items.len()).map(|at| items.remove(at))
        }
        _ => None,
    }
}

fn has_place(value: &Value, names: &[String]) -> bool {
    let mut place = value;
    for name in names {
        let next = match place {
            Value::Null => None,
            Value::Object(map) => map.get(name),
            Value::Array(items) => match index(name, items.len()) {
                Some(index) => items.get(index),
                None => return false,
            },
            _ => return false,
        };
        // What is absent is made new, and so is all below it.
        let Some(next) = next else { return true };
        place = next;
    }
    true
}

fn starts_list(name: &str) -> bool {
    name == "0" || name == "-"
}

/// The index that a segment names, at most the one after the last (`-`); no sign, no leading zeros.
fn index(name: &str, len: usize) -> Option<usize> {
    if name == "-" {
        return Some(len);
    }
    let plain = name == "0" || (name.bytes().all(|b| b.is_ascii_digit()) && !name.starts_with('0'));
    name.parse().ok().filter(|index| plain && *index <= len)
}
