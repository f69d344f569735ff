//! Questions of a page to the server, and their answers, behind one type each.
//!
//! A page asks while its own code is still on the way, so what asks stands in the main chunk. There it knows neither
//! the type of an answer nor how to read it: that comes with the page, which calls [`Answer::read`].

use std::any::Any;
use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::calls;
use crate::error::Error;

/// What is asked: a call with its arguments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The endpoint of the call; empty when there is nothing to ask.
    pub call: Cow<'static, str>,
    /// Its arguments, by name.
    pub arguments: Map<String, Value>,
}

impl Question {
    /// Nothing is asked, and the answer is [`Error::Missing`].
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Is it about this section?
    pub fn is_of(&self, section: &str) -> bool {
        self.arguments.get("section").and_then(Value::as_str) == Some(section)
    }
}

/// What the server answered, not yet read as its type.
#[derive(Clone)]
pub struct Answer {
    /// To which question.
    pub question: Question,
    outcome: Result<side::Body, Error>,
}

impl Answer {
    /// The answer as its type; read once, however many ask.
    ///
    /// # Errors
    /// What the server answered instead, or [`Error::Broken`] if it is no `T`.
    pub fn read<T: DeserializeOwned + Send + Sync + 'static>(&self) -> Result<Arc<T>, Error> {
        let body = self.outcome.as_ref().map_err(Clone::clone)?;
        body.read::<T>().ok_or(Error::Broken { request: String::new() })
    }
}

/// An answer on its way; read it under `<Suspense>` or `<Transition>`.
pub type Asked = Resource<Answer, Wire>;

/// Asks, and asks again when the question changes.
pub fn ask(question: impl Fn() -> Question + Send + Sync + 'static) -> Asked {
    asked(Arc::new(question))
}

/// One function behind every question, so that its code is there once.
fn asked(question: Arc<dyn Fn() -> Question + Send + Sync>) -> Asked {
    Resource::new_with_options(move || question(), calls::answer, false)
}

/// How an answer that the server drew the page with reaches the browser: as JSON in the page.
pub struct Wire;

/// The server has the answer as its type; JSON is made of it when the page is written.
#[cfg(feature = "ssr")]
mod side {
    use serde::Serialize;
    use serde_json::json;

    use super::{Answer, Any, Arc, Decoder, Encoder, Error, Infallible, Question, Value, Wire};

    #[derive(Clone)]
    pub(super) struct Body {
        typed: Arc<dyn Any + Send + Sync>,
        json: fn(&(dyn Any + Send + Sync)) -> Value,
    }

    impl Body {
        pub fn read<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
            Arc::clone(&self.typed).downcast().ok()
        }
    }

    impl Answer {
        /// The answer of a call.
        pub(crate) fn of<T: Serialize + Send + Sync + 'static>(
            question: Question,
            result: Result<T, Error>,
        ) -> Self {
            let json = |typed: &(dyn Any + Send + Sync)| {
                let typed = typed.downcast_ref::<T>();
                typed.and_then(|typed| serde_json::to_value(typed).ok()).unwrap_or_default()
            };
            Self { question, outcome: result.map(|value| Body { typed: Arc::new(value), json }) }
        }
    }

    impl Encoder<Answer> for Wire {
        type Error = Infallible;
        type Encoded = String;

        fn encode(answer: &Answer) -> Result<String, Infallible> {
            let Answer { question, outcome } = answer;
            let mut json = json!({ "call": question.call, "arguments": question.arguments });
            match outcome {
                Ok(body) => json["answer"] = (body.json)(&*body.typed),
                Err(error) => json["refused"] = serde_json::to_value(error).unwrap_or_default(),
            }
            Ok(json.to_string())
        }
    }

    impl Decoder<Answer> for Wire {
        type Error = Infallible;
        type Encoded = str;

        fn decode(_: &str) -> Result<Answer, Infallible> {
            unreachable!("a page is read in the browser alone")
        }
    }
}

/// The browser has JSON until somebody knows its type.
#[cfg(not(feature = "ssr"))]
mod side {
    use std::sync::{Mutex, PoisonError};

    use super::{
        Answer, Any, Arc, Decoder, DeserializeOwned, Encoder, Error, Infallible, Question, Value, Wire,
    };
    use crate::value::{self, NotOfType};

    #[derive(Clone)]
    pub(super) struct Body(Arc<Mutex<State>>);

    enum State {
        Json(Value),
        Typed(Arc<dyn Any + Send + Sync>),
    }

    impl Body {
        pub fn read<T: DeserializeOwned + Send + Sync + 'static>(&self) -> Option<Arc<T>> {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let State::Json(json) = &mut *state {
                let typed: T = value::read(json.take()).ok()?;
                *state = State::Typed(Arc::new(typed));
            }
            let State::Typed(typed) = &*state else { return None };
            Arc::clone(typed).downcast().ok()
        }
    }

    impl Answer {
        /// The answer of a call, as it came over the wire.
        pub(crate) fn of(question: Question, result: Result<Value, Error>) -> Self {
            let outcome = result.map(|json| Body(Arc::new(Mutex::new(State::Json(json)))));
            Self { question, outcome }
        }
    }

    impl Encoder<Answer> for Wire {
        type Error = Infallible;
        type Encoded = String;

        fn encode(_: &Answer) -> Result<String, Infallible> {
            unreachable!("a page is written on the server alone")
        }
    }

    impl Decoder<Answer> for Wire {
        type Error = NotOfType;
        type Encoded = str;

        fn decode(text: &str) -> Result<Answer, NotOfType> {
            let mut json = value::parse_json(text).map_err(|_| NotOfType)?;
            let Value::String(call) = json["call"].take() else { return Err(NotOfType) };
            let Value::Object(arguments) = json["arguments"].take() else { return Err(NotOfType) };
            let result = match json.get_mut("answer") {
                Some(answer) => Ok(answer.take()),
                None => Err(Error::of(json["refused"].take())),
            };
            Ok(Answer::of(Question { call: call.into(), arguments }, result))
        }
    }
}
