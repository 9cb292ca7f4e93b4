//! A mail server on loopback that does to each mail what a test says, with or without TLS.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// What the server does to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes it.
    Takes,
    /// Asks to wait when it hears to whom it goes (greylisting).
    AsksToWait,
    /// Refuses when it hears to whom it goes.
    Refuses,
    /// Refuses when it has read all of it.
    RefusesContents,
    /// Hangs up before any of it is transferred.
    HangsUpBefore,
    /// Hangs up in the middle of the transfer.
    HangsUpWithin,
    /// Takes it, and hangs up before it says so.
    TakesUnsaid,
    /// Says nothing any more.
    FallsSilent,
    /// Lets nobody in: it answers the greeting with 421.
    SendsAway,
    /// Does not accept the password.
    RefusesPassword,
}

/// Where in a mail's transfer something else may happen, such as the end of the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Its recipient is known, nothing is transferred.
    Envelope,
    /// Some of it is transferred.
    Within,
    /// All of it is here; the sender does not know.
    Here,
    /// The sender was told that all of it is here.
    Said,
}

/// How connections are kept safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Safety {
    /// From the first byte.
    Implicit,
    /// From `STARTTLS` on.
    StartTls,
}

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Taken {
    /// A header, up to the end of its line.
    pub(crate) fn header(&self, name: &str) -> &str {
        let head = self.text.split("\n\n").next().unwrap_or_default();
        let mut lines = head.lines().filter_map(|it| it.split_once(": "));
        lines.find(|(it, _)| it.eq_ignore_ascii_case(name)).map_or("", |it| it.1)
    }
}

type AtStep = Box<dyn FnMut(Step, &str) -> bool + Send>;

struct Shelf {
    manners: Mutex<VecDeque<Manner>>,
    taken: Mutex<Vec<Taken>>,
    at_step: Mutex<Option<AtStep>>,
    /// What was said before a connection was safe.
    clear: Mutex<Vec<String>>,
    connections: AtomicUsize,
    closing: AtomicBool,
    tls: Option<(Arc<ServerConfig>, Safety)>,
}

/// A mail server that runs until this value is dropped.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    shelf: Arc<Shelf>,
    acceptor: Option<thread::JoinHandle<()>>,
}

impl MailServer {
    /// A server without TLS.
    pub(crate) fn plain() -> Self {
        Self::start(0, None)
    }

    /// A server without TLS at a port that was free a moment ago.
    pub(crate) fn plain_at(port: u16) -> Self {
        Self::start(port, None)
    }

    /// A server with TLS by `authority`.
    pub(crate) fn safe(safety: Safety, authority: &Authority) -> Self {
        Self::start(0, Some((authority.server(), safety)))
    }

