//! The ticket of the conversation: what it is about, and the clocks that run on it.

use super::list::priority;
use super::picture::picture;
use super::sample::{self, CLOCKS, Clock, Sla, TARAS};
use super::state::Panel;
use super::words::{self, Said};
use crate::markup::{Node, view};

/// A length of time: `1:05` for an hour and five minutes, `0:45` for forty-five minutes.
fn clock(seconds: u32) -> String {
    let minutes = seconds / 60;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Draws it.
pub(super) fn ticket(_panel: Panel) -> Node {
    let clocks = CLOCKS.iter().map(sla).collect::<Vec<_>>();
    let field = |label: Said, value: Node| {
        view! { <div class="op-field"><dt class="op-field__label">{label.now()}</dt><dd class="op-field__value">{value}</dd></div> }
    };
    let said = |text: Said| Node::text(text.now());
    view! {
        <div class="op-ticket">
            <p class="op-ticket__number">{picture("ticket")} {words::TICKET_NUMBER.with("512")}</p>
            <h2 class="op-ticket__subject">{Said("Повернення коштів за розбитий чайник", "Refund for a broken kettle").now()}</h2>
            <ul class="op-ticket__clocks">{clocks}</ul>
            <dl>
                {field(words::STATE, said(words::IN_WORK))}
                {field(words::TOPIC, said(Said("Повернення коштів", "Refund")))}
                {field(words::PRIORITY, priority(sample::dialog(512)))}
                {field(words::ASSIGNEE, said(TARAS))}
                {field(words::ORDER, said(Said("СВ-20914", "DS-20914")))}
                {field(words::AMOUNT, said(Said("1 249 грн", "UAH 1,249")))}
            </dl>
        </div>
    }
}

/// One clock: what it measures, what is left, and a bar of what has passed.
fn sla(sla: &Sla) -> Node {
    let left = clock(sla.target.saturating_sub(sla.passed));
    let (class, icon, time) = match sla.clock() {
        Clock::Met => ("op-sla op-sla--met", "circle-check", words::MET.with(&clock(sla.passed))),
        Clock::Running => ("op-sla op-sla--running", "timer", words::LEFT.with(&left)),
        Clock::Soon => ("op-sla op-sla--soon", "timer", words::LEFT.with(&left)),
        Clock::Overdue => {
            ("op-sla op-sla--overdue", "bell", words::OVER.with(&clock(sla.passed - sla.target)))
        }
        Clock::Paused => ("op-sla op-sla--paused", "clock", words::PAUSED.with(&left)),
    };
    let width = u64::from(sla.passed.min(sla.target)) * 100 / u64::from(sla.target);
    view! {
        <li class=class>
            <span class="op-sla__name">{sla.name.now()}</span>
            <span class="op-sla__time">{picture(icon)} {time}</span>
            <svg class="op-sla__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="4" fill="currentColor" fill-opacity="0.2"/>
                <rect width=width height="4" fill="currentColor"/>
            </svg>
        </li>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_length_of_time_is_told_in_hours_and_minutes() {
        for (seconds, told) in [(0, "0:00"), (59, "0:00"), (60, "0:01"), (3_900, "1:05"), (86_400, "24:00")] {
            assert_eq!(super::clock(seconds), told);
        }
    }
}
