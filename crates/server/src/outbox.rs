//! The mails: which are queued when, and how each is sent.
//!
//! A mail is queued once, whoever queues it and how often. It is sent at least once: should the program
//! die between sending and writing that down, it comes again with the same Message-ID. A mail server that
//! is down delays mails and loses none.

mod contacts;
mod lever_reviews;

use std::{collections::BTreeMap, ops::ControlFlow};

use anyhow::{Result, anyhow, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use tideline_aggregation::Release;
use tideline_api::AuthKeys;
use tideline_domain::{
    Person, PersonId, Phase, Role, RoleKind, UnitId, Wave, WaveSeq, day::utc_day,
};
use tideline_report::{
    mail::{self, Envelope, Notice, Support},
    mailer::MailError,
    words,
};
use tideline_store::{Delivery, MailChoice, MailKind, NewDelivery, Store, Topic};
use tideline_text::Text;

use self::{contacts::Contacts, lever_reviews::Reviews};
use crate::{
    auth_keys,
    calendar::Calendar,
    config::WaveMail,
    context::Context,
    queue::{self, LEASE, backoff},
    wave,
};

/// How long, and how often at least, a mail is tried before it is given up.
const PATIENCE: (TimeDelta, u32) = (TimeDelta::days(5), 12);
/// How often a mail server may refuse a mail for good before it is given up.
const REFUSALS: u32 = 3;
/// How many openings of the calendar are looked through for one.
const JOBS_LOOKED_AT: u32 = 100;

/// How long a report waits for the wave's secrets to be gone, and how often before that needs a look.
const MOMENT: TimeDelta = TimeDelta::seconds(15);
const MOMENTS: u32 = 4;

/// Queues what is due by itself: mails about waves that are announced, and reviews of levers.
///
/// # Errors
///
/// If the database cannot be read or written.
pub fn fill(context: &Context) -> Result<usize> {
    let mut queued = 0;
    for record in context.store.wave_summaries()? {
        let over = record.wave.window.phase(context.now()) == Phase::Closed;
        if !record.released && !over {
            queued += queue_about(context, &record.wave)?;
        }
    }
    Ok(queued + lever_reviews::queue(context)?)
}

/// Queues the mails about `wave` to everybody on its roster, if they are not there yet.
fn queue_about(context: &Context, wave: &Wave) -> Result<usize> {
    let wanted = |it| context.config.about_waves.contains(&it);
    let first = match () {
        () if wanted(WaveMail::Opens) => MailKind::WaveOpens,
        () if wanted(WaveMail::Reminder) => MailKind::Reminder,
        () if wanted(WaveMail::Invitation) => MailKind::Invitation,
        () => return Ok(0),
    };
    if context.store.has_deliveries(wave.seq, first)? {
        return Ok(0);
    }
    let window = &wave.window;
    // Without a mail at the opening the invitation is the only one that says so.
    let invites = wanted(WaveMail::Invitation)
        && (window.pickup_from() < window.opens() || !wanted(WaveMail::Opens));
    let halfway = window.opens() + (window.closes() - window.opens()) / 2;
    let mut mails = Vec::new();
    for recipient in context.store.people_of_wave(wave.seq)? {
        let mut add = |topic, due| mails.push(NewDelivery { recipient, topic, due });
        if invites {
            add(Topic::Invitation, window.pickup_from());
        }
        if wanted(WaveMail::Opens) {
            add(Topic::WaveOpens(wave.seq), window.opens());
        }
        if wanted(WaveMail::Reminder) {
            add(Topic::Reminder(wave.seq), halfway);
        }
    }
    if invites {
        // Whoever never got it is still new.
        context.store.invite_again(wave.seq, window.pickup_from())?;
    }
    Ok(context.store.queue_deliveries(&mails)?)
}

/// The mails that the release of a wave sets off: reports when the calendar says, and to everybody on
/// the roster that the results are there.
///
/// # Errors
///
/// If the database cannot be read.
pub fn after_release(context: &Context, release: &Release) -> Result<Vec<NewDelivery>> {
    let now = context.now();
    let seq = release.wave().seq;
    let report_day = match &context.config.report_day {
        None => now,
        // From the closing, however late the tally: a report that is due at that very minute is due today.
        Some(rule) => {
            let calendar = Calendar::new(rule.clone(), context.zone()?);
            calendar.next_from(release.wave().window.closes()).unwrap_or(now).max(now)
        }
    };
    let mut mails: Vec<NewDelivery> = context
        .store
        .people_with_role(RoleKind::Hr)?
        .into_iter()
        .map(|it| NewDelivery::monthly_report(seq, it.id, report_day))
        .collect();
    if context.config.report_to_managers {
        for manager in context.store.people_with_role(RoleKind::Manager)? {
            for unit in managed(&manager) {
                if release.tree().index_of(unit).is_some() {
                    let topic = Topic::UnitReport(seq, unit);
                    mails.push(NewDelivery { recipient: manager.id, topic, due: report_day });
                }
            }
        }
    }
    // Of a wave with nothing to show there are no results to look at.
    let some_shown = !release.atoms().is_empty();
    if some_shown && context.config.about_waves.contains(&WaveMail::Results) {
        // Before the release forgets the roster.
        for recipient in context.store.people_of_wave(seq)? {
            mails.push(NewDelivery { recipient, topic: Topic::ResultsOut(seq), due: now });
        }
    }
    Ok(mails)
}

fn managed(person: &Person) -> impl Iterator<Item = UnitId> {
    person.roles.iter().filter_map(|it| match it {
        Role::Manager(unit) => Some(*unit),
        _ => None,
    })
}

/// What came of a round of sending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Mails that were sent.
    pub sent: usize,
    /// Whether it ended early because the mail server takes no mail.
    pub down: bool,
}

