//! `tideline demo`: a fictional organisation, a year of waves through the real pipeline, served.
//!
//! Nothing is faked but the people: every answer goes through a token, a sealed ballot, two HTTP
//! listeners, the tally, the audit and one release. Only the clock is moved.

mod answers;
pub mod client;
mod organisation;

use std::{collections::BTreeMap, net::SocketAddr, path::Path};

use actix_web::web::Data;
use anyhow::{Context as _, Result, bail, ensure};
use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, TimeDelta, Utc};
use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use tideline_api::{App, PasswordCost};
use tideline_domain::{
    AnswerSheet, InstrumentId, LeverPlanId, Name, PersonId, Window,
    day::{day_in, utc_day},
    lever::{LeverPlan, LeverStatus, Reach, lever},
};
use tideline_store::{Actor, Organisation, SupportContact};

use self::{answers::Moods, client::Client};
use crate::{
    cli::DemoArgs,
    config::{Config, MailRoute},
    context::{Context, ManualClock, system_clock},
    outbox,
    progress::Progress,
    report, serve, wave,
};

/// Marks a folder as the demo's own, so that only such a folder is ever emptied.
const MARK: &str = ".tideline-demo";
const SENDERS: usize = 8;

/// Runs the command.
///
/// # Errors
///
/// If the folder is not the demo's, a port is taken, or any step of the pipeline fails.
pub fn run(args: &DemoArgs) -> Result<()> {
    if !args.no_serve {
        for port in [args.port, args.port + 1] {
            std::net::TcpListener::bind(("127.0.0.1", port))
                .with_context(|| format!("port {port} is in use; name another with --port"))?;
        }
    }
    prepare(&args.out)?;
    let today = system_clock().now();
    let months: Vec<NaiveDate> = (0..args.waves)
        .rev()
        .map(|back| {
            NaiveDate::from_ymd_opt(today.year(), today.month(), 1)
                .and_then(|it| it.checked_sub_months(Months::new(back + 1)))
                .context("months before today")
        })
        .collect::<Result<_>>()?;
    let clock = ManualClock::new(at(months[0], 1)?);
    let context = Context::open(config(args, Listen::Anywhere)?, clock.clock())?;
    let mut rng = ChaCha8Rng::seed_from_u64(args.seed);
    let moods = people(&context, args, &mut rng)?;

    let app = Data::new(serve::app(&context)?);
    let running = serve::start(&context, app.clone())?;
    let client =
        Client::new(&address(context.config.app_listen), &address(context.config.ballot_listen));
    let progress = Progress::start("waves", months.len().try_into()?);
    for (index, month) in months.iter().enumerate() {
        let index = u32::try_from(index)?;
        if index == answers::LEVER_AT {
            pull_levers(&context, *month)?;
        }
        let line = one_wave(
            &Stage { context: &context, clock: &clock, app: &app, client: &client },
            &moods,
            index,
            *month,
            &mut rng,
        )?;
        progress.add(1);
        if !std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            eprintln!("{line}");
        }
    }
    progress.finish(&format!("{} waves released", months.len()));
    running.stop()?;
    drop(app);
    drop(context);

    say_where(&args.out)?;
    if args.no_serve {
        return Ok(());
    }
    live(args)
}

fn prepare(out: &Path) -> Result<()> {
    let mark = out.join(MARK);
    if out.exists() {
        let empty = std::fs::read_dir(out)
            .with_context(|| format!("reading {}", out.display()))?
            .next()
            .is_none();
        ensure!(
            empty || mark.exists(),
            "{} holds something else; name a new folder with --out",
            out.display()
        );
        std::fs::remove_dir_all(out).with_context(|| format!("emptying {}", out.display()))?;
    }
    crate::files::private_folder(out)?;
    let words = b"Made by `tideline demo`, which empties this folder when it runs again.\n";
    crate::files::write_atomically(&mark, words)
}

/// The demo's settings. While it is being made it listens on any free ports, so that nothing is in
/// the way; links in mails lead to where it is served afterwards.
fn config(args: &DemoArgs, listen: Listen) -> Result<Config> {
    let mut config = Config::load(None)?;
    let (app, ballot) = (args.port, args.port + 1);
    let listen = match listen {
        Listen::Anywhere => (free_port()?, free_port()?),
        Listen::Here => (app, ballot),
    };
    config.app_listen = SocketAddr::from(([127, 0, 0, 1], listen.0));
    config.ballot_listen = SocketAddr::from(([127, 0, 0, 1], listen.1));
    config.app_origin = format!("http://localhost:{app}").parse()?;
    config.ballot_origin = format!("http://localhost:{ballot}").parse()?;
    config.data = args.out.clone();
    config.database = format!("sqlite:{}", args.out.join("tideline.sqlite").display()).parse()?;
    config.mail = MailRoute::Folder(args.out.join("mail"));
    // A mail for each of hundreds of made-up people and a year of waves helps nobody.
    config.about_waves = Vec::new();
    config.sender.from = "Tideline demo <tideline@harbourlight.example>".to_owned();
    config.password = PasswordCost { memory_kib: 19_456, passes: 2, lanes: 1 };
    Ok(config)
}

