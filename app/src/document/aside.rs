//! What stands beside a form to make its value easier to grasp.

use leptos::prelude::*;

use crate::form::{Form, timers_course};
use crate::markup::{IntoNode, Node};

/// The picture that belongs to the section of a form, once the page is awake; most sections have none.
pub fn aside(form: Form) -> Node {
    let timers = form.section == "timers";
    (move || (timers && form.awake.get()).then(|| timers_course(form))).into_node()
}
