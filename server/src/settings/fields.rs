//! Single settings for the palette: every field of every section by label, help and JSON key, in both languages.

use std::sync::LazyLock;

use app::backend::FoundField;
use app::schema;
use app::sections::registry;
use app::text::fold;
use app::words::Language;
use serde_json::Value;

use super::collation::slot;

/// A field of a section, with what it is found by.
struct Indexed {
    section: &'static str,
    /// JSON names from the section down, with dots.
    path: String,
    /// What people call it, and the fields around it, in each language.
    labels: [String; 2],
    /// The same as search sees it.
    folded: [String; 2],
    /// Labels, help and key of both languages, folded.
    all: String,
}

/// They depend on the build alone.
static FIELDS: LazyLock<Vec<Indexed>> = LazyLock::new(|| {
    let mut fields = Vec::new();
    for entry in registry::all() {
        let schemas = [Language::Uk, Language::En].map(|language| super::schema::annotated(*entry, language));
        gather(entry.item().key, "", [&schemas[0], &schemas[1]], &["", ""], &mut fields);
    }
    fields
});

fn gather(
    section: &'static str,
    above: &str,
    schemas: [&Value; 2],
    around: &[&str; 2],
    fields: &mut Vec<Indexed>,
) {
    for (name, property) in schema::fields(schemas[0]) {
        let Some(twin) = schema::fields(schemas[1]).find(|(other, _)| *other == name).map(|(_, twin)| twin)
        else {
            continue;
        };
        if schema::note(property, "x-widget").and_then(Value::as_str) == Some("hidden") {
            continue;
        }
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        let text = |schema: &Value, note: &str| {
            schema::note(schema, note).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let pair = [property, twin];
        let labels = [0, 1].map(|n| {
            let label = text(pair[n], "title");
            if around[n].is_empty() { label } else { format!("{} › {label}", around[n]) }
        });
        let help = [0, 1].map(|n| text(pair[n], "description"));
        let all = fold(&[&*labels[0], &labels[1], &help[0], &help[1], &path].join(" "));
        let folded = [fold(&labels[0]), fold(&labels[1])];
        let around = [&*labels[0], &*labels[1]];
        gather(section, &path, pair, &around, fields);
        if let (Some(items), Some(others)) = (property.get("items"), twin.get("items")) {
            gather(section, &path, [items, others], &around, fields);
        }
        fields.push(Indexed { section, path, labels, folded, all });
    }
}

/// The fields that answer to `q`, best first, of the sections that `visible` allows: each of its words is somewhere in
/// theirs.
pub fn find(q: &str, limit: usize, language: Language, visible: impl Fn(&str) -> bool) -> Vec<FoundField> {
    let q = fold(q);
    if q.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = q.split(' ').collect();
    let mine = slot(language);
    let mut found: Vec<(u8, &Indexed)> = FIELDS
        .iter()
        .filter(|field| visible(field.section) && words.iter().all(|word| field.all.contains(word)))
        .map(|field| {
            // What is called so comes before what is only explained so.
            let rank = match &field.folded {
                folded if folded[mine].starts_with(&q) => 0,
                folded if folded[mine].contains(&q) => 1,
                folded if folded[1 - mine].contains(&q) || field.path == q => 2,
                _ => 3,
            };
            (rank, field)
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .take(limit)
        .map(|(_, field)| FoundField {
            section: field.section.to_owned(),
            path: field.path.clone(),
            label: field.labels[mine].clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(q: &str, language: Language) -> Vec<String> {
        find(q, 50, language, |_| true)
            .into_iter()
            .map(|found| format!("{}.{}", found.section, found.path))
            .collect()
    }

    #[test]
    fn a_setting_is_found_by_label_help_and_key_in_either_language() {
        for q in ["Назва проєкту", "project name", "instance_timezone", "ЧАСОВИЙ ПОЯС", "time zone"]
        {
            for language in [Language::Uk, Language::En] {
                assert!(paths(q, language).iter().any(|path| path.starts_with("instance.")), "{q}");
            }
        }
        assert!(paths("use_timer", Language::Uk).contains(&"timers.use_timer".to_owned()));
        assert_eq!(paths("гіпопотам", Language::Uk), Vec::<String>::new());
        assert_eq!(paths("  ", Language::Uk), Vec::<String>::new());
    }

    #[test]
    fn what_may_not_be_viewed_is_not_found() {
        assert!(find("use_timer", 50, Language::Uk, |section| section != "timers").is_empty());
    }

    #[test]
    fn every_field_has_a_label_of_its_own_in_both_languages() {
        for field in FIELDS.iter() {
            assert!(
                field.labels.iter().all(|label| !label.trim().is_empty()),
                "{}.{}",
                field.section,
                field.path
            );
        }
    }
}
