//! Asking the server while a person types: at once, and then no more often than helps.

use std::time::Duration;

use leptos::prelude::*;

/// The least time between two questions.
const PAUSE: Duration = Duration::from_millis(80);

/// What is asked with each new text. The first one is asked at once; of those that follow within the pause, the last.
#[derive(Clone, Copy)]
pub struct Paced {
    ask: Callback<String>,
    /// The pause after the last question is not over.
    resting: StoredValue<bool>,
    /// What was typed meanwhile.
    newest: StoredValue<Option<String>>,
}

impl Paced {
    /// Asks by `ask`.
    pub fn new(ask: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { ask: Callback::new(ask), resting: StoredValue::new(false), newest: StoredValue::new(None) }
    }

    /// The text is now this one.
    pub fn typed(self, words: String) {
        if self.resting.get_value() {
            self.newest.set_value(Some(words));
        } else {
            self.resting.set_value(true);
            self.go(words);
        }
    }

    fn go(self, words: String) {
        self.ask.run(words);
        let over = move || match self.newest.try_update_value(Option::take).flatten() {
            Some(words) => self.go(words),
            // The page that asked may have been left.
            None => drop(self.resting.try_set_value(false)),
        };
        set_timeout(over, PAUSE);
    }
}
