//! How fast a team page is, beside a bare actix-web handler that sends as many bytes from memory: the
//! same machine, the same client, one after the other. Prints rates, their ratio, and the 99th
//! percentile at half of the page's rate.
//!
//! Load goes to loopback only, for a few seconds.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use actix_web::{App as Web, HttpResponse, HttpServer, web};
use tideline_server::{
    cli::DemoArgs,
    config::{Config, MailRoute},
    context::{Context, system_clock},
    demo, serve,
};

const CONNECTIONS: usize = 16;
const SECONDS: u64 = 4;

fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("demo");
    let args =
        DemoArgs { out: out.clone(), people: 100, waves: 8, seed: 7, no_serve: true, port: 1 };
    demo::run(&args)?;

    let mut config = Config::load(None)?;
    let (app_at, ballot_at) = (free(), free());
    config.app_listen = app_at;
    config.ballot_listen = ballot_at;
    config.app_origin = format!("http://localhost:{}", app_at.port()).parse()?;
    config.ballot_origin = format!("http://localhost:{}", ballot_at.port()).parse()?;
    config.database = format!("sqlite:{}", out.join("tideline.sqlite").display()).parse()?;
    config.data = out;
    config.mail = MailRoute::Folder(folder.path().join("mail"));
    let context = Context::open(config, system_clock())?;
    let app = web::Data::new(serve::app(&context)?);
    let running = serve::start(&context, app.clone())?;

    let manager = context
        .store
        .person_by_email(&"manager@harbourlight.example".parse()?)?
        .ok_or_else(|| anyhow::anyhow!("the demo's manager"))?;
    let link = app.sign_in_link(manager.id, context.now(), chrono::TimeDelta::hours(1))?;
    let code = link.split('#').nth(1).unwrap_or_default();
    let cookie = sign_in(app_at, code)?;
    let tideline_domain::Role::Manager(unit) = manager.roles[0] else {
        anyhow::bail!("the manager leads a team")
    };
    let request = format!(
        "GET /team/{unit} HTTP/1.1\r\nHost: localhost:{}\r\nCookie: {cookie}\r\n\r\n",
        app_at.port()
    );
    let size = body_size(app_at, &request)?;

    let bare_at = free();
    let body = web::Bytes::from(vec![b'x'; size]);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            HttpServer::new(move || {
                let body = body.clone();
                Web::new().route(
                    "/",
                    web::get().to(move || {
                        let body = body.clone();
                        async move { HttpResponse::Ok().content_type("text/html").body(body) }
                    }),
                )
            })
            .workers(workers)
            .disable_signals()
            .bind(bare_at)?
            .run()
            .await
        })
    });
    std::thread::sleep(Duration::from_millis(300));
    let plain = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", bare_at.port());

    let (mut page_rate, mut bare_rate) = (0.0_f64, 0.0_f64);
    for round in 1..=3 {
        let bare = load(bare_at, &plain, None)?;
        let page = load(app_at, &request, None)?;
        say(&format!(
            "round {round}: bare {:.0}/s, team page {:.0}/s, ratio {:.2}",
            bare.rate,
            page.rate,
            page.rate / bare.rate
        ));
        (page_rate, bare_rate) = (page_rate.max(page.rate), bare_rate.max(bare.rate));
    }
    let half = load(app_at, &request, Some(page_rate / 2.0))?;
    say(&format!("body {size} bytes, {CONNECTIONS} connections, {workers} workers each"));
    say(&format!("best of three: ratio {:.2} (target 0.5)", page_rate / bare_rate));
    say(&format!(
        "at half load ({:.0}/s): p50 {:.2} ms, p99 {:.2} ms (target 10 ms)",
        half.rate,
        half.percentile(0.50),
        half.percentile(0.99)
    ));
    running.stop()
}

fn free() -> SocketAddr {
    let probe = TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr());
    probe.unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0)))
}

fn sign_in(at: SocketAddr, code: &str) -> anyhow::Result<String> {
    let body = format!("code={code}");
    let origin = format!("http://localhost:{}", at.port());
    let mut stream = TcpStream::connect(at)?;
    write!(
        stream,
        "POST /in HTTP/1.1\r\nHost: localhost:{}\r\nOrigin: {origin}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        at.port(),
        body.len()
    )?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let cookie = text.lines().find(|it| it.to_lowercase().starts_with("set-cookie: "));
    let cookie = cookie.and_then(|it| it.get(12..)?.split(';').next());
    Ok(cookie.ok_or_else(|| anyhow::anyhow!("no cookie: {text}"))?.to_owned())
}

/// One connection that asks again and again.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(at: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(at)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream, buffer: vec![0; 256 * 1024] })
    }

    /// Asks once; returns the size of the body.
    fn ask(&mut self, request: &str) -> anyhow::Result<usize> {
        self.stream.write_all(request.as_bytes())?;
        let mut have = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[have..])?;
            anyhow::ensure!(read > 0, "the connection was closed");
            have += read;
            let text = &self.buffer[..have];
            let Some(head) = text.windows(4).position(|it| it == b"\r\n\r\n") else { continue };
            let head_text = String::from_utf8_lossy(&text[..head]).to_lowercase();
            anyhow::ensure!(head_text.starts_with("http/1.1 200"), "{head_text}");
            let length = head_text.lines().find_map(|it| it.strip_prefix("content-length: "));
            let length: usize = length.unwrap_or("0").trim().parse()?;
            while have < head + 4 + length {
                let read = self.stream.read(&mut self.buffer[have..])?;
                anyhow::ensure!(read > 0, "the connection was closed");
                have += read;
            }
            return Ok(length);
        }
    }
}

fn body_size(at: SocketAddr, request: &str) -> anyhow::Result<usize> {
    Connection::open(at)?.ask(request)
}

struct Measured {
    rate: f64,
    /// Microseconds, sorted.
    latencies: Vec<u64>,
}

impl Measured {
    /// Unit: milliseconds.
    fn percentile(&self, share: f64) -> f64 {
        let at = ((self.latencies.len() as f64 * share) as usize)
            .min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(0.0, |it| *it as f64 / 1000.0)
    }
}

/// Asks for some seconds, as fast as answers come or at `rate` in all.
fn load(at: SocketAddr, request: &str, rate: Option<f64>) -> anyhow::Result<Measured> {
    let asked = AtomicU64::new(0);
    let begin = Instant::now();
    let end = begin + Duration::from_secs(SECONDS);
    let latencies = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| -> anyhow::Result<Vec<u64>> {
                    let mut connection = Connection::open(at)?;
                    let mut latencies = Vec::new();
                    while Instant::now() < end {
                        let turn = asked.fetch_add(1, Ordering::Relaxed);
                        // At a rate, each request has its moment; waiting for it counts as latency.
                        let due = rate.map_or_else(Instant::now, |it| {
                            begin + Duration::from_secs_f64(turn as f64 / it)
                        });
                        if let Some(wait) = due.checked_duration_since(Instant::now()) {
                            std::thread::sleep(wait);
                        }
                        connection.ask(request)?;
                        latencies.push(due.elapsed().as_micros() as u64);
                    }
                    Ok(latencies)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            match thread.join() {
                Ok(part) => all.extend(part?),
                Err(_) => anyhow::bail!("a client panicked"),
            }
        }
        Ok(all)
    })?;
    let mut latencies = latencies;
    latencies.sort_unstable();
    let rate = latencies.len() as f64 / begin.elapsed().as_secs_f64();
    Ok(Measured { rate, latencies })
}

#[expect(clippy::print_stdout, reason = "a benchmark is run for its figures")]
fn say(line: &str) {
    println!("{line}");
}
