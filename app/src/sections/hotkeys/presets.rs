//! The two ways in which people send: with Enter, or with Ctrl and Enter.

use serde_json::Value;

/// One way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Enter sends, Shift+Enter starts a new line; a fresh instance has it.
    EnterSends,
    /// Ctrl+Enter sends, Enter starts a new line.
    ModEnterSends,
}

impl Preset {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::EnterSends, Self::ModEnterSends];

    /// The keys that it gives to actions; it leaves all others as they are.
    pub const fn keys(self) -> [(&'static str, &'static [&'static str]); 2] {
        match self {
            Self::EnterSends => [("message.send", &["Enter"]), ("message.new_line", &["Shift+Enter"])],
            Self::ModEnterSends => {
                [("message.send", &["Mod+Enter"]), ("message.new_line", &["Enter", "Shift+Enter"])]
            }
        }
    }

    /// What it would change in a document: the actions whose keys are others now, with what they would have.
    pub fn changes(self, document: &Value) -> Vec<(&'static str, &'static [&'static str])> {
        let differs = |(id, keys): &(&str, &[&str])| document["bindings"][*id] != Value::from(*keys);
        self.keys().into_iter().filter(differs).collect()
    }
}
