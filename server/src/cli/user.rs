//! `pult user`: makes people and links for their passwords, for whoever can run commands on the server.

use app::backend::{Commit, Operation};
use app::field::{Email, Ref};
use app::sections::roles::{BuiltIn, Role};
use app::sections::users::User as Person;
use clap::Subcommand;

use super::Failure;
use crate::access::one_time::{self, Purpose};
use crate::access::{Actor, Via};
use crate::{Config, Console};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make a person and print a link for their password.
    Add {
        /// The e-mail that they sign in with.
        email: String,
        /// Given name.
        #[arg(long)]
        first_name: String,
        /// Family name.
        #[arg(long)]
        last_name: String,
        /// The role, by its key.
        #[arg(long, default_value = "operator")]
        role: String,
        /// Instance owner.
        #[arg(long, conflicts_with = "role")]
        owner: bool,
    },
    /// Print a link with which a person sets another password.
    ResetLink {
        /// The e-mail that they sign in with.
        email: String,
    },
}

impl User {
    pub(super) async fn run(self, config: Config) -> Result<(), Failure> {
        let console = Console::open(config).await?;
        let (user, purpose) = match self {
            Self::Add { email, first_name, last_name, role, owner } => {
                let role = if owner { owner_role(&console) } else { role_by_key(&console, &role) };
                let role = role.ok_or("there is no such role")?;
                let value = Person {
                    email: Email(email),
                    first_name: first_name.as_str().into(),
                    last_name: last_name.as_str().into(),
                    role: Some(Ref::to(role)),
                    ..Person::default()
                };
                (add(&console, &value).await?, Purpose::Invite)
            }
            Self::ResetLink { email } => {
                let snapshot = console.settings.snapshot();
                let held = snapshot
                    .shelf("users")
                    .and_then(|users| users.by_key(&email))
                    .ok_or("there is no such user")?;
                (held.id, Purpose::Reset)
            }
        };
        let link = one_time::make(console.settings.database().connection(), purpose, Some(user)).await?;
        println!("{}/password/{}", console.url(), link.secret);
        Ok(())
    }
}

/// Makes a person; answers their id.
pub(super) async fn add(console: &Console, person: &Person) -> Result<i64, Failure> {
    let operation =
        Operation::Create { section: "users".into(), key: None, value: serde_json::to_value(person)? };
    let commit = Commit { operations: vec![operation], accept: vec!["*".into()], ..Commit::default() };
    let committed =
        console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.map_err(refusal)?;
    Ok(committed.changes.first().map_or(0, |change| change.id))
}

/// A refusal as one sentence.
pub(super) fn refusal(error: app::error::Error) -> Failure {
    match error {
        app::error::Error::Invalid { problems, .. } => {
            let table = app::words::table(app::words::Language::En);
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let pointer = problem.pointer.trim_start_matches('/');
                    let colon = if pointer.is_empty() { "" } else { ": " };
                    format!("{pointer}{colon}{}", table.problem(problem))
                })
                .collect();
            lines.join("\n").into()
        }
        other => other.to_string().into(),
    }
}

/// The role of this key.
pub(super) fn role_by_key(console: &Console, key: &str) -> Option<i64> {
    console.settings.snapshot().shelf("roles")?.by_key(key).map(|held| held.id)
}

/// The role of the instance owner.
pub fn owner_role(console: &Console) -> Option<i64> {
    let snapshot = console.settings.snapshot();
    let shelf = snapshot.shelf("roles")?;
    let owner =
        |data: &str| serde_json::from_str::<Role>(data).is_ok_and(|role| role.built_in == BuiltIn::Owner);
    shelf.records().find(|held| owner(&held.data)).map(|held| held.id)
}
