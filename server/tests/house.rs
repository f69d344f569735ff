//! The arrows of the house, read from the sources: who may know whom.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads every Rust source below a folder.
pub fn each_source(folder: &Path, read: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            each_source(&path, read);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// No source below `folder` holds any of these.
fn forbid(folder: &str, forbidden: &[&str], why: &str) {
    each_source(&root().join(folder), &mut |path, text| {
        if path.ends_with("tests.rs") {
            return;
        }
        for word in forbidden {
            assert!(!text.contains(word), "{}: `{word}`: {why}", path.display());
        }
    });
}

#[test]
fn types_rules_and_engines_know_no_page() {
    for folder in ["app/src/sections", "app/src/field", "app/src/schema", "app/src/value", "app/src/text"] {
        forbid(
            folder,
            &["leptos", "crate::frame", "crate::form", "crate::ui"],
            "arrows run from pages to sections",
        );
        forbid(folder, &["SystemTime", "Instant::now"], "time is a parameter");
    }
}

#[test]
fn elements_know_no_settings() {
    forbid(
        "app/src/ui",
        &["crate::sections", "crate::calls", "crate::directory", "crate::form::"],
        "ui knows no settings",
    );
}

#[test]
fn markup_knows_no_page() {
    forbid(
        "app/src/markup",
        &["crate::ui", "crate::frame", "crate::section", "crate::words"],
        "pages are made of it",
    );
}

#[test]
fn the_browser_holds_no_server() {
    forbid("app/src", &["sea_orm", "use axum", "tokio"], "they live in `server` alone");
}

#[test]
fn html_is_never_made_of_text() {
    forbid("app/src", &["inner_html", "set_inner_html", "insert_adjacent_html"], "text is text");
    each_source(&root().join("app/src"), &mut |path, text| {
        let in_ui = path.components().any(|part| part.as_os_str() == "ui");
        assert!(
            in_ui || !text.contains("<textarea"),
            "{}: textareas live in ui, where their text is escaped",
            path.display()
        );
    });
}
