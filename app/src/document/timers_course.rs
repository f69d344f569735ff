//! What happens to an idle dialog, minute by minute, drawn from the timers as they stand in the form.

use leptos::prelude::*;
use serde_json::Value;

use crate::form::Form;
use crate::markup::{Node, view};
use crate::ui::duration::spoken;
use crate::words::{key, t, tf};

/// The picture's width, and how far the line stands from its edges.
const WIDTH: u64 = 640;
const EDGE: u64 = 40;

/// One moment of the course.
struct Moment {
    /// Minutes from the start.
    at: u64,
    /// Its shape: `start`, `warning`, `end`.
    kind: &'static str,
    /// What happens.
    word: String,
}

fn minutes(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}

fn says(value: &Value, name: &str, wanted: &str) -> bool {
    value.get(name).and_then(Value::as_str) == Some(wanted)
}

fn is_on(value: &Value, name: &str) -> bool {
    value.get(name) == Some(&Value::Bool(true))
}

/// The course of a dialog whose client stays silent.
fn idle(value: &Value) -> Vec<Moment> {
    let end = minutes(value, "minutes");
    let before = minutes(value, "warn_minutes_before");
    let mut course = vec![Moment { at: 0, kind: "start", word: t(key::COURSE_IDLE_START).into() }];
    if before > 0 && before < end {
        course.push(Moment { at: end - before, kind: "warning", word: t(key::COURSE_WARNING).into() });
    }
    let word = if says(value, "then", "hand_over") { key::COURSE_HAND_OVER } else { key::COURSE_CLOSE };
    course.push(Moment { at: end, kind: "end", word: t(word).into() });
    course
}

/// The course of a dialog whose operator stays silent.
fn late(value: &Value) -> Vec<Moment> {
    let word = match value.get("operator_then").and_then(Value::as_str) {
        Some("tell_supervisors") => key::COURSE_TELL,
        Some("return_to_queue") => key::COURSE_RETURN,
        _ => key::COURSE_REMIND,
    };
    vec![
        Moment { at: 0, kind: "start", word: t(key::COURSE_LATE_START).into() },
        Moment { at: minutes(value, "operator_minutes"), kind: "end", word: t(word).into() },
    ]
}

/// The pictures of both clocks, as far as they run.
pub fn timers_course(form: Form) -> Node {
    let pictures = move || {
        form.draft.with(|value| {
            let idle = is_on(value, "use_timer").then(|| figure("idle", t(key::COURSE_IDLE), &idle(value)));
            let late =
                is_on(value, "operator_timeout").then(|| figure("late", t(key::COURSE_LATE), &late(value)));
            let off = (idle.is_none() && late.is_none()).then(|| view! { <p>{t(key::COURSE_OFF)}</p> });
            view! { {idle} {late} {off} }
        })
    };
    view! { <div class="stack">{pictures}</div> }
}

/// One line with its moments, and the same in words.
fn figure(id: &'static str, title: &'static str, course: &[Moment]) -> Node {
    let end = course.last().map_or(0, |moment| moment.at).max(1);
    let place = |at: u64| EDGE + at.min(end) * (WIDTH - 2 * EDGE) / end;
    let marks: Vec<_> = course
        .iter()
        .map(|moment| {
            let x = place(moment.at);
            // A word at an edge must not run out of the picture.
            let anchor = match moment.kind {
                "start" => "start",
                "end" => "end",
                _ => "middle",
            };
            let text_x = match anchor {
                "start" => x - 6,
                "end" => x + 6,
                _ => x,
            };
            // What comes shortly before the end is told above, or the two would stand in each other's way.
            let word_y = if moment.kind == "warning" { "10" } else { "76" };
            let class = match moment.kind {
                "start" => "course__mark course__mark--start",
                "warning" => "course__mark course__mark--warning",
                _ => "course__mark course__mark--end",
            };
            view! {
                <circle class=class cx=x cy="48" r="6"/>
                <text class="course__time" x=text_x y="28" text-anchor=anchor>{spoken(60, moment.at)}</text>
                <text class="course__word" x=text_x y=word_y text-anchor=anchor>{moment.word.clone()}</text>
            }
        })
        .collect();
    let steps: Vec<_> = course
        .iter()
        .map(|moment| {
            let text = tf(key::COURSE_STEP, &[("time", &spoken(60, moment.at)), ("what", &moment.word)]);
            view! { <li>{text}</li> }
        })
        .collect();
    let (from, length) = (place(0), place(end) - place(0));
    let title_id = ["course-", id].concat();
    let named_by = title_id.clone();
    view! {
        <figure class="course">
            <div class="course__scroll">
                <svg class="course__picture" viewBox="0 0 640 96" role="img" aria-labelledby=named_by>
                    <title id=title_id>{title}</title>
                    <line class="course__line" x1="16" y1="48" x2="624" y2="48"/>
                    <rect class="course__span course__span--idle" x=from y="44" width=length height="8" rx="4"/>
                    {marks}
                </svg>
            </div>
            <figcaption class="course__caption">{title} <ol>{steps}</ol></figcaption>
        </figure>
    }
}
