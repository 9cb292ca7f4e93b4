//! How work is done that the database hands out under a lease: mails, announcements, notices to other programs.
//!
//! Each kind has rounds of its own, so that a slow mail server or hook delays nothing else; how one is taken, tried
//! again and given up is the same.

use std::ops::ControlFlow;

use anyhow::Result;
use chrono::TimeDelta;

/// How long a process may work on one piece before another may take it over.
pub(crate) const LEASE: TimeDelta = TimeDelta::minutes(10);

/// How long after attempt `attempt`, from 1, the next may follow: 1 minute, then 2, 4 … at most 4 hours.
pub(crate) fn backoff(attempt: u32) -> TimeDelta {
    TimeDelta::minutes(1_i64 << attempt.saturating_sub(1).min(8)).min(TimeDelta::hours(4))
}

/// Does what `claim` hands out, one piece after the other, until there is none, an attempt says that the round is
/// over, or `go_on` no longer says so.
///
/// # Errors
///
/// If the database fails. That a piece of work failed is noted with it, and is no error.
pub(crate) fn drain<T>(
    go_on: impl Fn() -> bool,
    claim: impl Fn() -> Result<Option<T>>,
    mut attempt: impl FnMut(T) -> Result<ControlFlow<()>>,
) -> Result<()> {
    while go_on() {
        let Some(work) = claim()? else { break };
        if attempt(work)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Writes down that something was done, three times if need be: forgetting it would do it again.
pub(crate) fn record(write: impl Fn() -> Result<()>) -> Result<()> {
    write().or_else(|_| write()).or_else(|_| write())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn waiting_grows_and_ends_at_four_hours() {
        assert_eq!(backoff(1), TimeDelta::minutes(1));
        assert_eq!(backoff(4), TimeDelta::minutes(8));
        assert_eq!(backoff(40), TimeDelta::hours(4));
    }

    #[test]
    fn a_round_ends_when_nothing_is_left_or_somebody_says_so() {
        let round = |left: u32, go_on: u32, last: u32| {
            let (left, go_on, mut done) = (Cell::new(left), Cell::new(go_on), 0);
            let take = |of: &Cell<u32>| of.replace(of.get().saturating_sub(1)) > 0;
            let attempt = |()| {
                done += 1;
                Ok(if done == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            drain(|| take(&go_on), || Ok(take(&left).then_some(())), attempt).unwrap();
            done
        };
        assert_eq!((round(3, 9, 9), round(9, 2, 9), round(9, 9, 4)), (3, 2, 4));
    }
}
