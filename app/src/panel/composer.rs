//! The composer: where the operator writes, with quick replies, blanks to fill in, files, and a moment to take it back.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use super::asking::Wanted;
use super::files;
use super::filling::Filling;
use super::keys;
use super::picture::{dot, picture};
use super::replies::{self, Reply};
use super::settings::Settings;
use super::state::{Menu, Panel, Written};
use super::words;
use crate::markup::{Node, view};
use crate::ui::textarea::{Textarea, textarea};

/// Seconds until a message is sent, where the settings name none.
const DELAY: u32 = 5;
/// The longest delay that settings may name, in seconds.
const LONGEST_DELAY: u64 = 60;
/// The id of the field, of the menu, and what an option's begins with.
const FIELD: &str = "op-composer";
const MENU: &str = "op-replies";

/// Seconds until a message is sent.
fn delay(settings: &Settings) -> u32 {
    let set = settings.document("operator-defaults").and_then(|document| {
        let delay = document.get("send_delay")?;
        delay.as_u64().or_else(|| delay.get("value")?.as_u64())
    });
    set.map_or(DELAY, |seconds| seconds.min(LONGEST_DELAY) as u32)
}

impl Panel {
    /// The replies that the menu shows now.
    pub fn offered(self) -> Vec<Reply> {
        let Some(Menu { wanted, .. }) = self.menu.get() else { return Vec::new() };
        let channel = self.dialog().channel.code;
        self.settings.with(|settings| {
            self.found.with(|found| replies::offered(settings, found.as_ref(), &wanted, channel))
        })
    }

    /// The one of them that is chosen.
    pub fn chosen(self) -> Option<Reply> {
        let at = self.menu.with(|menu| menu.as_ref().map(|menu| menu.at))?;
        self.offered().into_iter().nth(at)
    }

    /// What nothing answers to is no longer a search once a word is done.
    pub fn end_search(self) {
        let words_done =
            |menu: &Option<Menu>| menu.as_ref().is_some_and(|menu| menu.wanted.words.contains(' '));
        if self.menu.with_untracked(words_done) && untrack(|| self.offered()).is_empty() {
            self.menu.set(None);
        }
    }

    /// The person has typed.
    fn typed(self, text: String) {
        let before = self.text.get_untracked();
        self.filling.update(|filling| {
            if let Some(filling) = filling {
                filling.typed(&before, &text);
            }
        });
        self.text.set(text.clone());
        let cursor = self.cursor();
        let was = self.menu.get_untracked();
        match replies::trigger(&text, cursor, &keys::menu_sign(self)) {
            Some((from, words)) => {
                let category = was.as_ref().and_then(|menu| menu.wanted.category);
                let wanted = Wanted { words, category };
                let at = was.filter(|menu| menu.wanted == wanted).map_or(0, |menu| menu.at);
                self.menu.set(Some(Menu { wanted: wanted.clone(), from, to: cursor, at }));
                if !self.may_be_found(&wanted) {
                    self.end_search();
                }
            }
            None if was.is_some() => self.menu.set(None),
            None => {}
        }
    }

    fn cursor(self) -> usize {
        let field = self.field.get_untracked();
        let place = field.and_then(|field| field.selection_start().ok().flatten());
        place.map_or_else(
            || self.text.with_untracked(|text| text.encode_utf16().count()),
            |place| place as usize,
        )
    }

    /// Puts a text into the field and selects a part of it.
    fn put(self, text: &str, from: usize, to: usize) {
        self.text.set(text.to_owned());
        let Some(field) = self.field.get_untracked() else { return };
        field.set_value(text);
        // A field that is not shown takes no focus.
        let _ = field.focus();
        let _ = field.set_selection_range(from as u32, to as u32);
    }

    /// Shows the menu without anything looked for.
    pub fn show_menu(self) {
        let cursor = self.cursor();
        self.menu.set(Some(Menu { wanted: Wanted::default(), from: cursor, to: cursor, at: 0 }));
    }

    /// The same, and goes into the field.
    pub fn open_menu(self) {
        self.show_menu();
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
    }

