//! The REST door: reading with tags, writing with versions, problem documents.

use reqwest::header;
use serde_json::json;

use crate::common::{Home, read};
use crate::on_both_databases;

on_both_databases!(
    a_record_lives_through_rest,
    lists_are_searched_sorted_and_paged,
    a_kept_answer_still_holds,
    a_name_stands_for_one_write,
    every_refusal_is_a_problem_document,
    a_new_person_gets_a_link,
);

async fn a_record_lives_through_rest(home: Home) {
    let program = home.program("administrator").await;
    let (status, made) =
        program.send("POST", "/settings/tags", None, &json!({ "name": "Доставка", "key": "dostavka" })).await;
    assert_eq!((status, made["key"].as_str(), made["revision"].as_i64()), (201, Some("dostavka"), Some(1)));
    let id = made["id"].as_i64().unwrap();
    let by_key = program.get("/settings/tags/key:DOSTAVKA").await;
    assert_eq!(by_key, program.get(&format!("/settings/tags/{id}")).await);

    let path = format!("/settings/tags/{id}");
    let (status, patched) = program.send("PATCH", &path, Some(1), &json!({ "colour": "#3d7f8c" })).await;
    assert_eq!((status, patched["value"]["colour"].as_str()), (200, Some("#3d7f8c")));
    let (status, problem) = program.send("PUT", &path, Some(1), &json!({ "name": "Інше" })).await;
    assert_eq!(
        (status, problem["type"].as_str(), problem["revision"].as_i64()),
        (409, Some("/problems/conflict"), Some(2))
    );
    assert_eq!(problem["current"]["name"], "Доставка");
    let (status, problem) = program.send("PUT", &path, None, &json!({ "name": "Інше" })).await;
    assert_eq!((status, problem["errors"][0]["code"].as_str()), (422, Some("if_match_needed")));

    let (status, _) = program.send("DELETE", &path, Some(2), &json!(null)).await;
    assert_eq!(status, 204);
    let (_, archived) = program.get(&path).await;
    assert_eq!(archived["archived"], true);
    let (_, history) = program.get(&format!("{path}/history")).await;
    assert_eq!(history["commits"].as_array().unwrap().len(), 3);
    assert_eq!(program.get("/settings/nonsense").await.0, 404);

    let (status, timers) = program.get("/settings/timers").await;
    assert_eq!(
        (status, timers["revision"].as_i64(), timers["value"]["minutes"].as_i64()),
        (200, Some(0), Some(30))
    );
    let (status, _) = program
        .send("PATCH", "/settings/timers", Some(0), &json!({ "use_timer": true, "minutes": 45 }))
        .await;
    assert_eq!(status, 200);
    let (_, schema) = program.get("/schemas/timers").await;
    assert_eq!(schema["properties"]["minutes"]["minimum"], 1);
    assert_eq!(program.get("/openapi.json").await.1["openapi"], "3.1.0");
}

