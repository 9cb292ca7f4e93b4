//! What is done again and again while the program serves: waves taken up, closed and announced, and old things
//! forgotten. A failure is logged once and does not keep the rest from being done.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::{
    context::Context,
    recoveries::Leavers,
    schedule,
    steady::SteadyClock,
    stuck::{Again, Stuck},
    wave,
};

/// What the rounds of jobs remember of the rounds before.
#[derive(Default)]
pub struct Jobs {
    left: Leavers,
    stuck: Stuck,
    clock: Mutex<SteadyClock>,
}

impl Jobs {
    /// One round. `running` is for how long the program runs, by a clock that nobody can set: no wave is closed
    /// before the time of day has gone as fast as that for several rounds.
    pub fn round(&self, context: &Context, running: Duration) {
        if let Err(error) = wave::refresh_live(context) {
            tracing::error!(error = format!("{error:#}"), "waves could not be taken up");
        }
        self.finish_released(context);
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        if clock.is_steady(context.now(), running) {
            self.close_due(context);
        }
        drop(clock);
        if let Err(error) = context.store.redeal_pickups() {
            tracing::error!(
                error = format!("{error:#}"),
                "the list of pick-ups could not be sorted"
            );
        }
        for live in context.live.list() {
            if live.box_failed() {
                tracing::error!(wave.seq = %live.wave.seq, "the ballot box did not take a ballot");
            }
        }
        forget_and_check(context);
        if let Err(error) = self.left.forget(context) {
            tracing::error!(
                error = format!("{error:#}"),
                "what people left behind could not be deleted"
            );
        }
        if let Err(error) = schedule::announce(context) {
            tracing::error!(
                error = format!("{error:#}"),
                "the wave calendar could not be followed"
            );
        }
    }

    /// Destroys what is left of waves that are released. That is decided: it waits for no clock, and for no other wave.
    fn finish_released(&self, context: &Context) {
        let left = match wave::unfinished(context) {
            Ok(left) => left,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "waves could not be read");
                return;
            }
        };
        for seq in left {
            if !matches!(self.stuck.again(seq, context.now()), Again::Now) {
                continue;
            }
            if let Err(error) = wave::close(context, seq) {
                self.stuck.failed(seq, false, context.now());
                tracing::error!(
                    wave.seq = %seq,
                    error = format!("{error:#}"),
                    "what is left of a released wave could not be destroyed"
                );
            }
        }
    }

    /// Closes the waves that are over, in their order: one that failed for a while would be barred for ever by a
    /// later one. One whose keys or box are lost is past that, and keeps none waiting.
    fn close_due(&self, context: &Context) {
        let due = match wave::due(context).and_then(|due| Ok((due, wave::unfinished(context)?))) {
            Ok((due, released)) => due.into_iter().filter(move |it| !released.contains(it)),
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "waves could not be read");
                return;
            }
        };
        for seq in due {
            match self.stuck.again(seq, context.now()) {
                Again::Later { lost: false } => return,
                Again::Later { lost: true } => continue,
                Again::Now => {}
            }
            let Err(error) = wave::close(context, seq) else { continue };
            let (lost, error_text) = (wave::is_lost(&error), format!("{error:#}"));
            self.stuck.failed(seq, lost, context.now());
            if lost {
                context.live.note_lost(seq);
                tracing::error!(
                    wave.seq = %seq,
                    error = error_text,
                    "wave not closed, and never will be: end it by `tideline wave close --wave {seq} --abandon`"
                );
            } else {
                tracing::error!(wave.seq = %seq, error = error_text, "wave not closed");
                return;
            }
        }
    }
}

fn forget_and_check(context: &Context) {
    if let Err(error) = context.store.forget_expired(context.now()) {
        tracing::error!(error = format!("{error:#}"), "expired sessions could not be deleted");
    }
    if let Err(error) = context.store.log_passkey_changes(context.now()) {
        tracing::error!(
            error = format!("{error:#}"),
            "which passkeys came and went could not be noted"
        );
    }
    if context.store.is_audit_log_due(context.now()) {
        match context.store.verify_audit_log(context.now()).map(|it| it.broken) {
            Ok(None) => {}
            Ok(Some(entry)) => {
                tracing::error!(entry, "the audit log is broken: changed, removed or slipped in");
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the audit log could not be checked");
            }
        }
    }
}
