//! The sample operator panel: its published parts, its frame, and whose settings it shows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use app::catalogue::{self, Kind, PARTS, TOKENS};
use app::field::contrast::contrast;
use app::words::Language;
use serde_json::json;

use crate::common::Home;
use crate::house::each_source;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn style() -> String {
    fs::read_to_string(root().join("public/panel.css")).unwrap()
}

/// Every `op-…` word of a text that could be a class.
fn classes(text: &str) -> BTreeSet<String> {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '-' || letter == '_';
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("op-") {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        if is_name(before) || before.is_ascii_alphanumeric() {
            continue;
        }
        found.insert(text[at..].chars().take_while(|letter| is_name(*letter)).collect());
    }
    found
}

#[test]
fn the_style_of_the_panel_names_known_parts_alone() {
    // Layers, and what every class begins with.
    let layers = ["op-page", "op-tokens", "op-parts", "op-own", "op-"];
    for class in classes(&style()) {
        assert!(layers.contains(&class.as_str()) || catalogue::is_known(&class), "public/panel.css: {class}");
    }
}

#[test]
fn the_panel_draws_every_part_and_no_other() {
    let mut drawn = BTreeSet::new();
    each_source(&root().join("app/src/panel"), &mut |_, text| drawn.extend(classes(text)));
    // Ids of the composer and its menu, the layer of a style, what messages and classes begin with.
    let others = ["op-composer-hint", "op-reply-", "op-own", "op-"];
    for class in &drawn {
        assert!(others.contains(&class.as_str()) || catalogue::is_known(class), "app/src/panel: {class}");
    }
    let missing: Vec<_> = catalogue::classes().filter(|class| !drawn.contains(class)).collect();
    assert_eq!(missing, Vec::<String>::new(), "in the catalogue, and never drawn");
}

/// The declarations of the block that `head` opens.
fn block<'t>(style: &'t str, head: &str) -> Vec<(&'t str, &'t str)> {
    let from = style.find(head).unwrap_or_else(|| panic!("no `{head}`")) + head.len();
    let block = &style[from..from + style[from..].find('}').unwrap()];
    let declaration = |line: &'t str| line.trim().strip_suffix(';')?.split_once(": ");
    block.lines().filter_map(declaration).filter(|(name, _)| name.starts_with("--op-")).collect()
}

#[test]
fn the_style_sets_the_tokens_of_the_catalogue() {
    let style = style();
    let light: Vec<_> = TOKENS.iter().map(|token| (token.name, token.light)).collect();
    let differs = TOKENS.iter().filter(|token| token.light != token.dark);
    let dark: Vec<_> = differs.map(|token| (token.name, token.dark)).collect();
    assert_eq!(block(&style, "\n  .op-panel {"), light);
    assert_eq!(block(&style, "\n  .op-panel[data-theme=\"dark\"] {"), dark);
    assert_eq!(block(&style, "\n    .op-panel[data-theme=\"system\"] {"), dark);
}

#[test]
fn tokens_are_legible_in_both_themes() {
    for token in TOKENS {
        let Some((ground, least)) = token.on else { continue };
        let ground = catalogue::token(ground).unwrap();
        for (ink, paper) in [(token.light, ground.light), (token.dark, ground.dark)] {
            let contrast = contrast(ink, paper).unwrap();
            assert!(contrast >= least, "{}: {ink} on {paper} has {contrast:.2}, needs {least}", token.name);
        }
    }
}

/// The catalogue as a document.
fn document() -> String {
    let mut text = String::from(
        "# Panel parts\n\n\
         The classes and custom properties by which a style may reach the operator panel. A name listed here keeps its meaning; a new \
         version may add names, and says so when one goes.\n\n\
         - A class names a part: `op-block`, or `op-block__element` inside it. A state is a second class on the same element: `op-block--state`.\n\
         - A token is a custom property of the panel's root, `.op-panel`. Setting one changes every part that shares it.\n\
         - A style stands in the last cascade layer, `op-own`, so that a single class is always enough and `!important` is never needed.\n\
         - `.op-panel[data-theme=\"light\"]`, `[data-theme=\"dark\"]` and `[data-theme=\"system\"]` tell the themes apart.\n\n\
         The sample panel at `/preview` draws every part. This document is made from `app/src/catalogue`; \
         `UPDATE=1 cargo test -p server --test promises panel` writes it anew.\n\n\
         ## Tokens\n\n\
         | token | light | dark | kind | read on | what it is | українською |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for token in TOKENS {
        let kind = match token.kind {
            Kind::Colour => "colour".to_owned(),
            Kind::Length(from, to) => format!("{from}–{to} px"),
            Kind::Number(from, to) => format!("{from}–{to}"),
        };
        let on = token.on.map_or_else(String::new, |(ground, least)| format!("`{ground}`, {least} : 1"));
        let (en, uk) = (token.about(Language::En), token.about(Language::Uk));
        writeln!(
            text,
            "| `{}` | {} | {} | {kind} | {on} | {en} | {uk} |",
            token.name, token.light, token.dark
        )
        .unwrap();
    }
    text.push_str("\n## Parts\n\n| class | what it is | українською |\n| --- | --- | --- |\n");
    for part in PARTS {
        writeln!(text, "| `{}` | {} | {} |", part.class, part.en, part.uk).unwrap();
        for state in part.states {
            writeln!(text, "| `{}--{}` | … {} | … {} |", part.class, state.name, state.en, state.uk).unwrap();
        }
    }
    text
}

