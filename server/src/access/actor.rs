//! Who writes, and through which door.

use std::fmt;
use std::str::FromStr;

/// Who makes a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person, by their id in `users`.
    User(i64),
    /// An integration, by its API key.
    Key(i64),
    /// Whoever can run commands on the server.
    Cli,
    /// The program itself: what fills a fresh instance, what runs on a schedule.
    Job,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Key(id) => write!(f, "key:{id}"),
            Self::Cli => f.write_str("cli"),
            Self::Job => f.write_str("job"),
        }
    }
}

impl FromStr for Actor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(':') {
            Some(("user", id)) => id.parse().map(Self::User).map_err(|_| ()),
            Some(("key", id)) => id.parse().map(Self::Key).map_err(|_| ()),
            _ if text == "cli" => Ok(Self::Cli),
            _ if text == "job" => Ok(Self::Job),
            _ => Err(()),
        }
    }
}

/// The door through which a commit came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the name of a door")]
pub enum Via {
    Ui,
    Rest,
    Cli,
}

impl Via {
    /// Its name in history.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ui => "ui",
            Self::Rest => "rest",
            Self::Cli => "cli",
        }
    }
}
