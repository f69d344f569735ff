//! What is put into a text at the caret: a variable found by typing, with what stands in for it, or a blank for the operator.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;

use super::Editor;
use crate::markup::{Node, view};
use crate::sections::replies::template::{EXTRA, VARIABLES};
use crate::text::fold;
use crate::ui::icon;
use crate::ui::summary::once_drawn;
use crate::words::{key, language, option_text, t, tf};

/// What is being put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A variable is looked for.
    Variable,
    /// This one was chosen; it may be missing, and what stands in for it is asked for.
    Fallback(String),
    /// A blank is named.
    Slot,
}

/// An insertion on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picking {
    /// The part of the text that it replaces, in bytes.
    pub span: Range<usize>,
    /// How far it has come.
    pub step: Step,
}

/// What the picker tells its box.
#[derive(Clone, Copy)]
pub(super) struct Picker {
    /// The editor it belongs to.
    pub editor: Editor,
    /// The `id` of its control.
    pub id: StoredValue<String>,
    /// What is on its way; none while it is closed.
    pub picking: RwSignal<Option<Picking>>,
    /// Writes a piece over that part of the text.
    pub put: Callback<(Range<usize>, String)>,
    /// Goes back to the text and writes nothing.
    pub back: Callback<()>,
}

/// A variable as it is offered.
#[derive(Clone, PartialEq, Eq)]
struct Offer {
    name: String,
    meaning: String,
    kind: &'static str,
    sample: String,
    optional: bool,
}

/// The variables that answer to what was typed: by name, by meaning, by sample. Client fields come last.
fn found(editor: Editor, typed: &str) -> Vec<Offer> {
    let wanted = fold(typed);
    let language = language().tag();
    let known = VARIABLES.iter().map(|variable| Offer {
        name: variable.name.to_owned(),
        meaning: option_text("variable", variable.name).to_owned(),
        kind: option_text("variable_kind", variable.kind.key()),
        sample: variable.sample(language).to_owned(),
        optional: variable.optional,
    });
    let fields = editor.fields.get().unwrap_or_default().into_iter().map(|(alias, label)| Offer {
        name: [EXTRA, &alias].concat(),
        sample: ["«", &label, "»"].concat(),
        meaning: label,
        kind: option_text("variable_kind", "field"),
        optional: true,
    });
    let answers = |offer: &Offer| {
        let meaning = fold(&offer.meaning);
        let sample = fold(&offer.sample);
        wanted
            .split(' ')
            .all(|word| offer.name.contains(word) || meaning.contains(word) || sample.contains(word))
    };
    let mut found: Vec<_> = known.chain(fields).filter(answers).collect();
    found.sort_by_key(|offer| !offer.name.starts_with(&*wanted));
    found
}

impl Picker {
    fn put(self, piece: String) {
        if let Some(picking) = self.picking.get_untracked() {
            self.picking.set(None);
            self.put.run((picking.span, piece));
        }
    }

    fn choose(self, name: &str, optional: bool) {
        if optional {
            self.step(Step::Fallback(name.to_owned()));
        } else {
            self.put(["{{", name, "}}"].concat());
        }
    }

    fn step(self, step: Step) {
        self.picking.update(|picking| {
            if let Some(picking) = picking {
                picking.step = step;
            }
        });
    }

    fn close(self) {
        self.picking.set(None);
        self.back.run(());
    }

    /// What is typed in the text reads the same here: `}}` ends, `|` asks for the fallback, `?` names a blank.
    fn typed(self, typed: &str) -> bool {
        if let Some(inside) = typed.strip_suffix("}}") {
            self.put(["{{", inside, "}}"].concat());
        } else if typed == "?" {
            self.step(Step::Slot);
        } else if typed == "|" {
            self.put("{{|}}".to_owned());
        } else if let Some(name) = typed.strip_suffix('|').filter(|name| !name.is_empty()) {
            self.step(Step::Fallback(name.trim().to_owned()));
        } else {
            return false;
        }
        true
    }
}

/// Draws it below its box; nothing while it is closed.
pub(super) fn picker(of: Picker) -> impl FnMut() -> Option<Node> + Send + 'static {
    let step =
        Memo::new(move |_| of.picking.with(|picking| picking.as_ref().map(|picking| picking.step.clone())));
    move || {
        let step = step.get()?;
        Some(untrack(|| match step {
            Step::Variable => variables(of),
            Step::Fallback(name) => fallback(of, &name),
            Step::Slot => slot(of),
        }))
    }
}

/// Takes the focus once it is drawn, before the next key of whoever types on.
fn focused(place: NodeRef<html::Input>) {
    once_drawn(move || {
        if let Some(input) = place.try_get_untracked().flatten() {
            let _ = input.focus();
        }
    });
}

