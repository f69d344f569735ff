//! What a hotkey can do in the operator panel, and in which place each action acts.

/// Where the focus of the operator is, and where an action acts.
///
/// The composer is a part of the open dialog, and what acts everywhere acts in each place. List and dialog stand beside
/// each other: what acts in one does not act in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The field in which a message is written.
    Composer,
    /// The same while quick replies are offered above it.
    Suggestions,
    /// The open dialog.
    Dialog,
    /// The list of dialogs.
    List,
    /// Anywhere else; as the place of an action: everywhere.
    Everywhere,
}

impl Place {
    /// Does an action of this place act while the focus is in `focus`?
    pub const fn acts_in(self, focus: Self) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Dialog => matches!(focus, Self::Dialog | Self::Composer | Self::Suggestions),
            Self::Composer => matches!(focus, Self::Composer | Self::Suggestions),
            Self::Suggestions => matches!(focus, Self::Suggestions),
            Self::List => matches!(focus, Self::List),
        }
    }

    /// Is there a focus in which actions of both places act?
    pub const fn overlaps(self, other: Self) -> bool {
        self.acts_in(other) || other.acts_in(self)
    }

    /// The group under which its actions are shown and switched off.
    pub const fn group(self) -> &'static str {
        match self {
            Self::Composer | Self::Suggestions => "composer",
            Self::Dialog => "dialog",
            Self::List => "list",
            Self::Everywhere => "everywhere",
        }
    }
}

/// The groups of actions, in the order in which they are shown.
pub const GROUPS: [&str; 4] = ["composer", "dialog", "list", "everywhere"];

/// One thing that a hotkey can do.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// Its name in the document.
    pub id: &'static str,
    /// Where it acts.
    pub place: Place,
    /// The keys that it has in a fresh instance.
    pub default: &'static [&'static str],
    /// Done again and again while its key is held down.
    pub repeats: bool,
}

const fn once(id: &'static str, place: Place, default: &'static [&'static str]) -> Action {
    Action { id, place, default, repeats: false }
}

const fn again(id: &'static str, place: Place, default: &'static [&'static str]) -> Action {
    Action { id, place, default, repeats: true }
}

/// Every action, innermost places first: where two hold the same keys, the inner one acts.
///
/// The default keys raise no finding of [`super::conflicts`], not even a warning.
pub static ACTIONS: [Action; 33] = {
    use Place::{Composer, Dialog, Everywhere, List, Suggestions};
    [
        once("message.send", Composer, &["Enter"]),
        once("message.new_line", Composer, &["Shift+Enter"]),
        once("message.note", Composer, &["Mod+Shift+KeyY"]),
        once("message.attach", Composer, &["Mod+Shift+KeyA"]),
        once("message.emoji", Composer, &["Mod+Shift+Semicolon"]),
        once("reply.menu", Composer, &["Mod+Slash"]),
        again("reply.next", Suggestions, &["ArrowDown"]),
        again("reply.previous", Suggestions, &["ArrowUp"]),
        once("text.bold", Composer, &["Mod+KeyB"]),
        once("text.italic", Composer, &["Mod+KeyI"]),
        once("text.link", Composer, &["Mod+Shift+KeyL"]),
        once("message.translate", Composer, &["F8"]),
        once("message.copilot", Composer, &["F9"]),
        once("dialog.accept", Dialog, &["Mod+Shift+Enter"]),
        once("dialog.close", Dialog, &["Mod+Shift+KeyE"]),
        once("dialog.transfer", Dialog, &["Mod+Shift+KeyF"]),
        once("dialog.topic", Dialog, &["Mod+Semicolon KeyT"]),
        once("dialog.tags", Dialog, &["Mod+Semicolon KeyG"]),
        once("dialog.priority", Dialog, &["Mod+Semicolon KeyP"]),
        again("dialog.next", Dialog, &["Alt+ArrowDown"]),
        again("dialog.previous", Dialog, &["Alt+ArrowUp"]),
        once("client.pin", Dialog, &["Mod+Backslash"]),
        once("ticket.open", Dialog, &["Mod+Shift+KeyO"]),
        once("dialog.first_unread", Dialog, &["Alt+PageUp"]),
        once("list.search", List, &["Mod+Shift+KeyS"]),
        once("list.filters", List, &["Mod+Shift+Backslash"]),
        again("list.next_folder", List, &["Alt+Shift+ArrowDown"]),
        again("list.previous_folder", List, &["Alt+Shift+ArrowUp"]),
        once("list.refresh", List, &["F4"]),
        once("palette.open", Everywhere, &["Mod+KeyK"]),
        once("status.switch", Everywhere, &["Mod+Shift+KeyD"]),
        once("help.open", Everywhere, &["Shift+F1"]),
        once("theme.switch", Everywhere, &[]),
    ]
};

/// The actions that a typed character can trigger, with the character that does in a fresh instance.
pub const TRIGGERS: [(&str, &str); 3] = [("reply.menu", "/"), ("message.emoji", ""), ("message.copilot", "")];

/// The action of this name.
pub fn action(id: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}