    /// Puts a reply into the text.
    fn insert(self, reply: &Reply) {
        let Some(menu) = self.menu.get_untracked() else { return };
        let rendered = replies::rendered(&reply.text);
        let units: Vec<u16> = self.text.get_untracked().encode_utf16().collect();
        let (from, to) = (menu.from.min(units.len()), menu.to.min(units.len()));
        let mut text = units[..from].to_vec();
        text.extend(rendered.text.encode_utf16());
        text.extend(&units[to.max(from)..]);
        let text = String::from_utf16_lossy(&text);
        let filling = Filling::new(&rendered, from);
        let place = filling.selection();
        self.menu.set(None);
        self.missing.set(rendered.missing);
        self.filling.set(filling.label().is_some().then_some(filling));
        self.put(&text, place.start, place.end);
    }

    /// Goes on to the next blank.
    fn advance(self) {
        let Some(mut filling) = self.filling.get_untracked() else { return };
        let text = filling.advance(&self.text.get_untracked());
        let place = filling.selection();
        self.filling.set(filling.label().is_some().then_some(filling));
        self.put(&text, place.start, place.end);
    }

    /// Sends what is written, after the delay.
    pub fn send(self) {
        let text = self.text.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let internal = self.internal.get_untracked();
        let left = if internal { 0 } else { self.settings.with_untracked(delay) };
        let id = self.written.with_untracked(|all| all.last().map_or(1, |last| last.id + 1));
        let dialog = self.open.get_untracked();
        self.written.update(|all| all.push(Written { id, dialog, text, internal, left }));
        self.menu.set(None);
        self.filling.set(None);
        self.missing.set(Vec::new());
        self.put("", 0, 0);
        if left == 0 {
            self.say(words::WAS_SENT.now());
        } else {
            self.tick(id);
        }
    }

    /// A second later a message is a second nearer to being sent.
    fn tick(self, id: u32) {
        set_timeout(
            move || {
                let mut left = None;
                self.written.try_update(|all| {
                    if let Some(one) = all.iter_mut().find(|one| one.id == id) {
                        one.left = one.left.saturating_sub(1);
                        left = Some(one.left);
                    }
                });
                match left {
                    Some(0) => self.say(words::WAS_SENT.now()),
                    Some(_) => self.tick(id),
                    None => {}
                }
            },
            Duration::from_secs(1),
        );
    }

    /// Takes a message back that has not been sent, into the field.
    pub fn cancel(self, id: u32) {
        let mut text = None;
        self.written.update(|all| {
            if let Some(place) = all.iter().position(|one| one.id == id && one.left > 0) {
                text = Some(all.remove(place).text);
            }
        });
        if let Some(text) = text {
            let end = text.encode_utf16().count();
            self.put(&text, end, end);
            self.say(words::CANCELLED.now());
        }
    }

    /// A key that the menu or the blanks of a reply take before any hotkey; was it one?
    pub fn inner_key(self, event: &KeyboardEvent) -> bool {
        if event.is_composing()
            || event.ctrl_key()
            || event.alt_key()
            || event.meta_key()
            || event.shift_key()
        {
            return false;
        }
        let open = self.menu.with_untracked(Option::is_some);
        match event.key().as_str() {
            "Enter" | "Tab" if open => {
                let Some(reply) = untrack(|| self.chosen()) else { return false };
                self.insert(&reply);
            }
            "Escape" if open => self.menu.set(None),
            "Tab" if self.filling.with_untracked(Option::is_some) => self.advance(),
            _ => return false,
        }
        true
    }

    /// Goes to the next or to the previous reply of the menu.
    pub fn move_in_menu(self, on: bool) {
        let count = untrack(|| self.offered()).len();
        self.menu.update(|menu| {
            if let Some(menu) = menu.as_mut().filter(|_| count > 0) {
                menu.at = (menu.at + if on { 1 } else { count - 1 }) % count;
            }
        });
    }

    /// Puts something before the selection and something behind it.
    pub fn write(self, before: &str, behind: &str) {
        let units: Vec<u16> = self.text.get_untracked().encode_utf16().collect();
        let field = self.field.get_untracked();
        let end = field
            .and_then(|field| field.selection_end().ok().flatten())
            .map_or(units.len(), |end| end as usize);
        let from = self.cursor().min(units.len());
        let to = end.clamp(from, units.len());
        let mut text = units[..from].to_vec();
        text.extend(before.encode_utf16());
        text.extend(&units[from..to]);
        text.extend(behind.encode_utf16());
        text.extend(&units[to..]);
        let shift = before.encode_utf16().count();
        self.put(&String::from_utf16_lossy(&text), from + shift, to + shift);
    }

