//! Reads a value as its type, in as little code as it can: for the browser, where every type's reading is downloaded.
//!
//! What the server sends is right, so a fault need not be explained: there is one, without a word. `serde_json` names
//! every fault with its place and what stood there instead, once for every type.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Number, Value};

/// The value is not of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOfType;

/// Reads `value` as a `T`.
///
/// Enums are known by their name alone (`"close"`); a value inside a variant stands under its name.
///
/// ```
/// let minutes: Vec<u32> = app::value::read(serde_json::json!([5, 30])).unwrap();
/// assert_eq!(minutes, [5, 30]);
/// assert!(app::value::read::<u32>(serde_json::json!("5")).is_err());
/// ```
///
/// # Errors
/// The value is not of the type.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, NotOfType> {
    T::deserialize(Reader(value))
}

struct Reader(Value);

impl fmt::Display for NotOfType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value is not of the type")
    }
}

impl std::error::Error for NotOfType {}

// Each of these would write a sentence if it were left to its default.
impl Error for NotOfType {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Reader {
    type Error = NotOfType;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(on) => visitor.visit_bool(on),
            Value::Number(number) => number_of(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(fields) => visitor.visit_map(Fields { rest: fields.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotOfType> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfType> {
        let (name, inside) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(fields) => {
                let (name, value) = fields.into_iter().next().ok_or(NotOfType)?;
                (name, Some(value))
            }
            _ => return Err(NotOfType),
        };
        visitor.visit_enum(Variant { name, inside })
    }

    // What each type asks for is answered with that alone. A visitor would be compiled for everything else as well if all of
    // them went through `deserialize_any`: a struct, for one, once more for a list of its fields.

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if let Value::Bool(on) = self.0 { visitor.visit_bool(on) } else { Err(NotOfType) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if let Value::String(text) = self.0 { visitor.visit_string(text) } else { Err(NotOfType) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if let Value::String(text) = self.0 { visitor.visit_str(&text) } else { Err(NotOfType) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if let Value::Array(items) = self.0 {
            visitor.visit_seq(Items(items.into_iter()))
        } else {
            Err(NotOfType)
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, NotOfType> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        if let Value::Object(fields) = self.0 {
            visitor.visit_map(Fields { rest: fields.into_iter(), value: None })
        } else {
            Err(NotOfType)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfType> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        visitor.visit_unit()
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        visitor.visit_u64(self.0.as_u64().ok_or(NotOfType)?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        visitor.visit_u64(self.0.as_u64().ok_or(NotOfType)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfType> {
        visitor.visit_i64(self.0.as_i64().ok_or(NotOfType)?)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct
    }
}

fn number_of<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, NotOfType> {
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) => visitor.visit_u64(whole),
        (_, Some(whole)) => visitor.visit_i64(whole),
        _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
    }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = NotOfType;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, NotOfType> {
        self.0.next().map(|item| seed.deserialize(Reader(item))).transpose()
    }
}

struct Fields {
    rest: serde_json::map::IntoIter,
    value: Option<Value>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = NotOfType;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, NotOfType> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Reader(Value::String(name))).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, NotOfType> {
        seed.deserialize(Reader(self.value.take().unwrap_or_default()))
    }
}

struct Variant {
    name: String,
    inside: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = NotOfType;
    type Variant = Inside;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Inside), NotOfType> {
        let name = seed.deserialize(StrDeserializer::new(&self.name))?;
        Ok((name, Inside(self.inside)))
    }
}

struct Inside(Option<Value>);

impl<'de> VariantAccess<'de> for Inside {
    type Error = NotOfType;

    fn unit_variant(self) -> Result<(), NotOfType> {
        if self.0.is_none() { Ok(()) } else { Err(NotOfType) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, NotOfType> {
        seed.deserialize(Reader(self.0.ok_or(NotOfType)?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, NotOfType> {
        Reader(self.0.ok_or(NotOfType)?).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfType> {
        Reader(self.0.ok_or(NotOfType)?).deserialize_any(visitor)
    }
}
