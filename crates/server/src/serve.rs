//! The two listeners and the jobs.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use actix_web::{App as Web, HttpServer, dev::ServerHandle, web};
use anyhow::{Context as _, Result};
use tideline_api::{AnnounceError, App, OidcProvider, PlannedWave, Program, Settings};
use tideline_domain::{InstrumentId, WaveSeq, Window, WindowError};
use tokio::sync::watch;

use crate::{
    auth_keys,
    config::{MailRoute, Sides},
    context::Context,
    hooks, instrument,
    jobs::Jobs,
    outbox, recoveries, running, schedule, self_check, wave,
};

/// A server that runs in threads of its own.
pub struct Running {
    handles: Vec<ServerHandle>,
    threads: Vec<thread::JoinHandle<std::io::Result<()>>>,
    links: Ticks,
    /// Where the app answers.
    pub app_origin: String,
    /// Where the ballot side answers.
    pub ballot_origin: String,
}

/// The state that handlers share.
///
/// # Errors
///
/// If the signing keys cannot be read or made.
pub fn app(context: &Context) -> Result<App> {
    let config = &context.config;
    let keys = auth_keys::load_or_create(&context.config.data)?;
    let settings = Settings {
        app_origin: config.app_origin.clone(),
        ballot_origin: config.ballot_origin.clone(),
        mail_is_set: matches!(config.mail, MailRoute::Smtp(_)),
        language: config.language,
        look: config.look.clone(),
        choices_url: format!("{}/mail", config.app_origin),
        support_url: format!("{}/support", config.app_origin),
        data: config.shared().to_owned(),
        contact: config.contact.clone(),
        smallest_group: config.smallest_group,
        roster_guard: config.roster_guard,
        time_zone: config.time_zone.unwrap_or(chrono_tz::Tz::UTC),
        password: config.password,
        proxies: config.proxies.clone(),
    };
    let app = App::new(
        context.store.clone(),
        context.live.clone(),
        keys,
        context.mailer.clone(),
        settings,
        context.clock.clone(),
    )
    .with_program(Arc::new(Office(context.clone())));
    Ok(match &config.oidc {
        Some(settings) => app.with_oidc(OidcProvider::new(settings.clone())?),
        None => app,
    })
}

/// What pages may have the program do.
struct Office(Context);

impl Program for Office {
    fn announce(&self, asks: &InstrumentId, window: Window) -> Result<WaveSeq, AnnounceError> {
        let failed = |error: anyhow::Error| AnnounceError::Failed(error.into());
        let Self(context) = self;
        let not_asked = |it: anyhow::Error| AnnounceError::NotAsked(format!("{it:#}"));
        instrument::frozen(context, asks.as_str()).map_err(not_asked)?;
        let waves = context.store.wave_summaries().map_err(|it| failed(it.into()))?;
        if waves.iter().any(|it| it.wave.window.closes() >= window.closes()) {
            return Err(AnnounceError::NotLater);
        }
        let window = window.picked_up_before(context.config.pickup, context.now());
        let seq =
            wave::announce_in_its_month(context, asks, window).map_err(|error| {
                match error.downcast_ref() {
                    Some(WindowError::FullMonth) => AnnounceError::FullMonth,
                    _ => failed(error),
                }
            })?;
        if let Err(error) = wave::refresh_live(context) {
            tracing::error!(error = format!("{error:#}"), "waves could not be taken up");
        }
        Ok(seq)
    }

    fn planned(&self, most: usize) -> Result<Vec<PlannedWave>, AnnounceError> {
        schedule::planned(&self.0, most).map_err(|error| AnnounceError::Failed(error.into()))
    }
}

/// A code for setting the installation up in the browser, if nobody has ever belonged to it.
fn setup_code(context: &Context) -> Result<Option<String>> {
    Ok(context.store.awaits_set_up()?.then(|| uuid::Uuid::new_v4().simple().to_string()))
}