    /// Asks the rules about a file.
    fn judge(self, file: File) {
        let rules = self.settings.with_untracked(|settings| settings.document("files").cloned());
        leptos::task::spawn_local(async move {
            let name = file.name();
            let (accepted, why) = files::judge(rules, file).await;
            self.verdict.try_set(Some((name, accepted, why)));
        });
    }
}

/// Draws it.
pub(super) fn composer(panel: Panel) -> Node {
    let class = move || match (panel.internal.get(), panel.drop.get()) {
        (_, true) => "op-composer op-composer--drop",
        (true, false) => "op-composer op-composer--internal",
        (false, false) => "op-composer",
    };
    let mode = |internal: bool, icon: &'static str, word: words::Said| {
        let on = move || panel.internal.get() == internal;
        view! {
            <button type="button" class="op-composer__mode" class:op-composer__mode--current=on
                aria-pressed=move || if on() { "true" } else { "false" } on:click=move |_| panel.internal.set(internal)>
                {picture(icon)} {word.now()}
            </button>
        }
    };
    let field = Textarea {
        id: FIELD.into(),
        class: "op-composer__field",
        name: Some(words::YOUR_ANSWER.now().into()),
        language: None,
        rows: 2,
        value: panel.text.into(),
        editable: Signal::stored(true),
        described: Signal::stored(Some("op-composer-hint".into())),
        invalid: Signal::stored(false),
        input: Callback::new(move |text| panel.typed(text)),
        left: Callback::new(|()| ()),
        place: panel.field,
    };
    speak_of_menu(panel);
    view! {
        <div class=class
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                panel.drop.set(true);
            }
            on:dragleave=move |_| panel.drop.set(false)
            on:drop=move |event: DragEvent| {
                event.prevent_default();
                panel.drop.set(false);
                first(event.data_transfer().and_then(|held| held.files()), |file| panel.judge(file));
            }>
            {move || menu(panel)}
            <div class="op-composer__modes">
                {mode(false, "message-square-quote", words::ANSWER)}
                {mode(true, "lock", words::NOTE)}
            </div>
            {textarea(field)}
            {move || blank(panel)}
            {move || verdict(panel)}
            {tools(panel)}
        </div>
    }
}

/// Tells screen readers which reply is chosen: the field keeps the focus while the menu is open.
fn speak_of_menu(panel: Panel) {
    Effect::new(move |_| {
        let Some(field) = panel.field.get() else { return };
        let open = panel.menu.get();
        let told = open.map(|menu| ["op-reply-", &menu.at.to_string()].concat());
        let _ = match told {
            Some(chosen) if !panel.offered().is_empty() => field
                .set_attribute("aria-controls", MENU)
                .and_then(|()| field.set_attribute("aria-activedescendant", &chosen)),
            _ => field
                .remove_attribute("aria-controls")
                .and_then(|()| field.remove_attribute("aria-activedescendant")),
        };
        let _ = field.set_attribute("aria-autocomplete", "list");
    });
}

fn first(files: Option<FileList>, judge: impl Fn(File)) {
    if let Some(file) = files.and_then(|files| files.get(0)) {
        judge(file);
    }
}

