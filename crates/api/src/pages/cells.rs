//! The published cells of a wave, to be taken away.

use tideline_domain::{Principal, Wave};
use tideline_report::{asked, words};
use tideline_text::Text;

/// A release whose published cells can be taken away; see `pages/cells.html`.
pub(super) struct CellsLine {
    pub(super) seq: u32,
    pub(super) month: String,
}

impl CellsLine {
    /// What `who` may take away, newest first.
    pub(super) fn of(who: &Principal, waves: &[Wave], t: Text) -> Vec<Self> {
        if !who.may_audit_releases() {
            return Vec::new();
        }
        let line = |it: &Wave| Self { seq: it.seq.0, month: month_asked(it, t) };
        waves.iter().rev().map(line).collect()
    }
}

/// The month of a wave, and what it asked if that was not the pulse.
pub(super) fn month_asked(wave: &Wave, t: Text) -> String {
    let month = words::month(wave, t);
    if wave.asks.is_pulse() {
        return month;
    }
    t.tr2("asked-other", "name", asked::name(&wave.asks, t), "month", month)
}
