//! Import and export: a file read back changes nothing; a bad row is named and the others go on.

use app::backend::{Commit, ImportFile};
use serde_json::json;
use server::access::{Actor, Via};
use server::settings::listing::Reader;
use server::settings::transfer;

use crate::common::Home;
use crate::on_both_databases;

on_both_databases!(
    an_export_read_back_changes_nothing,
    each_row_is_judged_alone,
    replies_come_with_the_names_of_their_categories,
    a_tree_comes_whole_in_whatever_order,
    two_thousand_replies_are_looked_through_and_written,
);

const READER: Reader = Reader { user: None, language: app::words::Language::Uk, own: false };

async fn an_export_read_back_changes_nothing(home: Home) {
    let category =
        home.create("reply-categories", json!({ "name": { "uk": "Оплата", "en": "Payment" } })).await;
    for title in ["=HYPERLINK(1)", "Кома, лапки \"і\" крапка; з комою", "Два\u{1F389}"]
    {
        let value = json!({ "title": title, "category": category, "text": { "uk": "рядок 1\nрядок 2", "en": "x" }, "shortcut": "" });
        home.create("replies", value).await;
    }
    for format in ["csv", "json"] {
        let text = {
            let snapshot = home.console.settings.snapshot();
            transfer::export(&snapshot, "replies", format, READER).unwrap()
        };
        let snapshot = home.console.settings.snapshot();
        let plan = transfer::plan(&snapshot, "replies", &ImportFile { format: format.into(), text }).unwrap();
        let outcomes: Vec<&str> = plan.rows.iter().map(|row| row.outcome.as_str()).collect();
        assert_eq!(outcomes, ["same", "same", "same"], "{format}: {:?}", plan.rows);
    }
}