fn variables(of: Picker) -> Node {
    let id = of.id.get_value();
    let (input_id, list_id) = ([&id, "-find"].concat(), [&id, "-variables"].concat());
    let place = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let offers = Memo::new(move |_| typed.with(|typed| found(of.editor, typed)));
    let option_id = move |n: usize| [&of.id.get_value(), "-variable-", &n.to_string()].concat();
    focused(place);
    let take = move |n: usize| {
        if let Some(offer) = offers.with_untracked(|offers| offers.get(n).cloned()) {
            of.choose(&offer.name, offer.optional);
        }
    };
    let keys = move |ev: leptos::ev::KeyboardEvent| {
        let last = offers.with_untracked(Vec::len).saturating_sub(1);
        match ev.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => active.update(|at| *at = at.saturating_sub(1)),
            "Enter" => take(active.get_untracked()),
            "Escape" => of.close(),
            _ => return,
        }
        ev.prevent_default();
        ev.stop_propagation();
    };
    let rows = move || {
        let offers = offers.get();
        if offers.is_empty() {
            return vec![view! { <li class="combobox__empty">{t(key::NOTHING_FOUND)}</li> }];
        }
        offers
            .into_iter()
            .enumerate()
            .map(|(n, offer)| {
                let Offer { name, meaning, kind, sample, optional } = offer;
                let chosen = name.clone();
                view! {
                    <li class="combobox__option variable" class:combobox__option--active=move || active.get() == n
                        id=option_id(n) role="option" aria-selected=move || (active.get() == n).to_string()
                        on:pointerdown=move |ev| ev.prevent_default()
                        on:click=move |_| of.choose(&chosen, optional)>
                        <span class="variable__meaning">{meaning}</span>
                        <code class="variable__name">{name}</code>
                        <span class="variable__kind">{kind}</span>
                        <span class="variable__sample">{sample}</span>
                    </li>
                }
            })
            .collect()
    };
    let described = move || {
        let some = offers.with(|offers| !offers.is_empty());
        some.then(|| option_id(active.get()))
    };
    view! {
        <div class="picker" role="group" aria-label=t(key::INSERT_VARIABLE)>
            <div class="picker__head">
                <input class="input" id=input_id type="text" role="combobox" autocomplete="off" spellcheck="false"
                    aria-expanded="true" aria-controls=list_id.clone() aria-autocomplete="list"
                    aria-activedescendant=described aria-label=t(key::REPLY_FIND_VARIABLE)
                    placeholder=t(key::REPLY_FIND_VARIABLE) node_ref=place prop:value=move || typed.get()
                    on:input=move |ev| {
                        let now = event_target_value(&ev);
                        if !of.typed(&now) {
                            active.set(0);
                            typed.set(now);
                        }
                    }
                    on:keydown=keys/>
                {cancel(of)}
            </div>
            <ul class="picker__list" id=list_id role="listbox" aria-label=t(key::INSERT_VARIABLE)>{rows}</ul>
        </div>
    }
}

fn fallback(of: Picker, name: &str) -> Node {
    let help = tf(key::REPLY_FALLBACK_HELP, &[("name", &of.editor.meaning(name))]);
    let (one, other) = (name.to_owned(), name.to_owned());
    let bare = Callback::new(move |()| of.put(["{{", &one, "}}"].concat()));
    let with = Callback::new(move |text: String| of.put(["{{", &other, "|", &text, "}}"].concat()));
    named(of, t(key::REPLY_FALLBACK), help, with, Some(bare))
}

fn slot(of: Picker) -> Node {
    let put = Callback::new(move |text: String| of.put(["{{?", &text, "}}"].concat()));
    named(of, t(key::REPLY_SLOT_NAME), t(key::REPLY_SLOT_HELP).to_owned(), put, None)
}

/// One line to type; `}}` ends it as it would in the text, and what a tag may not hold is left out. Without anything typed the other way is taken, if there is one.
fn named(
    of: Picker,
    word: &'static str,
    help: String,
    put: Callback<String>,
    bare: Option<Callback<()>>,
) -> Node {
    let id = [&of.id.get_value(), "-named"].concat();
    let help_id = [&id, "-help"].concat();
    let place = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    focused(place);
    let clean = move || {
        let text: String = typed.get_untracked().chars().filter(|c| !matches!(c, '{' | '}' | '|')).collect();
        text.trim().to_owned()
    };
    let go = move || match (clean(), bare) {
        (text, Some(bare)) if text.is_empty() => bare.run(()),
        (text, None) if text.is_empty() => {}
        (text, _) => put.run(text),
    };
    let keys = move |ev: leptos::ev::KeyboardEvent| {
        match ev.key().as_str() {
            "Enter" => go(),
            "Escape" => of.close(),
            _ => return,
        }
        ev.prevent_default();
        ev.stop_propagation();
    };
    let without = bare.map(|bare| {
        view! {
            <button class="button button--quiet" type="button" on:click=move |_| bare.run(())>{t(key::REPLY_NO_FALLBACK)}</button>
        }
    });
    view! {
        <div class="picker" role="group" aria-label=word>
            <label for=id.clone()>{word}</label>
            <p class="field__help" id=help_id.clone()>{help}</p>
            <div class="picker__head">
                <input class="input" id=id type="text" autocomplete="off" aria-describedby=help_id node_ref=place
                    prop:value=move || typed.get() on:input=move |ev| {
                        typed.set(event_target_value(&ev));
                        if typed.with_untracked(|typed| typed.ends_with("}}")) {
                            go();
                        }
                    }
                    on:keydown=keys/>
                <button class="button button--plain" type="button" disabled=true
                    prop:disabled=move || typed.with(|typed| typed.trim().is_empty()) on:click=move |_| go()>{t(key::REPLY_INSERT)}</button>
                {without} {cancel(of)}
            </div>
        </div>
    }
}

fn cancel(of: Picker) -> Node {
    let word = t(key::CLOSE);
    view! {
        <button class="button button--quiet button--icon" type="button" aria-label=word title=word
            on:click=move |_| of.close()>{icon("x")}</button>
    }
}
