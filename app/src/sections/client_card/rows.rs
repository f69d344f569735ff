//! Which rows the card of a client has, with which label and value: the one engine of editor and sample panel.
//!
//! It reads plain JSON, the draft of a form among it, so that neither has to be right to be drawn.

use serde_json::Value;

use super::{EITHER_WAY, NATIVE};
use crate::sections::fields::{self, Definition, FieldType, Fields};

/// How many characters a masked value keeps.
const KEPT: usize = 4;
/// The day of the sample.
const DAY: &str = "2025-03-14";

/// What a card is drawn of: one client's values.
pub struct Client<'c> {
    /// The value of a native field; none where the client has none.
    pub native: &'c dyn Fn(&str) -> Option<String>,
    /// The value of a client field.
    pub extra: &'c dyn Fn(&str, &Definition) -> Option<String>,
    /// The role of who looks, by its id; none sees what every role sees.
    pub role: Option<i64>,
}

/// One row of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "what is told of a row, each on its own")]
pub struct Row {
    /// Its place in `client_card_fields`.
    pub index: usize,
    /// The panel's name, or the alias.
    pub field: String,
    /// It is one of `client-fields`.
    pub extra: bool,
    /// What stands before the value.
    pub label: Label,
    /// The value as the operator sees it, masked if the row says so; none where the client has none.
    pub value: Option<String>,
    /// The type of a client field.
    pub kind: Option<FieldType>,
    /// The value is masked.
    pub masked: bool,
    /// There is a button that copies it.
    pub copy: bool,
    /// Stays in sight while the card scrolls.
    pub pinned: bool,
    /// The heading under which it stands; empty for none.
    pub group: String,
    /// A client field that nobody has defined: shown under its key.
    pub undefined: bool,
}

impl Row {
    /// What is read where the value stands.
    pub fn shown(&self) -> &str {
        self.value.as_deref().unwrap_or("—")
    }
}

/// Rows that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The heading above them; empty for none.
    pub heading: String,
    /// They, in their order.
    pub rows: Vec<Row>,
}

/// Where the label of a row comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// The card, or the definition of the field.
    Text(String),
    /// The panel's own word for a native field.
    Native(&'static str),
}

/// The rows of a card that an operator sees, pinned ones first and else in the order of the card; `fields` are the
/// definitions of `client-fields`.
pub fn rows(card: &Value, fields: &Fields, client: &Client<'_>) -> Vec<Row> {
    let entries = card.get("client_card_fields").and_then(Value::as_array).into_iter().flatten();
    let mut rows: Vec<Row> = entries.enumerate().filter_map(|(n, entry)| row(n, entry, fields, client)).collect();
    // The sort is stable: within both parts the order of the card holds.
    rows.sort_by_key(|row| !row.pinned);
    rows
}

/// The rows as they stand on the card: first those without a heading and those that stay in sight while it scrolls away,
/// then what stands under each heading, in the order in which the card names them first.
pub fn blocks(rows: Vec<Row>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for row in rows {
        let heading = if row.pinned { "" } else { &*row.group };
        match blocks.iter_mut().find(|block| block.heading == heading) {
            Some(block) => block.rows.push(row),
            None => blocks.push(Block { heading: heading.to_owned(), rows: vec![row] }),
        }
    }
    blocks.sort_by_key(|block| !block.heading.is_empty());
    blocks
}

fn row(index: usize, entry: &Value, fields: &Fields, client: &Client<'_>) -> Option<Row> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
    let flag = |name: &str| entry.get(name) == Some(&Value::Bool(true));
    let field = text("field");
    let hidden = entry.get("visible") == Some(&Value::Bool(false));
    let roles = entry.get("roles").and_then(Value::as_array).filter(|roles| !roles.is_empty());
    let barred = roles.is_some_and(|roles| {
        client.role.is_some_and(|role| !roles.iter().any(|one| one.as_i64() == Some(role)))
    });
    if field.is_empty() || hidden || barred {
        return None;
    }
    let native = NATIVE.into_iter().find(|name| *name == field);
    let native = native.filter(|_| !flag("extra_data") || EITHER_WAY.contains(&field));
    let definition = if native.is_some() { None } else { fields.get(field) };
    let label = match (text("label"), native, definition) {
        ("", Some(native), _) => Label::Native(native),
        ("", None, Some(definition)) if !definition.label().is_empty() => Label::Text(definition.label().to_owned()),
        ("", ..) => Label::Text(field.to_owned()),
        (own, ..) => Label::Text(own.to_owned()),
    };
    let value = match (native, definition) {
        (Some(native), _) => (client.native)(native),
        (None, Some(definition)) => (client.extra)(field, definition),
        (None, None) => None,
    };
    let masked = flag("mask");
    let group = match (text("group"), definition) {
        ("", Some(definition)) => definition.text("group"),
        (own, _) => own,
    };
    Some(Row {
        index,
        field: field.to_owned(),
        extra: native.is_none(),
        label,
        value: value.filter(|value| !value.is_empty()).map(|value| if masked { mask(&value) } else { value }),
        kind: definition.and_then(Definition::kind),
        masked,
        copy: flag("copy"),
        pinned: flag("pinned") || definition.is_some_and(|definition| definition.flag("pinned")),
        group: group.to_owned(),
        undefined: native.is_none() && definition.is_none(),
    })
}

/// A value of which only the last four letters and digits can be read; what parts them stays. Of a value that has no more
/// than four nothing can.
pub fn mask(value: &str) -> String {
    let signs = value.chars().filter(|sign| sign.is_alphanumeric()).count();
    let hidden = if signs > KEPT { signs - KEPT } else { signs };
    let mut met = 0;
    value
        .chars()
        .map(|sign| {
            if !sign.is_alphanumeric() {
                return sign;
            }
            met += 1;
            if met <= hidden { '•' } else { sign }
        })
        .collect()
}

/// A value of the sample client, in the language of a BCP 47 tag: of a native field by its name.
pub fn sample(native: &str, language: &str) -> Option<&'static str> {
    let uk = is_ukrainian(language);
    Some(match native {
        "fullName" => if uk { "Олена Коваленко" } else { "Olena Kovalenko" },
        "phone" => "+380 44 000 00 00",
        "email" => "olena@example.com",
        "username" => "olena_k",
        "bot_id" => "3",
        "bot_name" => if uk { "Помічник" } else { "Assistant" },
        "channel" => "Telegram",
        "clientType" => if uk { "Фізична особа" } else { "Person" },
        "whiteLabel" => if uk { "Крамниця «Світанок»" } else { "Dawn Shop" },
        "created_at" => "14.03.2025, 09:30",
        _ => return None,
    })
}

fn is_ukrainian(language: &str) -> bool {
    language.split('-').next() == Some("uk")
}

/// The card of the sample client, as who has the role `role` sees it: its native values, and of each client field what its
/// definition suggests. Whoever shows a sample of the card draws this.
pub fn sample_card(card: &Value, fields: &Fields, language: &str, role: Option<i64>) -> Vec<Block> {
    let uk = is_ukrainian(language);
    let native = |name: &str| sample(name, language).map(str::to_owned);
    let extra = |_: &str, definition: &Definition| {
        let value = fields::sample(definition, DAY, if uk { "Зразок" } else { "Sample" });
        Some(match definition.kind() {
            Some(FieldType::Boolean) if value == "true" => if uk { "Так" } else { "Yes" }.to_owned(),
            Some(FieldType::Boolean) => if uk { "Ні" } else { "No" }.to_owned(),
            _ => value,
        })
    };
    blocks(rows(card, fields, &Client { native: &native, extra: &extra, role }))
}