/// Sends what is queued and due. One that fails is tried again later, and the rest go on, unless the mail
/// server takes no mail at all: then they stay as they are.
///
/// # Errors
///
/// If the database cannot be read or written.
pub fn deliver(context: &Context) -> Result<Round> {
    deliver_while(context, || true)
}

/// The same, as long as `go_on` says so before each mail.
///
/// # Errors
///
/// If the database cannot be read or written, or a mail server was named that cannot be used: then all mails wait.
pub fn deliver_while(context: &Context, go_on: impl Fn() -> bool) -> Result<Round> {
    context.follow_mail_server()?;
    let mut writer = Writer::new(context)?;
    let mut round = Round::default();
    let store = &context.store;
    let claim = || Ok(store.claim_delivery(context.now(), LEASE)?);
    queue::drain(go_on, claim, |delivery: Delivery| {
        match writer.send(&delivery) {
            Ok(Outcome::Sent) => {
                queue::record(|| Ok(store.delivery_sent(delivery.id, context.now())?))?;
                round.sent += 1;
            }
            Ok(Outcome::NotNeeded(why)) => store.delivery_dropped(&delivery, why)?,
            Ok(Outcome::NotYet) => store.delivery_waits(&delivery, context.now() + MOMENT)?,
            Err(error) => {
                let reason = reason(&error);
                let kind = delivery.topic.kind().code();
                tracing::warn!(mail = kind, attempt = delivery.attempt, reason, "mail not sent");
                let retry = again(context.now(), &delivery, &error);
                store.delivery_failed(&delivery, retry, &reason)?;
                if matches!(error.downcast_ref(), Some(MailError::Down(_))) {
                    round.down = true;
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(round)
}

/// When to try again; `None` to give up.
fn again(now: DateTime<Utc>, delivery: &Delivery, error: &anyhow::Error) -> Option<DateTime<Utc>> {
    let refused = matches!(error.downcast_ref::<MailError>(), Some(MailError::Refused));
    let retry = now + backoff(delivery.attempt);
    let (days, times) = PATIENCE;
    let spent = retry >= delivery.due + days && delivery.attempt >= times;
    let give_up = spent || (refused && delivery.attempt >= REFUSALS);
    (!give_up).then_some(retry)
}

/// What went wrong, in words without addresses: of mail in its own words, of anything else with causes.
fn reason(error: &anyhow::Error) -> String {
    match error.downcast_ref::<MailError>() {
        Some(mail) => mail.to_string(),
        None => format!("{error:#}"),
    }
}

enum Outcome {
    Sent,
    NotNeeded(&'static str),
    /// In a moment.
    NotYet,
}

/// Writes mails; makes each report once for all its recipients.
struct Writer<'a> {
    context: &'a Context,
    keys: AuthKeys,
    organisation: String,
    choices_url: String,
    support_url: String,
    contacts: Contacts,
    text: Text,
    made: BTreeMap<(WaveSeq, Option<UnitId>), Vec<u8>>,
    reviews: Reviews,
}

impl<'a> Writer<'a> {
    fn new(context: &'a Context) -> Result<Self> {
        Ok(Self {
            context,
            keys: auth_keys::load_or_create(&context.config.data)?,
            organisation: organisation(context)?,
            choices_url: format!("{}/mail", context.config.app_origin),
            support_url: format!("{}/support", context.config.app_origin),
            contacts: Contacts::read(context)?,
            text: Text::new(context.config.language),
            made: BTreeMap::new(),
            reviews: Reviews::default(),
        })
    }

    fn send(&mut self, delivery: &Delivery) -> Result<Outcome> {
        let store = &self.context.store;
        let kind = delivery.topic.kind();
        let Some(person) = store.person(delivery.recipient)? else {
            return Ok(Outcome::NotNeeded("the recipient has left"));
        };
        let choice = choice(store, person.id, kind)?;
        if choice == Some(MailChoice::Off) {
            return Ok(Outcome::NotNeeded("the recipient does not want it"));
        }
        if let Some(why) = self.pointless(delivery, &person)? {
            return Ok(Outcome::NotNeeded(why));
        }
        if let Topic::MonthlyReport(seq) | Topic::UnitReport(seq, _) = delivery.topic {
            // The report says that box and keys are destroyed.
            if wave::has_secrets(self.context, seq) {
                ensure!(
                    delivery.attempt <= MOMENTS,
                    "the wave's box or keys are not destroyed yet"
                );
                return Ok(Outcome::NotYet);
            }
        }
        let stop = self.keys.mail_stop_token(person.id, kind.code(), delivery.due)?;
        let stop_url = format!("{}/mail/stop?t={stop}", self.context.config.app_origin);
        let contacts = self.contacts.near(store, person.id)?;
        let (choices_url, support_url) = (self.choices_url.clone(), self.support_url.clone());
        let (organisation, sender) = (self.organisation.clone(), self.context.mailer.sender());
        let envelope = Envelope {
            from: &sender.from,
            reply_to: sender.reply_to.as_deref(),
            to: &person.email,
            organisation: &organisation,
            support: Support { url: &support_url, contacts: &contacts },
            text: self.text,
            at: delivery.due,
            choices_url: &choices_url,
            stop_url: Some(&stop_url),
        };
        let message = match delivery.topic {
            Topic::MonthlyReport(seq) => self.report(&envelope, seq, None, choice)?,
            Topic::UnitReport(seq, unit) => self.report(&envelope, seq, Some(unit), choice)?,
            Topic::Invitation => self.invitation(&envelope)?,
            Topic::WaveOpens(seq) | Topic::Reminder(seq) | Topic::ResultsOut(seq) => {
                self.about_wave(&envelope, delivery.topic, seq)?
            }
            Topic::LeverReview(plan, review) => {
                let origin = &self.context.config.app_origin;
                match self.reviews.write(
                    self.context,
                    &envelope,
                    (plan, review),
                    origin.as_str(),
                )? {
                    Some(message) => message,
                    None => return Ok(Outcome::NotNeeded("it was looked at")),
                }
            }
            Topic::NotAnnounced(opens) => match self.not_announced(&envelope, opens)? {
                Some(message) => message,
                None => return Ok(Outcome::NotNeeded("it was announced")),
            },
        };
        self.context.mailer.send(&message)?;
        Ok(Outcome::Sent)
    }

    /// Why a mail would be pointless now.
    fn pointless(&self, delivery: &Delivery, person: &Person) -> Result<Option<&'static str>> {
        let store = &self.context.store;
        let over = |seq| -> Result<bool> {
            Ok(store.wave(seq)?.wave.window.phase(self.context.now()) == Phase::Closed)
        };
        Ok(match delivery.topic {
            Topic::MonthlyReport(_) if !person.roles.contains(&Role::Hr) => {
                Some("the recipient no longer holds the HR role")
            }
            Topic::UnitReport(_, unit) if managed(person).all(|it| it != unit) => {
                Some("the recipient no longer manages the unit")
            }
            Topic::WaveOpens(seq) | Topic::Reminder(seq) if over(seq)? => {
                Some("the check-in is over")
            }
            Topic::Invitation if self.next_wave()?.is_none() => Some("no check-in is open"),
            Topic::NotAnnounced(_) if !person.roles.contains(&Role::Administrator) => {
                Some("the recipient is no longer an administrator")
            }
            _ => None,
        })
    }

    fn next_wave(&self) -> Result<Option<Wave>> {
        let now = self.context.now();
        let waves = self.context.store.wave_summaries()?;
        Ok(waves.into_iter().map(|it| it.wave).find(|it| it.window.phase(now) < Phase::Closed))
    }

    fn report(
        &mut self,
        envelope: &Envelope<'_>,
        seq: WaveSeq,
        unit: Option<UnitId>,
        choice: Option<MailChoice>,
    ) -> Result<mail::Message> {
        let history = history(&self.context.store, seq)?;
        let pdf = match choice {
            Some(MailChoice::Link) => None,
            _ => Some(self.pdf(&history, seq, unit)?),
        };
        let origin = &self.context.config.app_origin;
        let report_url = match unit {
            None => format!("{origin}/org/reports/{seq}"),
            Some(unit) => format!("{origin}/team/{unit}"),
        };
        let (zone, now) = (self.context.zone()?, self.context.now());
        let boards = tideline_api::Boards::of(&self.context.store, &history, unit, &zone, now)?;
        Ok(mail::monthly_report(
            envelope,
            &mail::MonthlyReport {
                history: &history,
                unit,
                levers: &boards.plans,
                today: boards.today,
                next: boards.next,
                report_url: &report_url,
                pdf,
            },
        )?)
    }

    fn pdf(&mut self, history: &[Release], seq: WaveSeq, unit: Option<UnitId>) -> Result<Vec<u8>> {
        if let Some(pdf) = self.made.get(&(seq, unit)) {
            return Ok(pdf.clone());
        }
        let config = &self.context.config;
        let origin = config.app_origin.to_string();
        let style = tideline_api::ReportStyle {
            zone: self.context.zone()?,
            now: self.context.now(),
            text: self.text,
            look: &config.look,
            contact: &config.contact,
            origin: &origin,
        };
        let pdf = tideline_api::report_pdf(&self.context.store, history, unit, &style)?;
        // One report goes to several people in a row; more than one is not kept.
        self.made.clear();
        self.made.insert((seq, unit), pdf.clone());
        Ok(pdf)
    }

    fn invitation(&self, envelope: &Envelope<'_>) -> Result<mail::Message> {
        let wave = self.next_wave()?.ok_or_else(|| anyhow!("no check-in is open"))?;
        let opens = words::first_day(&wave.window, &self.context.zone()?, self.text);
        let notice = Notice::Invitation { opens: &opens };
        Ok(mail::notice(envelope, &notice, &self.app("/sign-in"))?)
    }

    fn about_wave(
        &self,
        envelope: &Envelope<'_>,
        topic: Topic,
        seq: WaveSeq,
    ) -> Result<mail::Message> {
        let wave = self.context.store.wave(seq)?.wave;
        let last = words::last_day(&wave.window, &self.context.zone()?, self.text);
        let (label, month) = (wave.label.as_str(), words::month(&wave, self.text));
        let (notice, url) = match topic {
            Topic::WaveOpens(_) => (Notice::WaveOpens { wave: label, last: &last }, "/"),
            Topic::Reminder(_) => (Notice::Reminder { wave: label, last: &last }, "/"),
            _ => (Notice::ResultsOut { wave: label, month: &month }, "/"),
        };
        Ok(mail::notice(envelope, &notice, &self.app(url))?)
    }

    /// The mail about an opening of the calendar; `None` if its wave was announced after all.
    fn not_announced(
        &self,
        envelope: &Envelope<'_>,
        opens: DateTime<Utc>,
    ) -> Result<Option<mail::Message>> {
        let jobs = self.context.store.jobs(JOBS_LOOKED_AT)?;
        let reason = jobs.into_iter().find(|it| it.due == opens).and_then(|it| it.reason);
        let Some(reason) = reason else { return Ok(None) };
        let opens = words::moment(opens, &self.context.zone()?, self.text);
        let reason = words::not_announced(&reason, self.text);
        let notice = Notice::NotAnnounced { opens: &opens, reason: &reason };
        Ok(Some(mail::notice(envelope, &notice, &self.app("/org/waves"))?))
    }

    fn app(&self, path: &str) -> String {
        format!("{}{path}", self.context.config.app_origin)
    }
}

/// What mails call the organisation; empty before it has a name.
pub(crate) fn organisation(context: &Context) -> Result<String> {
    if let Some(set) = context.store.organisation()? {
        return Ok(set.name.to_string());
    }
    let tree = context.store.units(utc_day(context.now()))?;
    Ok(tree.map_or_else(String::new, |it| it.root().name.to_string()))
}

fn choice(store: &Store, person: PersonId, kind: MailKind) -> Result<Option<MailChoice>> {
    let chosen = store.mail_choices(person)?;
    Ok(chosen.into_iter().find(|(of, _)| *of == kind).map(|(_, choice)| choice))
}

/// The releases of waves that asked the same as wave `seq`, up to it, oldest first.
pub(crate) fn history(store: &Store, seq: WaveSeq) -> Result<Vec<Release>> {
    let of_instrument = store.history_with(seq)?;
    let history: Vec<Release> =
        of_instrument.iter().filter(|it| it.wave().seq <= seq).cloned().collect();
    ensure!(history.last().is_some_and(|it| it.wave().seq == seq), "wave {seq} is not released");
    Ok(history)
}
