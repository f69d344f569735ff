//! The panel's documents of fields and of the client card over REST: exact bytes, warnings asked once, links kept.

use app::backend::Commit;
use reqwest::header;
use serde_json::{Value, json};

use crate::common::{Home, at, put, refused};
use crate::on_both_databases;

on_both_databases!(
    the_panels_fields_come_back_byte_for_byte,
    a_warning_is_asked_once,
    an_alias_never_changes,
    a_field_leaves_the_card_with_itself,
    a_card_is_refused_at_its_row,
    a_card_may_come_as_its_bare_list
);

/// As the panel wrote it: switches as text, an order of its own, and properties that nobody here knows.
const PANEL: &str = r#"{"panel_version":3,"custom_fields_json":{"department":{"type":"STRING","label":"Відділ","unique":"true","panel_note":{"z":1,"a":null}},"birthday":{"label":"День народження","type":"DATE","non_editable":"true"},"a_level":{"sortable":"true","default":"0.50","type":"FLOAT","label":"Рівень"}},"a_note":{"z":1,"a":2}}"#;

async fn the_panels_fields_come_back_byte_for_byte(home: Home) {
    let program = home.program("administrator").await;
    let sent = program
        .request("PUT", "/settings/user-fields")
        .header(header::IF_MATCH, "\"r0\"")
        .header("pult-accept", "unknown_kept")
        .body(PANEL)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 200, "{}", sent.text().await.unwrap());
    let text = program.request("GET", "/settings/user-fields").send().await.unwrap().text().await.unwrap();
    assert!(text.ends_with(&format!("\"value\":{PANEL}}}")), "{text}");
}

async fn save(
    home: &Home,
    section: &str,
    revision: i64,
    value: Value,
    accept: &[&str],
) -> Result<(), app::error::Error> {
    let commit = Commit {
        operations: vec![put(section, 0, revision, value)],
        accept: accept.iter().map(|code| (*code).to_owned()).collect(),
        ..Commit::default()
    };
    home.console
        .settings
        .commit(server::access::Actor::Cli, None, server::access::Via::Cli, commit, None)
        .await
        .map(|_| ())
}

async fn a_warning_is_asked_once(home: Home) {
    let strange =
        json!({ "client_fields_json": { "city": { "type": "STRING", "label": "Місто", "width": 12 } } });
    let refusal = refused(save(&home, "client-fields", 0, strange.clone(), &[]).await);
    assert_eq!(refusal, [at("/client_fields_json/city/width", "unknown_kept")]);
    save(&home, "client-fields", 0, strange.clone(), &["unknown_kept"]).await.unwrap();
    // The next save has nothing to ask about what stood before; of something else it asks again.
    let mut more = strange;
    more["client_fields_json"]["city"]["hint"] = "Де живе".into();
    save(&home, "client-fields", 1, more.clone(), &[]).await.unwrap();
    more["client_fields_json"]["city"]["height"] = 3.into();
    let refusal = refused(save(&home, "client-fields", 2, more, &[]).await);
    assert_eq!(refusal, [at("/client_fields_json/city/height", "unknown_kept")]);
}

async fn an_alias_never_changes(home: Home) {
    let field = json!({ "type": "STRING", "label": "Місто" });
    save(&home, "client-fields", 0, json!({ "client_fields_json": { "city": field } }), &[]).await.unwrap();
    let renamed = json!({ "client_fields_json": { "town": field } });
    let refusal = refused(save(&home, "client-fields", 1, renamed, &["*"]).await);
    assert_eq!(refusal, [at("/client_fields_json/town", "alias_changed")]);
}

async fn a_field_leaves_the_card_with_itself(home: Home) {
    let field = json!({ "type": "STRING", "label": "Місто" });
    let card =
        json!({ "client_card_fields": [{ "field": "city", "extra_data": true }, { "field": "phone" }] });
    home.commit(vec![
        put("client-fields", 0, 0, json!({ "client_fields_json": { "city": field } })),
        put("client-card", 0, 0, card),
    ])
    .await
    .unwrap();
    let empty = json!({ "client_fields_json": {} });
    let refusal = refused(save(&home, "client-fields", 1, empty.clone(), &[]).await);
    assert_eq!(refusal, [at("", "field_on_card")]);
    let both = Commit {
        operations: vec![
            put("client-fields", 0, 1, empty),
            put("client-card", 0, 1, json!({ "client_card_fields": [{ "field": "phone" }] })),
        ],
        ..Commit::default()
    };
    let done = home
        .console
        .settings
        .commit(server::access::Actor::Cli, None, server::access::Via::Cli, both, None)
        .await
        .unwrap();
    assert_eq!(done.changes.len(), 2);
    let told: Vec<&str> = done.effects.iter().map(|effect| &*effect.code).collect();
    assert_eq!(told, ["fields_removed", "fields_off_card"]);
}

async fn a_card_is_refused_at_its_row(home: Home) {
    let row = |rows: Value| json!({ "client_card_fields": rows });
    for (rows, wanted) in [
        (json!([{ "field": "phone" }, { "field": "phone" }]), at("/client_card_fields/1/field", "repeated")),
        (json!([{ "field": "phone", "size": 1 }]), at("/client_card_fields/0/size", "unknown_property")),
        (
            json!([{ "field": "email" }, { "field": "fax" }]),
            at("/client_card_fields/1/field", "unknown_native"),
        ),
        (
            json!([{ "field": "fax", "extra_data": true }]),
            at("/client_card_fields/0/field", "field_undefined"),
        ),
        (json!([{ "field": "" }]), at("/client_card_fields/0/field", "required")),
    ] {
        assert_eq!(refused(save(&home, "client-card", 0, row(rows.clone()), &[]).await), [wanted], "{rows}");
    }
    let both = row(
        json!([{ "field": "phone" }, { "field": "phone", "extra_data": true }, { "field": "whiteLabel", "extra_data": true }]),
    );
    save(&home, "client-card", 0, both, &["field_undefined"]).await.unwrap();
}

/// The panel's document is the list; what is stored and answered is one object.
async fn a_card_may_come_as_its_bare_list(home: Home) {
    let program = home.program("administrator").await;
    let send = async |method: &str, revision: u32, body: &str| {
        let request = program.request(method, "/settings/client-card");
        let request = request.header(header::IF_MATCH, format!("\"r{revision}\"")).body(body.to_owned());
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (status, refusal) = send("PUT", 0, r#"[{"field":"email"},{"field":"fax"}]"#).await;
    assert_eq!((status, &refusal["errors"][0]["pointer"]), (422, &json!("/client_card_fields/1/field")));
    let (status, saved) = send("PUT", 0, r#"[{"field":"email"},{"field":"phone","copy":true}]"#).await;
    let rows =
        json!([{ "field": "email", "visible": true }, { "field": "phone", "visible": true, "copy": true }]);
    assert_eq!((status, &saved["value"]), (200, &json!({ "client_card_fields": rows })));
    let (status, saved) = send("PATCH", 1, r#"[{"field":"email"}]"#).await;
    let rows = json!([{ "field": "email", "visible": true }]);
    assert_eq!((status, &saved["value"]), (200, &json!({ "client_card_fields": rows })));
}
