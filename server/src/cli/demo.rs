//! `pult demo`: fills a fresh console with a sample contact centre, then serves it.

use app::backend::{Commit, Operation};
use app::field::{Email, Ref};
use app::sections::registry;
use app::sections::users::User as Person;
use serde_json::Value;

use super::Failure;
use super::serve::Serve;
use super::user::{add, owner_role, refusal, role_by_key};
use crate::access::{Actor, Via, passwords};
use crate::clock;
use crate::settings::outside::Subject;
use crate::settings::snapshot::number;
use crate::{Config, Console, database};

/// The e-mail of the first sample person, who owns the instance.
const FIRST: &str = "olena@example.com";
/// The password of every sample person.
const PASSWORD: &str = "pult-demo-2026";

pub(super) async fn run(config: Config, serve: Serve) -> Result<(), Failure> {
    let held = database::hold(config.database.as_deref(), &config.data)?;
    let console = Console::open(config).await?;
    if console.settings.snapshot().shelf("users").is_some_and(|users| users.live() == 0) {
        fill(&console).await?;
    }
    if console.settings.snapshot().shelf("users").is_some_and(|users| users.by_key(FIRST).is_some()) {
        println!("Sign in as {FIRST} with the password {PASSWORD}");
    } else {
        println!("People are here already, so nothing was filled in; sign in as one of them");
    }
    serve.run_over(console, held).await
}

async fn fill(console: &Console) -> Result<(), Failure> {
    let people = [
        (FIRST, "Олена", "Коваль", owner_role(console)),
        ("anna@example.com", "Анна", "Шевченко", role_by_key(console, "administrator")),
        ("taras@example.com", "Тарас", "Бондаренко", role_by_key(console, "supervisor")),
        ("iryna@example.com", "Ірина", "Мельник", role_by_key(console, "operator")),
        ("maksym@example.com", "Максим", "Ткаченко", role_by_key(console, "operator")),
        ("yuliia@example.com", "Юлія", "Кравченко", role_by_key(console, "operator")),
        ("oleh@example.com", "Олег", "Савченко", role_by_key(console, "analyst")),
    ];
    let hash = passwords::hash(PASSWORD.into()).await;
    for (email, first, last, role) in people {
        let person = Person {
            email: Email(email.into()),
            first_name: first.into(),
            last_name: last.into(),
            role: role.map(Ref::to),
            ..Person::default()
        };
        let user = add(console, &person).await?;
        console.accounts.set(console.settings.database().connection(), user, hash.clone()).await?;
    }
    let sections: Vec<(&str, Value)> = serde_json::from_str(include_str!("demo.json"))?;
    let mut operations = Vec::new();
    let mut categories = Vec::new();
    for (section, value) in sections {
        let operation = if registry::is_document(section) {
            Operation::Put { section: section.into(), id: 0, revision: 0, value }
        } else {
            Operation::Create { section: section.into(), key: None, value }
        };
        if section == "reply-categories" { categories.push(operation) } else { operations.push(operation) }
    }
    // Categories come first: replies name them by id, and the ids of a fresh section count from one.
    for (note, operations) in [("Категорії відповідей", categories), ("Зразок контакт-центру", operations)]
    {
        let commit = Commit { note: note.into(), operations, accept: vec!["*".into()], dry_run: false };
        console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.map_err(refusal)?;
    }
    report(console).await
}

/// What a panel at work would have reported by now: how often tags and replies are used, and how many clients have which
/// values. One record in seven has never been used.
async fn report(console: &Console) -> Result<(), Failure> {
    const DAY: i64 = 86_400_000_000;
    let snapshot = console.settings.snapshot().clone();
    let tell = async |section: &str, id: i64, part: &str, uses: u64, days: Option<i64>| {
        let Some(section) = number(section) else { return Ok(()) };
        let subject = Subject { place: (section, id), part: part.into(), source: "panel".into() };
        let last_at = days.map(|days| clock::now() - days * DAY);
        console.settings.report(Actor::Cli, subject, uses, last_at, Vec::new()).await.map_err(refusal)
    };
    for section in ["tags", "replies"] {
        let ids = snapshot.shelf(section).into_iter().flat_map(|shelf| shelf.records()).map(|held| held.id);
        for id in ids.filter(|id| id % 7 != 0) {
            tell(section, id, "", 3 + id.unsigned_abs() * 97 % 1240, Some(id * id * 3 % 90)).await?;
        }
    }
    for (n, part) in ["city", "loyalty", "card_number", "balance", "last_order"].into_iter().enumerate() {
        tell("client-fields", 0, part, 18_400 / (n as u64 + 1), None).await?;
    }
    Ok(())
}
