//! One language of a text: the box, what is put into it, what is wrong with it, how long it is and how a client reads it.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::picker::{Picker, Picking, Step, picker};
use super::preview::{preview, rendered};
use super::texts::Texts;
use super::{Editor, area};
use crate::form::control_id;
use crate::form::words::language_name;
use crate::markup::{IntoNode, Node, view};
use crate::problem::{Problem, segment};
use crate::sections::replies::limits::{Unit, measure};
use crate::sections::replies::template::{self, Cure, PartKind, Template, TemplateProblem};
use crate::sections::replies::translation::State;
use crate::text::graphemes;
use crate::ui::field::{Said, sentences};
use crate::ui::icon;
use crate::ui::textarea::Textarea;
use crate::words::{Word, key, problem_text, t, tf, tn};

/// What the parts of a column share.
#[derive(Clone)]
struct Column {
    editor: Editor,
    texts: Texts,
    tag: Arc<str>,
    language: String,
    id: String,
    value: Signal<String>,
    place: NodeRef<html::Textarea>,
    input: Callback<String>,
    editable: Signal<bool>,
}

/// Draws it.
pub(super) fn column(editor: Editor, texts: &Texts, tag: &str) -> Node {
    let pointer = format!("{}/{}", texts.field.pointer, segment(tag));
    let id = control_id(&pointer);
    let value = texts.text(tag);
    let place = NodeRef::<html::Textarea>::new();
    let input = {
        let (texts, tag) = (texts.clone(), tag.to_owned());
        Callback::new(move |text: String| texts.write(&tag, text))
    };
    let column = Column {
        editor,
        texts: texts.clone(),
        tag: tag.into(),
        language: language_name(tag),
        id: id.clone(),
        value,
        place,
        input,
        editable: texts.field.editable(),
    };
    let form = editor.form;
    let problems = Memo::new(move |_| {
        value.with(|text| editor.mistakes(text)).into_iter().map(Arc::new).collect::<Vec<_>>()
    });
    // What the server says of the same mistakes is said below, with their cures.
    let own = Memo::new(move |_| problems.with(|all| all.iter().map(|one| said_of(one)).collect::<Vec<_>>()));
    let said: Signal<Vec<Said>> = {
        let pointer = pointer.clone();
        Memo::new(move |_| {
            let mut said = form.said(&pointer, false);
            own.with(|own| said.retain(|said| !own.contains(&said.text)));
            said
        })
        .into()
    };
    let (problem_id, mistakes_id) = ([&*id, "-problem"].concat(), [&*id, "-mistakes"].concat());
    let described = {
        let (problem_id, mistakes_id) = (problem_id.clone(), mistakes_id.clone());
        Signal::derive(move || {
            let mut ids = Vec::new();
            if problems.with(|all| !all.is_empty()) {
                ids.push(mistakes_id.clone());
            }
            if said.with(|said| !said.is_empty()) {
                ids.push(problem_id.clone());
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || {
        problems.with(|all| !all.is_empty()) || said.with(|said| said.iter().any(|one| !one.warning))
    });
    let picker_of = column.picker();
    let typed = {
        let column = column.clone();
        Callback::new(move |text: String| column.typed(text, picker_of))
    };
    let left = {
        let pointer = pointer.clone();
        Callback::new(move |()| form.touch(&pointer))
    };
    let control = area::area(
        editor,
        Textarea {
            id: id.clone(),
            class: "textarea template__area",
            name: None,
            language: Some(tag.to_owned()),
            rows: 4,
            value,
            editable: column.editable,
            described,
            invalid,
            input: typed,
            left,
            place,
        },
    );
    let name = tf(key::REPLY_PREVIEW_OF, &[("name", &column.language)]);
    let shown = preview(editor, value, tag.to_owned(), name);
    let mistakes = {
        let column = column.clone();
        // What is being put in is not a mistake yet.
        let quiet = Memo::new(move |_| picker_of.picking.with(Option::is_some));
        move || {
            let shown = problems.get().into_iter().filter(|_| !quiet.get());
            shown.map(|problem| column.mistake(&problem)).collect::<Vec<_>>()
        }
    };
    view! {
        <div class="language">
            {column.head()}
            {control}
            {column.tools(picker_of)}
            {picker(picker_of)}
            <ul class="mistakes" id=mistakes_id>{mistakes}</ul>
            {move || sentences(&problem_id, &said.get())}
            {column.length()}
            {shown}
        </div>
    }
}

/// The sentence of a mistake.
fn said_of(problem: &TemplateProblem) -> String {
    let mut told = Problem::error("", problem.code).with("line", problem.line).with("column", problem.column);
    told.params.extend(problem.params.clone());
    problem_text(&told)
}

impl Column {
    /// What the language is called, and how its text stands to the leading one.
    fn head(&self) -> Node {
        let state = self.texts.state(&self.tag);
        let (this, tag) = (self.clone(), self.tag.to_string());
        let leads = *self.tag == *self.texts.leading;
        let standing = move || {
            let editable = this.editable.get();
            match state.get() {
                State::Leading => Some(badge("badge", "", t(key::REPLY_LEADING))),
                State::Stale => {
                    let confirm = this.clone();
                    let act = editable.then(|| {
                        button("check", key::REPLY_CONFIRM, &this.language, move || {
                            confirm.texts.confirm(&confirm.tag);
                        })
                    });
                    Some(
                        view! { {badge("badge badge--warning", "triangle-alert", t(key::REPLY_STALE))} {act} },
                    )
                }
                State::Empty if leads => None,
                State::Empty => {
                    let copied = this.clone();
                    let source = this.texts.text(&this.texts.leading);
                    let act = (editable && source.with(|text| !text.trim().is_empty())).then(|| {
                        button("copy", key::REPLY_COPY, &this.language, move || {
                            copied.texts.write(&copied.tag, source.get_untracked());
                        })
                    });
                    Some(view! { {badge("badge", "", t(key::REPLY_UNTRANSLATED))} {act} })
                }
                State::Current => None,
            }
        };
        view! {
            <div class="language__head">
                <label class="language__name" for=self.id.clone()>
                    <span class="language__code">{tag}</span> " " {self.language.clone()}
                </label>
                {standing}
            </div>
        }
    }

    /// The picker that writes into this box.
    fn picker(&self) -> Picker {
        let (value, place, input) = (self.value, self.place, self.input);
        let span = StoredValue::new(0..0);
        let picking = RwSignal::new(None::<Picking>);
        Effect::new(move |_| {
            if let Some(now) = picking.get() {
                span.set_value(now.span);
            }
        });
        Picker {
            editor: self.editor,
            id: StoredValue::new(self.id.clone()),
            picking,
            put: Callback::new(move |(span, piece): (std::ops::Range<usize>, String)| {
                area::replace(place, &value.get_untracked(), &span, &piece, input);
            }),
            back: Callback::new(move |()| {
                let end = span.get_value().end;
                area::select(place, &value.get_untracked(), &(end..end));
            }),
        }
    }

    /// Takes what was typed; two braces open the picker where they stand.
    fn typed(&self, text: String, picker: Picker) {
        let before = self.value.get_untracked();
        let caret = area::selection(self.place, &text).start;
        self.input.run(text.clone());
        let opened = text
            .get(..caret)
            .is_some_and(|head| head.strip_suffix("{{").is_some_and(|rest| !rest.ends_with(['\\', '{'])));
        let rest = text.get(caret..).unwrap_or_default();
        if opened && text.len() == before.len() + 1 && !rest.starts_with("}}") {
            picker.picking.set(Some(Picking { span: caret - 2..caret, step: Step::Variable }));
        }
    }

    fn tools(&self, picker: Picker) -> Node {
        let (value, place, editable) = (self.value, self.place, self.editable);
        let open = move |step: Step| {
            let span = area::selection(place, &value.get_untracked());
            picker.picking.set(Some(Picking { span, step }));
        };
        let tool = |picture: &'static str,
                    word: Word,
                    able: Signal<bool>,
                    act: Box<dyn Fn() + Send + Sync>| {
            let name = [t(word), ": ", &self.language].concat();
            view! {
                <button class="button button--quiet button--small" type="button" aria-label=name disabled=true
                    prop:disabled=move || !editable.get() || !able.get() on:click=move |_| act()>
                    {icon(picture)} <span>{t(word)}</span>
                </button>
            }
        };
        let always = Signal::derive(|| true);
        let free = Signal::derive(move || {
            value.with(|text| !Template::parse(text).parts.iter().any(|part| part.kind == PartKind::Cursor))
        });
        view! {
            <div class="language__tools">
                {tool("braces", key::REPLY_VARIABLE, always, Box::new(move || open(Step::Variable)))}
                {tool("text-cursor-input", key::REPLY_SLOT, always, Box::new(move || open(Step::Slot)))}
                {tool("pencil", key::REPLY_CURSOR, free, Box::new(move || {
                    let span = area::selection(place, &value.get_untracked());
                    picker.put.run((span, "{{|}}".to_owned()));
                }))}
            </div>
        }
    }

    /// A mistake in the text: where, what, and the one click that puts it right.
    fn mistake(&self, problem: &Arc<TemplateProblem>) -> Node {
        let (value, place, input, editable) = (self.value, self.place, self.input, self.editable);
        let text = value.get_untracked();
        let span = problem.span.clone();
        let show = move |_| area::select(place, &value.get_untracked(), &span);
        let mended = template::cure(&text, problem).map(|Cure { span, text: piece }| {
            let word = if piece.is_empty() {
                t(key::REPLY_CURE_REMOVE).to_owned()
            } else {
                tf(key::REPLY_CURE, &[("text", &piece)])
            };
            view! {
                <button class="button button--plain button--small" type="button" disabled=true
                    prop:disabled=move || !editable.get()
                    on:click=move |_| area::replace(place, &value.get_untracked(), &span, &piece, input)>
                    {icon("wrench")} <span>{word}</span>
                </button>
            }
        });
        view! {
            <li class="mistakes__one">
                {icon("circle-alert")}
                <button class="mistakes__place" type="button" title=t(key::REPLY_SHOW_PLACE) on:click=show>{said_of(problem)}</button>
                {mended}
            </li>
        }
    }

    /// How long the text is: as people count, or on its channel as the channel counts.
    fn length(&self) -> Node {
        let (value, tag, channel, editor) = (self.value, self.tag.clone(), self.texts.channel, self.editor);
        let counted = move || {
            let text = value.with(|text| rendered(editor, text, &tag).text);
            let Some(measure) =
                channel.and_then(|channel| channel.get()).and_then(|channel| measure(channel, &text))
            else {
                let count = tn(key::REPLY_LETTERS, graphemes(&text) as i64);
                return view! { <p class="length">{count}</p> };
            };
            let numbers = [("length", measure.length.to_string()), ("max", measure.max.to_string())];
            let numbers = numbers.each_ref().map(|(name, value)| (*name, value.as_str()));
            let word = match measure.unit {
                Unit::Utf16 | Unit::Characters => key::REPLY_LENGTH,
                Unit::Bytes => key::REPLY_LENGTH_BYTES,
                Unit::Segments => key::REPLY_LENGTH_SEGMENTS,
            };
            let more = measure.sms.filter(|_| measure.length > 0).map(|sms| {
                let left = tn(key::REPLY_SEGMENT_LEFT, i64::from(sms.left));
                let why = sms.beyond.map(|sign| tf(key::REPLY_SEGMENT_UCS2, &[("sign", &sign.to_string())]));
                [left, why.map_or_else(String::new, |why| ["; ", &why].concat())].concat()
            });
            let class = if measure.fits() { "length" } else { "length length--over" };
            let over = (!measure.fits()).then(|| icon("triangle-alert"));
            view! { <p class=class>{over} <span>{tf(word, &numbers)}</span> {more.map(|more| view! { <span class="length__more">{more}</span> })}</p> }
        };
        counted.into_node()
    }
}

fn badge(class: &'static str, picture: &'static str, word: &'static str) -> Node {
    view! { <span class=class>{(!picture.is_empty()).then(|| icon(picture))} {word}</span> }
}

fn button(picture: &'static str, word: Word, language: &str, act: impl Fn() + Send + 'static) -> Node {
    let name = [t(word), ": ", language].concat();
    view! {
        <button class="button button--plain button--small" type="button" aria-label=name on:click=move |_| act()>
            {icon(picture)} <span>{t(word)}</span>
        </button>
    }
}
