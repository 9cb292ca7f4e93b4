//! How many ballots a second the ballot side takes over HTTP, durably, and how long one waits.
//!
//! `cargo bench -p tideline-booth`. The server is a process of its own, so that its memory and its
//! processor time are its own; whoever sends shares the machine with it, so the rate is what both
//! get done, and "at two cores" is what the server's processor time comes to. TIDELINE_BENCH_BALLOTS
//! says how many ballots are sent. Boxes are filled up with cover at the start, and it is exchanged as in
//! a wave that is open: the first ballots take the place of cover, and those beyond it make the box grow.
//! How many did is printed.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use actix_web::{App, HttpServer, web};
use chrono::{DateTime, Utc};
use tideline_ballot::{
    ballot_box::BallotBox,
    client::Pending,
    issue::Issuer,
    keys::{TokenKey, WaveKeys},
    manifest::{Manifest, PinnedManifest},
    wave_dir::WaveFiles,
};
use tideline_booth::{
    BallotSide, BoothSettings, Clock, LiveWave, LiveWaves, Share, configure_ballot,
};
use tideline_domain::{AnswerSheet, Cohort, InstrumentId, UnitId, Wave, WaveSeq, Window};
use tideline_instrument::PULSE;
use uuid::Uuid;

const CONNECTIONS: usize = 64;

fn day(day: u32) -> DateTime<Utc> {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 3, day).expect("a date");
    date.and_hms_opt(6, 0, 0).expect("a time").and_utc()
}

fn announce(dir: &Path, boxes: u8) -> (PinnedManifest, Issuer) {
    let window = Window::new(day(1), day(8), day(15)).expect("in order");
    let wave = Wave {
        seq: WaveSeq(1),
        label: "2026-03".parse().expect("a label"),
        asks: InstrumentId::PULSE,
        window,
    };
    let cohorts: Vec<Cohort> = (0..8_u32)
        .map(|it| Cohort {
            id: format!("c{it}").parse().expect("a name"),
            units: vec![UnitId::new(Uuid::from_u128(u128::from(it) + 1))],
            label: format!("Unit {it}"),
            eligible: 1000,
        })
        .collect();
    let keys = WaveKeys::generate();
    let mut manifest = Manifest::new(&wave, &PULSE, &cohorts, &keys, 6, None);
    manifest.boxes = boxes;
    let pinned = PinnedManifest::parse(manifest.to_bytes().expect("bytes")).expect("a manifest");
    let files = WaveFiles::new(dir, WaveSeq(1));
    files.announce(&pinned).expect("announced");
    keys.token_key().save_for_group(&files.shared_token_key()).expect("saved");
    files.create_boxes(boxes).expect("boxes");
    let issuer = Issuer::new(&pinned, &keys).expect("its keys");
    (pinned, issuer)
}

/// Requests as they go over the wire, made ahead: their cost is the browsers'.
fn requests(pinned: &PinnedManifest, issuer: &Issuer, count: usize) -> Vec<Vec<u8>> {
    let sheet = AnswerSheet::from_ballot(PULSE.items.len(), &[3; 25]).expect("a sheet");
    let one = |at: usize| {
        let cohort = &pinned.manifest.cohorts[at % pinned.manifest.cohorts.len()].id;
        let pending = Pending::begin(pinned, cohort).expect("begun");
        let issued = issuer.issue(cohort, &pending.blinded()).expect("issued");
        let token = pending.finish(pinned, &issued.into()).expect("proven");
        let body = token.redeem_body(pinned, &sheet).expect("sealed");
        format!(
            "POST /redeem HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    let half = count / 2;
    thread::scope(|scope| {
        let other = scope.spawn(move || (0..half).map(one).collect::<Vec<_>>());
        let mut all: Vec<_> = (half..count).map(one).collect();
        all.extend(other.join().expect("made"));
        all
    })
}

/// The server: the same program, started again.
fn serve(dir: &Path, port: u16) {
    let files = WaveFiles::new(dir, WaveSeq(1));
    let key = TokenKey::load(&files.shared_token_key()).expect("its key");
    let live = LiveWaves::default();
    let pinned = files.pinned().expect("a manifest");
    let wave = LiveWave::taking(pinned, &PULSE, &key, &files, Share::ALL).expect("taken up");
    wave.keep_cover(day(9));
    live.insert(wave);
    let settings = BoothSettings {
        app_origin: "http://localhost:1".parse().expect("an origin"),
        ballot_origin: "http://localhost:2".parse().expect("an origin"),
        data: dir.to_owned(),
        contact: String::new(),
    };
    let side = web::Data::new(BallotSide { live, settings, clock: Clock::manual(day(9)) });
    actix_web::rt::System::new().block_on(async move {
        HttpServer::new(move || App::new().app_data(side.clone()).configure(configure_ballot))
            .workers(2)
            .bind(("127.0.0.1", port))
            .expect("a free port")
            .run()
            .await
            .expect("served");
    });
}

/// How many rows are in the boxes, ballots and cover.
fn rows(dir: &Path, boxes: u8) -> u64 {
    let paths = WaveFiles::new(dir, WaveSeq(1)).ballot_boxes(boxes);
    let count = |path: &PathBuf| BallotBox::open(path).and_then(|it| it.count()).expect("a count");
    paths.iter().map(count).sum()
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    fn start(dir: &Path, port: u16) -> Self {
        let me = std::env::current_exe().expect("this program");
        let child = Command::new(me)
            .args(["--serve", dir.to_str().expect("a path"), &port.to_string()])
            .spawn()
            .expect("started");
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            thread::sleep(Duration::from_millis(20));
        }
        Self(child)
    }

    /// Processor time so far. Unit: seconds.
    fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).expect("its state");
        let rest = stat.rsplit(')').next().expect("after its name");
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks = |at: usize| fields[at].parse::<f64>().expect("a number");
        // User and system time, in hundredths of a second on Linux.
        (ticks(11) + ticks(12)) / 100.0
    }

    /// Most memory so far. Unit: MiB.
    fn memory(&self) -> f64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("its state");
        let line = status.lines().find(|it| it.starts_with("VmHWM")).expect("its memory");
        let kib: f64 = line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
        kib / 1024.0
    }
}