/// The menu of quick replies, while it is open.
fn menu(panel: Panel) -> Option<Node> {
    let Menu { at, wanted: Wanted { category, .. }, .. } = panel.menu.get()?;
    let categories = panel.settings.with(replies::categories);
    let name_of =
        |id: i64| categories.iter().find(|category| category.id == id).map(|category| category.name.clone());
    let offered = panel.offered();
    let none_set = offered.is_empty();
    let rows: Vec<_> = offered
        .into_iter()
        .enumerate()
        .map(|(n, reply)| {
            let current = n == at;
            let text = replies::rendered(&reply.text).text;
            let category = reply.category.and_then(&name_of);
            let category = category.map(|name| view! { <span class="op-reply__category">{name}</span> });
            let class = if reply.edited { "op-reply op-reply--new" } else { "op-reply" };
            let (title, shortcut) = (reply.title.clone(), ["/", &reply.shortcut].concat());
            view! {
                <li class=class class:op-reply--current=current role="option" id=["op-reply-", &n.to_string()].concat()
                    aria-selected=if current { "true" } else { "false" }
                    on:pointerdown=move |event| {
                        // The field keeps the focus.
                        event.prevent_default();
                        panel.insert(&reply);
                    }>
                    <span class="op-reply__title">{title}</span> <code class="op-reply__shortcut">{shortcut}</code>
                    {category}
                    <span class="op-reply__text">{text}</span>
                </li>
            }
        })
        .collect();
    let list = if none_set {
        view! { <p class="op-replies__empty">{words::NO_REPLIES.now()}</p> }
    } else {
        view! { <ul role="listbox" id=MENU aria-label=words::QUICK_REPLIES.now()>{rows}</ul> }
    };
    let chips = (!categories.is_empty()).then(|| {
        let chip = |id: Option<i64>, name: String, colour: Option<String>| {
            let current = category == id;
            let mark = colour.map(|colour| dot("op-category__colour", colour));
            let choose = move |_| {
                panel.menu.update(|menu| {
                    if let Some(menu) = menu {
                        (menu.wanted.category, menu.at) = (id, 0);
                    }
                });
                if let Some(field) = panel.field.get_untracked() {
                    let _ = field.focus();
                }
            };
            view! {
                <button type="button" class="op-category" class:op-category--current=current
                    aria-pressed=if current { "true" } else { "false" } on:click=choose>{mark} {name}</button>
            }
        };
        let mut all = vec![chip(None, words::EVERY_CATEGORY.now().to_owned(), None)];
        all.extend(
            categories.iter().map(|one| chip(Some(one.id), one.name.clone(), Some(one.colour.clone()))),
        );
        view! { <div class="op-replies__categories">{all}</div> }
    });
    Some(view! { <div class="op-replies">{chips} {list}</div> })
}

/// The blank that is to be filled in now, and what the reply lacks.
fn blank(panel: Panel) -> Option<Node> {
    let label = panel.filling.with(|filling| filling.as_ref().and_then(Filling::label).map(str::to_owned));
    let missing = panel.missing.get();
    let blank = label
        .map(|label| view! { <p class="op-composer__blank" role="status">{words::BLANK.with(&label)}</p> });
    let missing = (!missing.is_empty())
        .then(|| view! { <p class="op-composer__missing">{words::MISSING.with(&missing.join(", "))}</p> });
    (blank.is_some() || missing.is_some()).then(|| view! { {blank} {missing} })
}

/// What the rules said about the last file.
fn verdict(panel: Panel) -> Option<Node> {
    let (name, accepted, why) = panel.verdict.get()?;
    let (class, icon, word) = if accepted {
        ("op-verdict op-verdict--accepted", "circle-check", words::ACCEPTED)
    } else {
        ("op-verdict op-verdict--refused", "x", words::REFUSED)
    };
    Some(view! {
        <p class=class role="status">
            {picture(icon)} <span>{word.now()} ": " {name}</span> <span class="op-verdict__rule">{why}</span>
        </p>
    })
}

fn tools(panel: Panel) -> Node {
    let attached = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        first(input.and_then(|input| input.files()), |file| panel.judge(file));
    };
    view! {
        <div class="op-composer__tools">
            <button type="button" class="op-composer__tool" aria-label=words::QUICK_REPLIES.now()
                title=words::QUICK_REPLIES.now() on:click=move |_| panel.open_menu()>{picture("message-square-quote")}</button>
            <label class="op-composer__tool" title=words::ATTACH.now()>
                {picture("paperclip")} <span class="visually-hidden">{words::ATTACH.now()}</span>
                <input class="visually-hidden" type="file" on:change=attached/>
            </label>
            <span class="op-composer__hint" id="op-composer-hint">{words::HINT.now()}</span>
            <button type="button" class="op-composer__send op-button op-button--primary" on:click=move |_| panel.send()>
                {picture("send")} <span>{words::SEND.now()}</span>
            </button>
        </div>
    }
}
