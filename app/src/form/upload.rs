//! Sends a file to the server, told how far it has come. `fetch` can't tell that of a body, so it is an older request.

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use crate::error::Error;
use crate::field::ATTACHMENT_BYTES;
use crate::problem::{Problem, Problems};
use crate::section::escape;
use crate::value::{parse_json, read};

/// A file on its way.
#[derive(Clone)]
pub(super) struct Sending(XmlHttpRequest);

impl Sending {
    /// Stops it; nothing is told any more.
    pub fn cancel(&self) {
        // Refused only for a request that is over.
        let _ = self.0.abort();
    }
}

/// Begins to send `file`; `progress` hears how many hundredths are sent, `done` what the server made of it. None if the
/// browser refuses, which `done` hears too.
pub(super) fn send(
    file: &File,
    progress: Callback<u32>,
    done: Callback<Result<Value, Error>>,
) -> Option<Sending> {
    if file.size() > ATTACHMENT_BYTES as f64 {
        let max = ATTACHMENT_BYTES / (1024 * 1024);
        done.run(Err(Error::invalid(Problems(vec![Problem::error("", "file_too_large").with("max", max)]))));
        return None;
    }
    let begun = begin(file, progress, done);
    if begun.is_none() {
        done.run(Err(Error::Busy));
    }
    begun
}

fn begin(file: &File, progress: Callback<u32>, done: Callback<Result<Value, Error>>) -> Option<Sending> {
    let request = XmlHttpRequest::new().ok()?;
    let url = ["/api/v1/blobs?name=", &escape(&file.name()), "&type=", &escape(&file.type_())].concat();
    request.open_with_async("POST", &url, true).ok()?;
    let hear = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress.run((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    request.upload().ok()?.set_onprogress(Some(hear.into_js_value().unchecked_ref()));
    let answered = request.clone();
    let loaded = Closure::once_into_js(move || done.run(answer(&answered)));
    request.set_onload(Some(loaded.unchecked_ref()));
    let failed = Closure::once_into_js(move || done.run(Err(Error::Busy)));
    request.set_onerror(Some(failed.unchecked_ref()));
    request.send_with_opt_blob(Some(file)).ok()?;
    Some(Sending(request))
}

/// What the server said.
fn answer(request: &XmlHttpRequest) -> Result<Value, Error> {
    let status = request.status().unwrap_or_default();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let mut json = parse_json(&text).unwrap_or_default();
    match status {
        201 => Ok(json),
        // A problem document names what is wrong as calls do.
        422 => {
            let problems: Problems = json
                .get_mut("errors")
                .map(Value::take)
                .and_then(|errors| read(plain(errors)).ok())
                .unwrap_or_default();
            Err(Error::invalid(problems))
        }
        status => Err(Error::of_status(status)),
    }
}

/// The errors of a problem document without what only commits have.
fn plain(mut errors: Value) -> Value {
    for error in errors.as_array_mut().into_iter().flatten() {
        if let Some(error) = error.as_object_mut() {
            error.shift_remove("operation");
        }
    }
    errors
}
