//! Two people changed one record: what does not collide is merged by itself, about the rest the person is asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::compare::place;
use crate::backend::RecordView;
use crate::form::shown::{Room, shown};
use crate::frame::toasts;
use crate::markup::{IntoNode, Node, view};
use crate::schema;
use crate::section::{Clash, Save};
use crate::ui::{Button, Dialog, Kind, Tone, notice};
use crate::value::diff::diff;
use crate::value::merge::{Choice, Conflict, merge, resolve};
use crate::words::{key, t, tf, tn};

/// The dialog. Its code comes only when two changes have met.
pub fn merge_dialog(save: Save, clash: Clash) -> Node {
    let form = save.form();
    let schema = form.schema();
    let base = form.base.get_untracked();
    let Clash { mine, theirs, revision, by, saving, .. } = clash;
    let merged = merge(&schema, &base.value, &mine, &theirs);
    if merged.conflicts.is_empty() {
        // Nothing to ask: the two are one already. What reads the clash draws this, so it is settled a moment later.
        let by_itself = diff(&schema, &mine, &merged.value).len() as i64;
        let view = RecordView { value: theirs, revision, by, ..base };
        spawn_local(async move {
            if save.is_alive() {
                save.clash().set(None);
                if by_itself > 0 {
                    toasts().say(tn(key::MERGED_QUIETLY, by_itself), None);
                }
                take_over(save, view, merged.value, saving);
            }
        });
        return Node::Nothing;
    }
    let conflicts = merged.conflicts.clone();
    let by_itself = diff(&schema, &mine, &merged.value).len();
    let picks = RwSignal::new(vec![None::<Choice>; conflicts.len()]);
    let open = RwSignal::new(true);
    let whose = tf(key::MERGE_THEIRS, &[("name", &by), ("n", &revision.to_string())]);

    let rows: Vec<_> = conflicts
        .iter()
        .enumerate()
        .map(|(n, conflict)| row(save, n, conflict, &merged.value, &whose, picks))
        .collect();
    let told = if by_itself > 0 {
        tn(key::MERGED_BY_ITSELF, by_itself as i64)
    } else {
        t(key::MERGE_INTRO).to_owned()
    };
    let intro = tf(key::MERGE_WHO, &[("name", &by), ("n", &revision.to_string())]);
    let undecided = Signal::derive(move || picks.with(|picks| picks.iter().any(Option::is_none)));
    let settle = move |and_save: bool| {
        let mut merged = merged.clone();
        for (conflict, pick) in conflicts.iter().zip(picks.get_untracked()) {
            resolve(&mut merged, &conflict.pointer, pick.unwrap_or(Choice::Mine));
        }
        let base = form.base.get_untracked();
        let view = RecordView { value: theirs.clone(), revision, by: by.clone(), ..base };
        open.set(false);
        save.clash().set(None);
        take_over(save, view, merged.value, and_save);
    };
    let settle_only = settle.clone();
    let foot = view! {
        <Button word=t(key::NOT_NOW) autofocus=true press=move |_| open.set(false)/>
        <Button word=t(key::MERGE_EDIT) disabled=undecided press=move |_| settle_only(false)/>
        <Button kind=Kind::Primary word=t(key::MERGE_SAVE) disabled=undecided press=move |_| settle(true)/>
    };
    // Closed by Escape or the cross, the question may come again with the next save.
    Effect::new(move |_| {
        if !open.get() {
            save.clash().try_set(None);
        }
    });
    view! {
        <Dialog open=open title=t(key::MERGE_TITLE) id="merge" wide=true foot=foot>
            <div class="merge">
                {notice(Tone::Info, intro, told, None)}
                {rows}
            </div>
        </Dialog>
    }
}

/// Makes what stands the version that the draft is measured against, and the merge the draft.
fn take_over(save: Save, stands: RecordView, merged: Value, and_save: bool) {
    save.form().rebase(stands);
    save.form().draft.set(merged.clone());
    if and_save {
        save.write(merged);
    }
}

/// One collision: what was there, and the two sides to choose from.
fn row(
    save: Save,
    n: usize,
    conflict: &Conflict,
    value: &Value,
    whose: &str,
    picks: RwSignal<Vec<Option<Choice>>>,
) -> Node {
    let form = save.form();
    let schema = form.schema();
    let labels = form.labels.get_untracked();
    let (label, name) = place(&schema, &conflict.pointer, &conflict.path, value);
    let part = schema::at(&schema, &conflict.pointer, value).cloned().unwrap_or_default();
    let last = conflict.pointer.rsplit('/').next().unwrap_or_default().to_owned();
    let side = |value: &Option<Value>| match value {
        Some(value) => shown(&part, &last, value, &labels, Room::Full),
        None => t(key::REMOVED).into_node(),
    };
    let group = format!("merge-{n}");
    let choice = |code: &'static str, pick: Choice, whose: String, value: Node| {
        view! {
            <label class="merge__choice">
                <input class="radio__dot" type="radio" name=group.clone() value=code
                    on:change=move |_| picks.update(|picks| picks[n] = Some(pick))/>
                <span class="merge__whose">{whose}</span>
                <span class="merge__value">{value}</span>
            </label>
        }
    };
    view! {
        <fieldset class="merge__row">
            <legend class="merge__field">{label} " " <code class="field__key">{name}</code></legend>
            <p class="merge__base">{t(key::WAS)} ": " {side(&conflict.base)}</p>
            {choice("mine", Choice::Mine, t(key::MERGE_MINE).to_owned(), side(&conflict.mine))}
            {choice("theirs", Choice::Theirs, whose.to_owned(), side(&conflict.theirs))}
        </fieldset>
    }
}
