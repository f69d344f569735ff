//! Secrets: written and never read again, kept when nothing is said of them, and sent to no other address.

use std::sync::{Arc, Mutex};

use app::backend::Backend;
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use reqwest::Client;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use server::access::{Actor, Via};
use server::settings::listing::Reader;
use server::settings::transfer;

use crate::common::{Home, at, call, patch, put, refused};
use crate::on_both_databases;

on_both_databases!(
    a_secret_is_written_and_never_read,
    a_secret_goes_to_its_own_address_alone,
    a_removed_secret_comes_back_with_its_field,
    a_header_has_a_name_of_its_own,
);

const WORD: &str = "Bearer таємне-слово-4711";

/// A document with one list by API that is asked with these headers.
fn fields(url: &str, headers: Value) -> Value {
    let source = json!({ "url": url, "headers": headers });
    json!({ "client_fields_json": { "city": { "type": "SELECTAPI", "label": "Місто", "source": source } } })
}

fn header(home: &Home) -> Value {
    home.value("client-fields", 0)["client_fields_json"]["city"]["source"]["headers"]["Authorization"].clone()
}

async fn save(home: &Home, value: Value) -> Result<app::backend::Committed, app::error::Error> {
    home.commit(vec![put("client-fields", 0, home.revision("client-fields", 0), value)]).await
}

/// Everything that the database holds in a table, as text.
async fn everything(home: &Home, table: &str, columns: &str) -> String {
    let db = home.console.settings.database().connection();
    let sql = format!("SELECT {columns} FROM {table}");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let cells = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    cells.collect::<Vec<_>>().join("\n")
}

async fn a_secret_is_written_and_never_read(home: Home) {
    let headers = json!({ "Authorization": { "value": WORD }, "X-Empty": { "set": false } });
    let written = save(&home, fields("https://a.example.com/x", headers)).await.unwrap();
    assert!(!format!("{written:?}").contains("4711"));
    let first = header(&home);
    assert_eq!(first["set"], true);
    assert_eq!(first.as_object().unwrap().len(), 2, "{first}");

    // Nothing that is read or stored says it: REST, history, export, the rows of the store.
    let program = home.program("administrator").await;
    for path in ["/settings/client-fields", "/settings/client-fields/0/history", "/commits"] {
        let (status, answer) = program.get(path).await;
        assert_eq!(status, 200, "{path}");
        assert!(!answer.to_string().contains("4711"), "{path}: {answer}");
    }
    let reader = Reader { user: None, language: app::words::Language::Uk, own: false };
    let exported =
        transfer::export(&home.console.settings.snapshot(), "client-fields", "json", reader).unwrap();
    let exported: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!(
        exported["client_fields_json"]["city"]["source"]["headers"],
        json!({ "Authorization": { "keep": true }, "X-Empty": { "set": false } })
    );
    for (table, columns) in
        [("record", "data"), ("change", "data"), ("\"commit\"", "note"), ("secret", "sent_to")]
    {
        assert!(!everything(&home, table, columns).await.contains("4711"), "{table}");
    }

    // What was read, what an export says, and what keeps it: nothing changes.
    for same in [first.clone(), json!({ "keep": true }), json!({ "set": true })] {
        let outcome =
            save(&home, fields("https://a.example.com/y", json!({ "Authorization": same }))).await.unwrap();
        assert!(outcome.changes.len() <= 1);
        assert_eq!(header(&home), first);
    }
    assert_eq!(everything(&home, "secret", "handle").await, first["handle"].as_str().unwrap());

    // A new one has another handle, and the old one is gone for good; another node knows of it.
    let before = home.revision("client-fields", 0);
    save(&home, fields("https://a.example.com/y", json!({ "Authorization": { "value": "2" } })))
        .await
        .unwrap();
    let second = header(&home);
    assert_ne!(second["handle"], first["handle"]);
    assert_eq!(home.revision("client-fields", 0), before + 1);
    assert_eq!(everything(&home, "secret", "handle").await, second["handle"].as_str().unwrap());
    let other = home.second_node().await;
    save(&other, fields("https://a.example.com/y", json!({ "Authorization": { "keep": true } })))
        .await
        .unwrap();
    assert_eq!(header(&other), second);

    save(&other, fields("https://a.example.com/y", json!({ "Authorization": { "clear": true } })))
        .await
        .unwrap();
    assert_eq!(header(&other), json!({ "set": false }));
    assert_eq!(everything(&home, "secret", "handle").await, "");

    // A patch is merged into what stands; what it orders holds all the same.
    let order = async |order: Value| {
        let headers = json!({ "headers": { "Authorization": order } });
        let change = json!({ "client_fields_json": { "city": { "source": headers } } });
        other
            .commit(vec![patch("client-fields", 0, other.revision("client-fields", 0), change)])
            .await
            .unwrap();
        header(&other)
    };
    let third = order(json!({ "value": "3" })).await;
    let fourth = order(json!({ "value": "4" })).await;
    assert!(third["handle"].is_string() && fourth["handle"].is_string() && third != fourth);
    assert_eq!(order(json!({ "keep": true })).await, fourth);
    assert_eq!(order(json!({ "clear": true })).await, json!({ "set": false }));
    assert_eq!(everything(&home, "secret", "handle").await, "");

    let long = "я".repeat(5000);
    for (wrong, code) in [
        (json!({ "value": long }), "too_long"),
        (json!({ "value": "a\nb" }), "control_character"),
        (json!({ "value": 7 }), "not_allowed"),
        (json!({ "value": "a", "keep": true }), "not_allowed"),
        (json!("word"), "wrong_type"),
    ] {
        let found =
            refused(save(&other, fields("https://a.example.com/y", json!({ "Authorization": wrong }))).await);
        assert!(found.contains(&at(AUTHORIZATION, code)), "{code}: {found:?}");
    }
}