async fn each_row_is_judged_alone(home: Home) {
    home.create("tags", json!({ "name": "Скарга" })).await;
    let text =
        "name;colour;group\nПодяка;#1e8e5a;Тон\nСкарга;;\n;#111111;\nПодяка;;\nЧервоний;red;\n".to_owned();
    let read = |text: String| {
        let snapshot = home.console.settings.snapshot();
        transfer::plan(&snapshot, "tags", &ImportFile { format: "csv".into(), text }).unwrap()
    };
    let windows = read(text.replace('\n', "\r\n"));
    let plan = read(text);
    assert_eq!(windows.rows, plan.rows, "the number of a line does not depend on how lines end");
    assert_eq!(plan.rows.last().unwrap().name, "Червоний", "a row that is refused has its name all the same");
    let rows: Vec<(u32, &str, &str)> = plan
        .rows
        .iter()
        .map(|row| {
            (
                row.line,
                row.outcome.as_str(),
                row.problems.0.first().map_or("", |problem| problem.code.as_str()),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (2, "create", ""),
            (3, "refused", "not_unique"),
            (4, "refused", "required"),
            (5, "refused", "import_key_twice"),
            (6, "refused", "bad_format"),
        ]
    );
    let commit = Commit { operations: plan.operations, ..Commit::default() };
    home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
    assert_eq!(home.console.settings.snapshot().shelf("tags").unwrap().live(), 2);
    // A pasted list of names needs no header.
    let snapshot = home.console.settings.snapshot();
    let pasted =
        ImportFile { format: "csv".into(), text: "Перший\nДругий\n\nТретій".into() };
    let plan = transfer::plan(&snapshot, "tags", &pasted).unwrap();
    assert_eq!(plan.rows.iter().filter(|row| row.outcome == "create").count(), 3, "{:?}", plan.rows);
}

/// What a CSV file would do to the replies.
fn planned(home: &Home, text: String) -> app::backend::ImportPlan {
    let snapshot = home.console.settings.snapshot();
    transfer::plan(&snapshot, "replies", &ImportFile { format: "csv".into(), text }).unwrap()
}

async fn replies_come_with_the_names_of_their_categories(home: Home) {
    let payment =
        home.create("reply-categories", json!({ "name": { "uk": "Оплата", "en": "Payment" } })).await;
    let card =
        home.create("reply-categories", json!({ "name": { "uk": "Картка" }, "parent": payment })).await;
    home.create("reply-categories", json!({ "name": { "uk": "Доставка" } })).await;
    let other =
        home.create("reply-categories", json!({ "name": { "uk": "Картка" }, "parent": payment + 2 })).await;
    assert_ne!(card, other);
    let plan = planned(
        &home,
        "title,category,text.uk\nА,ОПЛАТА,а\nБ,Payment,б\nВ,oplata,в\nГ,Оплата / Картка,г\nҐ,Картка,ґ\nД,Немає,д\nЕ,,е\n".into(),
    );
    let rows: Vec<(&str, &str, Option<i64>)> = plan
        .rows
        .iter()
        .map(|row| {
            let value = plan.operations.iter().find_map(|operation| match operation {
                app::backend::Operation::Create { value, .. } if value["title"] == row.name.as_str() => {
                    Some(value)
                }
                _ => None,
            });
            (row.name.as_str(), row.outcome.as_str(), value.and_then(|value| value["category"].as_i64()))
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("А", "create", Some(payment)),
            ("Б", "create", Some(payment)),
            ("В", "create", Some(payment)),
            ("Г", "create", Some(card)),
            // Two are called so: nobody guesses which is meant.
            ("Ґ", "refused", None),
            ("Д", "refused", None),
            ("Е", "create", None),
        ]
    );
    // A file of one language leaves the others as they are.
    let id = home.create("replies", json!({ "title": "Є", "text": { "uk": "було", "en": "was" } })).await;
    let key = home.console.settings.snapshot().get("replies", id).unwrap().key.clone();
    let plan = planned(&home, format!("key,text.uk\n{key},стало\n"));
    let commit = Commit { operations: plan.operations, ..Commit::default() };
    home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
    assert_eq!(home.value("replies", id)["text"], json!({ "uk": "стало", "en": "was" }));
}

async fn two_thousand_replies_are_looked_through_and_written(home: Home) {
    home.create("reply-categories", json!({ "name": { "uk": "Оплата" } })).await;
    let rows: Vec<String> = (0..2_000)
        .map(|n| match n {
            100 => "Погана змінна;bad;Оплата;Вітаю, {{clent.first_name}};;\n".to_owned(),
            200 => format!("Двічі;r{};Оплата;Текст;;\n", n - 1),
            300 => ";r300;Оплата;Текст без назви;;\n".to_owned(),
            400 => "Без тексту;r400;Оплата;;;\n".to_owned(),
            500 => "Не дата;r500;Оплата;Текст;;завтра\n".to_owned(),
            600 => "Скорочення з пробілом;а б;Оплата;Текст;;\n".to_owned(),
            _ => format!("Відповідь {n};r{n};Оплата;\"Текст; {n}\nдругий рядок\";Text {n};2027-01-01\n"),
        })
        .collect();
    let text = ["title;shortcut;category;text.uk;text.en;review_on\n".to_owned(), rows.concat()].concat();
    let plan = planned(&home, text);
    let refused: Vec<_> = plan
        .rows
        .iter()
        .filter(|row| row.outcome == "refused")
        .map(|row| (row.name.as_str(), row.problems.0[0].pointer.as_str(), row.problems.0[0].code.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("Погана змінна", "/text/uk", "variable_unknown"),
            ("Двічі", "/shortcut", "import_key_twice"),
            ("", "/title", "required"),
            ("Без тексту", "/text", "required"),
            ("Не дата", "/review_on", "bad_format"),
            ("Скорочення з пробілом", "/shortcut", "bad_format"),
        ]
    );
    assert_eq!(plan.operations.len(), 1_994);
    let commit = Commit { operations: plan.operations, ..Commit::default() };
    home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
    assert_eq!(home.console.settings.snapshot().shelf("replies").unwrap().live(), 1_994);
}

async fn a_tree_comes_whole_in_whatever_order(home: Home) {
    // Leaves first, one of them below a row that is refused, two in a circle.
    let text = "key,name.uk,parent\nleaf,Лист,key:branch\nbranch,Гілка,root\nroot,Корінь,\n\
                lost,Загублений,bad\nbad,,\none,Перший,two\ntwo,Другий,one\n";
    let plan = {
        let snapshot = home.console.settings.snapshot();
        let file = ImportFile { format: "csv".into(), text: text.into() };
        transfer::plan(&snapshot, "reply-categories", &file).unwrap()
    };
    let outcomes: Vec<&str> = plan.rows.iter().map(|row| row.outcome.as_str()).collect();
    assert_eq!(outcomes, ["create", "create", "create", "refused", "refused", "refused", "refused"]);
    // Meanwhile somebody takes the next id: links go by key, not by a guess.
    home.create("reply-categories", json!({ "name": { "uk": "Чужа" } })).await;
    let commit = Commit { operations: plan.operations, accept: vec!["*".into()], ..Commit::default() };
    home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
    let snapshot = home.console.settings.snapshot();
    let shelf = snapshot.shelf("reply-categories").unwrap();
    let id = |key: &str| shelf.by_key(key).unwrap().id;
    assert_eq!(home.value("reply-categories", id("leaf"))["parent"], id("branch"));
    assert_eq!(home.value("reply-categories", id("branch"))["parent"], id("root"));
    assert_eq!(home.value("reply-categories", id("root"))["parent"], json!(null));
}
