//! The one thread that writes to a ballot box: collects what is waiting, commits it together,
//! answers only then, and deals the box anew when it rests. It also keeps the box's cover: nothing of
//! what it does tells a ballot from an exchange of cover.

use std::{
    fmt,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crate::{
    ballot_box::{BallotBox, BoxError, Place, Put},
    cover::{Cover, Pace, random},
    redeem::Accepted,
};

/// Most ballots committed together.
const BATCH: usize = 512;
/// Most ballots waiting for the writer.
const WAITING: usize = 4096;
/// At the latest so long after a change the box is dealt anew, even if more keep coming …
const LATEST: Duration = Duration::from_secs(300);
/// … unless dealing takes long: at most this part of the time is spent on it.
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
    covering: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl BoxWriter {
    /// Opens the box at `path`, fills it up with cover, deals it anew (a crash may have come before
    /// that) and starts its writer.
    ///
    /// # Errors
    ///
    /// As [`BallotBox::open`]; [`BoxError::Io`] if there can be no more threads.
    pub fn spawn(path: &Path, cover: Cover) -> Result<Self, BoxError> {
        Self::spawn_with(path, cover, Pace::default())
    }

    /// [`spawn`](Self::spawn) at another pace.
    ///
    /// # Errors
    ///
    /// As [`spawn`](Self::spawn).
    pub fn spawn_with(path: &Path, cover: Cover, pace: Pace) -> Result<Self, BoxError> {
        let mut ballot_box = BallotBox::open(path)?;
        let places = match ballot_box.count()? {
            rows if cover.fits(rows) => match ballot_box.add_cover(&cover.first()?) {
                // The tally has begun: there is nothing to cover any more.
                Err(BoxError::Sealed) => Vec::new(),
                other => other?,
            },
            _ => Vec::new(),
        };
        // Also shows at once, not in the middle of a wave, if dealing cannot work here.
        ballot_box.redeal()?;
        Self::start(ballot_box, cover, places, pace)
    }

    pub(crate) fn start(
        ballot_box: BallotBox,
        cover: Cover,
        places: Vec<Place>,
        pace: Pace,
    ) -> Result<Self, BoxError> {
        let (sender, receiver) = sync_channel(WAITING);
        let covering = Arc::new(AtomicBool::new(false));
        let now = Instant::now();
        let writer = Writer {
            ballot_box,
            cover,
            places,
            pace,
            covering: Arc::clone(&covering),
            owed: 0,
            exchange: now + pace.until_next()?,
            undealt: None,
            deal_from: now,
            took: Duration::ZERO,
        };
        let thread = std::thread::Builder::new()
            .name("ballot-box".into())
            .spawn(move || writer.run(&receiver))?;
        Ok(Self(Arc::new(Inner {
            jobs: RwLock::new(Some(sender)),
            covering,
            thread: Mutex::new(Some(thread)),
        })))
    }

    /// From now on ballots may come: cover is exchanged from time to time. Can be repeated.
    pub fn begin_cover(&self) {
        self.0.covering.store(true, Ordering::Relaxed);
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

/// What the writer's thread works with.
struct Writer {
    ballot_box: BallotBox,
    cover: Cover,
    /// Where cover lies that no ballot has taken the place of.
    places: Vec<Place>,
    pace: Pace,
    covering: Arc<AtomicBool>,
    /// Ballots that stand for an exchange: each makes one of those to come not happen, so that in the
    /// end there were as many changes whoever answered.
    owed: u32,
    /// When cover is exchanged next.
    exchange: Instant,
    /// Since when there are rows that lie in order of arrival, and since when it rests.
    undealt: Option<(Instant, Instant)>,
    /// From when the box may be dealt anew, so that it does not take too much of the time.
    deal_from: Instant,
    /// How long dealing took.
    took: Duration,
}

impl Writer {
    fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let wait = self.next().saturating_duration_since(Instant::now());
            match jobs.recv_timeout(wait) {
                Ok(first) => self.commit(first, jobs),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    if self.undealt.is_some() {
                        self.redeal();
                    }
                    return;
                }
            }
            let now = Instant::now();
            if self.exchange <= now {
                self.exchange_cover(now);
            }
            if self.deal_at().is_some_and(|it| it <= now) {
                self.redeal();
            }
        }
    }

    /// When there is something to do without a ballot.
    fn next(&self) -> Instant {
        self.deal_at().map_or(self.exchange, |it| it.min(self.exchange))
    }

    /// When the box is to be dealt anew. The same rule whatever changed it.
    fn deal_at(&self) -> Option<Instant> {
        let (since, rests) = self.undealt?;
        let rested = (rests + self.pace.rest).max(self.deal_from);
        Some(rested.min(since + LATEST.max(self.took * SHARE)))
    }

    fn redeal(&mut self) {
        let started = Instant::now();
        let dealt = self.ballot_box.redeal().is_ok();
        let now = Instant::now();
        self.took = now - started;
        self.deal_from = now + self.took * SHARE;
        // If it failed (another process has the box), the next rest is as good.
        self.undealt = if dealt { None } else { self.undealt.map(|_| (now, now)) };
    }

    fn changed(&mut self) {
        let now = Instant::now();
        self.undealt = Some((self.undealt.map_or(now, |it| it.0), now));
    }

    /// Commits `first` and what else is waiting, then answers.
    fn commit(&mut self, first: Job, jobs: &Receiver<Job>) {
        let waiting = std::iter::once(first).chain(jobs.try_iter()).take(BATCH);
        let (batch, answers): (Vec<Accepted>, Vec<Answer>) =
            waiting.map(|job| (job.accepted, job.answer)).unzip();
        match self.put(&batch) {
            Ok(puts) => {
                let taken = puts.iter().filter(|it| **it == Put::Taken).count();
                answers.into_iter().zip(puts).for_each(|(answer, put)| answer(Ok(put)));
                if taken > 0 {
                    self.owed = self.owed.saturating_add(u32::try_from(taken).unwrap_or(u32::MAX));
                    self.changed();
                }
            }
            Err(error) => answers.into_iter().for_each(|answer| answer(Err(error.clone()))),
        }
    }

    fn put(&mut self, batch: &[Accepted]) -> Result<Vec<Put>, BoxError> {
        match self.ballot_box.put_in_place(batch, &mut self.places) {
            // Whatever became of the cover: a ballot is taken.
            Err(BoxError::NoCover) => {
                self.places.clear();
                self.ballot_box.put_in_place(batch, &mut self.places)
            }
            other => other,
        }
    }

    /// One row of cover takes the place of another, unless a ballot did so in its stead.
    fn exchange_cover(&mut self, now: Instant) {
        // If there is no randomness now, there may be some later.
        self.exchange = now + self.pace.until_next().unwrap_or(self.pace.exchange);
        if !self.covering.load(Ordering::Relaxed) {
            return;
        }
        // Not the very next ones, or there would be no cover for a while after many ballots.
        if self.owed > 0 && random().is_ok_and(|it| it & 1 == 0) {
            self.owed -= 1;
            return;
        }
        // What fails is left out: it was nobody's. A sealed box is done with.
        if self.fill_up().and_then(|()| self.put(&[self.cover.make()?])).is_ok() {
            self.changed();
        }
    }

    fn fill_up(&mut self) -> Result<(), BoxError> {
        if self.places.len() <= self.cover.low() && self.cover.fits(self.ballot_box.count()?) {
            self.places.append(&mut self.ballot_box.add_cover(&self.cover.chunk()?)?);
        }
        Ok(())
    }
}
