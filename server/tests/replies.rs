//! Quick replies: translations are marked whoever writes, and the health list is right for whoever asks.

use app::sections::replies::Reply;
use app::sections::replies::translation::{State, state};
use app::words::Language;
use serde_json::{Value, json};
use server::settings::listing::Reader;

use crate::common::{Home, patch, put};
use crate::on_both_databases;

on_both_databases!(
    a_changed_source_makes_its_translation_stale,
    the_health_list_names_what_each_suffers_from,
    a_personal_reply_ails_for_its_owner_alone,
    a_tree_counts_what_stands_in_a_branch,
    a_reply_carries_files_that_are_kept,
);

/// How the English text stands.
fn english(home: &Home, id: i64) -> State {
    let reply: Reply = serde_json::from_value(home.value("replies", id)).unwrap();
    state(&reply.text.0, &reply.translated, "uk", "en")
}

async fn a_changed_source_makes_its_translation_stale(home: Home) {
    let id =
        home.create("replies", json!({ "title": "Вітання", "text": { "uk": "Вітаю", "en": "Hello" } })).await;
    assert_eq!(english(&home, id), State::Current);
    let program = home.program("administrator").await;
    let path = format!("/settings/replies/{id}");
    let change = |text: Value| json!({ "text": text });
    let (status, _) = program.send("PATCH", &path, Some(1), &change(json!({ "uk": "Добрий день" }))).await;
    assert_eq!((status, english(&home, id)), (200, State::Stale));
    // Another field changes nothing about it.
    home.commit(vec![patch("replies", id, 2, json!({ "title": "Привітання" }))]).await.unwrap();
    assert_eq!(english(&home, id), State::Stale);
    let (status, _) = program.send("PATCH", &path, Some(3), &change(json!({ "en": "Good afternoon" }))).await;
    assert_eq!((status, english(&home, id)), (200, State::Current));
    // Whoever writes the whole value need not know of marks.
    let whole = json!({ "title": "Вітання", "text": { "uk": "Добрий вечір", "en": "Good afternoon" } });
    home.commit(vec![put("replies", id, 4, whole)]).await.unwrap();
    assert_eq!(english(&home, id), State::Stale);
    // The same holds for the text of a channel.
    let sms = |uk: &str| json!([{ "channel": "sms", "text": { "uk": uk, "en": "Hi" } }]);
    home.commit(vec![patch("replies", id, 5, json!({ "channels": sms("Вітаю") }))]).await.unwrap();
    home.commit(vec![patch("replies", id, 6, json!({ "channels": sms("Вітаємо") }))]).await.unwrap();
    let reply: Reply = serde_json::from_value(home.value("replies", id)).unwrap();
    assert_eq!(state(&reply.channels[0].text.0, &reply.channels[0].translated, "uk", "en"), State::Stale);
}

