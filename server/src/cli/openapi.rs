//! `pult openapi`: the OpenAPI document of the REST door.

use super::{Failure, say};

pub(super) fn run() -> Result<(), Failure> {
    say(&app::value::pretty(&crate::rest::describe(&|_| true)))
}