#[derive(Clone, Copy)]
enum Listen {
    Anywhere,
    Here,
}

fn address(at: SocketAddr) -> String {
    format!("http://{at}")
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn at(month: NaiveDate, day: u32) -> Result<DateTime<Utc>> {
    Ok(month
        .with_day(day)
        .and_then(|it| it.and_hms_opt(6, 0, 0))
        .context("a day of the month")?
        .and_utc())
}

/// Brings in the fictional people and draws their moods.
fn people(context: &Context, args: &DemoArgs, rng: &mut ChaCha8Rng) -> Result<Moods> {
    let on = utc_day(context.now());
    let plan = organisation::roster(args.people, rng)?;
    context.store.import(&plan, Actor::Program, context.now())?;
    context.store.set_organisation(&Organisation {
        name: organisation::NAME.parse()?,
        time_zone: "Europe/Berlin".to_owned(),
    })?;
    let contact = |title: &str, phone: &str, note: &str| -> Result<SupportContact> {
        Ok(SupportContact {
            title: title.parse()?,
            phone: Some(phone.to_owned()),
            link: None,
            note: note.to_owned(),
            checked: on,
            country: None,
        })
    };
    context.store.set_support_contacts(&[
        contact("Emergency", "112", "Day and night, when somebody is in danger")?,
        contact("Crisis line (made up)", "0800 000 0000", "Day and night, free")?,
        contact("Staff support (made up)", "555 0100", "Weekdays 8 to 18")?,
    ])?;

    // Identifiers are random; the order of the roster is not, so that the same seed gives the same answers.
    let ids: BTreeMap<String, PersonId> = context
        .store
        .people_with_units(on)?
        .into_iter()
        .map(|(person, _)| (person.email.as_str().to_owned(), person.id))
        .collect();
    let staff: Vec<(PersonId, Name)> = plan
        .rows
        .iter()
        .filter_map(|row| Some((*ids.get(row.person.as_ref()?.1.as_str())?, row.unit.clone())))
        .collect();
    Ok(Moods::draw(&staff, rng))
}

struct Stage<'a> {
    context: &'a Context,
    clock: &'a ManualClock,
    app: &'a App,
    client: &'a Client,
}

/// Announces, lives through, closes and delivers one wave. Returns a line to show.
fn one_wave(
    stage: &Stage<'_>,
    moods: &Moods,
    index: u32,
    month: NaiveDate,
    rng: &mut ChaCha8Rng,
) -> Result<String> {
    let pickup = at(month, 12)?;
    stage.clock.set(pickup);
    let [first, last] = [19, 25].map(|it| month.with_day(it).unwrap_or(month));
    let window = Window::of_days(first, last, &stage.context.zone()?)?
        .picked_up_before(stage.context.config.pickup, pickup);
    let (opens, closes) = (window.opens(), window.closes());
    let seq = wave::announce_in_its_month(stage.context, &InstrumentId::PULSE, window)?;
    let label = stage.context.store.wave(seq)?.wave.label;
    wave::refresh_live(stage.context)?;

    let roster: Vec<PersonId> = moods
        .order()
        .iter()
        .copied()
        .filter(|it| stage.context.store.placement(seq, *it).is_ok_and(|it| it.is_some()))
        .collect();
    let manifest = stage.client.manifest(seq.0)?;
    let tokens = in_parallel(&roster, |person| {
        let (_, cohort) =
            stage.context.store.placement(seq, *person)?.context("a place in the roster")?;
        let bearer = stage.app.pickup_token(*person, seq, pickup)?;
        stage.client.pick_up(&manifest, &cohort, &bearer)
    })?;

    stage.clock.set(opens);
    let mut ballots: Vec<(usize, AnswerSheet)> = roster
        .iter()
        .enumerate()
        .filter_map(|(at, person)| Some((at, moods.answer(*person, index, rng)?)))
        .collect();
    ballots.shuffle(rng);
    let statuses =
        in_parallel(&ballots, |(at, sheet)| stage.client.send(&manifest, &tokens[*at], sheet))?;
    if let Some(status) = statuses.iter().find(|it| **it != 200) {
        bail!("a ballot was answered with {status}");
    }

    stage.clock.set(closes + stage.context.config.grace);
    wave::close(stage.context, seq)?;
    let mails = outbox::deliver(stage.context)?.sent;
    let reports = stage.context.config.data.join("reports");
    crate::files::private_folder(&reports)?;
    let pdf = report::organisation_pdf(stage.context, seq)?;
    crate::files::write_atomically(&reports.join(format!("wellbeing-{label}.pdf")), &pdf)?;
    Ok(format!(
        "wave {label}: {} tokens, {} ballots, released, {mails} mails",
        roster.len(),
        ballots.len()
    ))
}

