//! The steps in which a wave is closed.

/// The steps of closing a wave, in order. A crash may come after any of them: running again goes on
/// from what is stored and comes out the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The boxes are closed here: what was on its way is in them.
    Stopped,
    /// The boxes take no ballot any more, from whichever program.
    Sealed,
    /// They are dealt anew and read.
    Read,
    /// The ballots are opened, in memory.
    Opened,
    /// The release is planned, coarsened and audited, in memory.
    Planned,
    /// The release is stored, mails are queued, the list of pick-ups is deleted: one transaction.
    Published,
    /// The result file is written.
    ResultWritten,
    /// The keys are destroyed.
    KeysDestroyed,
    /// What the database kept of deleted rows is gone.
    Scrubbed,
    /// The boxes are destroyed.
    BoxesDestroyed,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Stopped,
        Self::Sealed,
        Self::Read,
        Self::Opened,
        Self::Planned,
        Self::Published,
        Self::ResultWritten,
        Self::KeysDestroyed,
        Self::Scrubbed,
        Self::BoxesDestroyed,
    ];
}
