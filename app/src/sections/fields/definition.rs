//! One definition: the map that a person or the panel wrote, with its switches in the panel's form.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The ten types, by the panel's constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// Текст: one line.
    String,
    /// Довгий текст: paragraphs.
    Text,
    /// Список: one of the options that the definition lists.
    Select,
    /// Список по API: one of the options that a service answers with.
    SelectApi,
    /// Файл.
    File,
    /// Число: a whole number that JSON holds exactly.
    Integer,
    /// Велике число: a whole number of 64 bits, text on the wire.
    BigInt,
    /// Число з комою: a decimal number, text on the wire.
    Float,
    /// Дата: a calendar day.
    Date,
    /// Прапорець.
    Boolean,
}

impl FieldType {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::String,
        Self::Text,
        Self::Select,
        Self::SelectApi,
        Self::File,
        Self::Integer,
        Self::BigInt,
        Self::Float,
        Self::Date,
        Self::Boolean,
    ];

    /// The panel's constant.
    pub const fn code(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Text => "TEXT",
            Self::Select => "SELECT",
            Self::SelectApi => "SELECTAPI",
            Self::File => "FILE",
            Self::Integer => "INTEGER",
            Self::BigInt => "BIGINT",
            Self::Float => "FLOAT",
            Self::Date => "DATE",
            Self::Boolean => "BOOLEAN",
        }
    }

    /// The type of a constant.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Does every value of this type stand unchanged as a value of `other`?
    pub fn fits(self, other: Self) -> bool {
        match other {
            Self::Text => !matches!(self, Self::File | Self::Boolean),
            Self::String => !matches!(self, Self::File | Self::Boolean | Self::Text),
            Self::Float => matches!(self, Self::Float | Self::BigInt | Self::Integer),
            Self::BigInt => matches!(self, Self::BigInt | Self::Integer),
            _ => self == other,
        }
    }
}

/// Is a switch of the panel on? It writes the text `true`; a program may send the value.
pub fn is_on(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(on)) => *on,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

/// The switches of a definition.
pub(super) const SWITCHES: [&str; 5] = ["unique", "non_editable", "sortable", "required", "pinned"];

/// One field: its properties in the order in which they were written, unknown ones among them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Definition(Map<String, Value>);

impl Definition {
    /// Reads a definition; none of what is no object.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self::of)
    }

    /// Brings its switches into the panel's form: the text `true`, or nothing at all.
    fn of(mut map: Map<String, Value>) -> Self {
        settle(&mut map, &SWITCHES);
        if let Some(Value::Array(options)) = map.get_mut("options") {
            for option in options.iter_mut().filter_map(Value::as_object_mut) {
                settle(option, &["archived"]);
            }
        }
        // The default of a checkbox is a switch that may also be off: absent says that there is none.
        if map.get("type").and_then(Value::as_str) == Some("BOOLEAN")
            && let Some(default) = map.get_mut("default")
            && let Value::Bool(on) = default
        {
            *default = on.to_string().into();
        }
        Self(map)
    }

    /// Its type; none if it names none of ours.
    pub fn kind(&self) -> Option<FieldType> {
        FieldType::of(self.text("type"))
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        self.text("label")
    }

    /// A property that is text; empty if it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A property that is a switch.
    pub fn flag(&self, name: &str) -> bool {
        is_on(self.get(name))
    }

    /// A property that is a count.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(Value::as_u64)
    }

    /// Any property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The names of its properties, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The options of a list: value, label (the value where there is none), and whether it is offered no more.
    pub fn options(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.get("options").and_then(Value::as_array).into_iter().flatten().map(|option| {
            let text = |name: &str| option.get(name).and_then(Value::as_str).unwrap_or_default();
            let value = text("value");
            let label = Some(text("label")).filter(|label| !label.is_empty()).unwrap_or(value);
            (value, label, is_on(option.get("archived")))
        })
    }
}

impl<'de> Deserialize<'de> for Definition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Map::deserialize(from).map(Self::of)
    }
}

/// Switches that are on become the text `true`, those that are off are taken out; the others keep their order.
fn settle(map: &mut Map<String, Value>, switches: &[&str]) {
    for name in switches {
        match map.get_mut(*name) {
            Some(value) if is_on(Some(value)) => *value = "true".into(),
            Some(Value::Bool(false) | Value::Null) => drop(map.shift_remove(*name)),
            Some(Value::String(text)) if text.is_empty() || text == "false" => {
                map.shift_remove(*name);
            }
            _ => {}
        }
    }
}
