//! Import and export: a file read back changes nothing; a bad row is named and the others go on.

use app::backend::{Commit, ImportFile};
use serde_json::json;
use server::access::{Actor, Via};
use server::settings::listing::Reader;
use server::settings::transfer;

use crate::common::Home;
use crate::on_both_databases;

on_both_databases!(an_export_read_back_changes_nothing, each_row_is_judged_alone);

const READER: Reader = Reader { user: None, language: app::words::Language::Uk };

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
    let plan = {
        let snapshot = home.console.settings.snapshot();
        transfer::plan(&snapshot, "tags", &ImportFile { format: "csv".into(), text }).unwrap()
    };
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
