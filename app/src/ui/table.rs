//! The parts of a table of records: numbers, and headings that sort.

use crate::markup::{IntoNode, Node, view};
use crate::ui::icon;
use crate::words::{Language, language};

/// A whole number as the reader's language groups it: `1 204`, `1,204`.
pub fn number(n: u64) -> String {
    // CLDR: Ukrainian groups by a no-break space, and four digits only together with longer numbers; ours always do.
    let separator = match language() {
        Language::Uk => '\u{a0}',
        Language::En => ',',
    };
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Whether and how a column orders the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Another column does.
    None,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Order {
    /// What `sort` says of `field`: the field itself, or with `-` in front.
    pub fn of(sort: &str, field: &str) -> Self {
        match sort.strip_prefix('-') {
            Some(descending) if descending == field => Self::Descending,
            None if sort == field => Self::Ascending,
            _ => Self::None,
        }
    }

    /// What choosing the column next asks for.
    pub fn next(self, field: &str) -> String {
        if self == Self::Ascending { format!("-{field}") } else { field.to_owned() }
    }
}

/// A heading whose link sorts by its column.
pub fn heading(word: String, order: Order, href: Option<String>, class: Option<&'static str>) -> Node {
    let (sorted, picture) = match order {
        Order::None => (None, None),
        Order::Ascending => (Some("ascending"), Some("arrow-up")),
        Order::Descending => (Some("descending"), Some("arrow-down")),
    };
    let inside = match href {
        Some(href) => view! { <a class="table__sort" href=href>{word} {picture.map(icon)}</a> },
        None => word.into_node(),
    };
    view! { <th scope="col" class=class aria-sort=sorted>{inside}</th> }
}
