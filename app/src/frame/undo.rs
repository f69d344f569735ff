//! Taking a commit back from the notice that tells of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Frame, report::error_text};
use crate::calls;
use crate::error::Error;
use crate::words::{key, t, tf};

/// Takes the commit back when it is run: `toasts().say(t(key::SAVED), undo(committed.seq))`.
///
/// `None` for a commit that wrote nothing. Pages hear of the new commit through the event stream.
pub fn undo(seq: i64) -> Option<Callback<()>> {
    (seq > 0).then(|| Callback::new(move |()| take_back(seq, None)))
}

/// Takes a commit back in a new one and says so; the notice offers to take that back in turn.
pub(super) fn take_back(seq: i64, then: Option<Callback<()>>) {
    let frame = Frame::get();
    spawn_local(async move {
        match calls::revert(seq).await {
            Ok(committed) => {
                let text = tf(key::REVERTED, &[("seq", &seq.to_string())]);
                frame.toasts.say(text, undo(committed.seq));
                if let Some(then) = then {
                    then.try_run(());
                }
            }
            Err(Error::Conflict { by, .. }) => frame.toasts.fail(tf(key::REVERT_CONFLICT, &[("by", &by)])),
            Err(Error::SignIn) => frame.sign_in.ask(Some(Callback::new(move |()| take_back(seq, then)))),
            Err(error) => frame.toasts.fail([t(key::ERROR_TITLE), ": ", &error_text(&error)].concat()),
        }
    });
}
