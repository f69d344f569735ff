//! What a list can do without for a moment: its menu, its choice of columns, filters by record. One chunk, which comes once
//! the page is awake; until then what the server has drawn of them stands.

use std::sync::Arc;

use leptos::lazy;
use serde_json::Value;

use super::{Directory, filters, toolbar, transfer};
use crate::backend::Can;
use crate::markup::{Node, asleep, view};

/// One of them.
pub(super) enum Tool {
    /// Import and export.
    Menu(Can),
    /// Which columns are shown.
    Columns(Arc<Value>),
    /// Only what refers to one record: the field, its title and its schema.
    Reference(String, String, Value),
}

/// Draws it once its code is there.
pub(super) fn tool(directory: Directory, tool: Tool) -> Node {
    asleep(list_tool(directory, tool))
}

#[lazy]
fn list_tool(directory: Directory, tool: Tool) -> Node {
    let drawn = match tool {
        Tool::Menu(can) => transfer::menu(directory, can),
        Tool::Columns(schema) => toolbar::choice(directory, &schema),
        Tool::Reference(name, title, property) => filters::reference(directory, &name, title, &property),
    };
    view! { <div class="toolbar__tool">{drawn}</div> }
}
