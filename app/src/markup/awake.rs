//! Has the page taken over from the server's HTML yet? What depends on the browser shows from then on.

use std::time::Duration;

use futures::channel::oneshot;
use leptos::prelude::*;

/// False on the server and while the browser takes the server's HTML over; true from then on.
#[derive(Clone, Copy, Debug)]
pub struct Awake(pub RwSignal<bool>);

/// Whether the page is awake. Read it in a closure of the view: the first drawing is the same on both sides.
pub fn awake() -> Signal<bool> {
    use_context::<Awake>().map_or_else(|| Signal::stored(false), |awake| awake.0.into())
}

/// Waits in the browser until the page is awake and has said so; the server waits for nothing.
pub fn woken() -> impl Future<Output = ()> + Send {
    let (tell, told) = oneshot::channel();
    let (awake, mut tell) = (awake(), Some(tell));
    Effect::new(move |_| {
        if awake.get()
            && let Some(tell) = tell.take()
        {
            // What can wait does not stand in the way of what was asked for. Nobody waits any more when the page has left.
            set_timeout(
                move || {
                    let _ = tell.send(());
                },
                Duration::ZERO,
            );
        }
    });
    async {
        if !cfg!(feature = "ssr") {
            let _ = told.await;
        }
    }
}
