//! The state of the panel: what is set, what is open, what is written.

use leptos::prelude::*;

use super::asking::{Found, Wanted};
use super::filling::Filling;
use super::sample::{self, DIALOGS, Dialog};
use super::settings::Settings;

/// Which column a narrow screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    List,
    Conversation,
    Side,
}

/// Which dialogs the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    Mine,
    Queue,
    All,
}

/// What the right column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Client,
    Ticket,
}

/// A message of the operator's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    pub id: u32,
    pub dialog: u32,
    pub text: String,
    pub internal: bool,
    /// Seconds until it is sent; 0 when it has been.
    pub left: u32,
}

/// The menu of quick replies.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Menu {
    /// What is looked for.
    pub wanted: Wanted,
    /// The part of the text that the reply takes the place of, in UTF-16 units.
    pub from: usize,
    pub to: usize,
    /// Which of those shown is chosen.
    pub at: usize,
}

/// The panel.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub settings: RwSignal<Settings>,
    /// The style sheet of the value that is being edited, as the server has confined it; apart from the settings, because
    /// it is long and changes while one types.
    pub css: RwSignal<Option<String>>,
    pub theme: RwSignal<&'static str>,
    pub open: RwSignal<u32>,
    pub folder: RwSignal<Folder>,
    pub search: RwSignal<String>,
    pub tab: RwSignal<Tab>,
    pub step: RwSignal<Step>,
    /// The text in the composer.
    pub text: RwSignal<String>,
    pub internal: RwSignal<bool>,
    pub menu: RwSignal<Option<Menu>>,
    /// What the server has found for the menu.
    pub found: RwSignal<Option<Found>>,
    /// The number of the last question to the server, and what it asked for.
    pub asked: StoredValue<(u32, Wanted)>,
    /// The blanks of the reply that was inserted last.
    pub filling: RwSignal<Option<Filling>>,
    /// Variables of that reply without a value.
    pub missing: RwSignal<Vec<String>>,
    pub written: RwSignal<Vec<Written>>,
    /// Tags of the open dialog that the operator has changed, by their place.
    pub tags: RwSignal<Option<Vec<usize>>>,
    pub tagging: RwSignal<bool>,
    /// A file is held above the composer.
    pub drop: RwSignal<bool>,
    /// What the rules said about the last file: its name, whether it is accepted, why.
    pub verdict: RwSignal<Option<(String, bool, String)>>,
    /// What was just done.
    pub said: RwSignal<String>,
    /// A press names the part instead of using it.
    pub pick: RwSignal<bool>,
    pub field: NodeRef<leptos::html::Textarea>,
}

impl Panel {
    pub fn new(settings: Settings, theme: &'static str) -> Self {
        Self {
            settings: RwSignal::new(settings),
            css: RwSignal::new(None),
            theme: RwSignal::new(theme),
            open: RwSignal::new(DIALOGS[0].number),
            folder: RwSignal::new(Folder::All),
            search: RwSignal::new(String::new()),
            tab: RwSignal::new(Tab::Client),
            step: RwSignal::new(Step::Conversation),
            text: RwSignal::new(String::new()),
            internal: RwSignal::new(false),
            menu: RwSignal::new(None),
            found: RwSignal::new(None),
            asked: StoredValue::new((0, Wanted::default())),
            filling: RwSignal::new(None),
            missing: RwSignal::new(Vec::new()),
            written: RwSignal::new(Vec::new()),
            tags: RwSignal::new(None),
            tagging: RwSignal::new(false),
            drop: RwSignal::new(false),
            verdict: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            pick: RwSignal::new(false),
            field: NodeRef::new(),
        }
    }

    /// The open dialog.
    pub fn dialog(self) -> &'static Dialog {
        sample::dialog(self.open.get())
    }

    /// Opens a dialog.
    pub fn choose(self, number: u32) {
        self.open.set(number);
        self.step.set(Step::Conversation);
        self.menu.set(None);
        self.tagging.set(false);
        self.tags.set(None);
    }

    /// Says what was just done, to screen readers too.
    pub fn say(self, what: impl Into<String>) {
        self.said.set(what.into());
    }
}
