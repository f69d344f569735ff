//! Uses that no setting knows of: reported by programs, shown, ordered by, told before a record goes.

use std::time::Duration;

use reqwest::header;
use serde_json::{Value, json};

use crate::common::{Home, Program, read};
use crate::on_both_databases;

on_both_databases!(
    a_report_is_shown_ordered_by_and_taken_back,
    only_programs_report_and_only_what_can_be,
    a_record_that_is_used_elsewhere_says_so_before_it_goes,
);

/// The rows of the tags in this order, as name, count and last use.
async fn tags(program: &Program, sort: &str) -> Vec<(String, u64, String)> {
    let (status, list) = program.get(&format!("/settings/tags?sort={sort}")).await;
    assert_eq!(status, 200, "{list}");
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows = list["rows"].as_array().unwrap().iter();
    rows.map(|row| (text(row, "name"), row["outside"].as_u64().unwrap_or(0), text(row, "last_used")))
        .collect()
}

async fn a_report_is_shown_ordered_by_and_taken_back(home: Home) {
    let program = home.program("analyst").await;
    let mut ids = Vec::new();
    for name in ["А", "Б", "В"] {
        ids.push(home.create("tags", json!({ "name": name })).await);
    }
    let path = |n: usize, source: &str| format!("/settings/tags/{}/uses/{source}", ids[n]);
    let before = program.request("GET", "/settings/tags").send().await.unwrap();
    let tag = before.headers()[header::ETAG].clone();
    assert_eq!(read(before).await.1["reported"], false);
    let head = home.console.settings.snapshot().head;

    let report = json!({ "count": 7, "last_at": "2026-05-01T10:00:00Z", "places": [{ "label": " Діалоги ", "url": "https://panel.example/d?tag=1" }] });
    assert_eq!(program.send("PUT", &path(1, "panel"), None, &report).await.0, 204);
    assert_eq!(program.send("PUT", &path(1, "crm"), None, &json!({ "count": 5 })).await.0, 204);
    let later = json!({ "count": 3, "last_at": "2026-06-01T10:00:00+03:00" });
    assert_eq!(program.send("PUT", &path(2, "panel"), None, &later).await.0, 204);
    assert_eq!(home.console.settings.snapshot().head, head, "a report is no commit");

    let names = |rows: &[(String, u64, String)]| rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>();
    let used = tags(&program, "-used").await;
    assert_eq!(names(&used), ["Б", "В", "А"]);
    assert_eq!((used[0].1, used[1].1, used[2].1), (12, 3, 0));
    assert_eq!(
        names(&tags(&program, "last_used").await),
        ["А", "Б", "В"],
        "what was never used stands first"
    );
    // The instance's zone is Kyiv's.
    assert_eq!(used[0].2, "2026-05-01T13:00:00+03:00");
    let again =
        program.request("GET", "/settings/tags").header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
    assert_eq!(again.status(), 200, "what a list says of uses has changed");
    assert_eq!(read(again).await.1["reported"], true);

    let uses = format!("/settings/tags/{}/uses", ids[1]);
    let (_, found) = program.get(&uses).await;
    let outside = found["outside"].as_array().unwrap();
    let sources: Vec<_> =
        outside.iter().map(|one| (one["source"].as_str().unwrap(), one["count"].as_u64().unwrap())).collect();
    assert_eq!(sources, [("crm", 5), ("panel", 7)]);
    assert_eq!(outside[1]["places"], json!([{ "label": "Діалоги", "url": "https://panel.example/d?tag=1" }]));
    assert_eq!(outside[1]["stale"], false);

    // A report takes the place of the one before it; none left takes it back.
    assert_eq!(program.send("PUT", &path(1, "panel"), None, &json!({ "count": 1 })).await.0, 204);
    assert_eq!(program.send("PUT", &path(1, "crm"), None, &json!({ "count": 0 })).await.0, 204);
    let (_, found) = program.get(&uses).await;
    assert_eq!(found["outside"].as_array().unwrap().len(), 1);
    assert_eq!((&found["outside"][0]["count"], &found["outside"][0]["places"]), (&json!(1), &json!([])));

    // What was reported outlives the process.
    let after = server::Console::open(home.config.clone()).await.unwrap();
    let snapshot = after.settings.snapshot().clone();
    let place = (server::settings::snapshot::number("tags").unwrap(), ids[1]);
    assert_eq!(snapshot.used_outside(place).uses, 1);
    after.stop.cancel();
}

