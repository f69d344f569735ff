//! API keys: made by whoever holds the right, with no more than they hold themselves, shown once, revoked at once.

use reqwest::Client;
use serde_json::{Value, json};

use crate::common::{Home, call};
use crate::on_both_databases;

on_both_databases!(
    a_key_is_shown_once_works_and_is_revoked,
    nobody_makes_a_key_that_may_more_than_they_do,
    whoever_lacks_the_right_knows_of_no_keys,
    what_is_wrong_is_named_at_its_field,
);

async fn make(home: &Home, browser: &Client, name: &str, role: i64, expires: &str) -> (u16, Value) {
    let key = json!({ "name": name, "role": role, "expires": expires });
    call(home, browser, "make-key", json!({ "key": key })).await
}

async fn status_of(home: &Home, secret: &str) -> u16 {
    let request = Client::new().get(format!("{}/api/v1/settings", home.url)).bearer_auth(secret);
    request.send().await.unwrap().status().as_u16()
}

async fn a_key_is_shown_once_works_and_is_revoked(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let owner = home.signed_in("owner@example.com").await;
    let (status, made) = make(&home, &owner, " Сайт ", home.role("analyst"), "2999-12-31").await;
    let secret = made.as_str().unwrap().to_owned();
    assert_eq!(status, 200);
    assert_eq!(status_of(&home, &secret).await, 200);

    let (_, list) = call(&home, &owner, "keys", json!({})).await;
    let key = &list["keys"][0];
    assert_eq!((&key["name"], &key["state"]), (&json!("Сайт"), &json!("works")));
    assert!(key["expires"].as_str().unwrap().starts_with("2999-12-31T23:59:59"), "{key}");
    assert_eq!(key["by"], "Анна Шевченко");
    assert_ne!(key["seen"], "", "its use was noticed");
    assert!(!list.to_string().contains(&secret), "a secret is never shown again");

    let revoke = json!({ "id": key["id"] });
    assert_eq!(call(&home, &owner, "revoke-key", revoke).await.0, 200);
    assert_eq!(status_of(&home, &secret).await, 401);
    let (_, list) = call(&home, &owner, "keys", json!({})).await;
    assert_eq!(list["keys"][0]["state"], "revoked");
    assert_eq!(call(&home, &owner, "revoke-key", json!({ "id": 999 })).await.0, 404);
}

async fn nobody_makes_a_key_that_may_more_than_they_do(home: Home) {
    let own = home
        .create(
            "roles",
            json!({ "name": { "uk": "Лише теги" }, "settings": { "tags": ["view"] }, "functions": ["api_keys"] }),
        )
        .await;
    home.person("owner@example.com", home.role("owner")).await;
    home.person("tags@example.com", own).await;
    let person = home.signed_in("tags@example.com").await;
    let (_, list) = call(&home, &person, "keys", json!({})).await;
    let offered: Vec<i64> =
        list["roles"].as_array().unwrap().iter().map(|role| role["id"].as_i64().unwrap()).collect();
    assert!(offered.contains(&own) && !offered.contains(&home.role("administrator")), "{offered:?}");

    for role in ["owner", "administrator", "supervisor"] {
        let (status, refusal) = make(&home, &person, "Забагато", home.role(role), "").await;
        assert_eq!(status, 422, "{role}: {refusal}");
        assert_eq!(refusal["problems"][0]["pointer"], "/role", "{role}");
        assert_eq!(refusal["problems"][0]["code"], "gives_more", "{role}");
    }
    assert_eq!(make(&home, &person, "Рівно стільки", own, "").await.0, 200);
}

async fn whoever_lacks_the_right_knows_of_no_keys(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    home.person("analyst@example.com", home.role("analyst")).await;
    let analyst = home.signed_in("analyst@example.com").await;
    for (browser, status) in [(&analyst, 404), (&Home::browser(), 401)] {
        assert_eq!(call(&home, browser, "keys", json!({})).await.0, status);
        assert_eq!(make(&home, browser, "Ключ", home.role("analyst"), "").await.0, status);
        assert_eq!(call(&home, browser, "revoke-key", json!({ "id": 1 })).await.0, status);
    }
}

async fn what_is_wrong_is_named_at_its_field(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let owner = home.signed_in("owner@example.com").await;
    let role = home.role("analyst");
    for (name, role, expires, pointer, code) in [
        ("", role, "", "/name", "required"),
        ("a\u{202e}b", role, "", "/name", "control_character"),
        (&*"я".repeat(81), role, "", "/name", "too_long"),
        ("Ключ", 0, "", "/role", "required"),
        ("Ключ", role, "колись", "/expires", "bad_format"),
        ("Ключ", role, "2020-01-01", "/expires", "date_past"),
    ] {
        let (status, refusal) = make(&home, &owner, name, role, expires).await;
        assert_eq!(status, 422, "{code}: {refusal}");
        let problem = &refusal["problems"][0];
        assert_eq!((&problem["pointer"], &problem["code"]), (&json!(pointer), &json!(code)));
    }
    assert_eq!(call(&home, &owner, "keys", json!({})).await.1["keys"], json!([]));
}
