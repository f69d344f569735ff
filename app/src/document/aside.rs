//! What stands beside a form to make its value easier to grasp; each is a chunk of its own.

use leptos::prelude::*;

use super::timers_course::timers_course;
use crate::form::Form;
use crate::markup::{IntoNode, Node};

/// The picture that belongs to the section of a form, once the page is awake; most sections have none.
pub fn aside(form: Form) -> Node {
    let timers = form.section == "timers";
    (move || (timers && form.awake.get()).then(|| Suspend::new(async move { timers_course(form).await })))
        .into_node()
}
