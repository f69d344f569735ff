//! Links from one record to another, by id, with the target's section in the type.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::sections::Section;

/// The id of a record of section `S`; the store refuses one that does not exist.
pub struct Ref<S>(pub i64, PhantomData<fn() -> S>);

impl<S> Ref<S> {
    /// A link to record `id`.
    pub const fn to(id: i64) -> Self {
        Self(id, PhantomData)
    }
}

impl<S> Clone for Ref<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Ref<S> {}
impl<S> PartialEq for Ref<S> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<S> fmt::Debug for Ref<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
impl<S> Serialize for Ref<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        serializer.serialize_i64(self.0)
    }
}
impl<'de, S> Deserialize<'de> for Ref<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self::to)
    }
}
impl<S: Section> JsonSchema for Ref<S> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Ref_{}", S::KEY).into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "x-ref": S::KEY })
    }
}

/// A set of links to records of section `S`: no order, no repeats; written in ascending order.
pub struct Refs<S>(pub Vec<Ref<S>>);

impl<S> Default for Refs<S> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
impl<S> Clone for Refs<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
impl<S> PartialEq for Refs<S> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<S> fmt::Debug for Refs<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<S> Serialize for Refs<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        serializer.collect_seq(self.0.iter().map(|link| link.0))
    }
}
impl<'de, S> Deserialize<'de> for Refs<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut ids = Vec::<i64>::deserialize(deserializer)?;
        ids.sort_unstable();
        ids.dedup();
        Ok(Self(ids.into_iter().map(Ref::to).collect()))
    }
}
impl<S: Section> JsonSchema for Refs<S> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Refs_{}", S::KEY).into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array", "x-ref": S::KEY, "uniqueItems": true, "items": { "type": "integer", "minimum": 1 },
        })
    }
}
