//! Answers kept in memory while nothing changes: a list that is asked again costs neither search nor JSON.
//!
//! An answer depends on the settings (by the last commit and the last report of uses), on the address with its query, and on who reads in which
//! language. Rights are asked before an answer is taken from here, so they are no part of the key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use app::words::Language;
use axum::body::Bytes;

/// How many answers are kept, and how large one may be.
const KEPT: usize = 256;
const LARGEST: usize = 256 * 1024;

/// What an answer depends on beside the settings.
pub type Question = (String, Option<i64>, Language);

/// The answers of this node.
#[derive(Debug, Default)]
pub struct Answers(Mutex<(Moment, HashMap<Question, Bytes>)>);

/// What the settings were like: the last commit, and the last report of uses.
pub type Moment = (i64, i64);

impl Answers {
    /// The answer that was given to this question at `moment`.
    pub fn get(&self, moment: Moment, question: &Question) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == moment { kept.1.get(question).cloned() } else { None }
    }

    /// Keeps an answer; those of older moments are forgotten.
    pub fn keep(&self, moment: Moment, question: Question, answer: &Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if moment > kept.0 || kept.1.len() >= KEPT {
            *kept = (moment.max(kept.0), HashMap::new());
        }
        if moment == kept.0 && answer.len() <= LARGEST {
            kept.1.insert(question, answer.clone());
        }
    }
}
