//! The machine around the programs: system calls of the ballot side, and the proxy in front of it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use tempfile::TempDir;

use super::program::Site;
use crate::{
    journey::sheet,
    process::{program, reachable},
    support::{free_port, missing},
};

/// The booth again, with every system call written down that could leave a trace.
fn traced(site: &Site, port: u16, out: &Path) -> Child {
    let child = Command::new("strace")
        .args(["-f", "-qq", "-s", "64", "-o"])
        .arg(out)
        .args(["-e", "trace=openat,open,creat,write,pwrite64,writev,sendto,sendmsg,connect,socket,rename,unlink,ftruncate"])
        .arg(program("tideline-booth"))
        .arg("--config")
        .arg(site.folder.path().join("tideline.toml"))
        .env("TIDELINE_SERVER__BALLOT_LISTEN", format!("127.0.0.1:{port}"))
        .stdout(Stdio::null())
        .stderr(File::create(site.folder.path().join("traced.err")).unwrap())
        .spawn()
        .unwrap();
    reachable(port);
    child
}

/// Ends what strace started, and then strace ends by itself.
fn end(mut strace: Child) {
    let id = strace.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    for child in children.split_whitespace() {
        let _ = Command::new("kill").args(["-KILL", child]).status();
    }
    let _ = strace.wait();
}

#[test]
fn attack_44_what_the_ballot_side_writes() {
    if missing("strace", "-V") {
        return;
    }
    let mut site = Site::start(true, 1, 3600);
    let bodies: Vec<String> = (1..=9)
        .map(|it| {
            let (manifest, token) = site.token(&format!("elm{it}@harbour.example"));
            token.redeem_body(&manifest, &sheet(2)).unwrap()
        })
        .collect();
    let port: u16 = site.ballot_origin.rsplit(':').next().unwrap().parse().unwrap();
    let mut booth = site.booths.pop().unwrap();
    booth.kill().unwrap();
    booth.wait().unwrap();
    let out = site.folder.path().join("calls");
    let strace = traced(&site, port, &out);
    sleep(Duration::from_millis(500));
    let quiet = fs::read_to_string(&out).unwrap().lines().count();
    for round in 0..12 {
        for body in &bodies {
            assert_eq!(site.redeem(body), if round == 0 { 200 } else { 409 });
        }
    }
    // Until the box has been dealt anew.
    sleep(Duration::from_millis(2500));
    end(strace);

    let calls = fs::read_to_string(&out).unwrap();
    let calls: Vec<&str> = calls.lines().skip(quiet).collect();
    assert!(
        calls.iter().any(|it| it.contains("pwrite64(")),
        "the trace shows the box being written"
    );
    for call in &calls {
        let opens = call.contains("openat(") || call.contains("creat(");
        if opens
            && (call.contains("O_WRONLY") || call.contains("O_RDWR") || call.contains("O_CREAT"))
        {
            let own = call.contains("/shared/boxes/ballot-1.sqlite");
            assert!(own || call.contains("ENOENT"), "writes elsewhere: {call}");
        }
        assert!(!call.contains("connect("), "connects: {call}");
        assert!(!call.contains("AF_UNIX") && !call.contains("/dev/log"), "talks to a log: {call}");
        assert!(!call.contains("write(1,") && !call.contains("write(2,"), "prints: {call}");
    }
}

/// nginx with the configuration we ship, on free ports and with certificates of its own.
struct Proxy {
    folder: TempDir,
    nginx: Child,
    app: u16,
    ballot: u16,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // The master ends its workers.
        let _ = Command::new("kill").arg(self.nginx.id().to_string()).status();
        let _ = self.nginx.wait();
    }
}