#[test]
fn the_published_document_is_the_catalogue() {
    let path = root().join("docs/panel-parts.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, document()).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(published, document(), "docs/panel-parts.md: UPDATE=1 writes it anew");
}

#[tokio::test]
async fn the_frame_needs_nobody_and_the_page_somebody() {
    let home = Home::sqlite().await;
    let browser = Home::browser();
    let framed =
        browser.get(format!("{}/preview?framed=1&lang=en&theme=dark", home.url)).send().await.unwrap();
    assert_eq!(framed.status(), 200);
    let policy = framed.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let assets = format!("{}/assets/", home.url);
    for rule in [
        format!("script-src {assets} 'nonce-"),
        format!("style-src {assets};"),
        format!("connect-src {assets};"),
        "frame-ancestors 'self'".to_owned(),
        "default-src 'none'".to_owned(),
    ] {
        assert!(policy.contains(&rule), "{rule} in {policy}");
    }
    assert!(!policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
    let html = framed.text().await.unwrap();
    assert!(html.contains("Sample operator panel") && html.contains("data-theme=\"dark\""));
    assert!(html.contains("Olena Kovalenko") && html.contains("/panel.css"));

    let whole = browser.get(format!("{}/preview", home.url)).send().await.unwrap();
    assert_eq!(whole.status(), 303);
    // Only that address: nothing else becomes readable by asking for a frame.
    let other = browser.get(format!("{}/settings?framed=1", home.url)).send().await.unwrap();
    assert_eq!(other.status(), 303);
    let page = browser.get(format!("{}/sign-in", home.url)).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("frame-src 'self'"), "{policy}");
}

#[tokio::test]
async fn a_host_cannot_write_the_policy() {
    let home = Home::sqlite().await;
    let asked =
        Home::browser().get(format!("{}/preview?framed=1", home.url)).header("host", "x' *; script-src *");
    let answer = asked.send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains(&format!("script-src {}/assets/", home.url)), "{policy}");
}

#[tokio::test]
async fn the_panel_is_given_what_its_reader_may_view() {
    let home = Home::sqlite().await;
    home.create("tags", json!({ "name": "Скарга", "colour": "#c0392b" })).await;
    home.create("tags", json!({ "name": "Стара", "colour": "#c0392b", "active": false })).await;
    let owner = home.person("anna@example.com", home.role("owner")).await;
    let other = home.person("boris@example.com", home.role("operator")).await;
    home.create("replies", json!({ "title": "Моя", "shortcut": "mine", "text": { "uk": "…" }, "scope": "personal", "owner": owner })).await;
    home.create("replies", json!({ "title": "Чужа", "shortcut": "theirs", "text": { "uk": "…" }, "scope": "personal", "owner": other })).await;

    let anna = home.signed_in("anna@example.com").await;
    let asked = anna.post(format!("{}/rpc/panel", home.url)).json(&json!({})).send().await.unwrap();
    assert_eq!(asked.status(), 200);
    let panel: serde_json::Value = asked.json().await.unwrap();
    let names = |section: &str, name: &str| -> Vec<String> {
        let records = panel["sections"][section].as_array().cloned().unwrap_or_default();
        records.iter().map(|record| record["value"][name].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names("tags", "name"), ["Скарга"]);
    assert_eq!(names("replies", "title"), ["Моя"]);
    assert_eq!(panel["sections"]["timers"].as_array().map(Vec::len), Some(1));
    assert!(panel["sections"].get("instance").is_none() && panel["sections"].get("users").is_none());

    // An operator views no settings, so the panel knows none.
    let boris = home.signed_in("boris@example.com").await;
    let asked = boris.post(format!("{}/rpc/panel", home.url)).json(&json!({})).send().await.unwrap();
    let panel: serde_json::Value = asked.json().await.unwrap();
    assert_eq!(panel["sections"], json!({}));
}

#[tokio::test]
async fn a_list_with_whole_values_holds_what_its_reader_may_see() {
    let home = Home::sqlite().await;
    home.person("olena@example.com", home.role("owner")).await;
    let anna = home.person("anna@example.com", home.role("supervisor")).await;
    let boris = home.person("boris@example.com", home.role("light-agent")).await;
    home.create("replies", json!({ "title": "Вітання", "text": { "uk": "Добрий день" } })).await;
    for (title, owner) in [("Вітаю від Анни", anna), ("Вітаю від Бориса", boris)] {
        home.create(
            "replies",
            json!({ "title": title, "text": { "uk": "…" }, "scope": "personal", "owner": owner }),
        )
        .await;
    }
    let ask = async |email: &str, whole: bool| {
        let browser = home.signed_in(email).await;
        let asked = json!({ "section": "replies", "query": { "q": "віта", "filter": { "active": "true" }, "whole": whole } });
        let answer = browser.post(format!("{}/rpc/list", home.url)).json(&asked).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<serde_json::Value>().await.unwrap()["rows"].clone())
    };
    let (status, rows) = ask("anna@example.com", true).await;
    let titles: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!((status, titles), (200, vec![&json!("Вітання"), &json!("Вітаю від Анни")]));
    assert_eq!(rows[0]["value"]["text"], json!({ "uk": "Добрий день" }));
    assert!(ask("anna@example.com", false).await.1[0]["value"].get("text").is_none());
    assert_eq!(ask("boris@example.com", true).await.0, 404);
    let (_, list) = home.program("administrator").await.get("/settings/replies?whole=1").await;
    assert_eq!(list["rows"][0]["value"]["text"]["uk"], "Добрий день");
}
