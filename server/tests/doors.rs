//! Every door that writes: each asks who is there, checks the value, and leaves a commit.

use app::backend::Operation;
use reqwest::header;
use serde_json::{Value, json};

use crate::common::{Home, PASSWORD, read};
use crate::on_both_databases;

on_both_databases!(every_door_authorises_checks_and_records);

/// One way to write: what to send where, over a tag of id 1, version 1.
struct Door {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    good: Value,
    bad: Value,
}

fn doors() -> Vec<Door> {
    let put =
        |value: Value| json!({ "op": "put", "section": "tags", "id": 1, "revision": 1, "value": value });
    let commit =
        |operation: Value| json!({ "note": "", "operations": [operation], "accept": [], "dry_run": false });
    let good = || json!({ "name": "Інша назва" });
    let bad = || json!({ "name": "" });
    vec![
        Door {
            name: "POST record",
            method: "POST",
            path: "/api/v1/settings/tags",
            good: json!({ "name": "Новий" }),
            bad: bad(),
        },
        Door { name: "PUT record", method: "PUT", path: "/api/v1/settings/tags/1", good: good(), bad: bad() },
        Door {
            name: "PATCH record",
            method: "PATCH",
            path: "/api/v1/settings/tags/1",
            good: good(),
            bad: bad(),
        },
        Door {
            name: "PUT document",
            method: "PUT",
            path: "/api/v1/settings/timers",
            good: json!({ "minutes": 7 }),
            bad: json!({ "minutes": 0 }),
        },
        Door {
            name: "PATCH document",
            method: "PATCH",
            path: "/api/v1/settings/timers",
            good: json!({ "minutes": 7 }),
            bad: json!({ "minutes": 0 }),
        },
        Door {
            name: "POST commits",
            method: "POST",
            path: "/api/v1/commits",
            good: commit(put(good())),
            bad: commit(put(bad())),
        },
        Door {
            name: "call commit",
            method: "POST",
            path: "/rpc/commit",
            good: json!({ "commit": commit(put(good())) }),
            bad: json!({ "commit": commit(put(bad())) }),
        },
    ]
}

