//! Progress of long work: a bar on a terminal, plain lines in a pipe.

use std::{
    io::IsTerminal as _,
    sync::atomic::{AtomicU64, Ordering},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Progress of one piece of work. Shared between threads.
pub(crate) struct Progress {
    what: String,
    total: u64,
    done: AtomicU64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Starts showing `what`, which has `total` steps.
    pub(crate) fn start(what: impl Into<String>, total: u64) -> Self {
        let what = what.into();
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg:32} {wide_bar} {pos}/{len} {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(total).with_style(style).with_message(what.clone())
        });
        Self { what, total, done: AtomicU64::new(0), bar }
    }

    /// `steps` more are done. In a pipe, says so at every quarter.
    pub(crate) fn add(&self, steps: u64) {
        let before = self.done.fetch_add(steps, Ordering::Relaxed);
        match &self.bar {
            Some(bar) => bar.inc(steps),
            None => {
                let quarter = |it: u64| (it * 4).checked_div(self.total).unwrap_or(4);
                let after = before + steps;
                if self.total >= 1000 && quarter(after) > quarter(before) && after < self.total {
                    eprintln!("{}: {after} of {}", self.what, self.total);
                }
            }
        }
    }

    /// Ends with a line.
    pub(crate) fn finish(self, line: &str) {
        match self.bar {
            Some(bar) => {
                bar.finish_and_clear();
                eprintln!("{line}");
            }
            None => eprintln!("{line}"),
        }
    }
}
