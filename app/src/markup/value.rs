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

#[cfg(feature = "ssr")]
impl Value {
    /// The value now.
    pub fn now(&mut self) -> Plain {
        match self {
            Self::Plain(plain) => plain.clone(),
            Self::Live(make) => make(),
        }
    }
}

/// What can be a value at one moment.
pub trait IntoPlain {
    /// The value.
    fn into_plain(self) -> Plain;
}

/// What an attribute may be given.
pub trait IntoValue {
    /// The same as a value.
    fn into_value(self) -> Value;
}

macro_rules! plain {
    ($($of:ty: $value:ident => $plain:expr;)*) => {$(
        impl IntoPlain for $of {
            fn into_plain(self) -> Plain {
                let $value = self;
                $plain
            }
        }

        impl IntoValue for $of {
            fn into_value(self) -> Value {
                Value::Plain(self.into_plain())
            }
        }
    )*};
}

plain! {
    bool: on => if on { Plain::On } else { Plain::Off };
    &'static str: text => Plain::Text(Cow::Borrowed(text));
    String: text => Plain::Text(Cow::Owned(text));
    Cow<'static, str>: text => Plain::Text(text);
    Arc<str>: text => Plain::Text(Cow::Owned(text.to_string()));
    u32: number => number.to_string().into_plain();
    u64: number => number.to_string().into_plain();
    usize: number => number.to_string().into_plain();
    i64: number => number.to_string().into_plain();
}

impl<T: IntoPlain> IntoPlain for Option<T> {
    fn into_plain(self) -> Plain {
        self.map_or(Plain::Off, IntoPlain::into_plain)
    }
}

impl<T: IntoPlain> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        Value::Plain(self.into_plain())
    }
}

impl<F, T> IntoValue for F
where
    F: FnMut() -> T + Send + 'static,
    T: IntoPlain,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || self().into_plain()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoPlain + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> Value {
                (move || self.get()).into_value()
            }
        }
    )*};
}
signals!(Signal, RwSignal, Memo);
