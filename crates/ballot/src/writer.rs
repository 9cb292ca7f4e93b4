//! The one thread that writes to a ballot box: collects what is waiting, commits it together,
//! answers only then, and deals the box anew when it rests.

use std::{
    fmt,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::{
    ballot_box::{BallotBox, BoxError, Put},
    redeem::Accepted,
};

/// Most ballots committed together.
const BATCH: usize = 512;
/// Most ballots waiting for the writer.
const WAITING: usize = 4096;
/// How long after the last ballot the box is dealt anew.
const REST: Duration = Duration::from_secs(2);
/// At the latest so long after a ballot the box is dealt anew, even if more keep coming …
const LATEST: Duration = Duration::from_secs(300);
/// … unless dealing takes long: then at most this part of the time is spent on it.
const SHARE: u32 = 50;

type Answer = Box<dyn FnOnce(Result<Put, BoxError>) + Send>;

struct Job {
    accepted: Accepted,
    answer: Answer,
}

/// Puts ballots into a box from any number of threads. Clones are handles of the same writer, which
/// ends with the last of them or with [`close`](Self::close).
#[derive(Clone)]
pub struct BoxWriter(Arc<Inner>);

struct Inner {
    jobs: RwLock<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl BoxWriter {
    /// Opens the box at `path`, deals it anew (a crash may have come before that) and starts its
    /// writer.
    ///
    /// # Errors
    ///
    /// As [`BallotBox::open`]; [`BoxError::Io`] if there can be no more threads.
    pub fn spawn(path: &Path) -> Result<Self, BoxError> {
        let mut ballot_box = BallotBox::open(path)?;
        // Also shows at once, not in the middle of a wave, if dealing cannot work here.
        ballot_box.redeal()?;
        Self::start(ballot_box, REST)
    }

    pub(crate) fn start(ballot_box: BallotBox, rest: Duration) -> Result<Self, BoxError> {
        let (sender, receiver) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("ballot-box".into())
            .spawn(move || write(ballot_box, &receiver, rest))?;
        Ok(Self(Arc::new(Inner {
            jobs: RwLock::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
        })))
    }

    /// Puts one ballot into the box and waits until it is durable.
    ///
    /// # Errors
    ///
    /// [`BoxError`]; then it was not taken.
    pub fn put(&self, accepted: Accepted) -> Result<Put, BoxError> {
        let (sender, receiver) = sync_channel(1);
        let answer = Box::new(move |it| drop(sender.send(it)));
        self.sender()?.send(Job { accepted, answer }).map_err(|_| BoxError::Closed)?;
        receiver.recv().map_err(|_| BoxError::Closed)?
    }

    /// Hands over one ballot without waiting. `answer` is called on the writer's thread once the
    /// ballot is durable or refused; it must be quick and must not panic.
    ///
    /// # Errors
    ///
    /// [`BoxError::Busy`] or [`BoxError::Closed`]; then it was not taken and `answer` is not called.
    pub fn put_then(
        &self,
        accepted: Accepted,
        answer: impl FnOnce(Result<Put, BoxError>) + Send + 'static,
    ) -> Result<(), BoxError> {
        let job = Job { accepted, answer: Box::new(answer) };
        self.sender()?.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => BoxError::Busy,
            TrySendError::Disconnected(_) => BoxError::Closed,
        })
    }

    /// Takes no more ballots, waits for those on their way, deals the box anew and closes it.
    pub fn close(&self) {
        self.0.close();
    }

    fn sender(&self) -> Result<SyncSender<Job>, BoxError> {
        let jobs = self.0.jobs.read().unwrap_or_else(PoisonError::into_inner);
        jobs.clone().ok_or(BoxError::Closed)
    }
}

impl Inner {
    fn close(&self) {
        drop(self.jobs.write().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // An answer may hold the last handle; the thread cannot wait for itself.
        if let Some(thread) = thread.filter(|it| it.thread().id() != std::thread::current().id()) {
            // If it panicked, its jobs have been answered with `Closed` already.
            drop(thread.join());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for BoxWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxWriter(…)")
    }
}

fn write(mut ballot_box: BallotBox, jobs: &Receiver<Job>, rest: Duration) {
    // Since when there are rows that lie in order of arrival.
    let mut undealt: Option<Instant> = None;
    let mut patience = LATEST;
    loop {
        let next = match undealt {
            None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => jobs.recv_timeout(rest),
        };
        let (due, end) = match next {
            Ok(first) => {
                if commit(&mut ballot_box, first, jobs) {
                    undealt.get_or_insert_with(Instant::now);
                }
                (undealt.is_some_and(|it| it.elapsed() >= patience), false)
            }
            Err(RecvTimeoutError::Timeout) => (true, false),
            Err(RecvTimeoutError::Disconnected) => (undealt.is_some(), true),
        };
        if due {
            let started = Instant::now();
            // If it fails (another process has the box), the next rest is as good.
            if ballot_box.redeal().is_ok() {
                undealt = None;
            }
            patience = LATEST.max(started.elapsed() * SHARE);
        }
        if end {
            return;
        }
    }
}

/// Commits `first` and what else is waiting, then answers. Whether anything was written.
fn commit(ballot_box: &mut BallotBox, first: Job, jobs: &Receiver<Job>) -> bool {
    let waiting = std::iter::once(first).chain(jobs.try_iter()).take(BATCH);
    let (batch, answers): (Vec<Accepted>, Vec<Answer>) =
        waiting.map(|job| (job.accepted, job.answer)).unzip();
    match ballot_box.put_batch(&batch) {
        Ok(puts) => {
            let written = puts.contains(&Put::Taken);
            answers.into_iter().zip(puts).for_each(|(answer, put)| answer(Ok(put)));
            written
        }
        Err(error) => {
            answers.into_iter().for_each(|answer| answer(Err(error.clone())));
            false
        }
    }
}
