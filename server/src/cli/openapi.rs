//! `pult openapi`: the OpenAPI document of the REST door.

pub(super) fn run() {
    println!("{}", app::value::pretty(&crate::rest::describe(&|_| true)));
}
