//! One schema as its readers want it: the annotations around a nullable schema and the schema inside as one.

use serde_json::Value;

/// Nullable schemas nest once in practice; the bound keeps a strange schema from holding a reader.
const NESTING: usize = 8;

/// A schema and, when it is nullable by `anyOf` or `oneOf`, the schema inside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule<'s> {
    outer: &'s Value,
    inner: &'s Value,
    text: Option<&'s Value>,
    item: bool,
    refers: bool,
}

/// What an object may hold beside its known properties.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest<'s> {
    /// Nothing.
    Closed,
    /// Anything at all.
    Open,
    /// Values of one schema, under names that a person gives.
    Map(&'s Value),
}

impl<'s> Rule<'s> {
    /// Reads a schema without knowing the value.
    pub(crate) fn of(schema: &'s Value) -> Self {
        Self::choose(schema, |candidates| if let [only] = candidates { Some(*only) } else { None })
    }

    /// Reads a schema for a value: of several branches, the first whose type the value has.
    pub(crate) fn for_value(schema: &'s Value, value: &Value) -> Self {
        Self::choose(schema, |candidates| match candidates {
            [only] => Some(*only),
            [first, ..] if is_constant(first) => None,
            _ => candidates.iter().copied().find(|branch| Rule::of(branch).accepts(value)),
        })
    }

    /// Reads the schema of a list's items; an `x-ref` on the list speaks of each of them.
    pub(crate) fn for_item(schema: &'s Value, value: &Value, list: Self) -> Self {
        Self { item: true, refers: list.get("x-ref").is_some(), ..Self::for_value(schema, value) }
    }

    fn choose(outer: &'s Value, pick: impl Fn(&[&'s Value]) -> Option<&'s Value>) -> Self {
        let mut inner = outer;
        for _ in 0..NESTING {
            let Some(branches) = branches(inner) else { break };
            let candidates: Vec<&Value> = branches.iter().filter(|branch| !is_null(branch)).collect();
            let Some(branch) = pick(&candidates) else { break };
            inner = branch;
        }
        Self { outer, inner, text: None, item: false, refers: false }
    }

    /// The schema itself, or the one beside `null`.
    pub(crate) fn inner(self) -> &'s Value {
        self.inner
    }

    /// Of words: the rule for the text of each language, whose limits stand at the words or at the text.
    pub(crate) fn each_text(self) -> Self {
        match self.rest() {
            Rest::Map(schema) => Self { text: Some(schema), ..self },
            Rest::Closed | Rest::Open => self,
        }
    }

    /// A keyword or annotation; what stands outside wins.
    pub(crate) fn get(self, name: &str) -> Option<&'s Value> {
        self.outer.get(name).or_else(|| self.inner.get(name)).or_else(|| self.text?.get(name))
    }

    /// An annotation that is switched on.
    pub(crate) fn flag(self, name: &str) -> bool {
        self.get(name) == Some(&Value::Bool(true))
    }

    /// A keyword or annotation that is text.
    pub(crate) fn text(self, name: &str) -> Option<&'s str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A keyword that is a length or a count.
    pub(crate) fn count(self, name: &str) -> Option<usize> {
        self.get(name).and_then(Value::as_u64).map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Is the value an item of a list?
    pub(crate) fn is_item(self) -> bool {
        self.item
    }

    /// Is the value the id of a record?
    pub(crate) fn refers(self) -> bool {
        self.refers || self.get("x-ref").is_some()
    }

    /// May the value be `null`?
    pub(crate) fn nullable(self) -> bool {
        let allows = |schema: &Value| {
            types(schema).any(|name| name == "null")
                || schema.get("const").is_some_and(Value::is_null)
                || schema
                    .get("enum")
                    .and_then(Value::as_array)
                    .is_some_and(|listed| listed.contains(&Value::Null))
                || branches(schema).is_some_and(|branches| branches.iter().any(is_null))
        };
        allows(self.outer) || allows(self.inner)
    }

    /// The types that a value may have beside `null`; none when the schema does not say.
    pub(crate) fn types(self) -> impl Iterator<Item = &'s str> {
        types(self.inner).filter(|name| *name != "null")
    }

    /// The type that matters for drawing and filling, also when only its keywords tell it.
    pub(crate) fn type_name(self) -> Option<&'s str> {
        let told = |name: &str| self.inner.get(name).is_some();
        self.types().next().or_else(|| {
            if told("properties") || told("additionalProperties") {
                Some("object")
            } else if told("items") {
                Some("array")
            } else {
                None
            }
        })
    }

    /// Has the value one of the allowed types? `null` is another question.
    pub(crate) fn accepts(self, value: &Value) -> bool {
        let mut types = self.types().peekable();
        types.peek().is_none() || types.any(|name| is_of(name, value))
    }

    /// The schema of one property, known or of a map.
    pub(crate) fn property(self, name: &str) -> Option<&'s Value> {
        match self.known(name) {
            None => match self.rest() {
                Rest::Map(schema) => Some(schema),
                Rest::Closed | Rest::Open => None,
            },
            known => known,
        }
    }

    /// The schema of a property that the type declares.
    pub(crate) fn known(self, name: &str) -> Option<&'s Value> {
        self.inner.get("properties")?.get(name)
    }

    /// What may stand beside the known properties.
    pub(crate) fn rest(self) -> Rest<'s> {
        match self.get("additionalProperties") {
            Some(Value::Bool(false)) => Rest::Closed,
            Some(Value::Object(schema)) if schema.is_empty() => Rest::Open,
            Some(schema @ Value::Object(_)) => Rest::Map(schema),
            // JSON Schema would let anything in; serde would then drop it, and a person's text would be lost.
            None if self.inner.get("properties").is_some() => Rest::Closed,
            Some(_) | None => Rest::Open,
        }
    }

    /// The format that the names of a map must have.
    pub(crate) fn names(self) -> Option<&'s str> {
        self.get("propertyNames")?.get("format")?.as_str()
    }

    /// Does `required` of this object name the property?
    pub(crate) fn lists(self, name: &str) -> bool {
        let listed = self.inner.get("required").and_then(Value::as_array);
        listed.is_some_and(|listed| listed.iter().any(|one| one == name))
    }

    /// The properties that together identify an item of this list; empty when none do.
    pub(crate) fn identity(self) -> Vec<&'s str> {
        match self.get("x-identity") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// The alternatives of a schema.
pub(crate) fn branches(schema: &Value) -> Option<&Vec<Value>> {
    schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array)
}

/// Is this the `null` beside which another schema stands?
pub(crate) fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null") || schema.get("const").is_some_and(Value::is_null)
}

fn is_constant(schema: &Value) -> bool {
    schema.get("const").is_some() || schema.get("enum").is_some()
}

fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let told = schema.get("type");
    let one = told.and_then(Value::as_str);
    let several = told.and_then(Value::as_array);
    one.into_iter().chain(several.into_iter().flatten().filter_map(Value::as_str))
}

fn is_of(type_name: &str, value: &Value) -> bool {
    match (type_name, value) {
        ("integer", Value::Number(number)) => !number.is_f64(),
        ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_))
        | ("null", Value::Null) => true,
        _ => false,
    }
}

/// What JSON calls the type of a value; whole numbers apart.
pub(crate) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
