//! What the file rules say about a file that is dropped into the composer.

use serde_json::Value;
use web_sys::File;

use super::settings::{Settings, text};
use super::words::Said;

const NO_RULES: Said = Said("правил ще немає", "there are no rules yet");
const TOO_LARGE: Said = Said("файл більший за {} МБ", "the file is larger than {} MB");
const NOT_LISTED: Said = Said("розширення .{} немає в списку", "the extension .{} is not listed");
const FORBIDDEN: Said = Said("правило «{}» забороняє", "the rule “{}” forbids it");
const OTHER_TYPE: Said =
    Said("правило «{}» не знає типу файлу", "the rule “{}” doesn't know the file's type");
const ALLOWED: Said = Said("правило «{}»", "the rule “{}”");

/// Is it accepted, and why?
pub(super) fn verdict(settings: &Settings, file: &File) -> (bool, String) {
    settings.document("files").map_or_else(
        || (true, NO_RULES.now().to_owned()),
        |rules| judge(rules, &file.name(), file.size(), &file.type_()),
    )
}

fn judge(rules: &Value, name: &str, bytes: f64, kind: &str) -> (bool, String) {
    const MEGABYTE: f64 = 1024.0 * 1024.0;
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    let listed = rules.get("files").and_then(Value::as_array);
    let rule = listed.and_then(|all| all.iter().find(|rule| text(rule, "extension") == extension));
    let Some(rule) = rule else { return (false, NOT_LISTED.with(&extension)) };
    let title = match text(rule, "title") {
        "" => &extension,
        title => title,
    };
    if rule.get("allow") != Some(&Value::Bool(true)) {
        return (false, FORBIDDEN.with(title));
    }
    let most = [rule.get("max_mb"), rules.get("max_file_size_mb")];
    let most = most.into_iter().flatten().filter_map(Value::as_f64).fold(f64::INFINITY, f64::min);
    if bytes > most * MEGABYTE {
        return (false, TOO_LARGE.with(&most.to_string()));
    }
    let types = rule.get("mime_types").and_then(Value::as_array);
    let known =
        types.is_none_or(|types| types.is_empty() || types.iter().any(|one| one.as_str() == Some(kind)));
    if !known && !matches!(kind, "" | "application/octet-stream") {
        return (false, OTHER_TYPE.with(title));
    }
    (true, ALLOWED.with(title))
}
