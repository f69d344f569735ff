//! What the palette finds: sections and actions at hand, single settings and records from the server.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::lazy;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::commits::record_href;
use super::header::{leave_signed_out, theme_word, wear};
use super::{Frame, Theme, report};
use crate::backend::{Found, FoundField, Me};
use crate::calls;
use crate::error::Error;
use crate::markup::{IntoNode, Node, view};
use crate::sections::{self, Shape};
use crate::text::{fold, other_layout};
use crate::ui::paced::Paced;
use crate::ui::{icon, keys};
use crate::words::{Language, Word, group_title, key, language, section_text, section_title, t, tf};

/// How many records are offered.
const RECORDS: u32 = 20;
/// How many single settings are.
const FIELDS: u32 = 8;

/// What choosing an entry does.
#[derive(Clone, PartialEq)]
enum Act {
    Go(String),
    Wear(Theme),
    Speak(Language),
    SignOut,
}

/// One line of the palette.
#[derive(Clone, PartialEq)]
struct Entry {
    group: Word,
    icon: &'static str,
    word: String,
    path: String,
    key: String,
    act: Act,
}

impl Entry {
    /// Is it called by the folded text, and not only described so?
    fn is_called(&self, q: &str) -> bool {
        fold(&self.word).contains(q) || fold(&self.key).contains(q)
    }

    /// How far it is from the folded text: a word of its name begins so, it is called so, it is only described so.
    fn distance(&self, q: &str) -> u8 {
        let word = fold(&self.word);
        if word.starts_with(q) || word.contains(&[" ", q].concat()) {
            return 0;
        }
        if self.is_called(q) { 1 } else { 2 }
    }
}

/// What is typed, and what was found for it.
#[derive(Clone, Copy)]
struct State {
    open: RwSignal<bool>,
    go: Callback<String>,
    q: RwSignal<String>,
    records: RwSignal<Vec<Found>>,
    fields: RwSignal<Vec<FoundField>>,
    /// What would have been typed on the other layout, while that is what is searched for.
    other: RwSignal<Option<String>>,
    /// The entry that was chosen so far; none while it is the first.
    active: RwSignal<Option<Entry>>,
    /// The text for which records and single settings were found.
    found_for: RwSignal<String>,
    /// The number of the last text; an answer for an older one is dropped.
    asked: StoredValue<u32>,
}

