//! What a caller may do, read from the snapshot at every request, so that a change of role works at once.

use std::sync::Arc;

use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::Section as _;
use app::sections::registry;
use app::sections::replies::Reply;
use app::sections::roles::{Role, Verb};
use app::sections::users::User;

use super::Actor;
use crate::settings::Snapshot;

/// What one caller may do.
#[derive(Clone, Debug)]
pub enum Rights {
    /// Whoever runs commands on the server, and the program itself: everything.
    All,
    /// A person or a program with a role.
    Role(Arc<Role>),
}

impl Rights {
    /// The rights of `actor` at this moment; none if the person is gone or inactive. `role` is the role of a key.
    pub fn of(actor: Actor, role: Option<i64>, snapshot: &Snapshot) -> Option<Self> {
        let role = match actor {
            Actor::Cli | Actor::Job => return Some(Self::All),
            Actor::User(id) => {
                let held = snapshot.get("users", id)?;
                if held.archived || !held.facts.active {
                    return None;
                }
                held.links.iter().find(|(pointer, _)| pointer == "/role")?.1.1
            }
            Actor::Key(_) => role?,
        };
        snapshot.role(role).cloned().map(Self::Role)
    }

    /// May the caller do `verb` in `section`?
    pub fn may(&self, section: &str, verb: Verb) -> bool {
        match self {
            Self::All => true,
            Self::Role(role) => {
                let guard = registry::entry(section).and_then(registry::Entry::guard);
                role.may(section, verb, guard)
            }
        }
    }

    /// Does the caller hold this function?
    pub fn has(&self, function: &str) -> bool {
        match self {
            Self::All => true,
            Self::Role(role) => role.has(function),
        }
    }

    /// The person who may keep records of their own in `section` whatever else they may do there: quick replies, by
    /// `replies.own`.
    pub fn keeps_own(&self, actor: Actor, section: &str) -> Option<i64> {
        match actor {
            Actor::User(id) if section == Reply::KEY && self.has("replies.own") => Some(id),
            _ => None,
        }
    }

    /// Refuses what the caller may not do: as missing if they may not even see the section, as forbidden otherwise.
    pub fn demand(&self, section: &str, verb: Verb) -> Result<(), Error> {
        if registry::entry(section).is_none() || !self.may(section, Verb::View) {
            return Err(Error::Missing);
        }
        if self.may(section, verb) {
            return Ok(());
        }
        let verb = match verb {
            Verb::View => "view",
            Verb::Edit => "edit",
            Verb::Delete => "delete",
            Verb::Export => "export",
        };
        Err(Error::Forbidden { right: format!("{section}.{verb}") })
    }

    /// The rules about giving rights: nobody gives what they lack, nobody demotes or deactivates themselves.
    pub fn check_giving(&self, actor: Actor, change: Giving<'_>, world: &Snapshot, problems: &mut Problems) {
        let Self::Role(own) = self else { return };
        match change {
            Giving::User { id, before, after } => {
                let roles = [before, after].map(|user| user.and_then(|user| user.role).map(|role| role.0));
                let stays = after.is_some_and(|user| user.active);
                if actor == Actor::User(id) && (!stays || roles[0] != roles[1]) {
                    problems.error("", "own_account");
                }
                let beyond = roles
                    .into_iter()
                    .flatten()
                    .filter_map(|role| world.role(role))
                    .find_map(|role| own.lacks(role));
                if let Some(right) = beyond {
                    problems.push(Problem::error("/role", "gives_more").with("right", right));
                }
            }
            Giving::Role { before, after } => {
                // What the role holds already may be edited around; what the edit adds may not exceed the editor.
                let beyond = [before, after].into_iter().flatten().find_map(|role| own.lacks(role));
                if let Some(right) = beyond {
                    problems.push(Problem::error("", "gives_more").with("right", right));
                }
            }
        }
    }
}

/// A change of who may do what.
#[derive(Clone, Copy, Debug)]
pub enum Giving<'a> {
    /// A person is made, changed or removed.
    User {
        /// Their id.
        id: i64,
        /// As they were.
        before: Option<&'a User>,
        /// As they will be; none when archived or removed.
        after: Option<&'a User>,
    },
    /// A role is made, changed or removed.
    Role {
        /// As it was.
        before: Option<&'a Role>,
        /// As it will be.
        after: Option<&'a Role>,
    },
}