async fn only_programs_report_and_only_what_can_be(home: Home) {
    let program = home.program("analyst").await;
    let id = home.create("tags", json!({ "name": "Тег" })).await;
    let path = format!("/settings/tags/{id}/uses/panel");
    let cases = [
        (json!({ "count": 1_u64 << 60 }), "/count", "too_large"),
        (json!({}), "/count", "required"),
        (json!({ "count": -1 }), "/count", "too_small"),
        (json!({ "count": "7" }), "/count", "wrong_type"),
        (json!({ "count": 1, "who": 2 }), "/who", "unknown_property"),
        (json!({ "count": 1, "last_at": "учора" }), "/last_at", "bad_format"),
        (json!({ "count": 1, "last_at": "2999-01-01T00:00:00Z" }), "/last_at", "bad_format"),
        (
            json!({ "count": 1, "places": [{ "label": "x", "url": "javascript:alert(1)" }] }),
            "/places/0/url",
            "bad_format",
        ),
        (
            json!({ "count": 1, "places": [{ "label": " ", "url": "https://x.example/" }] }),
            "/places/0/label",
            "required",
        ),
        (
            json!({ "count": 1, "places": vec![json!({ "label": "x", "url": "https://x.example/" }); 101] }),
            "/places",
            "too_many_items",
        ),
    ];
    for (body, pointer, code) in cases {
        let (status, problem) = program.send("PUT", &path, None, &body).await;
        assert_eq!(status, 422, "{body}: {problem}");
        let found = &problem["errors"][0];
        assert_eq!(
            (found["pointer"].as_str(), found["code"].as_str()),
            (Some(pointer), Some(code)),
            "{body}"
        );
    }
    let one = json!({ "count": 1 });
    // What a role may not view, its key says nothing of.
    assert_eq!(program.send("PUT", "/settings/timers/0/uses/panel", None, &one).await.0, 404);
    for strange in ["/settings/tags/999/uses/panel", "/settings/nothing/1/uses/panel"] {
        assert_eq!(program.send("PUT", strange, None, &one).await.0, 404, "{strange}");
    }
    for strange in ["%D1%8F", "a%2Fb"] {
        assert_eq!(
            program.send("PUT", &format!("/settings/tags/{id}/uses/{strange}"), None, &one).await.0,
            422,
            "{strange}"
        );
    }
    // A part is a document's; and no record is reported on by everybody at once.
    assert_eq!(program.send("PUT", &format!("{path}?part=x"), None, &one).await.0, 422);
    let wide = home.program("administrator").await;
    assert_eq!(wide.send("PUT", "/settings/timers/0/uses/panel?part=minutes", None, &one).await.0, 204);
    let (_, found) = wide.get("/settings/timers/0/uses").await;
    assert_eq!(
        (&found["outside"][0]["part"], &found["outside"][0]["by"]),
        (&json!("minutes"), &json!("test"))
    );
    for n in 0..server::settings::outside::MOST_SOURCES {
        assert_eq!(program.send("PUT", &format!("{path}-{n}"), None, &one).await.0, 204, "{n}");
    }
    assert_eq!(program.send("PUT", &path, None, &one).await.0, 422);
    assert_eq!(program.send("PUT", &format!("{path}-3"), None, &json!({ "count": 9 })).await.0, 204);

    // A person changes settings; they don't report.
    home.person("owner@example.com", home.role("owner")).await;
    let owner = home.signed_in("owner@example.com").await;
    let put = |client: &reqwest::Client| {
        let request = client.put(format!("{}/api/v1{path}", home.url));
        request.body(one.to_string()).send()
    };
    assert_eq!(put(&owner).await.unwrap().status(), 403);
    assert_eq!(put(&Home::browser()).await.unwrap().status(), 401);
}

async fn a_record_that_is_used_elsewhere_says_so_before_it_goes(home: Home) {
    let program = home.program("administrator").await;
    let id = home.create("tags", json!({ "name": "Тег" })).await;
    let body = json!({ "count": 40 });
    assert_eq!(program.send("PUT", &format!("/settings/tags/{id}/uses/panel"), None, &body).await.0, 204);
    let leave = |dry_run: bool| {
        let operation = json!({ "op": "archive", "section": "tags", "id": id, "revision": 1 });
        json!({ "operations": [operation], "dry_run": dry_run })
    };
    let (status, told) = program.send("POST", "/commits", None, &leave(true)).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(
        told["effects"],
        json!([{ "code": "used_outside", "count": 40, "params": { "sources": "panel" } }])
    );
    // Dialogs keep their tags: their number forbids nothing.
    assert_eq!(program.send("POST", "/commits", None, &leave(false)).await.0, 200);
    assert_eq!(home.value("tags", id)["name"], "Тег");
    // What is gone for good takes its reports along.
    let draft = home.create("tags", json!({ "name": "Чернетка", "active": false })).await;
    let path = format!("/settings/tags/{draft}");
    assert_eq!(program.send("PUT", &format!("{path}/uses/panel"), None, &body).await.0, 204);
    assert_eq!(program.send("DELETE", &format!("{path}?forever=1"), Some(1), &json!({})).await.0, 204);
    let after = server::Console::open(home.config.clone()).await.unwrap();
    let place = (server::settings::snapshot::number("tags").unwrap(), draft);
    assert_eq!(after.settings.snapshot().used_outside(place).uses, 0);
    after.stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_on_one_node_is_seen_on_the_other() {
    let one = Home::postgres().await;
    let two = one.second_node().await;
    let id = one.create("tags", json!({ "name": "Тег" })).await;
    let head = one.console.settings.snapshot().head;
    two.console.settings.reach(head).await;
    let program = one.program("analyst").await;
    let body = json!({ "count": 8 });
    assert_eq!(program.send("PUT", &format!("/settings/tags/{id}/uses/panel"), None, &body).await.0, 204);
    let other = two.program("analyst").await;
    // The poll alone would be slower than this.
    let seen = async {
        loop {
            if tags(&other, "used").await[0].1 == 8 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(3), seen).await.expect("in time");
}
