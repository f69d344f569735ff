//! What an attribute, a property or a class is set to.

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::{Get, Memo, RwSignal, Signal};

/// A value at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// The attribute is absent, the property false, the class off.
    Off,
    /// The attribute is there without a value, the property true, the class on.
    On,
    /// A text.
    Text(Cow<'static, str>),
}

/// A value, or the function that makes it.
pub enum Value {
    /// Always the same.
    Plain(Plain),
    /// Set anew whenever a signal that the function reads changes.
    Live(Box<dyn FnMut() -> Plain + Send>),
}

impl Value {
    /// The value now. Follows the signals that are read, if somebody follows.
    pub fn now(&mut self) -> Plain {
        match self {
            Self::Plain(plain) => plain.clone(),
            Self::Live(make) => make(),
        }
    }
}

/// What an attribute may be given.
pub trait IntoValue {
    /// The same as a value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Plain(if self { Plain::On } else { Plain::Off })
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Plain(Plain::Text(self.into()))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Plain(Plain::Text(self.into()))
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Plain(Plain::Text(self))
    }
}

impl IntoValue for Arc<str> {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl IntoValue for $number {
            fn into_value(self) -> Value {
                self.to_string().into_value()
            }
        }
    )*};
}
numbers!(u32, u64, usize, i32, i64);

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Plain(Plain::Off), IntoValue::into_value)
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + Send + 'static,
    T: IntoValue,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_value().now()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                (move || self.get()).into_value()
            }
        }
    )*};
}
signals!(Signal, RwSignal, Memo);