/// Starts both listeners.
///
/// # Errors
///
/// If a port is taken; the message says which.
pub fn start(context: &Context, app: web::Data<App>) -> Result<Running> {
    let config = &context.config;
    let listen = |at: std::net::SocketAddr| {
        TcpListener::bind(at)
            .with_context(|| format!("listening on {at}; is another program using it?"))
    };
    let mut sides = vec![(Side::App, listen(config.app_listen)?)];
    if config.sides == Sides::Both {
        sides.push((Side::Ballot, listen(config.ballot_listen)?));
    }
    let ballot_side = web::Data::new(app.ballot_side());
    let links = app.clone();
    let workers = match config.workers {
        0 => thread::available_parallelism().map_or(1, std::num::NonZero::get),
        fixed => fixed,
    };

    let (send, receive) = std::sync::mpsc::channel();
    let mut threads = Vec::new();
    let listeners = sides.len();
    for (side, listener) in sides {
        let (app, ballot_side, send) = (app.clone(), ballot_side.clone(), send.clone());
        threads.push(thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    Web::new().configure(|config| match side {
                        Side::App => {
                            config.app_data(app.clone());
                            tideline_api::configure_app(config);
                        }
                        Side::Ballot => {
                            config.app_data(ballot_side.clone());
                            tideline_api::configure_ballot(config);
                        }
                    })
                })
                .workers(workers)
                .disable_signals()
                .shutdown_timeout(10)
                .listen(listener)?
                .run();
                let _ = send.send(server.handle());
                server.await
            })
        }));
    }
    let handles = (0..listeners).map(|_| receive.recv().context("the server did not start"));
    Ok(Running {
        handles: handles.collect::<Result<_>>()?,
        threads,
        links: Ticks::start(move || {
            links.send_links();
        }),
        app_origin: config.app_origin.to_string(),
        ballot_origin: config.ballot_origin.to_string(),
    })
}

/// A thread that does the same every second or so. When exactly is drawn anew each time, so that the
/// moment tells nothing.
struct Ticks {
    thread: thread::JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

impl Ticks {
    fn start(work: impl Fn() + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Acquire) {
                thread::park_timeout(Duration::from_millis(500 + u64::from(random_byte()) * 4));
                work();
            }
        });
        Self { thread, stop }
    }

    /// Lets the work under way finish; what waits is done once more.
    fn stop(self) {
        self.stop.store(true, Ordering::Release);
        self.thread.thread().unpark();
        if self.thread.join().is_err() {
            tracing::error!("the thread that mails sign-in links panicked");
        }
    }
}

fn random_byte() -> u8 {
    let mut byte = [128];
    // Without random bytes the middle will do: nothing secret hangs on it.
    let _ = getrandom::fill(&mut byte);
    byte[0]
}

#[derive(Clone, Copy)]
enum Side {
    App,
    Ballot,
}

impl Running {
    /// Lets requests on their way finish, then ends.
    ///
    /// # Errors
    ///
    /// If a listener failed while it ran.
    pub fn stop(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            for handle in &self.handles {
                handle.stop(true).await;
            }
        });
        self.links.stop();
        for thread in self.threads {
            match thread.join() {
                Ok(outcome) => outcome?,
                Err(_) => anyhow::bail!("a listener panicked"),
            }
        }
        Ok(())
    }
}