/// Rows of the list of what ought to be looked at: title and codes.
async fn ailing(program: &crate::common::Program, code: &str) -> (Vec<(String, Vec<String>)>, Value) {
    let (status, list) = program.get(&format!("/settings/replies?f.health={code}")).await;
    assert_eq!(status, 200, "{list}");
    let codes = |row: &Value| {
        let found = row["ailments"].as_array().into_iter().flatten();
        found.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    let rows = list["rows"].as_array().unwrap().iter();
    (rows.map(|row| (row["name"].as_str().unwrap().to_owned(), codes(row))).collect(), list["health"].clone())
}

async fn the_health_list_names_what_each_suffers_from(home: Home) {
    let category = home.create("reply-categories", json!({ "name": { "uk": "Оплата" } })).await;
    let inside =
        home.create("reply-categories", json!({ "name": { "uk": "Картка" }, "parent": category })).await;
    let both = |uk: &str| json!({ "uk": uk, "en": "Text" });
    home.create("replies", json!({ "title": "Здорова", "text": both("Перша") })).await;
    home.create("replies", json!({ "title": "Без перекладу", "text": { "uk": "Друга" } })).await;
    home.create("replies", json!({ "title": "Давня", "text": both("Третя"), "review_on": "2020-01-01" }))
        .await;
    home.create("replies", json!({ "title": "Майбутня", "text": both("Інша"), "review_on": "2999-01-01" }))
        .await;
    home.create("replies", json!({ "title": "Повтор", "text": both("Так само") })).await;
    let double = home.create("replies", json!({ "title": "Двійник", "text": both("  ТАК   само ") })).await;
    home.create("replies", json!({ "title": "Схована", "text": both("П'ята"), "category": inside })).await;
    home.create("replies", json!({ "title": "Вимкнена", "text": { "uk": "Шоста" }, "active": false })).await;
    let program = home.program("administrator").await;

    let (rows, health) = ailing(&program, "any").await;
    let expected = [
        ("Без перекладу", "untranslated"),
        ("Давня", "past_review"),
        ("Двійник", "duplicate"),
        ("Повтор", "duplicate"),
    ];
    assert_eq!(rows, expected.map(|(name, code)| (name.to_owned(), vec![code.to_owned()])));
    assert_eq!(health, json!({ "untranslated": 1, "duplicate": 2, "past_review": 1 }));
    assert_eq!(ailing(&program, "past_review").await.0.len(), 1);

    // What changes elsewhere is seen: a category above is switched off, a double says something else, a text goes stale.
    home.commit(vec![patch("reply-categories", category, 1, json!({ "active": false }))]).await.unwrap();
    home.commit(vec![patch("replies", double, 1, json!({ "text": { "uk": "Інакше" } }))]).await.unwrap();
    let (rows, health) = ailing(&program, "any").await;
    assert!(rows.contains(&("Схована".to_owned(), vec!["nobody".to_owned()])), "{rows:?}");
    assert_eq!(health, json!({ "nobody": 1, "stale": 1, "untranslated": 1, "past_review": 1 }));
    let (status, problem) = program.get("/settings/replies?f.health=nonsense").await;
    assert_eq!((status, problem["errors"][0]["code"].as_str()), (422, Some("not_allowed")));
}

async fn a_personal_reply_ails_for_its_owner_alone(home: Home) {
    home.person("olena@example.com", home.role("owner")).await;
    let anna = home.person("anna@example.com", home.role("supervisor")).await;
    let value = json!({ "title": "Моя", "text": { "uk": "Текст" }, "scope": "personal", "owner": anna });
    home.create("replies", value).await;
    let snapshot = home.console.settings.snapshot().clone();
    let asked = |user: Option<i64>| {
        let reader = Reader { user, language: Language::Uk, own: false };
        home.console.settings.health().ask(&snapshot, "any", "2026-01-01", reader).unwrap().of.len()
    };
    assert_eq!((asked(Some(anna)), asked(Some(anna + 1)), asked(None)), (1, 0, 0));
}

async fn a_tree_counts_what_stands_in_a_branch(home: Home) {
    let top = home.create("reply-categories", json!({ "name": { "uk": "Оплата" } })).await;
    let below = home.create("reply-categories", json!({ "name": { "uk": "Картка" }, "parent": top })).await;
    for (title, category) in [("Перша", top), ("Друга", below), ("Третя", below)] {
        home.create("replies", json!({ "title": title, "text": { "uk": title }, "category": category }))
            .await;
    }
    let (_, list) = home.program("administrator").await.get("/settings/reply-categories").await;
    let counts: Vec<_> =
        list["rows"].as_array().unwrap().iter().map(|row| (&row["used"], &row["branch"])).collect();
    assert_eq!(counts, [(&json!(1), &json!(3)), (&json!(2), &json!(2))]);
}

async fn a_reply_carries_files_that_are_kept(home: Home) {
    let hash =
        server::blobs::keep(home.console.settings.database(), "text/plain", b"price list".to_vec()).await;
    let file = |hash: &str| json!([{ "hash": hash, "name": "prices.txt", "type": "text/plain", "size": 10 }]);
    let value = |hash: &str| json!({ "title": "Ціни", "text": { "uk": "Текст" }, "attachments": file(hash) });
    let program = home.program("administrator").await;
    let (status, answer) = program.send("POST", "/settings/replies", None, &value(&hash.unwrap())).await;
    assert_eq!(status, 201, "{answer}");
    let (status, answer) = program.send("POST", "/settings/replies", None, &value(&"0".repeat(64))).await;
    assert_eq!((status, answer["errors"][0]["code"].as_str()), (422, Some("blob_unknown")), "{answer}");
}
