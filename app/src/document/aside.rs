//! What stands beside a form to make its value easier to grasp.

use leptos::prelude::*;

use crate::form::Form;
use crate::markup::{IntoNode, Node};
use crate::section::extra::{Extra, extra};

/// The picture that belongs to the section of a form, once the page is awake; most sections have none.
pub fn aside(form: Form) -> Node {
    let timers = form.section == "timers";
    (move || (timers && form.awake.get()).then(|| extra(Extra::TimersCourse(form)))).into_node()
}