async fn lists_are_searched_sorted_and_paged(home: Home) {
    let program = home.program("administrator").await;
    for name in ["Ґанок", "Газ", "Їжа", "Яблуко", "Єнот", "Дім", "Привіт ’світе"]
    {
        home.create("tags", json!({ "name": name, "active": name != "Дім" })).await;
    }
    let names = |list: &serde_json::Value| -> Vec<String> {
        list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let (_, all) = program
        .request("GET", "/settings/tags")
        .header("accept-language", "uk")
        .send()
        .await
        .map(read)
        .unwrap()
        .await;
    assert_eq!(names(&all), ["Газ", "Ґанок", "Дім", "Єнот", "Їжа", "Привіт ’світе", "Яблуко"]);
    assert_eq!(names(&program.get("/settings/tags?sort=-name&limit=2").await.1), ["Яблуко", "Привіт ’світе"]);
    assert_eq!(names(&program.get("/settings/tags?f.active=false").await.1), ["Дім"]);
    assert_eq!(
        names(&program.get("/settings/tags?q=%D0%9F%D0%A0%D0%98%D0%92%D0%86%D0%A2%20'%D0%A1").await.1),
        ["Привіт ’світе"]
    );
    let (_, other) = program.get("/settings/tags?q=ghbdsn").await;
    assert_eq!(
        (names(&other), other["other_layout"].as_str()),
        (vec!["Привіт ’світе".to_owned()], Some("привіт"))
    );

    let mut path = "/settings/tags?limit=3".to_owned();
    let mut walked = Vec::new();
    loop {
        let (_, page) = program.get(&path).await;
        walked.extend(names(&page));
        let cursor = page["cursor"].as_str().unwrap();
        if cursor.is_empty() {
            break;
        }
        path = format!("/settings/tags?limit=3&cursor={cursor}");
    }
    assert_eq!(walked, names(&all));
    let categories = ["Вітання", "Прощання", "Зайва"].map(|name| json!({ "name": { "uk": name } }));
    for (n, category) in categories.into_iter().enumerate() {
        let id = home.create("reply-categories", category).await;
        // What stands inside of a category is no use of it.
        for inside in 0..[0, 0, 3][n] {
            let name = json!({ "uk": format!("Усередині {inside}") });
            home.create("reply-categories", json!({ "name": name, "parent": id })).await;
        }
        for reply in 0..[1, 2, 0][n] {
            let title = format!("Відповідь {n}-{reply}");
            home.create("replies", json!({ "title": title, "text": { "uk": "Так" }, "category": id })).await;
        }
    }
    let (_, list) = program.get("/settings/reply-categories?sort=-used").await;
    let used: Vec<_> =
        list["rows"].as_array().unwrap().iter().map(|row| row["used"].as_i64().unwrap()).collect();
    assert_eq!(used, [2, 1, 0, 0, 0, 0], "what is used most stands first");
    let (status, problem) = program.get("/settings/tags?sort=nonsense").await;
    assert_eq!((status, problem["errors"][0]["code"].as_str()), (422, Some("unknown_column")));
}

async fn a_kept_answer_still_holds(home: Home) {
    let program = home.program("administrator").await;
    let id = home.create("tags", json!({ "name": "Тег" })).await;
    for path in [
        "/settings".to_owned(),
        "/settings/tags".to_owned(),
        format!("/settings/tags/{id}"),
        "/schemas/tags".to_owned(),
    ] {
        let answer = program.request("GET", &path).send().await.unwrap();
        let tag = answer.headers()[header::ETAG].clone();
        let again = program.request("GET", &path).header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
        assert_eq!((again.status().as_u16(), &again.headers()[header::ETAG]), (304, &tag), "{path}");
        assert!(again.bytes().await.unwrap().is_empty());
    }
    let path = format!("/settings/tags/{id}");
    let tag = program.request("GET", &path).send().await.unwrap().headers()[header::ETAG].clone();
    home.commit(vec![crate::common::patch("tags", id, 1, json!({ "colour": "#123456" }))]).await.unwrap();
    let again = program.request("GET", &path).header(header::IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!(again.status(), 200);
}

async fn a_name_stands_for_one_write(home: Home) {
    let program = home.program("administrator").await;
    let named = |name: &str, body: serde_json::Value| {
        program
            .request("POST", "/settings/tags")
            .header("idempotency-key", name)
            .body(body.to_string())
            .send()
    };
    let (first, again) =
        (named("k1", json!({ "name": "Раз" })).await, named("k1", json!({ "name": "Раз" })).await);
    let (first, again) = (read(first.unwrap()).await, read(again.unwrap()).await);
    assert_eq!((first.0, first.1["id"].as_i64()), (201, again.1["id"].as_i64()));
    let (status, other) = read(named("k1", json!({ "name": "Два" })).await.unwrap()).await;
    assert_eq!((status, &other["errors"][0]["code"]), (422, &json!("idempotency_reused")));
    let (status, long) = read(named(&"k".repeat(201), json!({ "name": "Три" })).await.unwrap()).await;
    assert_eq!((status, &long["errors"][0]["code"]), (422, &json!("bad_header")));
}

async fn every_refusal_is_a_problem_document(home: Home) {
    let program = home.program("administrator").await;
    for (method, path, status) in [
        ("GET", "/commits?limit=-1", 400),
        ("GET", "/events?since=bad", 400),
        ("POST", "/check/file?size=-1", 400),
        ("GET", "/settings/tags/key:%ff", 400),
        ("POST", "/schemas", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/", 404),
    ] {
        let answer = program.request(method, path).send().await.unwrap();
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        let (told, problem) = read(answer).await;
        assert_eq!((told, problem["status"].as_u64()), (status, Some(status.into())), "{path}");
        assert!(problem["title"].is_string() && problem["type"].is_string(), "{path}");
    }
    let foreign = program.request("POST", "/settings/tags").header("origin", "https://evil.example");
    let (status, problem) = read(foreign.body("{}").send().await.unwrap()).await;
    assert_eq!((status, problem["right"].as_str()), (403, Some("origin")));
}

async fn a_new_person_gets_a_link(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let program = home.program("owner").await;
    let person = json!({ "email": "new@example.com", "first_name": "Нова", "last_name": "Людина", "role": home.role("operator") });
    let (status, made) = program.send("POST", "/settings/users", None, &person).await;
    assert_eq!(status, 201);
    let link = made["password_link"]["url"].as_str().unwrap();
    let page = Home::browser().get(link).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let path = format!("/settings/users/{}/password-link", made["id"]);
    let (status, other) = program.send("POST", &path, None, &json!(null)).await;
    assert_eq!(status, 201);
    assert_ne!(other["url"], made["password_link"]["url"]);
    let (status, _) = home.program("supervisor").await.send("POST", &path, None, &json!(null)).await;
    assert_eq!(status, 403);
}