/// Does `work` for every item on several threads; results in the order of `items`.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let share = items.len().div_ceil(SENDERS).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Result<Vec<R>>>()))
            .collect();
        let mut results = Vec::with_capacity(items.len());
        for thread in threads {
            match thread.join() {
                Ok(part) => results.extend(part?),
                Err(_) => bail!("a sender panicked"),
            }
        }
        Ok(results)
    })
}

/// One team's lever that helped, one that is being tried, one whose review is overdue.
fn pull_levers(context: &Context, month: NaiveDate) -> Result<()> {
    let tree = context.store.units(month)?.context("the demo's units")?;
    let manager = context
        .store
        .person_by_email(&organisation::PLAYERS[1].1.parse()?)?
        .context("the demo's manager")?;
    let plans = [
        (
            organisation::RECOVERING,
            "WL1",
            LeverStatus::Trying,
            Reach::Mine,
            "Ward lead",
            3,
            "Fewer days with more than two new admissions each",
        ),
        (
            organisation::DRIFTING,
            "TR2",
            LeverStatus::Considered,
            Reach::Escalate,
            "Service lead",
            2,
            "A fixed hour every fortnight, in paid time",
        ),
        (
            organisation::DRIFTING,
            "SC4",
            LeverStatus::Trying,
            Reach::Mine,
            "Rota lead",
            12,
            "Nobody back within eleven hours",
        ),
    ];
    for (team, id, status, reach, owner, months, note) in plans {
        let Some(unit) = tree.units().iter().find(|it| it.name.as_str() == team) else { continue };
        let plan = LeverPlan {
            id: LeverPlanId::new(uuid::Uuid::new_v4()),
            unit: unit.id,
            lever: lever(id).context("a lever of the catalogue")?,
            status,
            reach,
            owner: owner.to_owned(),
            started: month,
            review: month.checked_add_months(Months::new(months)).context("a review date")?,
            note: note.to_owned(),
        };
        context.store.save_lever_plan(&plan, manager.id, at(month, 1)?)?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

fn say_where(out: &Path) -> Result<()> {
    let mail = out.join("mail");
    let reports = out.join("reports");
    say(&format!("mails      {} ({} files)", mail.display(), files_in(&mail)?));
    say(&format!("reports    {} ({} files)", reports.display(), files_in(&reports)?));
    Ok(())
}

fn files_in(folder: &Path) -> Result<usize> {
    Ok(if folder.exists() { std::fs::read_dir(folder)?.count() } else { 0 })
}

/// Serves the demo with the real clock and a wave that is open now.
fn live(args: &DemoArgs) -> Result<()> {
    let context = Context::open(config(args, Listen::Here)?, system_clock())?;
    let now = context.now();
    let today = day_in(now, &context.zone()?);
    let last = today.checked_add_days(Days::new(7)).context("a day in a week")?;
    let window = Window::of_days(today, last, &context.zone()?)?.not_before(now)?;
    wave::announce_in_its_month(&context, &InstrumentId::PULSE, window)?;
    wave::refresh_live(&context)?;
    let app = Data::new(serve::app(&context)?);
    let running = serve::start(&context, app.clone())?;

    say(&format!("app        {}", running.app_origin));
    say(&format!("survey     {}/check-in", running.ballot_origin));
    for (role, address) in organisation::PLAYERS {
        let person =
            context.store.person_by_email(&address.parse()?)?.context("a player of the demo")?;
        let link = app.sign_in_link(person.id, now, TimeDelta::days(1))?;
        say(&format!("{role:<16} {link}"));
    }
    say("Ran the demo before in this browser? Use a private window: it remembers the other keys.");
    say(
        "Each link works once; another comes by mail, into the folder above, from the sign-in page.",
    );
    say(&format!(
        "Sign in there as {} and the like. Stop with Ctrl-C.",
        organisation::PLAYERS[1].1
    ));
    serve::until_stopped(&context)?;
    running.stop()
}