/// The inside of the palette's dialog; `go` navigates, `early` is what was typed before this code had come.
#[lazy]
pub fn search(open: RwSignal<bool>, go: Callback<String>, early: StoredValue<String>) -> Node {
    let state = State {
        open,
        go,
        q: RwSignal::new(String::new()),
        records: RwSignal::new(Vec::new()),
        fields: RwSignal::new(Vec::new()),
        other: RwSignal::new(None),
        active: RwSignal::new(None),
        found_for: RwSignal::new(String::new()),
        asked: StoredValue::new(0),
    };
    let search = Paced::new(move |q: String| {
        // The palette may have been closed meanwhile.
        if state.open.try_get_untracked() == Some(true) && state.q.try_get_untracked().as_ref() == Some(&q) {
            spawn_local(state.ask(q));
        }
    });
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if open.get()
            && let Some(input) = input.get()
        {
            state.typed(early.try_update_value(std::mem::take).unwrap_or_default(), search);
            let _ = input.focus();
        }
    });
    let entries = Memo::new(move |_| state.entries());
    // An entry stays chosen wherever answers that come later put it: Enter does what was seen.
    let at = Memo::new(move |_| {
        let place = |entry: &Entry| entries.with(|all| all.iter().position(|one| one == entry));
        state.active.with(|active| active.as_ref().and_then(place)).unwrap_or_default()
    });
    let entry = move |n: usize| entries.with_untracked(|all| all.get(n).cloned());
    let press = move |event: KeyboardEvent| {
        let (active, last) = (at.get_untracked(), entries.with_untracked(Vec::len).saturating_sub(1));
        match &*event.key() {
            "ArrowDown" => state.active.set(entry(if active >= last { 0 } else { active + 1 })),
            "ArrowUp" => state.active.set(entry(if active == 0 { last } else { active - 1 })),
            "Enter" if !event.is_composing() => {
                if let Some(entry) = entry(active) {
                    state.choose(entry.act);
                }
            }
            "Escape" => state.open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let said = move || {
        state.other.get().map(
            |q| view! { <p class="palette__title" role="status">{tf(key::OTHER_LAYOUT, &[("q", &q)])}</p> },
        )
    };
    view! {
        <div class="palette__head">
            {icon("search")}
            <input
                node_ref=input
                class="palette__input"
                type="search"
                role="combobox"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="palette-results"
                aria-label=t(key::FIND)
                aria-activedescendant=move || option_id(at.get())
                autocomplete="off"
                spellcheck="false"
                placeholder=t(key::FIND_ANYTHING)
                prop:value=state.q
                on:input=move |event: Event| state.typed(event_target_value(&event), search)
                on:keydown=press
            />
        </div>
        <div class="palette__results" id="palette-results" role="listbox" aria-label=t(key::FIND)>
            {said}
            {move || results(state, &entries.get(), at)}
        </div>
        <footer class="palette__foot">
            {keys(&["↑", "↓"])} " " {t(key::CHOOSE)} " " {keys(&["Enter"])} " " {t(key::OPEN)}
        </footer>
    }
}

fn option_id(n: usize) -> String {
    ["palette-", &n.to_string()].concat()
}

fn results(state: State, entries: &[Entry], at: Memo<usize>) -> Node {
    let answered = state.is_answered();
    if entries.is_empty() {
        // Before that, nobody knows.
        return answered.then(|| view! { <p class="palette__empty">{t(key::NOTHING_FOUND)}</p> }).into_node();
    }
    let q = untrack(|| state.wanted());
    let mut groups = Vec::new();
    let mut rest = entries;
    let mut first = 0;
    while let Some(head) = rest.first() {
        let length = rest.iter().take_while(|entry| entry.group == head.group).count();
        let (these, later) = rest.split_at(length);
        let title = ["palette-", head.group.0].concat();
        let lines: Vec<_> = these
            .iter()
            .enumerate()
            .map(|(n, entry)| line(state, first + n, at, entry.clone(), &q))
            .collect();
        groups.push(view! {
            <div class="palette__group" role="group" aria-labelledby=title.clone()>
                <p class="palette__title" id=title>{t(head.group)}</p>
                {lines}
            </div>
        });
        first += length;
        rest = later;
    }
    groups.into_node()
}

fn line(state: State, n: usize, at: Memo<usize>, entry: Entry, q: &str) -> Node {
    let Entry { icon: picture, word, path, key, act, .. } = entry;
    let active = move || at.get() == n;
    let item = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if active()
            && let Some(item) = item.get()
        {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    view! {
        <div
            node_ref=item
            class="palette__item"
            class:palette__item--active=active
            role="option"
            id=option_id(n)
            aria-selected=move || if active() { "true" } else { "false" }
            on:click=move |_| state.choose(act.clone())
        >
            {icon(picture)}
            <span class="palette__word">{marked(&word, q)}</span>
            {(!path.is_empty()).then(|| view! { <span class="palette__path">{path}</span> })}
            {(!key.is_empty()).then(|| view! { <code class="palette__key">{key}</code> })}
        </div>
    }
}

/// The word, with the part that was typed marked.
fn marked(word: &str, q: &str) -> Node {
    let Some((before, match_, after)) = matched(word, q) else { return word.to_owned().into_node() };
    let (before, match_, after) = (before.to_owned(), match_.to_owned(), after.to_owned());
    view! { {before} <mark class="mark">{match_}</mark> {after} }
}

/// Splits the word around what was typed, if that is in it as it is, case aside.
fn matched<'a>(word: &'a str, q: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let q: Vec<char> = q.trim().chars().flat_map(char::to_lowercase).collect();
    if q.is_empty() {
        return None;
    }
    let starts = word.char_indices().map(|(at, _)| at);
    for start in starts {
        let mut wanted = q.iter();
        let mut end = start;
        let same = word[start..].chars().all(|c| {
            if wanted.as_slice().is_empty() {
                return true;
            }
            end += c.len_utf8();
            c.to_lowercase().all(|lower| wanted.next() == Some(&lower))
        });
        if same && wanted.as_slice().is_empty() {
            return Some((&word[..start], &word[start..end], &word[end..]));
        }
    }
    None
}

impl State {
    /// Takes over what was typed: what is at hand shows at once, the server is asked beside.
    fn typed(self, q: String, search: Paced) {
        self.asked.update_value(|asked| *asked = asked.wrapping_add(1));
        self.active.set(None);
        // Whoever goes on typing goes on typing on the other layout.
        self.other.update(|other| *other = other.take().and_then(|_| other_layout(&q)));
        self.q.set(q.clone());
        if q.trim().is_empty() {
            self.records.set(Vec::new());
            self.fields.set(Vec::new());
            return;
        }
        search.typed(q);
    }

    async fn ask(self, q: String) {
        let number = self.asked.get_value();
        let current = move || self.asked.try_get_value() == Some(number);
        let mut found = look(q.clone()).await;
        if !current() {
            return;
        }
        let nothing = |found: &Looked| {
            found.0.as_ref().is_ok_and(Vec::is_empty) && found.1.as_ref().is_ok_and(Vec::is_empty)
        };
        let mut other = None;
        if nothing(&found)
            && at_hand(&q).is_empty()
            && let Some(meant) = other_layout(&q)
        {
            found = look(meant.clone()).await;
            if !current() {
                return;
            }
            other = (!nothing(&found) || !at_hand(&meant).is_empty()).then_some(meant);
        }
        match found {
            (Ok(records), Ok(fields)) => {
                if self.active.with_untracked(Option::is_none) {
                    self.active.set(untrack(|| self.entries()).into_iter().next());
                }
                self.found_for.set(other.clone().unwrap_or(q));
                self.other.set(other);
                self.records.set(records);
                self.fields.set(fields);
            }
            (Err(error), _) | (_, Err(error)) => report(&error),
        }
    }

    /// What is searched for: what was typed, or what it would be on the other layout.
    fn wanted(self) -> String {
        self.other.get().unwrap_or_else(|| self.q.get())
    }

    /// Has the server answered for this text?
    fn is_answered(self) -> bool {
        let wanted = self.wanted();
        self.found_for.with(|found_for| *found_for == wanted)
    }

    fn entries(self) -> Vec<Entry> {
        let q = self.wanted();
        let mut entries = at_hand(&q);
        // Settings and records before actions: whoever types a name means the thing.
        let actions = entries.iter().position(|entry| entry.group == key::ACTIONS).unwrap_or(entries.len());
        let records = self.records.get().into_iter().map(|found| Entry {
            group: key::RECORDS,
            icon: sections::item(&found.section).map_or("file", |item| item.icon),
            word: found.name,
            path: section_title(&found.section).to_owned(),
            key: found.key,
            act: Act::Go(record_href(&found.section, found.id)),
        });
        let fields = self.fields.get().into_iter().map(|found| Entry {
            group: key::SETTINGS_FOUND,
            icon: sections::item(&found.section).map_or("settings", |item| item.icon),
            act: Act::Go(field_href(&found)),
            word: found.label,
            path: section_title(&found.section).to_owned(),
            key: found.path,
        });
        let q = fold(&q);
        // Of an answer to less than what is typed by now, what is called so.
        let all = self.is_answered();
        let found = fields.chain(records).filter(|entry| all || entry.is_called(&q));
        entries.splice(actions..actions, found.collect::<Vec<_>>());
        // A group with something that is called so comes before those in which it is only described.
        let called: Vec<Word> =
            entries.iter().filter(|entry| entry.is_called(&q)).map(|entry| entry.group).collect();
        entries.sort_by_key(|entry| !called.contains(&entry.group));
        entries
    }

    fn choose(self, act: Act) {
        self.open.set(false);
        let go = self.go;
        match act {
            Act::Go(to) => Frame::get().guard.leave(Callback::new(move |()| go.run(to.clone()))),
            Act::Wear(theme) => wear(theme),
            Act::Speak(language) => speak(language),
            Act::SignOut => leave_signed_out(),
        }
    }
}

/// What the server was asked for: records, and single settings.
type Looked = (Result<Vec<Found>, Error>, Result<Vec<FoundField>, Error>);

async fn look(q: String) -> Looked {
    futures::join!(calls::find(String::new(), q.clone(), RECORDS), calls::find_fields(q, FIELDS))
}

/// The page of a setting, with its field in the query: of a document its own, of a directory the record that is open
/// there, else a new one, else the list.
fn field_href(found: &FoundField) -> String {
    let base = ["/settings/", &found.section].concat();
    let many = sections::item(&found.section).is_some_and(|item| item.shape == Shape::Many);
    let here = window().location().pathname().unwrap_or_default();
    let can = Frame::get().session.known().and_then(|me| me.sections.get(&found.section).copied());
    let page = if !many {
        base
    } else if here.starts_with(&[&base, "/"].concat()) {
        here
    } else if can.is_some_and(|can| can.edit) {
        [&base, "/new"].concat()
    } else {
        return base;
    };
    [&page, "?field=", &found.path].concat()
}

/// The page in another language: loaded anew, once nothing is unsaved.
fn speak(language: Language) {
    Frame::get().guard.leave(Callback::new(move |()| {
        spawn_local(async move {
            super::fetch::post("/language", &[("language", language.tag())]).await;
            let _ = window().location().reload();
        });
    }));
}

/// The sections and actions that answer to `q`: each of its words is somewhere in theirs.
fn at_hand(q: &str) -> Vec<Entry> {
    let q = fold(q);
    let answers = |texts: &[&str]| {
        let text = fold(&texts.join(" "));
        q.split(' ').all(|word| text.contains(word))
    };
    let Some(me) = Frame::get().session.known() else { return Vec::new() };
    let mut entries: Vec<Entry> = visible(&me)
        .filter(|item| answers(&[section_title(item.key), section_text(item.key, "about"), item.key]))
        .map(|item| Entry {
            group: key::SECTIONS,
            icon: item.icon,
            word: section_title(item.key).to_owned(),
            path: group_title(item.group).to_owned(),
            key: String::new(),
            act: Act::Go(["/settings/", item.key].concat()),
        })
        .collect();
    // What was named comes before what was only described.
    entries.sort_by_key(|entry| entry.distance(&q));
    let mut actions = actions(&me);
    actions.retain(|entry| answers(&[&entry.word]));
    actions.sort_by_key(|entry| entry.distance(&q));
    entries.extend(actions);
    entries
}

fn visible(me: &Me) -> impl Iterator<Item = &'static sections::Item> {
    sections::ALL.iter().filter(|item| me.sections.get(item.key).is_some_and(|can| can.view))
}

