//! The chain: each commit's hash covers the one before it, so a removed or altered commit shows.
//!
//! Format 1. Every field is written with its length in front, so no two contents give the same bytes. The hash covers
//! digests of the changes, not their data: data may be pruned and the chain still proves itself.

use rand::RngCore;
use sha2::{Digest, Sha256};

use crate::database::entities::{change, commit};

/// The format in which commits are hashed now.
pub const FORMAT: i32 = 1;

/// A fresh salt for a change.
pub fn salt() -> [u8; 16] {
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    salt
}

/// SHA-256 over salt and data.
pub fn digest(salt: &[u8], data: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(data.as_bytes()).finalize().into()
}

/// The hash of a commit after the one whose hash is `before`.
pub fn of(before: &[u8], commit: &commit::Model, changes: &[change::Model]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(before);
    field(&FORMAT.to_be_bytes());
    field(&commit.seq.to_be_bytes());
    field(&commit.at.to_be_bytes());
    field(commit.by.as_bytes());
    field(commit.via.as_bytes());
    field(commit.note.as_bytes());
    for change in changes {
        field(change.section.as_bytes());
        field(&change.record.to_be_bytes());
        field(&change.revision.to_be_bytes());
        field(change.op.as_bytes());
        field(&change.format.to_be_bytes());
        field(change.key.as_bytes());
        field(&[u8::from(change.archived)]);
        field(&change.digest);
    }
    hash.finalize().into()
}
