//! Check-ins: what was announced, and announcing another. Never how many have answered.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use tideline_domain::{Phase, Window, day::day_in};
use tideline_report::{asked, words};
use tideline_store::WaveSummary;
use tideline_text::Text;

use super::shell::{Html, Shell};
use crate::{
    App, PlannedWave,
    auth::{By, Posted, SignedIn, WavePlanner},
    blocking::blocking,
    instruments::{self, Choice},
    problem::{PageProblem, Problem, see_other},
    waves::{self, Lacking},
};

/// How long a check-in runs, unless somebody says otherwise. Unit: days.
const USUAL_LENGTH: u64 = 10;

#[derive(Template)]
#[template(path = "pages/admin/waves.html")]
struct WavesPage {
    shell: Shell,
    /// Newest first.
    waves: Vec<WaveLine>,
    announced: bool,
    problem: Option<String>,
    /// What is lacking: where to go, and what to do there.
    blocked: Vec<(&'static str, String)>,
    opens: String,
    closes: String,
    /// What can be asked; more than the pulse if texts were added.
    choices: Vec<Choice>,
    instrument: String,
    /// What the calendar will announce, in words.
    planned: Vec<String>,
    /// The invitation to the check-in that is announced or open; `None` if there is none.
    invite: Option<String>,
    csrf: String,
}

/// How many waves of the calendar are told ahead.
const PLANNED: usize = 6;

struct WaveLine {
    month: String,
    /// What it asks, if not the pulse.
    asks: Option<String>,
    dates: String,
    state: String,
}

#[derive(Deserialize)]
struct WavesQuery {
    announced: Option<String>,
}

/// What the form says, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct WaveForm {
    #[serde(default)]
    opens: String,
    #[serde(default)]
    closes: String,
    #[serde(default)]
    instrument: String,
}

impl WaveForm {
    fn dates(&self) -> Result<(NaiveDate, NaiveDate), Problem> {
        let day = |text: &str| text.trim().parse().map_err(|_| Problem::Malformed("problem-date"));
        Ok((day(&self.opens)?, day(&self.closes)?))
    }
}

/// All check-ins.
#[get("/org/waves")]
pub(super) async fn list(
    app: web::Data<App>,
    by: By<WavePlanner>,
    query: web::Query<WavesQuery>,
) -> Result<HttpResponse, PageProblem> {
    let announced = query.announced.is_some();
    let page = blocking(move || Html::of(&page(&app, &by, announced, None, None)?)).await?;
    Ok(page.into())
}

/// Announces a check-in.
#[post("/org/waves")]
pub(super) async fn announce(
    app: web::Data<App>,
    posted: Posted<WavePlanner, WaveForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let refused = blocking(move || {
        let announced =
            form.dates().and_then(|dates| Ok((dates, waves::asks(&form.instrument)?))).and_then(
                |((opens, closes), asks)| waves::announce(&app, by.policy, &asks, opens, closes),
            );
        match announced {
            Ok(_) => Ok(None),
            Err(Problem::Malformed(id)) => {
                let page = page(&app, &by, false, Some(id), Some(form))?;
                Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page).map(Some)
            }
            Err(other) => Err(other),
        }
    })
    .await?;
    match refused {
        None => Ok(see_other("/org/waves?announced")),
        Some(page) => Ok(page.into()),
    }
}

fn page(
    app: &App,
    by: &SignedIn,
    announced: bool,
    problem: Option<&'static str>,
    typed: Option<WaveForm>,
) -> Result<WavesPage, Problem> {
    let t = by.reader.t;
    let now = app.now();
    let records = app.store.wave_summaries()?;
    let blocked = waves::lacking(app)?
        .into_iter()
        .map(|it| match it {
            Lacking::Support => ("/admin/support", t.tr("waves-blocked-support")),
            Lacking::Roster => ("/admin/people", t.tr("waves-blocked-roster")),
        })
        .collect();
    let zone = app.zone()?;
    let form = typed.unwrap_or_else(|| {
        let last = records.iter().map(|it| it.wave.window.last_day(&zone)).max();
        let opens = day_in(now, &zone).max(last.and_then(|it| it.succ_opt()).unwrap_or_default());
        let closes = opens.checked_add_days(Days::new(USUAL_LENGTH)).unwrap_or(opens);
        WaveForm { opens: opens.to_string(), closes: closes.to_string(), instrument: String::new() }
    });
    let next = records.iter().find(|it| it.wave.window.phase(now) != Phase::Closed);
    Ok(WavesPage {
        shell: Shell::of(by),
        waves: records.iter().rev().map(|it| line(it, now, zone, t)).collect(),
        announced,
        problem: problem.map(|id| t.tr(id)),
        blocked,
        opens: form.opens,
        closes: form.closes,
        choices: instruments::choices(app, t)?,
        instrument: form.instrument,
        planned: planned(app, zone, t)?,
        invite: next.map(|it| {
            let (first, last) = dates(&it.wave.window, zone, t);
            let link = app.settings.app_origin.as_str();
            match it.wave.window.phase(now) {
                Phase::Open => t.tr2("waves-invite", "date", last, "link", link),
                _ => t.tr_with(
                    "waves-invite-before",
                    &[("first", &first), ("date", &last), ("link", &link)],
                ),
            }
        }),
        csrf: by.csrf.clone(),
    })
}

/// The first and the last day of a window, in words.
fn dates(window: &Window, zone: Tz, t: Text) -> (String, String) {
    (words::first_day(window, &zone, t), words::last_day(window, &zone, t))
}

/// What the calendar will announce next, a sentence for each wave.
fn planned(app: &App, zone: Tz, t: Text) -> Result<Vec<String>, Problem> {
    let Some(program) = app.program() else { return Ok(Vec::new()) };
    let planned = program.planned(PLANNED).map_err(Problem::internal)?;
    let sentence = |it: &PlannedWave| {
        let (opens, closes) = dates(&it.window, zone, t);
        let said = t.tr2("waves-dates", "opens", opens, "closes", closes);
        match it.report {
            None => said,
            Some(at) => {
                let report = t.tr1("waves-planned-report", "date", words::moment(at, &zone, t));
                format!("{said}. {report}")
            }
        }
    };
    Ok(planned.iter().map(sentence).collect())
}

fn line(record: &WaveSummary, now: DateTime<Utc>, zone: Tz, t: Text) -> WaveLine {
    let window = record.wave.window;
    let (opens, closes) = dates(&window, zone, t);
    WaveLine {
        month: words::month(&record.wave, t),
        asks: (!record.wave.asks.is_pulse()).then(|| asked::name(&record.wave.asks, t)),
        state: match window.phase(now) {
            _ if record.released => t.tr("waves-state-released"),
            Phase::Announced => t.tr("waves-state-announced"),
            Phase::PickUp => t.tr("waves-state-pickup"),
            Phase::Open => t.tr1("waves-state-open", "date", &closes),
            Phase::Closed => t.tr("waves-state-closed"),
        },
        dates: t.tr2("waves-dates", "opens", opens, "closes", closes),
    }
}
