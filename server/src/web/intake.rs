//! Reads the body of an upload: as much as is wanted of it is kept, the rest is only counted.

use std::time::Duration;

use app::error::Error;
use axum::body::{Body, HttpBody};
use futures::StreamExt;

/// A sender who is silent for so long has gone.
const SILENCE: Duration = Duration::from_secs(30);
/// As much is read beyond the limit, so that a sender who listens only after sending hears the refusal.
const OVERRUN: u64 = 64 * 1024 * 1024;

/// What came.
#[derive(Debug, Default)]
pub struct Intake {
    /// The beginning, as much as was wanted.
    pub first: Vec<u8>,
    /// The whole length in bytes.
    pub length: u64,
}

/// Reads a body to its end, keeping its first `keep` bytes. Of what is longer than `most`, no more than [`OVERRUN`] is
/// read on.
///
/// # Errors
/// [`Error::TooLarge`] beyond `most`, [`Error::Busy`] when the sender breaks off.
pub async fn take(body: Body, keep: usize, most: u64) -> Result<Intake, Error> {
    let mut taken = Intake::default();
    // What says beforehand that it is far too long is not read at all.
    if body.size_hint().exact().is_some_and(|told| told > most.saturating_add(OVERRUN)) {
        return Err(Error::TooLarge);
    }
    let mut stream = body.into_data_stream();
    loop {
        let next = tokio::time::timeout(SILENCE, stream.next()).await.map_err(|_| Error::Busy)?;
        let Some(chunk) = next else { break };
        let chunk = chunk.map_err(|_| Error::Busy)?;
        taken.length += chunk.len() as u64;
        if taken.length > most.saturating_add(OVERRUN) {
            return Err(Error::TooLarge);
        }
        let room = keep.saturating_sub(taken.first.len()).min(chunk.len());
        taken.first.extend_from_slice(&chunk[..room]);
    }
    if taken.length > most { Err(Error::TooLarge) } else { Ok(taken) }
}