const AUTHORIZATION: &str = "/client_fields_json/city/source/headers/Authorization";

/// A source on this machine that notes what it is asked with.
async fn source(heard: Arc<Mutex<Vec<String>>>) -> u16 {
    let answer = move |headers: HeaderMap| {
        let heard = heard.clone();
        async move {
            let sent = headers
                .get("authorization")
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            heard.lock().unwrap().push(sent.unwrap_or_default());
            ([(header::CONTENT_TYPE, "application/json")], "[\"Київ\"]")
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(answer))).await });
    port
}

async fn a_secret_goes_to_its_own_address_alone(home: Home) {
    let (heard, stolen) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (own, foreign) = (source(heard.clone()).await, source(stolen.clone()).await);
    let hosts = json!({ "outgoing_hosts": [format!("127.0.0.1:{own}"), format!("127.0.0.1:{foreign}")] });
    home.commit(vec![patch("instance", 0, home.revision("instance", 0), hosts)]).await.unwrap();
    let (own, foreign) = (format!("http://127.0.0.1:{own}/"), format!("http://127.0.0.1:{foreign}/"));
    home.person("owner@example.com", home.role("owner")).await;
    let owner = home.signed_in("owner@example.com").await;
    let ask = async |browser: &Client, url: &str, secret: &Value| {
        let source = json!({ "url": url, "headers": { "Authorization": secret } });
        call(&home, browser, "select-api-test", json!({ "source": source, "q": "" })).await
    };
    let last = |heard: &Mutex<Vec<String>>| heard.lock().unwrap().last().cloned();

    // Before it is saved, what was typed is sent.
    let (status, answer) = ask(&owner, &own, &json!({ "value": WORD })).await;
    assert_eq!((status, &answer["status"]), (200, &json!(200)), "{answer}");
    assert_eq!(last(&heard).as_deref(), Some(WORD));
    assert!(!answer.to_string().contains("4711"));

    save(&home, fields(&own, json!({ "Authorization": { "value": WORD } }))).await.unwrap();
    let kept = header(&home);
    heard.lock().unwrap().clear();
    let (status, _) = ask(&owner, &format!("{own}?other=path"), &kept).await;
    assert_eq!((status, last(&heard).as_deref()), (200, Some(WORD)));

    // Another address asks for the value again, whether it is tried or saved.
    for secret in [kept.clone(), json!({ "keep": true })] {
        let (status, answer) = ask(&owner, &foreign, &secret).await;
        assert_eq!(status, 422, "{answer}");
        assert!(answer.to_string().contains("header_not_kept"), "{answer}");
        let found = refused(save(&home, fields(&foreign, json!({ "Authorization": secret }))).await);
        assert_eq!(found, [at(AUTHORIZATION, "secret_again")]);
    }
    let (status, answer) = call(
        &home,
        &owner,
        "select-api-test",
        json!({ "source": { "url": &own, "headers": { "Host": { "value": "inside" } } }, "q": "" }),
    )
    .await;
    assert!(status == 422 && answer.to_string().contains("header_reserved"), "{answer}");
    // The handle serves nobody else: neither another record, nor somebody who may not edit this one.
    let stranger = json!({ "custom_fields_json": { "town": { "type": "SELECTAPI", "label": "Місто", "source":
        { "url": &own, "headers": { "Authorization": kept } } } } });
    home.commit(vec![put("user-fields", 0, home.revision("user-fields", 0), stranger)]).await.unwrap();
    let taken =
        &home.value("user-fields", 0)["custom_fields_json"]["town"]["source"]["headers"]["Authorization"];
    assert_eq!(*taken, json!({ "set": false }));
    let program = home.program("administrator").await;
    let rights =
        json!({ "name": { "uk": "Поля", "en": "Fields" }, "settings": { "user-fields": ["view", "edit"] } });
    let (status, role) = program.send("POST", "/settings/roles", None, &rights).await;
    assert_eq!(status, 201, "{role}");
    home.person("fields@example.com", role["id"].as_i64().unwrap()).await;
    let other = home.signed_in("fields@example.com").await;
    assert_eq!(ask(&other, &own, &kept).await.0, 422);
    assert_eq!(stolen.lock().unwrap().len(), 0);

    // Entered anew, it goes there.
    save(&home, fields(&foreign, json!({ "Authorization": { "value": "другий" } }))).await.unwrap();
    ask(&owner, &foreign, &header(&home)).await;
    assert_eq!(last(&stolen).as_deref(), Some("другий"));
}

