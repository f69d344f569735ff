//! What stands beside a form to make its value easier to grasp.

use leptos::lazy;
use leptos::prelude::*;

use super::timers_course::timers_course;
use crate::form::Form;
use crate::markup::{IntoNode, Node, later};

/// The picture that belongs to the section of a form, once the page is awake; most sections have none.
pub fn aside(form: Form) -> Node {
    let timers = form.section == "timers";
    (move || (timers && form.awake.get()).then(|| later(course(form)))).into_node()
}

/// Few forms have a picture, so that it is a chunk of its own.
#[lazy]
fn course(form: Form) -> Node {
    timers_course(form)
}