    fn start(port: u16, tls: Option<(Arc<ServerConfig>, Safety)>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shelf = Arc::new(Shelf {
            manners: Mutex::default(),
            taken: Mutex::default(),
            at_step: Mutex::default(),
            clear: Mutex::default(),
            connections: AtomicUsize::new(0),
            closing: AtomicBool::new(false),
            tls,
        });
        let of = Arc::clone(&shelf);
        let acceptor = thread::spawn(move || {
            for stream in listener.incoming() {
                if of.closing.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), of) = (stream, Arc::clone(&of)) else { continue };
                of.connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || of.talk(stream));
            }
        });
        Self { port, shelf, acceptor: Some(acceptor) }
    }

    /// What it does to the next mails, in this order; it takes all others.
    pub(crate) fn does(&self, manners: &[Manner]) {
        lock(&self.shelf.manners).extend(manners);
    }

    /// Calls `act` at each step of each mail that it takes, with its recipient; hangs up if that says `false`.
    pub(crate) fn at_each_step(&self, act: impl FnMut(Step, &str) -> bool + Send + 'static) {
        *lock(&self.shelf.at_step) = Some(Box::new(act));
    }

    /// What it has taken, oldest first.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        lock(&self.shelf.taken).clone()
    }

    /// How many connections there were.
    pub(crate) fn connections(&self) -> usize {
        self.shelf.connections.load(Ordering::SeqCst)
    }

    /// What it heard before a connection was safe.
    pub(crate) fn heard_in_the_clear(&self) -> Vec<String> {
        lock(&self.shelf.clear).clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.shelf.closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

/// One side of a conversation, line by line.
struct Talk(BufReader<Box<dyn Wire>>);

impl Talk {
    fn new(wire: impl Wire + 'static) -> Self {
        Self(BufReader::new(Box::new(wire)))
    }

    fn say(&mut self, line: &str) -> Option<()> {
        let wire = self.0.get_mut();
        wire.write_all(format!("{line}\r\n").as_bytes()).ok()?;
        wire.flush().ok()
    }

    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

impl Shelf {
    /// One conversation; ends when either side has enough.
    fn talk(&self, stream: TcpStream) -> Option<()> {
        let secure = |stream: TcpStream, config: &Arc<ServerConfig>| {
            let connection = ServerConnection::new(Arc::clone(config)).ok()?;
            Some(Talk::new(StreamOwned::new(connection, stream)))
        };
        let mut safe = false;
        let mut talk = match &self.tls {
            Some((config, Safety::Implicit)) => {
                safe = true;
                secure(stream.try_clone().ok()?, config)?
            }
            _ => Talk::new(stream.try_clone().ok()?),
        };
        if self.next_is(Manner::SendsAway) {
            return talk.say("421 too busy");
        }
        talk.say("220 test")?;
        let (mut manner, mut to) = (Manner::Takes, String::new());
        loop {
            let line = talk.hear()?;
            if !safe {
                lock(&self.clear).push(line.clone());
            }
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    talk.say("250-test")?;
                    if !safe && matches!(self.tls, Some((_, Safety::StartTls))) {
                        talk.say("250-STARTTLS")?;
                    }
                    talk.say("250 AUTH PLAIN")?;
                }
                "STARTTLS" => {
                    let (config, _) = self.tls.as_ref()?;
                    talk.say("220 go on")?;
                    talk = secure(stream.try_clone().ok()?, config)?;
                    safe = true;
                }
                "AUTH" if self.next_is(Manner::RefusesPassword) => {
                    talk.say("535 5.7.8 wrong password")?;
                }
                "AUTH" => talk.say("235 welcome")?,
                "MAIL" => {
                    manner = lock(&self.manners).pop_front().unwrap_or(Manner::Takes);
                    talk.say("250 fine")?;
                }
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    match manner {
                        Manner::AsksToWait => talk.say("451 4.7.1 try again later")?,
                        Manner::Refuses => talk.say(&format!("550 5.1.1 <{to}> is unknown"))?,
                        Manner::HangsUpBefore => return None,
                        Manner::FallsSilent => {
                            thread::sleep(Duration::from_secs(20));
                            return None;
                        }
                        _ => {
                            self.step(Step::Envelope, &to)?;
                            talk.say("250 fine")?;
                        }
                    }
                }
                "DATA" => {
                    talk.say("354 go on")?;
                    self.transfer(&mut talk, manner, &to)?;
                }
                "QUIT" => return talk.say("221 bye"),
                _ => talk.say("250 fine")?,
            }
        }
    }

    fn transfer(&self, talk: &mut Talk, manner: Manner, to: &str) -> Option<()> {
        let mut lines = Vec::new();
        loop {
            match talk.hear()? {
                line if line == "." => break,
                line => lines.push(line.strip_prefix('.').map(str::to_owned).unwrap_or(line)),
            }
            if lines.len() == 5 {
                if manner == Manner::HangsUpWithin {
                    return None;
                }
                self.step(Step::Within, to)?;
            }
        }
        if manner == Manner::RefusesContents {
            return talk.say(&format!("554 5.7.1 <{to}> does not want this"));
        }
        lock(&self.taken).push(Taken { to: to.to_owned(), text: lines.join("\n") });
        self.step(Step::Here, to)?;
        if manner == Manner::TakesUnsaid {
            return None;
        }
        talk.say("250 taken")?;
        self.step(Step::Said, to)
    }

    fn step(&self, step: Step, to: &str) -> Option<()> {
        match lock(&self.at_step).as_mut() {
            Some(act) => act(step, to).then_some(()),
            None => Some(()),
        }
    }

    /// Whether `manner` is next; then it is used up.
    fn next_is(&self, manner: Manner) -> bool {
        let mut manners = lock(&self.manners);
        let is = manners.front() == Some(&manner);
        if is {
            manners.pop_front();
        }
        is
    }
}

/// An authority that signs the certificate of a server called `localhost`; made for one test.
pub(crate) struct Authority {
    /// Its own certificate, in PEM.
    pub(crate) pem: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem().into_bytes();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    fn server(&self) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let names = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = names.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Arc::new(config)
    }
}