async fn every_door_authorises_checks_and_records(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    home.person("analyst@example.com", home.role("analyst")).await;
    home.create("tags", json!({ "name": "Тег" })).await;
    let stranger = Home::browser();
    let owner = home.signed_in("owner@example.com").await;
    let analyst = home.signed_in("analyst@example.com").await;
    let head = || home.console.settings.snapshot().head;
    for door in doors() {
        let send = |browser: &reqwest::Client, body: &Value| {
            let request = browser.request(door.method.parse().unwrap(), format!("{}{}", home.url, door.path));
            let revision = if door.path.ends_with("timers") {
                home.revision("timers", 0)
            } else {
                home.revision("tags", 1)
            };
            let body = body.to_string().replace("\"revision\":1", &format!("\"revision\":{revision}"));
            request
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::ACCEPT, "application/json")
                .header("if-match", format!("\"r{revision}\""))
                .body(body)
                .send()
        };
        let before = head();
        assert_eq!(send(&stranger, &door.good).await.unwrap().status(), 401, "{}: a stranger", door.name);
        let refused = send(&analyst, &door.good).await.unwrap().status().as_u16();
        assert!(matches!(refused, 403 | 404), "{}: without the right, {refused}", door.name);
        let (status, answer) = read(send(&owner, &door.bad).await.unwrap()).await;
        assert_eq!(status, 422, "{}: a bad value, {answer}", door.name);
        assert_eq!(head(), before, "{}: a refusal left something", door.name);
        // Each door changes the record to a value of its own, so that none of them is unchanged.
        let good: Value = serde_json::from_str(
            &door
                .good
                .to_string()
                .replace("Інша назва", door.name)
                .replace("\"minutes\":7", &format!("\"minutes\":{}", 10 + before)),
        )
        .unwrap();
        let (status, answer) = read(send(&owner, &good).await.unwrap()).await;
        assert!(matches!(status, 200 | 201), "{}: {status} {answer}", door.name);
        assert_eq!(head(), before + 1, "{}: no commit", door.name);
    }
    // Doors with their own shapes.
    let revision = home.revision("tags", 1);
    let archive = |browser: &reqwest::Client| {
        browser
            .delete(format!("{}/api/v1/settings/tags/1", home.url))
            .header("if-match", format!("\"r{revision}\""))
            .send()
    };
    assert_eq!(archive(&stranger).await.unwrap().status(), 401);
    assert_eq!(archive(&analyst).await.unwrap().status(), 403);
    let before = head();
    assert_eq!(archive(&owner).await.unwrap().status(), 204);
    assert_eq!(head(), before + 1);
    let call = |browser: &reqwest::Client, name: &str, body: Value| {
        browser
            .post(format!("{}/rpc/{name}", home.url))
            .header(header::ACCEPT, "application/json")
            .json(&body)
            .send()
    };
    assert_eq!(call(&stranger, "revert", json!({ "seq": before + 1 })).await.unwrap().status(), 401);
    assert_eq!(call(&analyst, "revert", json!({ "seq": before + 1 })).await.unwrap().status(), 403);
    assert_eq!(call(&owner, "revert", json!({ "seq": before + 1 })).await.unwrap().status(), 200);
    assert_eq!(head(), before + 2);
    // What changes access asks who is there as well; passwords and sessions are no settings and leave no commit.
    for (name, body) in [
        ("end-session", json!({ "id": "" })),
        ("change-password", json!({ "current": PASSWORD, "new": "новий довгий пароль" })),
        ("password-link", json!({ "user": 1 })),
        ("select-api-test", json!({ "source": { "url": "https://example.com/" }, "q": "" })),
        ("make-key", json!({ "key": { "name": "Ключ", "role": 1, "expires": "" } })),
        ("revoke-key", json!({ "id": 1 })),
        ("silence", json!({ "finding": "role_unused /settings/roles/1", "reason": "Так треба" })),
        ("unsilence", json!({ "finding": "role_unused /settings/roles/1" })),
        ("import-plan", json!({ "section": "tags", "file": { "format": "csv", "text": "name\nТ" } })),
    ] {
        assert_eq!(call(&stranger, name, body).await.unwrap().status(), 401, "{name}");
    }
    assert_eq!(call(&analyst, "password-link", json!({ "user": 1 })).await.unwrap().status(), 404);
    assert_eq!(call(&analyst, "revoke-key", json!({ "id": 1 })).await.unwrap().status(), 404);
    // Files are no settings either. What an upload leaves is swept unless a record names it.
    let post = |browser: &reqwest::Client, path: &str| {
        browser.post(format!("{}/api/v1{path}", home.url)).body(&b"\x89PNG\r\n\x1a\n"[..]).send()
    };
    for path in ["/blobs?name=a.png", "/check/file?name=a.png"] {
        assert_eq!(post(&stranger, path).await.unwrap().status(), 401, "{path}");
        assert_eq!(post(&analyst, path).await.unwrap().status(), 404, "{path}");
        assert!(post(&owner, path).await.unwrap().status().is_success(), "{path}");
    }
    // Reports of uses are no settings; a program makes them.
    let report = |browser: &reqwest::Client| {
        browser.put(format!("{}/api/v1/settings/tags/1/uses/panel", home.url)).body(r#"{"count":1}"#).send()
    };
    assert_eq!(report(&stranger).await.unwrap().status(), 401);
    assert_eq!(report(&owner).await.unwrap().status(), 403);
    assert_eq!(head(), before + 2);
}

/// A new kind of operation must come with its door here.
#[test]
fn no_operation_is_forgotten() {
    let known = |operation: &Operation| match operation {
        Operation::Create { .. }
        | Operation::Put { .. }
        | Operation::Patch { .. }
        | Operation::Rekey { .. }
        | Operation::Archive { .. }
        | Operation::Restore { .. }
        | Operation::Delete { .. } => true,
    };
    assert!(known(&crate::common::create("tags", json!({}))));
}
