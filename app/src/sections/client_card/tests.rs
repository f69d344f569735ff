//! What the card shows of a client, and which cards are refused.

use serde_json::{Value, json};

use super::{CardField, Client, ClientCard, Label, NATIVE, mask, rows, sample, sample_card};
use crate::problem::Problems;
use crate::sections::Record;
use crate::sections::fields::Fields;

fn found(card: Value) -> Vec<String> {
    let card: ClientCard = serde_json::from_value(card).unwrap();
    let mut problems = Problems::default();
    card.check(&mut problems);
    problems.iter().map(|problem| format!("{} {}", problem.pointer, problem.code)).collect()
}

#[test]
fn a_row_of_the_panel_must_be_one_that_it_has() {
    let card = json!({ "client_card_fields": [
        { "field": "phone" }, { "field": "phome" }, { "field": "phome", "extra_data": true },
        { "field": "clientType", "extra_data": true }, { "field": "whiteLabel" },
    ] });
    assert_eq!(found(card), ["/client_card_fields/1/field unknown_native"]);
}

#[test]
fn the_panels_rows_come_back_as_they_were() {
    let text = r#"{"client_card_fields":[{"field":"fullName","visible":true},{"field":"phone","visible":true,"copy":true},{"field":"department","visible":true,"extra_data":true,"pinned":true}]}"#;
    let card: ClientCard = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&card).unwrap(), text);
    let row: CardField = serde_json::from_value(json!({ "field": "phone" })).unwrap();
    assert!(row.visible, "a row without the switch is shown");
}

/// Field, label and value of each row.
fn told(card: Value, fields: Value, role: Option<i64>) -> Vec<(String, Label, Option<String>)> {
    let fields = Fields::read(&fields);
    let native = |name: &str| (name != "email").then(|| format!("<{name}>"));
    let extra = |alias: &str, _: &_| Some(format!("[{alias}]"));
    rows(&json!({ "client_card_fields": card }), &fields, &Client { native: &native, extra: &extra, role })
        .into_iter()
        .map(|row| (row.field, row.label, row.value))
        .collect()
}

fn row(field: &str, label: Label, value: &str) -> (String, Label, Option<String>) {
    (field.into(), label, (!value.is_empty()).then(|| value.into()))
}

#[test]
fn rows_stand_in_the_order_of_the_card_pinned_ones_first() {
    let fields = json!({
        "phone": { "type": "STRING", "label": "Додатковий телефон" },
        "vip": { "type": "BOOLEAN", "label": "VIP", "pinned": "true" },
    });
    let card = json!([
        { "field": "email" }, { "field": "phone" }, { "field": "phone", "extra_data": true, "label": "Другий" },
        { "field": "channel", "visible": false }, { "field": "vip", "extra_data": true }, { "field": "lost", "extra_data": true },
        { "field": "clientType", "extra_data": true }, { "field": "username", "pinned": true },
    ]);
    let text = |text: &str| Label::Text(text.into());
    assert_eq!(told(card, fields, None), [
        row("vip", text("VIP"), "[vip]"),
        row("username", Label::Native("username"), "<username>"),
        row("email", Label::Native("email"), ""),
        row("phone", Label::Native("phone"), "<phone>"),
        row("phone", text("Другий"), "[phone]"),
        row("lost", text("lost"), ""),
        row("clientType", Label::Native("clientType"), "<clientType>"),
    ]);
}

#[test]
fn a_role_sees_its_rows() {
    let card = json!([{ "field": "phone", "roles": [2, 3] }, { "field": "email" }]);
    let names = |role| told(card.clone(), json!({}), role).into_iter().map(|(field, ..)| field).collect::<Vec<_>>();
    assert_eq!(names(None), ["phone", "email"]);
    assert_eq!(names(Some(3)), ["phone", "email"]);
    assert_eq!(names(Some(4)), ["email"]);
}

#[test]
fn a_mask_leaves_the_last_four() {
    for (value, masked) in [
        ("+380 44 123 45 67", "+••• •• ••• 45 67"),
        ("olena@example.com", "•••••@••••••e.com"),
        ("1234", "••••"),
        ("12345", "•2345"),
        ("Їжак її", "••ак її"),
        ("", ""),
    ] {
        assert_eq!(mask(value), masked, "{value}");
    }
}

/// A draft may hold anything; drawing it never fails.
#[test]
fn any_draft_can_be_drawn() {
    for card in [json!(null), json!([null, 1, "x", {}, { "field": 5, "roles": "x", "label": [] }, { "field": "" }])] {
        assert!(told(card, json!({ "a": 1 }), Some(1)).is_empty());
    }
    let card = json!({ "client_card_fields": NATIVE.map(|field| json!({ "field": field })) });
    let drawn = sample_card(&card, &Fields::default(), "uk", None);
    assert_eq!((drawn.len(), drawn[0].rows.len()), (1, NATIVE.len()));
    assert!(drawn[0].rows.iter().all(|row| row.value.as_deref() == sample(&row.field, "uk")));
}

#[test]
fn rows_stand_under_their_headings_and_what_is_pinned_above_them() {
    let fields = Fields::read(&json!({
        "vip": { "type": "BOOLEAN", "label": "VIP", "group": "Договір" },
        "since": { "type": "DATE", "label": "З якого дня", "group": "Договір" },
        "city": { "type": "SELECT", "label": "Місто" },
    }));
    let card = json!({ "client_card_fields": [
        { "field": "since", "extra_data": true }, { "field": "email" }, { "field": "phone", "group": "Зв’язок" },
        { "field": "vip", "extra_data": true }, { "field": "username", "group": "Зв’язок", "pinned": true },
        { "field": "city", "extra_data": true },
    ] });
    let drawn = sample_card(&card, &fields, "uk", None);
    let told: Vec<_> = drawn
        .iter()
        .flat_map(|block| block.rows.iter().map(|row| (&*block.heading, &*row.field, row.shown())))
        .collect();
    assert_eq!(told, [
        ("", "username", "olena_k"),
        ("", "email", "olena@example.com"),
        ("", "city", "—"),
        ("Договір", "since", "14.03.2025"),
        ("Договір", "vip", "Так"),
        ("Зв’язок", "phone", "+380 44 000 00 00"),
    ]);
}
