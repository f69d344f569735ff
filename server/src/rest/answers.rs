//! Answers kept in memory while nothing changes: a list that is asked again costs neither search nor JSON.
//!
//! An answer depends on the settings (by the last commit), on the address with its query, and on who reads in which
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
pub struct Answers(Mutex<(i64, HashMap<Question, Bytes>)>);

impl Answers {
    /// The answer that was given to this question at commit `head`.
    pub fn get(&self, head: i64, question: &Question) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == head { kept.1.get(question).cloned() } else { None }
    }

    /// Keeps an answer; those of older commits are forgotten.
    pub fn keep(&self, head: i64, question: Question, answer: &Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if head > kept.0 || kept.1.len() >= KEPT {
            *kept = (head.max(kept.0), HashMap::new());
        }
        if head == kept.0 && answer.len() <= LARGEST {
            kept.1.insert(question, answer.clone());
        }
    }
}