impl Proxy {
    fn start(app_port: u16, ballot_port: u16) -> Self {
        let folder = TempDir::new().unwrap();
        let (app, ballot) = (free_port(), free_port());
        for host in ["app", "ballot"] {
            let name = format!("{host}.pulse.example.org");
            let made = Command::new("openssl")
                .args([
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "2",
                ])
                .args([
                    "-subj",
                    &format!("/CN={name}"),
                    "-addext",
                    &format!("subjectAltName=DNS:{name}"),
                ])
                .arg("-keyout")
                .arg(folder.path().join(format!("{host}.key")))
                .arg("-out")
                .arg(folder.path().join(format!("{host}.pem")))
                .output()
                .unwrap();
            assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        }
        let ours = include_str!("../../../deploy/nginx.conf");
        let here = folder.path().display();
        // The limits stand before the sites.
        let mut sites = ours[..ours.find("server {").unwrap()].to_owned();
        for (host, port) in [("app", app), ("ballot", ballot)] {
            let name = format!("server_name {host}.pulse.example.org;");
            let start = ours.find(&name).expect("a site of its own");
            let from = ours[..start].rfind("server {").unwrap();
            let to = ours[from..].find("\n}\n").unwrap() + from + 3;
            sites.push_str(
                &ours[from..to].replace("listen 443 ssl", &format!("listen 127.0.0.1:{port} ssl")),
            );
        }
        let sites = sites
            .replace("/etc/ssl/app.pulse.example.org", &format!("{here}/app"))
            .replace("/etc/ssl/ballot.pulse.example.org", &format!("{here}/ballot"))
            .replace("http://127.0.0.1:8080", &format!("http://127.0.0.1:{app_port}"))
            .replace("http://127.0.0.1:8081", &format!("http://127.0.0.1:{ballot_port}"));
        // A server that logs by default: what we ship must turn it off for itself.
        let config = format!(
            "worker_processes 1;\npid {here}/pid;\nerror_log {here}/error.log info;\ndaemon off;\n\
             events {{}}\nhttp {{\naccess_log {here}/access.log;\nclient_body_temp_path {here}/body;\n\
             proxy_temp_path {here}/proxy;\nfastcgi_temp_path {here}/f;\nuwsgi_temp_path {here}/u;\n\
             scgi_temp_path {here}/s;\n{sites}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, config).unwrap();
        let nginx = Command::new("nginx")
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .stderr(File::create(folder.path().join("start.err")).unwrap())
            .spawn()
            .unwrap();
        reachable(ballot);
        Self { folder, nginx, app, ballot }
    }

    /// curl, through the proxy.
    fn curl(&self, host: &str, path: &str, more: &[&str]) -> (String, String) {
        let port = if host == "app" { self.app } else { self.ballot };
        let name = format!("{host}.pulse.example.org");
        let output = Command::new("curl")
            .args(["-sS", "--resolve", &format!("{name}:{port}:127.0.0.1"), "-w", "\n%{http_code}"])
            .arg("--cacert")
            .arg(self.folder.path().join(format!("{host}.pem")))
            .args(more)
            .arg(format!("https://{name}:{port}{path}"))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let (body, status) = text.rsplit_once('\n').unwrap();
        (status.to_owned(), body.to_owned())
    }

    fn logs(&self) -> Vec<(PathBuf, u64)> {
        let mut logs = Vec::new();
        for name in ["access.log", "error.log", "start.err"] {
            let path = self.folder.path().join(name);
            logs.push((path.clone(), fs::metadata(&path).map_or(0, |it| it.len())));
        }
        logs
    }
}

fn tools_missing() -> bool {
    missing("nginx", "-v") || missing("curl", "-V") || missing("openssl", "version")
}

#[test]
fn attack_35_one_certificate_or_one_session_for_both_hosts() {
    if tools_missing() {
        return;
    }
    let site = Site::start(true, 1, 3600);
    let port = |origin: &str| origin.rsplit(':').next().unwrap().parse().unwrap();
    let proxy = Proxy::start(port(&site.app_origin), port(&site.ballot_origin));
    let names = |host: &str, port: u16| {
        let command = format!(
            "openssl s_client -connect 127.0.0.1:{port} -servername {host}.pulse.example.org </dev/null 2>/dev/null \
             | openssl x509 -noout -ext subjectAltName -fingerprint"
        );
        let output = Command::new("bash").args(["-c", &command]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let (app, ballot) = (names("app", proxy.app), names("ballot", proxy.ballot));
    assert!(app.contains("DNS:app.pulse.example.org") && !app.contains("ballot"), "{app}");
    assert!(
        ballot.contains("DNS:ballot.pulse.example.org") && !ballot.contains("DNS:app"),
        "{ballot}"
    );
    // Nothing by which a browser could be known again on the ballot host, in either version of TLS.
    for version in ["-tls1_2", "-tls1_3"] {
        let command = format!(
            "(printf 'GET /waves.json HTTP/1.1\\r\\nHost: ballot.pulse.example.org\\r\\nConnection: close\\r\\n\\r\\n'; sleep 1) \
             | openssl s_client {version} -connect 127.0.0.1:{} -servername ballot.pulse.example.org 2>/dev/null",
            proxy.ballot
        );
        let output = Command::new("bash").args(["-c", &command]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("\"waves\""), "{text}");
        assert!(
            !text.contains("TLS session ticket:") && !text.contains("New Session Ticket"),
            "{text}"
        );
        assert!(
            !text.lines().any(|it| {
                it.trim()
                    .strip_prefix("Session-ID: ")
                    .is_some_and(|id| version == "-tls1_2" && !id.is_empty())
            }),
            "{text}"
        );
    }
}

#[test]
fn attack_45_what_the_proxy_writes() {
    if tools_missing() {
        return;
    }
    let site = Site::start(true, 1, 3600);
    let bodies: Vec<String> = (1..=9)
        .map(|it| {
            let (manifest, token) = site.token(&format!("elm{it}@harbour.example"));
            token.redeem_body(&manifest, &sheet(2)).unwrap()
        })
        .collect();
    let port = |origin: &str| origin.rsplit(':').next().unwrap().parse().unwrap();
    let proxy = Proxy::start(port(&site.app_origin), port(&site.ballot_origin));
    let before = proxy.logs();
    let post = |body: &str, more: &[&str]| {
        let mut args = vec!["-X", "POST", "-H", "content-type: text/plain", "--data-raw", body];
        args.extend_from_slice(more);
        proxy.curl("ballot", "/redeem", &args).0
    };
    for round in 0..super::size(2, 12) {
        for body in &bodies {
            assert_eq!(post(body, &[]), if round == 0 { "200" } else { "409" });
        }
    }
    // Refused ones too, and pages; and what a browser says about itself does not get through.
    assert_eq!(post("x", &["-A", "recognisable"]), "400");
    assert_eq!(
        proxy.curl("ballot", "/check-in", &["-H", "referer: https://recognisable"]).0,
        "200"
    );
    assert_eq!(proxy.curl("ballot", "/w/1.json", &[]).1, proxy.curl("app", "/w/1.json", &[]).1);
    assert_eq!(post(&"y".repeat(5000), &[]), "413");
    assert_eq!(proxy.logs(), before, "not a line");
    let own = [site.log("booth1.err"), site.log("booth1.out")].concat();
    assert!(!own.contains("recognisable"), "{own}");
}

/// The proxy we ship lets a shift sign in, holds back whoever asks hundreds of times, and never refuses to
/// say where help is.
#[test]
fn attack_133_asking_faster_than_anybody_reads() {
    if tools_missing() {
        return;
    }
    let site = Site::start(true, 1, 3600);
    let port = |origin: &str| origin.rsplit(':').next().unwrap().parse().unwrap();
    let proxy = Proxy::start(port(&site.app_origin), port(&site.ballot_origin));
    let before = proxy.logs();
    // Many requests of one curl, at once.
    let many = |path: &str, times: u32| -> Vec<String> {
        let name = "app.pulse.example.org";
        let url = format!("https://{name}:{}{path}?[1-{times}]", proxy.app);
        let output = Command::new("curl")
            .args(["-sS", "--parallel", "--parallel-max", "50", "-o", "/dev/null"])
            .args(["--resolve", &format!("{name}:{}:127.0.0.1", proxy.app)])
            .arg("--cacert")
            .arg(proxy.folder.path().join("app.pem"))
            .args(["-w", "%{http_code}\n", &url])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    };
    let count =
        |answers: &[String], status: &str| answers.iter().filter(|it| *it == status).count();
    let log = many("/privacy/log", 150);
    assert!(count(&log, "200") >= 50 && count(&log, "429") >= 50, "{log:?}");
    let sign_in = many("/sign-in", 100);
    assert_eq!(count(&sign_in, "200"), 100, "a shift begins: {sign_in:?}");
    assert_eq!(count(&many("/support", 200), "200"), 200);
    assert_eq!(proxy.logs(), before, "not a line, refused or not");
}
