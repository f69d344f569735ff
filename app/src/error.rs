//! The one error of the wire: what a call may answer instead of a result.

use serde::Serialize;
use serde_json::Value;

use crate::problem::{Problem, Problems};

/// Why a call was not answered. Each variant is one HTTP status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "ssr", derive(serde::Deserialize))]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum Error {
    /// 401: nobody is signed in, or the session ended.
    SignIn,
    /// 403: the caller may see it, but not do this. Names the missing right, for example `tags.edit`.
    Forbidden {
        /// The right that is missing.
        right: String,
    },
    /// 404: there is no such thing, or the caller may not know of it.
    Missing,
    /// 422: the value breaks rules, each named with its place.
    Invalid {
        /// What is wrong.
        problems: Problems,
        /// Which operation of the commit each speaks of; as long as `problems`.
        operations: Vec<u32>,
    },
    /// 409: the record changed since the caller read it.
    Conflict {
        /// Which operation of the commit named an old version.
        operation: u32,
        /// The revision that stands now.
        revision: i64,
        /// The value that stands now.
        current: Value,
        /// Who saved it.
        by: String,
        /// When, RFC 3339.
        at: String,
    },
    /// 413: more than the server reads at once.
    TooLarge,
    /// 503: not now; try again.
    Busy,
    /// 500: a defect or an outage; the log knows more under this id.
    Broken {
        /// The id of the request in the log.
        request: String,
    },
}

impl Error {
    /// The HTTP status that carries it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::Forbidden { .. } => 403,
            Self::Missing => 404,
            Self::Conflict { .. } => 409,
            Self::TooLarge => 413,
            Self::Invalid { .. } => 422,
            Self::Broken { .. } => 500,
            Self::Busy => 503,
        }
    }

    /// A stable name for `type` of a problem document and for the sentence a person reads.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Forbidden { .. } => "forbidden",
            Self::Missing => "missing",
            Self::Invalid { .. } => "invalid",
            Self::Conflict { .. } => "conflict",
            Self::TooLarge => "too-large",
            Self::Busy => "busy",
            Self::Broken { .. } => "broken",
        }
    }

    /// The error that JSON tells of, as it is written on the wire.
    pub fn of(mut json: Value) -> Self {
        let mut take = |name: &str| json.get_mut(name).map(Value::take).unwrap_or_default();
        let code = take("error");
        let text = |value: Value| if let Value::String(text) = value { text } else { String::new() };
        let number = |value: Value| value.as_i64().unwrap_or_default();
        match code.as_str().unwrap_or_default() {
            "sign_in" => Self::SignIn,
            "forbidden" => Self::Forbidden { right: text(take("right")) },
            "missing" => Self::Missing,
            "invalid" => Self::Invalid {
                problems: crate::value::read(take("problems")).unwrap_or_default(),
                operations: crate::value::read(take("operations")).unwrap_or_default(),
            },
            "conflict" => Self::Conflict {
                operation: number(take("operation")) as u32,
                revision: number(take("revision")),
                current: take("current"),
                by: text(take("by")),
                at: text(take("at")),
            },
            "too_large" => Self::TooLarge,
            "busy" => Self::Busy,
            _ => Self::Broken { request: text(take("request")) },
        }
    }

    /// The error of an answer that says nothing but its status.
    pub const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SignIn,
            404 => Self::Missing,
            413 => Self::TooLarge,
            502..=504 => Self::Busy,
            _ => Self::Broken { request: String::new() },
        }
    }

    /// The value breaks these rules; all of them in the first operation.
    pub fn invalid(problems: Problems) -> Self {
        let operations = vec![0; problems.0.len()];
        Self::Invalid { problems, operations }
    }

    /// The text is JSON, but not of what was asked for: the reader tells why.
    pub fn unreadable(why: &impl ToString) -> Self {
        Self::invalid(Problems(vec![Problem::error("", "not_readable").with("reason", why.to_string())]))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Error {}

#[cfg(feature = "ssr")]
mod wire {
    use leptos::server_fn::codec::JsonEncoding;
    use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};

    use super::Error;

    impl FromServerFnError for Error {
        type Encoder = JsonEncoding;

        fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
            match error {
                ServerFnErrorErr::Request(_) => Self::Busy,
                ServerFnErrorErr::Args(_)
                | ServerFnErrorErr::Deserialization(_)
                | ServerFnErrorErr::MissingArg(_) => {
                    Self::invalid(crate::problem::Problems(vec![crate::problem::Problem::error(
                        "",
                        "not_readable",
                    )]))
                }
                _ => Self::Broken { request: String::new() },
            }
        }
    }
}
