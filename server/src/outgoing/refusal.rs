//! Why a request of the server was not made, or its answer not read.

use app::problem::Problem;

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No address of `http` or `https`, or one with a name and password in it.
    #[error("not an http address")]
    BadAddress,
    /// The name has no address.
    #[error("the host has no address")]
    NoAddress,
    /// The address is nobody's business outside, and the instance doesn't name the host.
    #[error("the address is private")]
    Private,
    /// Nobody answers there, or not to the end.
    #[error("no answer")]
    Unreachable,
    /// Time is up.
    #[error("too slow")]
    Slow,
    /// The answer is longer than may be read.
    #[error("longer than {max} bytes")]
    Large {
        /// The most bytes.
        max: u64,
    },
    /// It leads on and on.
    #[error("too many redirects")]
    Redirects,
    /// It leads where nobody may go.
    #[error("a redirect that is not followed")]
    BadRedirect,
    /// The answer is of another kind.
    #[error("an answer of type {found}")]
    Kind {
        /// Its media type.
        found: String,
    },
}

impl Refusal {
    /// The same as a problem, whose sentence a person reads.
    pub fn problem(&self) -> Problem {
        match self {
            Self::BadAddress => Problem::error("", "outgoing_bad_address"),
            Self::NoAddress => Problem::error("", "outgoing_no_address"),
            Self::Private => Problem::error("", "outgoing_private"),
            Self::Unreachable => Problem::error("", "outgoing_unreachable"),
            Self::Slow => Problem::error("", "outgoing_slow"),
            Self::Large { max } => Problem::error("", "outgoing_large").with("max", max / 1024),
            Self::Redirects => Problem::error("", "outgoing_redirects"),
            Self::BadRedirect => Problem::error("", "outgoing_bad_redirect"),
            Self::Kind { found } => Problem::error("", "outgoing_kind").with("found", found.as_str()),
        }
    }
}
