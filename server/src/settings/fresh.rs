//! What a fresh instance holds: one commit, all of it editable but the fixed roles.

use std::sync::Arc;

use app::backend::{Commit, Operation};
use app::error::Error;
use app::sections::Section;
use app::sections::files::Files;
use app::sections::instance::Instance;
use app::sections::roles::{BuiltIn, Grants, Role, Verb};
use indexmap::IndexMap;
use serde_json::Value;

use super::Settings;
use crate::access::{Actor, Via};

/// Sections of the operator panel and of the settings, as the built-in roles know them. Those that this build does not
/// have yet are named too: their rights then need no second look when they come.
const PANEL: [&str; 9] = [
    "operators",
    "topics",
    "skill-groups",
    "statuses",
    "dialog-statuses",
    "tags",
    "priorities",
    "metrics",
    "calendars",
];
const SETTINGS: [&str; 8] =
    ["timers", "operator-defaults", "styles", "files", "client-card", "dialogs", "tickets", "hotkeys"];
const REPLIES: [&str; 2] = ["reply-categories", "replies"];
const BOTS: [&str; 4] = ["bots", "bot-groups", "user-fields", "client-fields"];

/// The note of the first commit, per language: history shows the reader's.
pub const NOTE: [&str; 2] = ["Початкові налаштування", "Initial settings"];

/// Writes the first commit, unless another node has just done so.
pub async fn fill(settings: &Arc<Settings>) -> Result<(), Error> {
    let mut operations: Vec<Operation> = roles()
        .into_iter()
        .map(|(key, role)| Operation::Create {
            section: Role::KEY.into(),
            key: Some(key.into()),
            value: json(&role),
        })
        .collect();
    let documents = [(Instance::KEY, json(&Instance::default())), (Files::KEY, json(&Files::default()))];
    operations.extend(documents.map(|(section, value)| Operation::Put {
        section: section.into(),
        id: 0,
        revision: 0,
        value,
    }));
    let commit = Commit {
        note: "Початкові налаштування".into(),
        operations,
        accept: vec!["*".into()],
        dry_run: false,
    };
    match settings.commit(Actor::Job, None, Via::Cli, commit, Some("fresh".into())).await {
        Err(_) if settings.snapshot().head > 0 => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn grants(of: &[(&[&str], &[Verb])]) -> Grants {
    let mut grants: IndexMap<String, Vec<Verb>> = IndexMap::new();
    for (subjects, verbs) in of {
        for subject in *subjects {
            grants.entry((*subject).to_owned()).or_default().extend_from_slice(verbs);
        }
    }
    Grants(grants)
}

fn functions(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The built-in roles with their keys.
fn roles() -> Vec<(&'static str, Role)> {
    use Verb::{Edit, Export, View};
    let role = |built_in, name: [&str; 2], about: [&str; 2]| Role {
        built_in,
        name: [("uk", name[0]), ("en", name[1])].into(),
        description: [("uk", about[0]), ("en", about[1])].into(),
        ..Role::default()
    };
    let work: [&str; 6] = [
        "dialogs.take",
        "dialogs.answer",
        "dialogs.note",
        "dialogs.transfer",
        "dialogs.close",
        "dialogs.view_all",
    ];
    let but_styles: Vec<&str> = SETTINGS.into_iter().filter(|section| *section != "styles").collect();
    vec![
        (
            "owner",
            role(
                BuiltIn::Owner,
                ["Власник інстансу", "Instance owner"],
                [
                    "Може все; щонайменше один має бути активним.",
                    "May do everything; at least one must be active.",
                ],
            ),
        ),
        (
            "administrator",
            role(
                BuiltIn::Administrator,
                ["Адміністратор", "Administrator"],
                ["Може все, крім налаштувань інстансу.", "May do everything but the instance settings."],
            ),
        ),
        (
            "supervisor",
            Role {
                settings: grants(&[
                    (&PANEL, &[View, Edit]),
                    (&but_styles, &[View, Edit]),
                    (&REPLIES, &[View, Edit]),
                    (&["users"], &[View]),
                ]),
                modules: grants(&[(&["operator_panel", "clients", "quality", "statistics"], &[View, Edit])]),
                functions: functions(&work),
                ..role(
                    BuiltIn::Supervisor,
                    ["Супервайзер", "Supervisor"],
                    [
                        "Керує роботою операторів і всім, що вони бачать.",
                        "Runs the operators' work and all that they see.",
                    ],
                )
            },
        ),
        (
            "integrator",
            Role {
                settings: grants(&[(&BOTS, &[View, Edit])]),
                modules: grants(&[(
                    &["scenarios", "action_jail", "integrations", "custom_data"],
                    &[View, Edit],
                )]),
                functions: functions(&["api_keys"]),
                ..role(
                    BuiltIn::Integrator,
                    ["Інтегратор", "Integrator"],
                    ["Під'єднує ботів, поля й зовнішні системи.", "Connects bots, fields and other systems."],
                )
            },
        ),
        (
            "analyst",
            Role {
                settings: grants(&[(&PANEL, &[View])]),
                modules: grants(&[(&["quality", "statistics"], &[View, Export])]),
                ..role(
                    BuiltIn::Analyst,
                    ["Аналітик", "Analyst"],
                    ["Дивиться статистику та якість.", "Reads statistics and quality."],
                )
            },
        ),
        (
            "operator",
            Role {
                modules: grants(&[(&["operator_panel"], &[View, Edit]), (&["clients"], &[View])]),
                functions: functions(&[
                    "dialogs.take",
                    "dialogs.answer",
                    "dialogs.note",
                    "dialogs.transfer",
                    "dialogs.close",
                    "replies.own",
                ]),
                ..role(
                    BuiltIn::Operator,
                    ["Оператор", "Operator"],
                    ["Веде діалоги; налаштувань не бачить.", "Works in dialogs; sees no settings."],
                )
            },
        ),
        (
            "light-agent",
            Role {
                modules: grants(&[(&["operator_panel"], &[View])]),
                functions: functions(&["dialogs.note"]),
                ..role(
                    BuiltIn::LightAgent,
                    ["Light Agent", "Light Agent"],
                    [
                        "Читає панель оператора й лишає внутрішні нотатки.",
                        "Reads the operator panel and leaves internal notes.",
                    ],
                )
            },
        ),
    ]
}
