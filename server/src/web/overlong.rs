//! Requests that carry too much: refused with 413, and read on up to a bound, so that whoever is still sending hears it.
//!
//! A server that stops reading ends the connection under its sender, who then learns of a broken pipe and not of the
//! refusal. So what an answer left unread is read and thrown away before the answer goes out.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use app::error::Error;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};

use super::status;
use crate::rest::problem::Refused;

/// The most that one request may carry, in bytes: an import file in its JSON.
pub(super) const BODY: usize = 64 * 1024 * 1024;
/// How much more is read and thrown away.
const PATIENCE: usize = BODY;
/// For how long.
const TIME: Duration = Duration::from_secs(15);

/// Lets a request through with at most [`BODY`] bytes.
pub(super) async fn hear_out(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let path = parts.uri.path().to_owned();
    let sent = Sent(Arc::new(Mutex::new(Measured {
        body: body.into_data_stream(),
        room: BODY,
        state: State::Open,
    })));
    let response = next.run(Request::from_parts(parts, Body::from_stream(sent.clone()))).await;
    let over = sent.measured().state == State::Over;
    if sent.measured().state != State::Ended {
        // Neither a sender who never ends nor one who never sends is waited for.
        let _ = tokio::time::timeout(TIME, sent.drain()).await;
    }
    match over {
        false => response,
        true if path.starts_with("/api/") => Refused(Error::TooLarge).into_response(),
        true => status(&Error::TooLarge).into_response(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// More may come.
    Open,
    /// More came than may.
    Over,
    /// All of it was read, or the sender is gone.
    Ended,
}

struct Measured {
    body: BodyDataStream,
    room: usize,
    state: State,
}

/// A body that two hold: the handler who reads it, and the one who reads on.
#[derive(Clone)]
struct Sent(Arc<Mutex<Measured>>);

impl Sent {
    fn measured(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads on until the end, or until patience ends.
    async fn drain(mut self) {
        {
            let mut measured = self.measured();
            measured.room = PATIENCE;
            measured.state = State::Open;
        }
        while let Some(Ok(_)) = self.next().await {}
    }
}

impl Stream for Sent {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut measured = self.measured();
        if measured.state == State::Over {
            return Poll::Ready(Some(Err(io::Error::other("too large"))));
        }
        let Poll::Ready(piece) = measured.body.poll_next_unpin(context) else { return Poll::Pending };
        Poll::Ready(match piece {
            Some(Ok(bytes)) if bytes.len() > measured.room => {
                measured.state = State::Over;
                Some(Err(io::Error::other("too large")))
            }
            Some(Ok(bytes)) => {
                measured.room -= bytes.len();
                Some(Ok(bytes))
            }
            Some(Err(error)) => {
                measured.state = State::Ended;
                Some(Err(io::Error::other(error)))
            }
            None => {
                measured.state = State::Ended;
                None
            }
        })
    }
}