async fn a_removed_secret_comes_back_with_its_field(home: Home) {
    let owner = home.person("owner@example.com", home.role("owner")).await;
    let desk = home.desk(owner);
    let url = "https://a.example.com/x";
    save(&home, fields(url, json!({ "Authorization": { "value": WORD } }))).await.unwrap();
    let kept = header(&home);
    let gone = save(&home, json!({ "client_fields_json": {} })).await.unwrap();
    desk.revert(gone.seq).await.unwrap();
    assert_eq!(header(&home), kept, "going back brings the secret back");
    let handle = kept["handle"].as_str().unwrap();
    let found = home.console.settings.secret(handle, "https://a.example.com").await.unwrap().unwrap();
    assert_eq!(found.text.as_deref(), Some(WORD));
    assert!(home.console.settings.secret(handle, "https://b.example.com").await.unwrap().is_none());

    // Under another name it is the same; a new one of the old name takes nothing away.
    let renamed = json!({ "X-New": kept, "Authorization": { "value": "інше" } });
    save(&home, fields(url, renamed)).await.unwrap();
    let moved = &home.value("client-fields", 0)["client_fields_json"]["city"]["source"]["headers"]["X-New"];
    assert_eq!(*moved, kept);
    assert!(home.console.settings.secret(handle, "https://a.example.com").await.unwrap().is_some());

    // It goes with its name even where another stood.
    save(&home, fields(url, json!({ "Authorization": kept }))).await.unwrap();
    assert_eq!(header(&home), kept);

    // With its address a secret can't go back: it is entered again.
    let address = "https://b.example.com/x";
    let away =
        save(&home, fields(address, json!({ "Authorization": { "value": "ще інше" } }))).await.unwrap();
    desk.revert(away.seq).await.unwrap();
    let source = home.value("client-fields", 0)["client_fields_json"]["city"]["source"].clone();
    assert_eq!((&source["url"], header(&home)), (&json!(url), json!({ "set": false })));

    // A replaced one does not: secrets stay as they are.
    save(&home, fields(url, json!({ "Authorization": { "value": "старий" } }))).await.unwrap();
    let replaced = save(&home, fields(url, json!({ "Authorization": { "value": "новий" } }))).await.unwrap();
    let now = header(&home);
    desk.revert(replaced.seq).await.unwrap();
    assert_eq!(header(&home), now);
}

async fn a_header_has_a_name_of_its_own(home: Home) {
    let names = |headers: Value| fields("https://a.example.com/x", headers);
    let given = json!({ "value": "x" });
    for (headers, pointer, code) in [
        (json!({ "Host": given }), "/Host", "header_reserved"),
        (json!({ "a b": given }), "/a b", "bad_format"),
        (json!({ "": given }), "/", "bad_format"),
        (json!({ "X-A": given, "x-a": given }), "/x-a", "header_twice"),
    ] {
        let found = refused(save(&home, names(headers)).await);
        let pointer = format!("/client_fields_json/city/source/headers{pointer}");
        assert!(found.contains(&at(&pointer, code)), "{code}: {found:?}");
    }
    // One without a value is only warned about: an import brings names, never values.
    let value = names(json!({ "Authorization": { "keep": true } }));
    let commit = app::backend::Commit {
        operations: vec![put("client-fields", 0, 0, value)],
        ..app::backend::Commit::default()
    };
    let found = refused(home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await);
    assert_eq!(found, [at(AUTHORIZATION, "header_unset")]);
}