fn actions(me: &Me) -> Vec<Entry> {
    let action = |icon, word: String, act| Entry {
        group: key::ACTIONS,
        icon,
        word,
        path: String::new(),
        key: String::new(),
        act,
    };
    let mut actions: Vec<Entry> = visible(me)
        .filter(|item| item.shape == Shape::Many && me.sections.get(item.key).is_some_and(|can| can.edit))
        .map(|item| {
            let word = tf(key::ADD_ONE, &[("one", section_text(item.key, "one"))]);
            action("plus", word, Act::Go(["/settings/", item.key, "/new"].concat()))
        })
        .collect();
    let themes = Theme::ALL.map(|theme| {
        action(theme.icon(), tf(key::THEME_NOW, &[("theme", t(theme_word(theme)))]), Act::Wear(theme))
    });
    let languages = Language::ALL.into_iter().filter(|other| *other != language()).map(|other| {
        action("languages", [t(key::LANGUAGE), ": ", other.own_name()].concat(), Act::Speak(other))
    });
    let keys = me.has("api_keys");
    let keys = keys.then_some(("key-round", key::API_KEYS, "/access/keys"));
    let pages = [("history", key::CHANGES, "/changes"), ("user", key::MY_ACCOUNT, "/account")]
        .into_iter()
        .chain(keys)
        .map(|(icon, word, to)| action(icon, t(word).to_owned(), Act::Go(to.to_owned())));
    actions.extend(pages);
    actions.extend(themes);
    actions.extend(languages);
    actions.push(action("log-out", t(key::SIGN_OUT).to_owned(), Act::SignOut));
    actions
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn what_was_typed_is_found_in_the_word() {
        assert_eq!(matched("Таймери", "тай"), Some(("", "Тай", "мери")));
        assert_eq!(matched("Мій Тег", " тег "), Some(("Мій ", "Тег", "")));
        assert_eq!(matched("Тег", "тегів"), None);
        assert_eq!(matched("Тег", ""), None);
        assert_eq!(matched("", "т"), None);
    }
}