fn send(stream: &mut TcpStream, request: &[u8]) {
    stream.write_all(request).expect("sent");
    let mut answer = [0; 1024];
    let read = stream.read(&mut answer).expect("answered");
    assert!(
        answer[..read].starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&answer[..read])
    );
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    stream.set_nodelay(true).expect("set");
    stream
}

/// As fast as it goes; ballots a second.
fn flat_out(port: u16, requests: &[Vec<u8>]) -> f64 {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut stream = connect(port);
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    send(&mut stream, request);
                }
            });
        }
    });
    requests.len() as f64 / start.elapsed().as_secs_f64()
}

/// At a fixed rate, whatever comes back; how long each waited, sorted. Unit: milliseconds.
fn paced(port: u16, requests: &[Vec<u8>], rate: f64) -> Vec<f64> {
    let next = AtomicUsize::new(0);
    let start = Instant::now() + Duration::from_millis(100);
    let mut waits: Vec<f64> = thread::scope(|scope| {
        let all: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut stream = connect(port);
                    let mut waits = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(request) = requests.get(at) else { return waits };
                        let due = start + Duration::from_secs_f64(at as f64 / rate);
                        thread::sleep(due.saturating_duration_since(Instant::now()));
                        send(&mut stream, request);
                        waits.push(due.elapsed().as_secs_f64() * 1e3);
                    }
                })
            })
            .collect();
        all.into_iter().flat_map(|it| it.join().expect("sent")).collect()
    });
    waits.sort_by(f64::total_cmp);
    waits
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|it| it == "--serve") {
        return serve(Path::new(&args[at + 1]), args[at + 2].parse().expect("a port"));
    }
    // `cargo test --benches` only wants to know that it runs.
    if args.iter().any(|it| it == "--test") {
        return;
    }
    let count: usize = std::env::var("TIDELINE_BENCH_BALLOTS")
        .map_or(20_000, |it| it.parse().expect("a number of ballots"));
    for boxes in [1, 2] {
        let dir = tempfile::tempdir_in(".").expect("a folder");
        let (pinned, issuer) = announce(dir.path(), boxes);
        let requests = requests(&pinned, &issuer, count);
        let (fast, slow) = requests.split_at(count * 3 / 4);
        let (placed, added) = fast.split_at(fast.len() / 4);
        let port =
            TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("it").port();
        let server = Server::start(dir.path(), port);
        let idle = server.memory();
        let cover = rows(dir.path(), boxes);
        println!(
            "\nredeem over HTTP, {boxes} box{}, {} ballots, durable, {cover} rows of cover at first",
            if boxes == 1 { "" } else { "es" },
            fast.len()
        );
        let mut rate = 0.0;
        for part in [placed, added] {
            let (before, there) = (server.cpu(), rows(dir.path(), boxes));
            rate = flat_out(port, part);
            let spent = (server.cpu() - before) / part.len() as f64;
            let grown = rows(dir.path(), boxes) - there;
            println!("{} ballots, by which the boxes grew by {grown} rows:", part.len());
            println!("{:<44} {rate:>9.0} /s", "sustained, sender on the same machine");
            println!("{:<44} {:>9.1} us", "processor time of the server for each", spent * 1e6);
            println!("{:<44} {:>9.0} /s (target: 5000)", "that is, at two cores", 2.0 / spent);
        }
        let waits = paced(port, slow, rate / 2.0);
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        println!(
            "{:<44} {:>9.1} ms, p99 {:.1} ms (target: 50), most {:.1} ms",
            "wait at half that load, median",
            at(0.5),
            at(0.99),
            at(1.0)
        );
        println!("{:<44} {:>9.1} MiB ({idle:.1} before)", "memory of the server", server.memory());
    }
}
