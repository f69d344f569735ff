//! A section as the menu sees it: plain data, the only list of sections in the browser's main chunk.

/// The five groups of the menu, and the single item after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Боти.
    Bots,
    /// Користувачі.
    Users,
    /// Операторська панель.
    OperatorPanel,
    /// Налаштування.
    Settings,
    /// Швидкі відповіді.
    QuickReplies,
    /// Налаштування інстансу, alone after the groups.
    Instance,
}

impl Group {
    /// The groups in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Bots, Self::Users, Self::OperatorPanel, Self::Settings, Self::QuickReplies, Self::Instance];

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bots => "bots",
            Self::Users => "users",
            Self::OperatorPanel => "operator_panel",
            Self::Settings => "settings",
            Self::QuickReplies => "quick_replies",
            Self::Instance => "instance",
        }
    }
}

/// How many values a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A directory of records.
    Many,
    /// One document, stored as record 0.
    One,
}

/// A section in the menu.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its name in routes, rights and REST.
    pub key: &'static str,
    /// Where the menu shows it.
    pub group: Group,
    /// Many records, or one document.
    pub shape: Shape,
    /// Its picture in `public/icons.svg`.
    pub icon: &'static str,
}
