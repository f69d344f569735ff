//! Таймери: when an idle dialog ends by itself, and when an operator is reminded to answer.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Effect, Group, Record, Section, Shape, World};
use crate::field::{Channel, Words};
use crate::problem::Problems;

/// The clocks of every dialog. The idle clock starts at the operator's or bot's last message and any message of the
/// client stops it; the operator's clock runs from the client's first unanswered message to the reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Timers {
    /// Off disables the idle clock and every exception below.
    #[schemars(extend("x-group" = "idle"))]
    pub use_timer: bool,
    /// Minutes without a message of the client, from 1.
    #[schemars(range(min = 1, max = 43_200), extend("x-unit" = "minutes", "x-group" = "idle", "x-when" = "use_timer"))]
    pub minutes: u32,
    /// What happens then.
    #[schemars(extend("x-group" = "idle", "x-when" = "use_timer"))]
    pub then: WhenIdle,
    /// Said to the client before it happens, per language; empty says nothing.
    #[schemars(extend("x-group" = "idle", "x-when" = "use_timer"))]
    pub warning: Words<0, 500>,
    /// How many minutes before; less than `minutes`, 0 says nothing.
    #[schemars(range(min = 0, max = 43_200), extend("x-unit" = "minutes", "x-group" = "idle", "x-when" = "use_timer"))]
    pub warn_minutes_before: u32,
    /// Group chats never end by this clock.
    #[schemars(extend("x-group" = "idle", "x-when" = "use_timer"))]
    pub group_chats_never_close: bool,
    /// Watches how long a client waits for an operator.
    #[schemars(extend("x-group" = "operator"))]
    pub operator_timeout: bool,
    /// Minutes from the first unanswered message of the client, from 1.
    #[schemars(range(min = 1, max = 43_200), extend("x-unit" = "minutes", "x-group" = "operator", "x-when" = "operator_timeout"))]
    pub operator_minutes: u32,
    /// What happens then.
    #[schemars(extend("x-group" = "operator", "x-when" = "operator_timeout"))]
    pub operator_then: WhenLate,
    /// Other values for single channels; what is empty here is taken from above.
    #[schemars(extend("x-identity" = "channel", "x-group" = "exceptions"))]
    pub channels: Vec<ChannelTimers>,
}

/// What ends an idle dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum WhenIdle {
    /// The dialog is closed.
    #[default]
    Close,
    /// It goes back to the queue, away from that operator; a second expiry closes it.
    HandOver,
}

/// What happens when an operator is late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum WhenLate {
    /// The operator is reminded.
    #[default]
    Remind,
    /// Supervisors are told.
    TellSupervisors,
    /// The dialog goes back to the queue.
    ReturnToQueue,
}

/// The clocks of one channel, value by value over the general ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct ChannelTimers {
    /// The channel these values are for.
    pub channel: Channel,
    /// Instead of the general minutes.
    #[schemars(range(min = 1, max = 43_200), extend("x-unit" = "minutes"))]
    pub minutes: Option<u32>,
    /// Instead of the general warning time.
    #[schemars(range(min = 0, max = 43_200), extend("x-unit" = "minutes"))]
    pub warn_minutes_before: Option<u32>,
    /// Instead of the general minutes of the operator's clock.
    #[schemars(range(min = 1, max = 43_200), extend("x-unit" = "minutes"))]
    pub operator_minutes: Option<u32>,
}

/// The values that hold for one dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effective {
    /// Minutes until an idle dialog ends.
    pub minutes: u32,
    /// Minutes before that at which the client is warned; 0 for never.
    pub warn_minutes_before: u32,
    /// Minutes that an operator has to answer.
    pub operator_minutes: u32,
}

impl Timers {
    /// The values for a dialog of `channel`, each from the channel's exception or else from the general ones.
    pub fn effective(&self, channel: Option<Channel>) -> Effective {
        let exception = self.channels.iter().find(|exception| Some(exception.channel) == channel);
        let own = |pick: fn(&ChannelTimers) -> Option<u32>, general: u32| exception.and_then(pick).unwrap_or(general);
        Effective {
            minutes: own(|e| e.minutes, self.minutes),
            warn_minutes_before: own(|e| e.warn_minutes_before, self.warn_minutes_before),
            operator_minutes: own(|e| e.operator_minutes, self.operator_minutes),
        }
    }
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            use_timer: false,
            minutes: 30,
            then: WhenIdle::default(),
            warning: Words::default(),
            warn_minutes_before: 0,
            group_chats_never_close: true,
            operator_timeout: false,
            operator_minutes: 5,
            operator_then: WhenLate::default(),
            channels: Vec::new(),
        }
    }
}

impl Section for Timers {
    const KEY: &'static str = "timers";
    const GROUP: Group = Group::Settings;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "timer";

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        match (before, after) {
            (Some(before), Some(after)) if before.use_timer && !after.use_timer => {
                vec![Effect::new("timers_off", 1)]
            }
            _ => Vec::new(),
        }
    }
}

impl Record for Timers {
    fn check(&self, problems: &mut Problems) {
        if self.warn_minutes_before >= self.minutes {
            let found = problems.error("/warn_minutes_before", "warn_before_end");
            found.params.insert("minutes".into(), self.minutes.into());
        }
        let warned = self.warning.0.values().any(|text| !text.is_empty());
        if self.use_timer && self.warn_minutes_before > 0 && !warned {
            problems.warning("/warning", "warning_without_text");
        }
        for (n, exception) in self.channels.iter().enumerate() {
            let effective = self.effective(Some(exception.channel));
            if effective.warn_minutes_before >= effective.minutes {
                let at = if exception.warn_minutes_before.is_some() { "warn_minutes_before" } else { "minutes" };
                let found = problems.error(format!("/channels/{n}/{at}"), "warn_before_end");
                found.params.insert("minutes".into(), effective.minutes.into());
            }
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