/// Runs the command: serves until it is told to stop, and does the jobs in between.
///
/// # Errors
///
/// If it cannot start; afterwards failures are logged and tried again.
pub fn run(context: &Context) -> Result<()> {
    let _serving = running::serving(&context.config)?;
    self_check::run(context)?;
    context.apply_settings()?;
    wave::set_aside_unknown(context)?;
    wave::complete_files(context)?;
    wave::refresh_live(context)?;
    let mut app = app(context)?;
    if recoveries::are_nobodys(context)? {
        tracing::warn!(
            "keys/auth.pem is another one: no personal code and no passkey finds a check-in again until the old \
             file is back"
        );
    }
    if let Some(code) = setup_code(context)? {
        eprintln!("Nobody belongs to this installation yet. Set it up in the browser:");
        eprintln!("  {}/setup", context.config.app_origin);
        eprintln!("  setup code: {code}");
        app = app.with_setup(code);
    }
    let app = web::Data::new(app);
    ask_provider(app.clone());
    let running = start(context, app)?;
    tracing::info!(app = running.app_origin, ballot = running.ballot_origin, "serving");
    until_stopped(context)?;
    tracing::info!("stopping");
    running.stop()
}

/// Says in the log whether people can sign in by the identity provider, so that nobody has to find out by
/// signing in. Beside the rest: a provider that does not answer keeps nothing waiting.
fn ask_provider(app: web::Data<App>) {
    thread::spawn(move || match app.check_oidc() {
        None => {}
        Some(Ok(found)) => tracing::info!(issuer = found.issuer, "the identity provider answers"),
        Some(Err(error)) => {
            let error: &(dyn std::error::Error + 'static) = &error;
            tracing::warn!(error, "signing in by the identity provider may not work");
        }
    });
}

/// Longest pause after rounds in which the mail server took no mail.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Does the jobs again and again until a signal to stop. Mails and notices go out beside the other jobs: a
/// slow mail server or hook keeps no wave open.
///
/// # Errors
///
/// If signals cannot be heard.
pub fn until_stopped(context: &Context) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let pause = Duration::from_secs(context.config.jobs_every_seconds);
    let (stop, stopped) = watch::channel(false);
    let (jobs_of, mails_of, hooks_of) = (context.clone(), context.clone(), context.clone());
    let (no_mails, no_hooks) = (stopped.clone(), stopped.clone());
    let (jobs, started) = (Jobs::default(), Instant::now());
    let jobs: Work = Arc::new(move || {
        jobs.round(&jobs_of, started.elapsed());
        true
    });
    let mails: Work = Arc::new(move || mails(&mails_of, || !*no_mails.borrow()));
    let notices: Work = Arc::new(move || notices(&hooks_of, || !*no_hooks.borrow()));
    runtime.block_on(async {
        let heard = async {
            stop_signal().await;
            let _ = stop.send(true);
        };
        tokio::join!(
            heard,
            rounds(stopped.clone(), pause, jobs),
            rounds(stopped.clone(), pause, mails),
            rounds(stopped, pause, notices),
        );
    });
    Ok(())
}

/// A round of work; says whether the next may follow after the usual pause.
type Work = Arc<dyn Fn() -> bool + Send + Sync>;

/// Works again and again until it is told to stop; pauses longer each time that a round asks for it.
async fn rounds(mut stopped: watch::Receiver<bool>, usual: Duration, work: Work) {
    let mut pause = usual;
    loop {
        let round = Arc::clone(&work);
        let well = tokio::task::spawn_blocking(move || round()).await.unwrap_or_else(|_| {
            tracing::error!("a job panicked");
            true
        });
        pause = if well { usual } else { (pause * 2).min(LONGEST_PAUSE.max(usual)) };
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Queues and sends mails as long as `go_on` says so; `false` if the mail server takes none.
fn mails(context: &Context, go_on: impl Fn() -> bool) -> bool {
    if let Err(error) = outbox::fill(context) {
        tracing::error!(error = format!("{error:#}"), "mails could not be queued");
    }
    match outbox::deliver_while(context, go_on) {
        Ok(round) => !round.down,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "mails could not be sent");
            true
        }
    }
}

/// Tells other programs and chats what has happened, as long as `go_on` says so.
fn notices(context: &Context, go_on: impl Fn() -> bool) -> bool {
    if let Err(error) = hooks::work_while(context, go_on) {
        tracing::error!(error = format!("{error:#}"), "other programs could not be told");
    }
    true
}
