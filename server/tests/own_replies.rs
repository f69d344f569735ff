//! An operator's own quick replies: kept by `replies.own` alone, and by it nothing else is opened.

use reqwest::Client;
use serde_json::{Value, json};

use crate::common::{Home, patch};

/// A console with an operator, Boris, who has no right to any section, and a supervisor, Anna.
struct Stage {
    home: Home,
    browser: Client,
    boris: i64,
    anna: i64,
}

impl Stage {
    async fn set() -> Self {
        let home = Home::sqlite().await;
        home.person("olena@example.com", home.role("owner")).await;
        let anna = home.person("anna@example.com", home.role("supervisor")).await;
        let boris = home.person("boris@example.com", home.role("operator")).await;
        let browser = home.signed_in("boris@example.com").await;
        Self { home, browser, boris, anna }
    }

    /// A reply that belongs to this person.
    async fn personal(&self, title: &str, owner: i64) -> i64 {
        self.home.create("replies", mine(title, owner)).await
    }

    /// Boris calls as his page does.
    async fn call(&self, name: &str, arguments: &Value) -> (u16, Value) {
        let url = format!("{}/rpc/{name}", self.home.url);
        let answer = self.browser.post(url).json(arguments).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    /// Boris commits one operation.
    async fn commit(&self, operation: Value) -> (u16, Value) {
        self.call("commit", &json!({ "commit": { "operations": [operation], "accept": ["*"] } })).await
    }

    async fn titles(&self, query: Value) -> Vec<String> {
        let (status, list) = self.call("list", &json!({ "section": "replies", "query": query })).await;
        assert_eq!(status, 200, "{list}");
        let rows = list["rows"].as_array().unwrap().iter();
        let titles: Vec<_> = rows.map(|row| row["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(list["total"], titles.len());
        titles
    }
}

fn mine(title: &str, owner: i64) -> Value {
    json!({ "title": title, "text": { "uk": "Текст" }, "scope": "personal", "owner": owner })
}

#[tokio::test]
async fn an_operator_keeps_replies_of_their_own() {
    let stage = Stage::set().await;
    stage.personal("Чужа", stage.anna).await;
    stage.home.create("replies", json!({ "title": "Спільна", "text": { "uk": "Текст" } })).await;
    let create = json!({ "op": "create", "section": "replies", "value": mine("Моя", stage.boris) });
    let (status, made) = stage.commit(create).await;
    assert_eq!(status, 200, "{made}");
    let id = made["changes"][0]["id"].as_i64().unwrap();

    for query in [
        json!({}),
        json!({ "q": "мо" }),
        json!({ "filter": { "owner": "me" } }),
        json!({ "filter": { "active": "true" } }),
        json!({ "sort": "-changed" }),
    ] {
        assert_eq!(stage.titles(query.clone()).await, ["Моя"], "{query}");
    }
    assert_eq!(stage.titles(json!({ "q": "чужа" })).await, Vec::<String>::new());
    assert_eq!(stage.titles(json!({ "q": "спільна" })).await, Vec::<String>::new());
    let (_, list) = stage.call("list", &json!({ "section": "replies", "query": {} })).await;
    assert_eq!(list["all"], 1);
    for call in ["record", "uses"] {
        assert_eq!(stage.call(call, &json!({ "section": "replies", "id": id })).await.0, 200, "{call}");
    }
    assert_eq!(stage.call("schema", &json!({ "section": "replies" })).await.0, 200);
    let check = json!({ "section": "replies", "id": id, "value": { "title": "" } });
    assert_eq!(stage.call("check", &check).await.0, 200);

    let at =
        |op: &str, revision: i64| json!({ "op": op, "section": "replies", "id": id, "revision": revision });
    let mut put = at("put", 1);
    put["value"] = mine("Моя нова", stage.boris);
    assert_eq!(stage.commit(put).await.0, 200);
    assert_eq!(stage.commit(at("archive", 2)).await.0, 200);
    assert_eq!(stage.titles(json!({ "archived": true })).await, ["Моя нова"]);
    assert_eq!(stage.commit(at("restore", 3)).await.0, 200);
    // What was done is taken back by whoever did it.
    let seq = stage.home.console.settings.snapshot().head;
    assert_eq!(stage.call("revert", &json!({ "seq": seq })).await.0, 200);
    assert_eq!(stage.commit(at("delete", 5)).await.0, 200);
    assert_eq!(stage.home.value("replies", id), Value::Null);
}

#[tokio::test]
async fn by_their_own_an_operator_reaches_nobody_else_s() {
    let stage = Stage::set().await;
    let own = stage.personal("Моя", stage.boris).await;
    let theirs = stage.personal("Чужа", stage.anna).await;
    let shared = stage.home.create("replies", json!({ "title": "Спільна", "text": { "uk": "Текст" } })).await;

    let created = |value: Value| json!({ "op": "create", "section": "replies", "value": value });
    assert_eq!(stage.commit(created(json!({ "title": "Для всіх", "text": { "uk": "Текст" } }))).await.0, 403);
    assert_eq!(stage.commit(created(mine("Для Анни", stage.anna))).await.0, 403);
    for id in [theirs, shared] {
        let at = |op: &str, more: Value| {
            let mut operation = json!({ "op": op, "section": "replies", "id": id, "revision": 1 });
            operation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            operation
        };
        let take = json!({ "value": mine("Взята", stage.boris) });
        for operation in [
            at("put", take),
            at("patch", json!({ "patch": { "scope": "personal", "owner": stage.boris } })),
            at("archive", json!({})),
            at("restore", json!({})),
            at("delete", json!({})),
        ] {
            let (status, said) = stage.commit(operation.clone()).await;
            assert_eq!(status, 404, "{operation}: {said}");
            // An old version tells nothing of the one that stands either.
            let mut stale = operation.clone();
            stale["revision"] = json!(7);
            assert_eq!(stage.commit(stale).await.0, 404, "{operation}");
        }
        for call in ["record", "uses"] {
            assert_eq!(stage.call(call, &json!({ "section": "replies", "id": id })).await.0, 404, "{call}");
        }
        let check = json!({ "section": "replies", "id": id, "value": mine("Взята", stage.boris) });
        assert_eq!(stage.call("check", &check).await.0, 404);
    }
    // Nor does one's own leave one's hands, or take a place among the keys of others.
    let at = |op: &str| json!({ "op": op, "section": "replies", "id": own, "revision": 1 });
    let changed = |change: Value| {
        let mut operation = at("patch");
        operation["patch"] = change;
        operation
    };
    assert_eq!(stage.commit(changed(json!({ "scope": "everyone", "owner": null }))).await.0, 403);
    assert_eq!(stage.commit(changed(json!({ "owner": stage.anna }))).await.0, 403);
    let mut rekey = at("rekey");
    rekey["key"] = json!("spilna");
    assert_eq!(stage.commit(rekey).await.0, 403);
    let mut replaced = at("archive");
    replaced["replace_by"] = json!(shared);
    assert_eq!(stage.commit(replaced).await.0, 404);
    // All or nothing.
    let operations = json!([changed(json!({ "title": "Інша" })), { "op": "create", "section": "tags", "value": { "name": "Тег" } }]);
    let commit = json!({ "commit": { "operations": operations, "accept": ["*"] } });
    assert_eq!(stage.call("commit", &commit).await.0, 404);
    assert_eq!(stage.home.value("replies", own)["title"], "Моя");
    assert_eq!(stage.home.revision("replies", theirs), 1);
    assert_eq!(stage.home.revision("replies", shared), 1);
}

#[tokio::test]
async fn every_other_door_stays_closed() {
    let stage = Stage::set().await;
    let own = stage.personal("Моя", stage.boris).await;
    let shared =
        stage.home.create("replies", json!({ "title": "Спільна", "text": { "uk": "Перший" } })).await;
    let category = stage.home.create("reply-categories", json!({ "name": { "uk": "Оплата" } })).await;
    stage.home.create("tags", json!({ "name": "Скарга" })).await;
    let seq =
        stage.home.commit(vec![patch("replies", shared, 1, json!({ "text": { "uk": "Другий" } }))]).await;
    stage
        .home
        .commit(vec![patch("replies", shared, 2, json!({ "text": { "uk": "Третій" } }))])
        .await
        .unwrap();

    // A category is chosen by its name; its section stays unknown.
    let (status, found) =
        stage.call("find", &json!({ "section": "reply-categories", "q": "опл", "limit": 8 })).await;
    assert_eq!((status, &found[0]["id"]), (200, &json!(category)));
    for (call, arguments) in [
        ("list", json!({ "section": "reply-categories", "query": {} })),
        ("list", json!({ "section": "tags", "query": {} })),
        ("list", json!({ "section": "replies", "query": { "filter": { "health": "any" } } })),
        ("record", json!({ "section": "reply-categories", "id": category })),
        ("schema", json!({ "section": "reply-categories" })),
        ("find", json!({ "section": "replies", "q": "", "limit": 8 })),
        ("find", json!({ "section": "users", "q": "", "limit": 8 })),
        ("export", json!({ "section": "replies", "format": "csv" })),
        ("changes", json!({ "query": { "section": "replies" } })),
        ("changes", json!({ "query": { "section": "replies", "id": shared } })),
        ("revision", json!({ "section": "replies", "id": shared, "revision": 1 })),
        // Taking back what collides would tell what stands.
        ("revert", json!({ "seq": seq.unwrap().seq })),
    ] {
        let (status, said) = stage.call(call, &arguments).await;
        assert_eq!(status, 404, "{call} {arguments}: {said}");
    }
    let (_, everywhere) = stage.call("find", &json!({ "section": "", "q": "", "limit": 8 })).await;
    assert_eq!(everywhere, json!([]));
    let (_, changes) = stage.call("changes", &json!({ "query": {} })).await;
    assert_eq!(changes["commits"], json!([]));
    let (_, me) = stage.call("me", &json!({})).await;
    assert_eq!(me["sections"], json!({}));

    // REST is the same service.
    let get = async |path: &str| {
        let answer = stage.browser.get(format!("{}/api/v1{path}", stage.home.url)).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default())
    };
    let (status, list) = get("/settings/replies?whole=1").await;
    assert_eq!((status, list["rows"].as_array().map(Vec::len)), (200, Some(1)));
    assert_eq!(list["rows"][0]["id"], own);
    assert_eq!(get(&format!("/settings/replies/{own}")).await.0, 200);
    let shared_key = stage.home.console.settings.snapshot().get("replies", shared).unwrap().key.clone();
    for path in [
        format!("/settings/replies/{shared}"),
        format!("/settings/replies/key:{shared_key}"),
        format!("/settings/replies/{shared}/history"),
        format!("/settings/replies/{shared}/uses"),
        "/settings/tags".to_owned(),
        "/settings/reply-categories".to_owned(),
    ] {
        assert_eq!(get(&path).await.0, 404, "{path}");
    }
    assert_eq!(get("/settings").await.1, json!({ "sections": [] }), "no section of theirs is listed");
    assert_eq!(get("/commits").await.1["commits"], json!([]));

    // A program has nothing of its own.
    let (status, _) = stage.home.program("operator").await.get("/settings/replies").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn without_the_function_there_is_nothing_of_one_s_own() {
    let stage = Stage::set().await;
    let ivan = stage.home.person("ivan@example.com", stage.home.role("light-agent")).await;
    let own = stage.personal("Колишня", ivan).await;
    let browser = stage.home.signed_in("ivan@example.com").await;
    let page = async |browser: &Client, path: &str| {
        browser.get(format!("{}{path}", stage.home.url)).send().await.unwrap().status().as_u16()
    };
    assert_eq!(page(&browser, "/account/replies").await, 404);
    assert_eq!(page(&stage.browser, "/account/replies").await, 200);
    assert_eq!(page(&stage.browser, "/settings/replies").await, 404);
    for (call, arguments) in [
        ("list", json!({ "section": "replies", "query": { "filter": { "owner": "me" } } })),
        ("record", json!({ "section": "replies", "id": own })),
        ("find", json!({ "section": "reply-categories", "q": "", "limit": 8 })),
        (
            "commit",
            json!({ "commit": { "operations": [{ "op": "create", "section": "replies", "value": mine("Моя", ivan) }] } }),
        ),
    ] {
        let url = format!("{}/rpc/{call}", stage.home.url);
        assert_eq!(browser.post(url).json(&arguments).send().await.unwrap().status(), 404, "{call}");
    }
}
