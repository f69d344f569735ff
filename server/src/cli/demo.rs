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
use crate::{Config, Console};

/// The password of every sample person.
const PASSWORD: &str = "pult-demo-2026";

pub(super) async fn run(config: Config, serve: Serve) -> Result<(), Failure> {
    let console = Console::open(config).await?;
    if console.settings.snapshot().shelf("users").is_some_and(|users| users.live() == 0) {
        fill(&console).await?;
    }
    println!("Sign in as olena@example.com with the password {PASSWORD}");
    serve.run_over(console).await
}

async fn fill(console: &Console) -> Result<(), Failure> {
    let people = [
        ("olena@example.com", "Олена", "Коваль", owner_role(console)),
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
    Ok(())
}
