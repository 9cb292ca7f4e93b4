//! `tideline self-test`: mounts those attacks that are safe on a running installation, from outside,
//! as anybody could: an operator, a works council, a curious nurse. It signs in nowhere, uses up no
//! token and casts no ballot. With the settings file at hand it also looks at the machine.

use std::{collections::BTreeMap, fmt::Write as _, io::Read as _, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_api::Origin;
use tideline_ballot::{
    encoding::{sha256, to_base64, to_hex},
    manifest::PinnedManifest,
    result::ResultFile,
};
use tideline_booth::harden;
use ureq::{
    Agent,
    http::{Response, StatusCode},
    tls::{Certificate, RootCerts, TlsConfig, TlsProvider, parse_pem},
};

use crate::{
    cli::SelfTestArgs,
    config::Config,
    context::{Context, system_clock},
    wave,
};

/// How many visitors fetch the scripts.
const VISITORS: usize = 30;

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

/// Runs the command.
///
/// # Errors
///
/// If an attack succeeds, or an origin cannot be reached.
pub fn run(args: &SelfTestArgs, config: Option<Config>) -> Result<()> {
    let origin = |given: &Option<String>, set: fn(&Config) -> &Origin| -> Result<String> {
        match (given, &config) {
            (Some(given), _) => Ok(given.trim_end_matches('/').to_owned()),
            (None, Some(config)) => Ok(set(config).to_string()),
            (None, None) => bail!("name both origins with --app and --ballot"),
        }
    };
    let visitor = Visitor {
        agent: agent(args)?,
        app: origin(&args.app, |it| &it.app_origin)?,
        ballot: origin(&args.ballot, |it| &it.ballot_origin)?,
    };
    let mut failed = 0;
    for (number, title, attack) in ATTACKS {
        match attack(&visitor) {
            Ok(found) => say(&format!("{number:>4}  fails as it must  {title}: {found}")),
            Err(error) => {
                failed += 1;
                say(&format!("{number:>4}  SUCCEEDS          {title}: {error:#}"));
            }
        }
    }
    if let Some(config) = config.filter(|_| args.machine) {
        failed += machine(config)?;
    }
    say(&visitor.words()?);
    for line in LIMITS {
        say(line);
    }
    ensure!(failed == 0, "{failed} attacks succeed");
    Ok(())
}

/// Printed with every outcome: what no test from outside can show.
const LIMITS: [&str; 3] = [
    "What this cannot show: whether the program that runs is the one that is published, whether",
    "somebody records traffic in front of it, and whether another visitor is served something else.",
    "docs/privacy.md, \"What the operator can still do\", has the whole list.",
];

fn agent(args: &SelfTestArgs) -> Result<Agent> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(provider);
    if let Some(file) = &args.ca {
        let pem = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(|it| match it {
                Ok(ureq::tls::PemItem::Certificate(it)) => Some(it),
                _ => None,
            })
            .collect();
        ensure!(!certificates.is_empty(), "{} holds no certificate", file.display());
        tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates)));
    }
    Ok(Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(20)))
        .tls_config(tls.build())
        .build()
        .new_agent())
}

struct Visitor {
    agent: Agent,
    app: String,
    ballot: String,
}

struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Reply {
    fn read(response: Result<Response<ureq::Body>, ureq::Error>, url: &str) -> Result<Self> {
        let mut response = response.with_context(|| format!("asking {url}"))?;
        let status: StatusCode = response.status();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let mut body = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut body)?;
        Ok(Self { status: status.as_u16(), headers, body })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn refused(&self, status: u16, word: &str) -> Result<()> {
        ensure!(
            self.status == status && self.text().contains(word),
            "answered with {} {}",
            self.status,
            self.text()
        );
        Ok(())
    }
}

impl Visitor {
    fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<Reply> {
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reply::read(request.call(), url)
    }

    fn post(&self, url: &str, headers: &[(&str, &str)], body: &str) -> Result<Reply> {
        let mut request = self.agent.post(url).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reply::read(request.send(body), url)
    }

    fn redeem(&self, headers: &[(&str, &str)], body: &str) -> Result<Reply> {
        self.post(&format!("{}/redeem", self.ballot), headers, body)
    }

    /// Number and hash of each announced wave, as the chain has it.
    fn chain(&self) -> Result<Vec<(u32, String)>> {
        let chain = self.get(&format!("{}/chain.txt", self.ballot), &[])?;
        ensure!(chain.status == 200, "the chain is not served");
        chain
            .text()
            .lines()
            .map(|line| {
                let (seq, hash) = line.split_once(' ').context("a line of the chain")?;
                Ok((seq.parse()?, hash.to_owned()))
            })
            .collect()
    }

