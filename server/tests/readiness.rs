//! Readiness findings: told by right, silenced with a reason by whoever may cure them, brought back.

use reqwest::Client;
use serde_json::{Value, json};

use crate::common::{Home, call};
use crate::on_both_databases;

on_both_databases!(a_finding_is_silenced_for_everybody_and_brought_back, only_what_is_found_can_be_silenced);

/// The finding about a role that nobody holds.
async fn finding(home: &Home, browser: &Client) -> Value {
    let (_, overview) = call(home, browser, "overview", json!({})).await;
    let findings = overview["readiness"].as_array().unwrap();
    findings.iter().find(|finding| finding["code"] == "role_unused").cloned().unwrap_or_default()
}

async fn a_finding_is_silenced_for_everybody_and_brought_back(home: Home) {
    let role = home.create("roles", json!({ "name": { "uk": "Ще нічия" } })).await;
    home.person("owner@example.com", home.role("owner")).await;
    home.person("admin@example.com", home.role("administrator")).await;
    let owner = home.signed_in("owner@example.com").await;
    let admin = home.signed_in("admin@example.com").await;
    let found = finding(&home, &owner).await;
    assert_eq!(found["href"], format!("/settings/roles/{role}"));
    assert_eq!((&found["silenced"], &found["may_silence"]), (&Value::Null, &json!(true)));

    let id = found["id"].clone();
    let silence = json!({ "finding": id, "reason": "  Чекаємо на нових людей " });
    assert_eq!(call(&home, &owner, "silence", silence).await.0, 200);
    let seen = finding(&home, &admin).await["silenced"].clone();
    assert_eq!(seen["reason"], "Чекаємо на нових людей");
    assert_eq!(seen["by"], "Анна Шевченко");
    assert!(!seen["at"].as_str().unwrap().is_empty());
    // Silenced once more, the newer reason stands.
    let again = json!({ "finding": id, "reason": "До січня" });
    assert_eq!(call(&home, &admin, "silence", again).await.0, 200);
    assert_eq!(finding(&home, &owner).await["silenced"]["reason"], "До січня");

    assert_eq!(call(&home, &owner, "unsilence", json!({ "finding": id })).await.0, 200);
    assert_eq!(finding(&home, &admin).await["silenced"], Value::Null);
}

async fn only_what_is_found_can_be_silenced(home: Home) {
    home.create("roles", json!({ "name": { "uk": "Ще нічия" } })).await;
    home.person("owner@example.com", home.role("owner")).await;
    let viewer = home
        .create(
            "roles",
            json!({ "name": { "uk": "Глядач" }, "settings": { "roles": ["view"], "users": ["view"] } }),
        )
        .await;
    home.person("viewer@example.com", viewer).await;
    let owner = home.signed_in("owner@example.com").await;
    let viewer = home.signed_in("viewer@example.com").await;
    let id = finding(&home, &owner).await["id"].clone();
    let silence = |reason: &str| json!({ "finding": id, "reason": reason });

    assert_eq!(finding(&home, &viewer).await["may_silence"], false);
    assert_eq!(call(&home, &viewer, "silence", silence("Так хочу")).await.0, 403);
    assert_eq!(call(&home, &viewer, "unsilence", json!({ "finding": id })).await.0, 403);
    assert_eq!(call(&home, &Home::browser(), "silence", silence("Так хочу")).await.0, 401);
    let unknown = json!({ "finding": "role_unused /settings/roles/999", "reason": "Так хочу" });
    assert_eq!(call(&home, &owner, "silence", unknown).await.0, 404);
    for reason in ["", "   ", &*"я".repeat(201), "два\u{202e}"] {
        let (status, refusal) = call(&home, &owner, "silence", silence(reason)).await;
        assert_eq!((status, &refusal["problems"][0]["pointer"]), (422, &json!("/reason")), "{reason}");
    }
    assert_eq!(finding(&home, &viewer).await["silenced"], Value::Null);
}
