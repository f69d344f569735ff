//! Errors of calls, in the words of the reader: a failed read in its place, a failed write at the foot of the page.

use leptos::prelude::*;

use super::Frame;
use crate::error::Error;
use crate::markup::Node;
use crate::ui::failure;
use crate::words::{key, problem_text, t, tf};

/// The sentence of an error.
pub fn error_text(error: &Error) -> String {
    match error {
        Error::SignIn => t(key::ERROR_SIGN_IN).into(),
        Error::Forbidden { right } => tf(key::ERROR_FORBIDDEN, &[("right", right)]),
        Error::Missing => t(key::ERROR_MISSING).into(),
        Error::Invalid { problems, .. } => match problems.iter().find(|problem| !problem.warning) {
            Some(problem) => problem_text(problem),
            None => t(key::ERROR_INVALID).into(),
        },
        Error::Conflict { by, .. } => tf(key::ERROR_CONFLICT, &[("by", by)]),
        Error::TooLarge => t(key::ERROR_TOO_LARGE).into(),
        Error::Busy => t(key::ERROR_BUSY).into(),
        Error::Broken { .. } => t(key::ERROR_BROKEN).into(),
    }
}

/// Tells of an error that has no place on the page; an ended session asks for the password instead.
pub fn report(error: &Error) {
    report_and(error, None);
}

/// The same; after signing in again, `retry` is run.
pub fn report_and(error: &Error, retry: Option<Callback<()>>) {
    let frame = Frame::get();
    if *error == Error::SignIn {
        frame.sign_in.ask(retry);
    } else {
        frame.toasts.fail(error_text(error));
    }
}

/// A failed read, told where the data would be; an ended session also asks for the password, and then retries.
pub fn failed(error: &Error, retry: Callback<()>) -> Node {
    if *error == Error::SignIn {
        let sign_in = Frame::get().sign_in;
        // Only the browser asks: the server has sent strangers to the sign-in page before anything is read.
        Effect::new(move |_| sign_in.ask(Some(retry)));
    }
    let request = match error {
        Error::Broken { request } => request.clone(),
        _ => String::new(),
    };
    failure(t(key::NOT_READ).into(), error_text(error), request, Some(retry))
}