    fn manifest(&self, origin: &str, seq: u32) -> Result<PinnedManifest> {
        let reply = self.get(&format!("{origin}/w/{seq}.json"), &[])?;
        ensure!(reply.status == 200, "wave {seq} has no manifest on {origin}");
        Ok(PinnedManifest::parse(reply.body)?)
    }

    fn words(&self) -> Result<String> {
        let mut text = String::from("\n");
        if let Some((seq, _)) = self.chain()?.last() {
            let manifest = self.manifest(&self.ballot, *seq)?;
            write!(
                text,
                "The words of wave {}: {}. Compare them with a colleague's.",
                manifest.manifest.wave,
                manifest.words().join(" ")
            )?;
        }
        Ok(text)
    }
}

/// A ballot that looks right and has no token behind it.
fn made_up(cohort: &str) -> Result<String> {
    let mut random = [0; 209];
    getrandom::fill(&mut random).map_err(std::io::Error::from)?;
    Ok(format!(
        r#"{{"cohort":"{cohort}","nonce":"{}","ballot":"{}","mac":"{}"}}"#,
        to_base64(&random[..32]),
        to_base64(&random[32..177]),
        to_base64(&random[177..]),
    ))
}

type Attack = fn(&Visitor) -> Result<String>;

/// Numbered as in `docs/attacks.md`.
const ATTACKS: &[(&str, &str, Attack)] = &[
    ("6", "a made-up token", |it| {
        let reply = it.redeem(&[], &made_up("c1")?)?;
        ensure!(
            [403, 410].contains(&reply.status),
            "answered with {} {}",
            reply.status,
            reply.text()
        );
        Ok(format!("refused with {}", reply.status))
    }),
    ("14", "malformed bodies", |it| {
        for body in ["", "{", "[]", "null", "\u{0}", &"x".repeat(900), r#"{"cohort":1}"#] {
            for url in [format!("{}/redeem", it.ballot), format!("{}/pulse/issue", it.app)] {
                let status = it.post(&url, &[], body)?.status;
                ensure!((400..500).contains(&status), "{url} answered with {status}");
            }
        }
        Ok("refused on both endpoints".into())
    }),
    ("18", "another manifest on the other way", |it| {
        let chain = it.chain()?;
        for (seq, hash) in &chain {
            let [ours, theirs] = [&it.ballot, &it.app].map(|origin| it.manifest(origin, *seq));
            let (ours, theirs) = (ours?, theirs?);
            ensure!(ours.bytes == theirs.bytes, "wave {seq} differs between the two origins");
            ensure!(to_hex(&ours.hash) == *hash, "wave {seq} is not the one in the chain");
        }
        Ok(format!(
            "{} manifests are the same on both origins, and the ones in the chain",
            chain.len()
        ))
    }),
    ("19", "a cohort too small to hide in", |it| {
        let mut cohorts = 0;
        for (seq, _) in it.chain()? {
            let manifest = it.manifest(&it.ballot, seq)?.manifest;
            let small = manifest.cohorts.iter().filter(|it| it.eligible < 8).count();
            ensure!(
                small == 0 || manifest.cohorts.len() == 1,
                "wave {seq} has {small} small cohorts"
            );
            cohorts += manifest.cohorts.len();
        }
        Ok(format!("{cohorts} cohorts, each of 8 or more, or the whole organisation"))
    }),
    ("20", "a manifest or result that was replaced", |it| {
        let chain = it.chain()?;
        let mut before: Option<PinnedManifest> = None;
        let mut results = 0;
        for (seq, _) in &chain {
            let manifest = it.manifest(&it.ballot, *seq)?;
            if let Some(before) = &before {
                ensure!(
                    manifest.manifest.prev == before.hash,
                    "wave {seq} does not name the one before"
                );
                if let Some(named) = manifest.manifest.prev_result {
                    let result = it.get(&format!("{}/r/{}.json", it.ballot, seq - 1), &[])?;
                    ensure!(
                        sha256(&[&result.body]) == named,
                        "the result of wave {} was changed",
                        seq - 1
                    );
                    results += 1;
                }
            }
            before = Some(manifest);
        }
        Ok(format!(
            "{} manifests follow each other, {results} results are as they were named",
            chain.len()
        ))
    }),
    ("21", "other scripts for some visitors", |it| {
        let mut digests = BTreeMap::new();
        for visitor in 0..VISITORS {
            let agent = format!("self-test/{visitor}");
            let language = ["en", "de", "tr", "pl"][visitor % 4];
            let headers = [("user-agent", agent.as_str()), ("accept-language", language)];
            let origin = if visitor % 2 == 0 { &it.ballot } else { &it.app };
            let list = it.get(&format!("{origin}/static/scripts.txt"), &headers)?;
            for line in list.text().lines() {
                let (hash, file) =
                    line.split_once("  ").context("the list of scripts is damaged")?;
                let script = it.get(&format!("{origin}/static/{file}"), &headers)?;
                ensure!(to_hex(&sha256(&[&script.body])) == hash, "{file} is not the one listed");
            }
            for page in ["/check-in", "/kiosk", "/device", "/hand-over", "/recovery"] {
                let page = it.get(&format!("{}{page}", it.ballot), &headers)?.text();
                for tag in page.split("<script").skip(1) {
                    let file = tag.split_once("src=\"/static/").map_or("", |it| it.1);
                    let file = file.split('"').next().unwrap_or_default();
                    ensure!(
                        !file.is_empty() && list.text().contains(&format!("  {file}\n")),
                        "a page loads a script that is not listed"
                    );
                }
            }
            *digests.entry(sha256(&[&list.body])).or_insert(0) += 1;
        }
        let [(digest, _)] = digests.into_iter().collect::<Vec<_>>()[..] else {
            bail!("not everybody gets the same");
        };
        let Some((seq, _)) = it.chain()?.pop() else { return Ok("the same for everybody".into()) };
        let manifest = it.manifest(&it.ballot, seq)?.manifest;
        ensure!(
            manifest.client_bundle == Some(digest),
            "the scripts are not those that wave {seq} was announced with"
        );
        Ok(format!("{VISITORS} visitors got the scripts that wave {seq} names"))
    }),
    ("23", "a token without a sign-in", |it| {
        let url = format!("{}/pulse/issue", it.app);
        let body = format!(r#"{{"cohort":"c1","blinded":"{}"}}"#, "A".repeat(43));
        let unsigned = format!("Bearer {}.{}.", to_base64(br#"{"alg":"none"}"#), to_base64(b"{}"));
        for headers in
            [&[][..], &[("authorization", "Bearer x")], &[("authorization", unsigned.as_str())]]
        {
            it.post(&url, headers, &body)?.refused(401, "unauthorized")?;
        }
        Ok("refused".into())
    }),
    ("28", "a scanner that opens links", |it| {
        for path in
            ["/", "/in", "/sign-in", "/redeem", "/pulse/issue", "/check-in", "/paper", "/kiosk"]
        {
            for origin in [&it.app, &it.ballot] {
                let reply = it.get(&format!("{origin}{path}"), &[])?;
                ensure!(!reply.headers.contains_key("set-cookie"), "{origin}{path} sets a cookie");
            }
        }
        Ok("no page sets a cookie for it".into())
    }),
    ("29", "a ballot that says who sends it", |it| {
        let body = made_up("c1")?;
        for (name, value) in
            [("authorization", "Bearer x"), ("cookie", "a=b"), ("x-forwarded-user", "me")]
        {
            let reply = it.redeem(&[(name, value)], &body)?;
            // A proxy may take the cookie away before we see it.
            ensure!(
                [400, 403, 410].contains(&reply.status),
                "{name}: answered with {}",
                reply.status
            );
        }
        Ok("refused".into())
    }),
    ("30", "a ballot with a query or another field", |it| {
        let body = made_up("c1")?;
        it.post(&format!("{}/redeem?who=me", it.ballot), &[], &body)?.refused(400, "malformed")?;
        it.redeem(&[], &body.replacen('{', r#"{"when":1,"#, 1))?.refused(400, "malformed")?;
        Ok("refused".into())
    }),
    ("31", "asking a host for the other host's part", |it| {
        for url in [
            format!("{}/redeem", it.app),
            format!("{}/pulse/issue", it.ballot),
            format!("{}/sign-in", it.ballot),
        ] {
            let status = it.post(&url, &[], "{}")?.status;
            ensure!(status == 404, "{url} answered with {status}");
        }
        Ok("not found".into())
    }),
    ("32", "an answer that could be followed", |it| {
        let replies = [
            it.redeem(&[], &made_up("c1")?)?,
            it.get(&format!("{}/check-in", it.ballot), &[])?,
            it.get(&format!("{}/waves.json", it.ballot), &[])?,
        ];
        for reply in replies {
            for name in [
                "set-cookie",
                "etag",
                "last-modified",
                "server-timing",
                "x-request-id",
                "access-control-allow-origin",
            ] {
                ensure!(!reply.headers.contains_key(name), "the ballot host sends {name}");
            }
            let cached = reply.headers.get("cache-control").map(String::as_str);
            ensure!(cached == Some("no-store"), "an answer may be cached");
        }
        Ok("no cookie, no validator, nothing to be cached".into())
    }),
    ("35", "one host for both sides", |it| {
        let host = |it: &str| {
            it.split("://").nth(1).unwrap_or("").split(':').next().unwrap_or("").to_owned()
        };
        if it.app.starts_with("http://") {
            return Ok("on this machine only, without TLS".into());
        }
        ensure!(host(&it.app) != host(&it.ballot), "app and ballot side share a host name");
        ensure!(it.ballot.starts_with("https://"), "the ballot side has no TLS");
        Ok("two host names, both with TLS".into())
    }),
    ("48", "closing by a request", |it| {
        for path in ["/close", "/wave/close", "/api/v1/waves/1/close"] {
            for origin in [&it.app, &it.ballot] {
                let status = it.post(&format!("{origin}{path}"), &[], "{}")?.status;
                ensure!((400..500).contains(&status), "{origin}{path} answered with {status}");
            }
        }
        Ok("there is no such request".into())
    }),
    ("53", "a figure while a wave runs", |it| {
        let paths = ["/chain.txt", "/w/1.json", "/r/1.json", "/check-in"];
        let look = || -> Result<Vec<(u16, Vec<u8>)>> {
            paths
                .iter()
                .map(|path| {
                    let reply = it.get(&format!("{}{path}", it.ballot), &[])?;
                    Ok((reply.status, reply.body))
                })
                .collect()
        };
        let before = look()?;
        std::thread::sleep(Duration::from_secs(1));
        ensure!(before == look()?, "a public page changed");
        Ok("public pages stay as they are".into())
    }),
    ("56", "a result that does not add up", |it| {
        let mut results = 0;
        for (seq, hash) in it.chain()? {
            let reply = it.get(&format!("{}/r/{seq}.json", it.ballot), &[])?;
            if reply.status == 404 {
                continue;
            }
            let result = ResultFile::parse(&reply.body)?;
            ensure!(result.adds_up(), "the result of wave {seq} does not add up");
            ensure!(
                to_hex(&result.manifest) == hash,
                "the result of wave {seq} is of another manifest"
            );
            results += 1;
        }
        Ok(format!("{results} results: as many tokens as ballots, no more than were handed out"))
    }),
    ("59", "a made-up paper code", |it| {
        let url = format!("{}/paper", it.ballot);
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let reply = it.post(&url, &headers, "wave=1&code=AAAAA-AAAAA-AAAAA-AAAAA")?;
        ensure!((400..500).contains(&reply.status), "answered with {}", reply.status);
        Ok(format!("refused with {}", reply.status))
    }),
];

/// What only the machine can tell. Returns how much of it is not as it must be.
fn machine(config: Config) -> Result<usize> {
    let mut failed = 0;
    let mut tell = |number: &str, title: &str, wrong: Vec<String>| {
        if wrong.is_empty() {
            say(&format!("{number:>4}  fails as it must  {title}"));
        } else {
            failed += wrong.len();
            wrong
                .iter()
                .for_each(|it| say(&format!("{number:>4}  SUCCEEDS          {title}: {it}")));
        }
    };
    let context = Context::open(config, system_clock())?;
    let config = &context.config;
    let folders =
        [config.data.join("keys"), config.shared().join("keys"), config.shared().join("boxes")];
    let folders: Vec<_> = folders.iter().map(std::path::PathBuf::as_path).collect();
    let found = harden::findings(&folders, config.ballot_data.is_some());
    tell(
        "34",
        "others on this machine looking into keys and boxes",
        found.iter().filter(|it| it.refuse).map(ToString::to_string).collect(),
    );
    let settings = context.store.settings_findings()?;
    tell(
        "43",
        "a database server that keeps too much",
        settings.iter().map(|it| format!("{} = {}: {}", it.setting, it.value, it.why)).collect(),
    );
    let mut left = Vec::new();
    for record in context.store.wave_summaries()? {
        if record.released && wave::has_secrets(&context, record.wave.seq) {
            left.push(format!(
                "wave {} is released, and its keys or boxes are still there",
                record.wave.label
            ));
        }
    }
    tell("51", "what is left after closing", left);
    Ok(failed)
}
