//! Options from outside: tried by who may save such fields, guarded, and still there when the source is down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use reqwest::{Client, header as names};
use serde_json::{Value, json};

use crate::common::{Home, patch, read};
use crate::on_both_databases;

on_both_databases!(a_source_is_tried);

/// A source on this machine: what it is asked, it answers with; while `down` it is out of order.
async fn source(down: Arc<AtomicBool>) -> u16 {
    let answer = move |RawQuery(query): RawQuery| {
        let down = down.clone();
        async move {
            if down.load(Ordering::SeqCst) {
                return StatusCode::BAD_GATEWAY.into_response();
            }
            let asked = query.unwrap_or_default();
            let body = json!({ "rows": [{ "id": 1, "name": "Київ" }, { "id": 2, "name": asked }] });
            ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = Router::new().route("/cities", get(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

async fn a_source_is_tried(home: Home) {
    let down = Arc::new(AtomicBool::new(false));
    let port = source(down.clone()).await;
    home.person("owner@example.com", home.role("owner")).await;
    home.person("analyst@example.com", home.role("analyst")).await;
    let owner = home.signed_in("owner@example.com").await;
    let analyst = home.signed_in("analyst@example.com").await;
    let ask = async |browser: &Client, source: &Value, q: &str| {
        let url = format!("{}/rpc/select-api-test", home.url);
        let body = json!({ "source": source, "q": q });
        read(browser.post(url).header(names::ACCEPT, "application/json").json(&body).send().await.unwrap())
            .await
    };
    let field = json!({
        "url": format!("http://127.0.0.1:{port}/cities"), "query_parameter": "q",
        "list_path": "rows", "value_path": "id", "label_path": "name", "cache_seconds": 60,
    });
    assert!(matches!(ask(&analyst, &field, "").await.0, 403 | 404));

    // This machine is a private place until the instance names it.
    let (status, answer) = ask(&owner, &field, "к").await;
    assert_eq!((status, &answer["error"]["code"]), (200, &json!("outgoing_private")));
    let allowed = json!({ "outgoing_hosts": [format!("127.0.0.1:{port}")] });
    home.commit(vec![patch("instance", 0, home.revision("instance", 0), allowed)]).await.unwrap();

    let (_, answer) = ask(&owner, &field, "а б").await;
    assert_eq!(answer["request"], format!("GET http://127.0.0.1:{port}/cities?q=%D0%B0+%D0%B1"));
    assert_eq!(
        (&answer["status"], &answer["from_cache"], &answer["error"]),
        (&json!(200), &json!(false), &Value::Null)
    );
    let options = json!([{ "value": "1", "label": "Київ" }, { "value": "2", "label": "q=%D0%B0+%D0%B1" }]);
    assert_eq!(answer["options"], options);
    assert!(answer["raw"].as_str().unwrap().starts_with("{\"rows\":["));

    // What was good stays while the source is down, and says so; what was never asked has nothing to stay.
    down.store(true, Ordering::SeqCst);
    let (_, answer) = ask(&owner, &field, "а б").await;
    assert_eq!((&answer["options"], &answer["from_cache"]), (&options, &json!(true)));
    assert_eq!((&answer["status"], &answer["error"]["code"]), (&json!(502), &json!("source_status")));
    let (_, answer) = ask(&owner, &field, "інше").await;
    assert_eq!((&answer["options"], &answer["from_cache"]), (&json!([]), &json!(false)));
    down.store(false, Ordering::SeqCst);

    let with = |name: &str, value: Value| {
        let mut changed = field.clone();
        changed[name] = value;
        changed
    };
    for (changed, code) in [
        (with("list_path", json!("data")), "source_no_list"),
        (with("list_path", json!("rows.0")), "source_not_list"),
        (with("value_path", json!("code")), "source_no_values"),
        (with("url", json!("file:///etc/passwd")), "outgoing_bad_address"),
        (with("url", json!("http://169.254.169.254/latest/meta-data")), "outgoing_private"),
        (with("url", json!(format!("http://localhost:{port}/cities"))), "outgoing_private"),
    ] {
        let (status, answer) = ask(&owner, &changed, "").await;
        assert_eq!((status, &answer["error"]["code"]), (200, &json!(code)), "{changed}");
    }
    for bad in [with("headers", json!(["authorization"])), with("url", json!(7)), json!("x"), Value::Null] {
        assert_eq!(ask(&owner, &bad, "").await.0, 422, "{bad}");
    }
    // The source of a cached answer is asked once for as long as the field says.
    let source = server::select_api::Source::read(field).unwrap();
    let hosts = [app::field::Host(format!("127.0.0.1:{port}"))];
    assert!(
        !home
            .console
            .sources
            .options(&source, HeaderMap::new(), "раз", &hosts, false)
            .await
            .unwrap()
            .from_cache
    );
    assert!(
        home.console
            .sources
            .options(&source, HeaderMap::new(), "раз", &hosts, false)
            .await
            .unwrap()
            .from_cache
    );
}
