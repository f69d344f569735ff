//! What the server finds for the menu of quick replies: it knows all of them, the panel only the first by name.
//!
//! The whole page asks the server; the framed panel has no session and asks the page around it. What is known locally is
//! shown at once and stays while nothing answers.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use super::state::Panel;
use super::talk;
use crate::backend::{ListQuery, PanelRecord};
use crate::calls::{self, question};
use crate::ui::paced::Paced;

/// How many are asked for: more than are shown, so that the best of them can be told by their real rank.
const ASKED: u32 = 50;

/// What is looked for in the menu.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// What is typed.
    pub words: String,
    /// Only of this category.
    pub category: Option<i64>,
}

/// What the server has found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// For what.
    pub wanted: Wanted,
    /// What they answer to: the words as typed, or as they would be on the other keyboard layout.
    pub words: String,
    /// Them.
    pub records: Vec<PanelRecord>,
}

impl Found {
    /// Reads a [`List`](crate::backend::List); none if nothing answered.
    fn read(wanted: Wanted, mut list: Value) -> Option<Self> {
        let rows = list.get_mut("rows")?.as_array_mut()?;
        let record =
            |row: &mut Value| Some(PanelRecord { id: row["id"].as_i64()?, value: row["value"].take() });
        let records = rows.iter_mut().filter_map(record).collect();
        let words = list["other_layout"].as_str().unwrap_or(&wanted.words).to_owned();
        Some(Self { wanted, words, records })
    }

    /// Is it known by now that nothing answers? Where nothing did, one more letter finds no more.
    fn excludes(&self, wanted: &Wanted) -> bool {
        self.records.is_empty()
            && self.wanted.category == wanted.category
            && wanted.words.starts_with(&self.wanted.words)
    }
}

/// The list that the server answers with; `null` if it doesn't.
pub(super) async fn answer(wanted: Wanted) -> Value {
    let mut query = ListQuery { q: wanted.words, page: 1, limit: ASKED, whole: true, ..ListQuery::default() };
    query.filter.insert("active".into(), "true".into());
    if let Some(category) = wanted.category {
        query.filter.insert("category".into(), category.to_string());
    }
    let answer = calls::answer(question::list("replies".into(), query)).await;
    answer.read::<Value>().map_or(Value::Null, |list| (*list).clone())
}

/// Asks for what is looked for, whenever that or what is saved changes.
pub(super) fn follow(panel: Panel, framed: bool) {
    let wanted = Memo::new(move |_| {
        // Where no reply is set, or none may be seen, there is nothing to be found.
        let state = panel.settings.with(|settings| settings.state_of("replies"))?;
        panel.menu.with(|menu| Some((state, menu.as_ref()?.wanted.clone())))
    });
    let search = Paced::new(move |_| ask(panel, framed));
    Effect::new(move |_| {
        if wanted.with(Option::is_some) {
            search.typed(String::new());
        }
    });
}

fn ask(panel: Panel, framed: bool) {
    // The menu may have been closed meanwhile.
    let Some(Some(menu)) = panel.menu.try_get_untracked() else { return };
    let wanted = menu.wanted;
    let number = panel.asked.with_value(|(number, _)| number + 1);
    panel.asked.set_value((number, wanted.clone()));
    if framed {
        let Wanted { words, category } = wanted;
        talk::tell_parent(&json!({ "pult": "find", "number": number, "words": words, "category": category }));
    } else {
        spawn_local(async move {
            panel.answered(number, answer(wanted).await);
        });
    }
}

impl Panel {
    /// Takes the answer to a question, unless another has been asked since.
    pub fn answered(self, number: u32, list: Value) {
        let asked = self.asked.try_get_value().filter(|(last, _)| *last == number);
        let Some((_, wanted)) = asked else { return };
        // What the person has gone to stays chosen.
        let at = self.menu.with_untracked(|menu| menu.as_ref().map_or(0, |menu| menu.at));
        let chosen = untrack(|| self.chosen()).filter(|_| at > 0).map(|reply| reply.id);
        if let Some(found) = Found::read(wanted.clone(), list) {
            self.found.set(Some(found));
        }
        let place = untrack(|| self.offered()).iter().position(|reply| chosen == Some(reply.id));
        if at > 0 {
            self.menu.update(|menu| {
                if let Some(menu) = menu {
                    menu.at = place.unwrap_or_default();
                }
            });
        }
        if self.menu.with_untracked(|menu| menu.as_ref().is_some_and(|menu| menu.wanted == wanted)) {
            self.end_search();
        }
    }

    /// May the server find what the panel doesn't know?
    pub fn may_be_found(self, wanted: &Wanted) -> bool {
        self.settings.with_untracked(|settings| settings.state_of("replies").is_some())
            && !self.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.excludes(wanted)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Found, Wanted};

    fn wanted(words: &str) -> Wanted {
        Wanted { words: words.into(), category: None }
    }

    #[test]
    fn an_answer_is_read_with_the_words_it_answers_to() {
        let row = json!({ "id": 3, "key": "x", "value": { "title": "Привіт" } });
        let list = json!({ "rows": [row], "total": 1, "other_layout": "привіт" });
        let found = Found::read(wanted("ghbdsn"), list).unwrap();
        assert_eq!((found.words.as_str(), found.records[0].id), ("привіт", 3));
        assert_eq!(found.records[0].value["title"], "Привіт");
        let found = Found::read(wanted("так"), json!({ "rows": [], "other_layout": null })).unwrap();
        assert_eq!((found.words.as_str(), found.records.len()), ("так", 0));
        assert_eq!(Found::read(wanted("так"), Value::Null), None);
    }

    #[test]
    fn where_nothing_answered_more_letters_find_no_more() {
        let found = |rows: Value| Found::read(wanted("ні"), json!({ "rows": rows })).unwrap();
        assert!(found(json!([])).excludes(&wanted("ні, так")));
        assert!(!found(json!([])).excludes(&wanted("н")));
        assert!(!found(json!([])).excludes(&Wanted { words: "ні".into(), category: Some(1) }));
        assert!(!found(json!([{ "id": 1, "value": {} }])).excludes(&wanted("ні, так")));
    }
}
