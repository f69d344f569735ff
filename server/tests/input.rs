//! Bad input is refused with pointer and code, and never answered with 500.

use serde_json::{Value, json};

use crate::common::{Home, read};
use crate::on_both_databases;

on_both_databases!(each_fault_is_named_at_its_place, nothing_is_answered_with_500);

/// One byte more than a request may carry, and half as much again.
const SENT: [usize; 2] = [64 * 1024 * 1024 + 1, 96 * 1024 * 1024];

async fn each_fault_is_named_at_its_place(home: Home) {
    let program = home.program("administrator").await;
    let long = "я".repeat(41);
    let huge = "x".repeat(2_000_000);
    let cases: Vec<(&str, Value, &str, &str)> = vec![
        ("tags", json!({ "name": "Т", "nmae": 1 }), "/nmae", "unknown_property"),
        ("tags", json!({ "name": 7 }), "/name", "wrong_type"),
        ("tags", json!({}), "/name", "required"),
        ("tags", json!({ "name": long }), "/name", "too_long"),
        ("tags", json!({ "name": huge }), "/name", "too_long"),
        ("tags", json!({ "name": "a\u{0}b" }), "/name", "control_character"),
        ("tags", json!({ "name": "a\u{202e}b" }), "/name", "control_character"),
        ("tags", json!({ "name": "Т", "colour": "червоний" }), "/colour", "bad_format"),
        ("tags", json!({ "name": "Т", "who_may_add": "всі" }), "/who_may_add", "not_allowed"),
        ("tags", json!({ "name": "Т", "one_of_group": true }), "/group", "tag_group_needed"),
        (
            "replies",
            json!({ "title": "Т", "text": { "uk": "{{clinet.phone}}" } }),
            "/text/uk",
            "variable_unknown",
        ),
        ("replies", json!({ "title": "Т", "text": {} }), "/text", "required"),
        (
            "replies",
            json!({ "title": "Т", "text": { "uk": "Т" }, "channels": [{ "channel": "sms" }, { "channel": "sms" }] }),
            "/channels/1/channel",
            "repeated",
        ),
        (
            "users",
            json!({ "email": "без собаки", "first_name": "А", "last_name": "Б", "role": 1 }),
            "/email",
            "bad_format",
        ),
        ("tags", json!([]), "", "wrong_type"),
        ("tags", json!(null), "", "wrong_type"),
    ];
    for (section, body, pointer, code) in cases {
        let (status, problem) = program.send("POST", &format!("/settings/{section}"), None, &body).await;
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named = errors.iter().any(|error| error["pointer"] == pointer && error["code"] == code);
        assert!(status == 422 && named, "{section} {code}: {status} {errors:?}");
    }
    let (status, problem) = program
        .send("PUT", "/settings/timers", Some(0), &json!({ "minutes": 10, "warn_minutes_before": 10 }))
        .await;
    assert_eq!((status, problem["errors"][0]["pointer"].as_str()), (422, Some("/warn_minutes_before")));
}

async fn nothing_is_answered_with_500(home: Home) {
    let program = home.program("administrator").await;
    let id = home.create("tags", json!({ "name": "Ціль" })).await;
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let bodies = [
        String::new(),
        "{".into(),
        "\u{feff}{}".into(),
        "{\"name\":\"a\",\"name\":\"b\"}".into(),
        "nul".into(),
        "1e999".into(),
        "{\"name\": 9007199254740993123}".into(),
        deep,
        "\"\\ud800\"".into(),
        "{\"name\":\"\\u0000\"}".into(),
    ];
    for body in bodies {
        for (method, path) in [
            ("POST", "/settings/tags".to_owned()),
            ("PUT", format!("/settings/tags/{id}")),
            ("PATCH", "/settings/timers".into()),
            ("POST", "/commits".into()),
        ] {
            let request = program.request(method, &path).header("if-match", "\"r1\"").body(body.clone());
            let (status, answer) = read(request.send().await.unwrap()).await;
            assert!((400..500).contains(&status), "{method} {path} {body:.40}: {status} {answer}");
        }
    }
    for path in [
        "/settings/tags/99999999999999999999",
        "/settings/tags/-1",
        "/settings/tags/key:",
        "/settings/tags/%00",
        "/settings/tags?limit=-1",
        "/settings/tags?cursor=x",
        "/settings/tags?filter=nonsense",
        "/commits?before=x",
        "/schemas/none",
        "/settings/tags/0/history",
        "/settings/timers/1",
    ] {
        let (status, answer) = program.get(path).await;
        assert!((400..500).contains(&status), "{path}: {status} {answer}");
    }
    assert_eq!(home.value("tags", id)["name"], "Ціль");
}

/// A caller who sends too much is still sending when it is refused: it must hear the refusal and not a broken pipe.
#[tokio::test(flavor = "multi_thread")]
async fn who_sends_too_much_hears_so() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let home = Home::sqlite().await;
    let host = home.url.trim_start_matches("http://").to_owned();
    let key =
        home.console.keys.make("test", home.role("administrator"), None, server::access::Actor::Cli).await;
    let key = key.unwrap();
    for (path, authorization) in [
        ("/api/v1/commits", format!("authorization: Bearer {key}\r\n")),
        ("/rpc/commit", format!("authorization: Bearer {key}\r\n")),
        ("/api/v1/commits", String::new()),
    ] {
        for size in SENT {
            let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: {host}\r\n{authorization}content-type: application/json\r\n\
                 accept: application/json\r\ncontent-length: {size}\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            let piece = vec![b' '; 1024 * 1024];
            let mut left = size;
            while left > 0 {
                let next = left.min(piece.len());
                stream
                    .write_all(&piece[..next])
                    .await
                    .unwrap_or_else(|error| panic!("{path}, {left} left: {error}"));
                left -= next;
            }
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            let expected = if authorization.is_empty() { "HTTP/1.1 4" } else { "HTTP/1.1 413" };
            assert!(answer.starts_with(expected), "{path}: {answer}");
        }
    }
}
