//! The public log: what was changed, every wave with its words, and how often results were looked at.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App, EN,
    kept_log::{LogLine, Looked},
    problem::{Problem, ProblemBody},
    public_log::page,
};

/// The public log.
#[derive(Serialize, ToSchema)]
#[schema(as = PublicLog)]
pub(crate) struct PublicLogBody {
    /// Changes of rules and waves, newest first, 50 on a page; none past the last page.
    entries: Vec<LogEntryBody>,
    /// How many pages of entries there are, at least 1.
    pages: usize,
    /// How often results were looked at in the last twelve months, newest month first; a minute old at
    /// most. The same on each page.
    looked: Vec<LookedBody>,
}

/// A change of a rule, or a wave.
#[derive(Serialize, ToSchema)]
#[schema(as = LogEntry)]
pub(crate) struct LogEntryBody {
    at: DateTime<Utc>,
    what: String,
    more: String,
}

/// How often people of a role looked at results in a month.
#[derive(Serialize, ToSchema)]
#[schema(as = Looked)]
pub(crate) struct LookedBody {
    #[schema(example = "2026-11")]
    month: String,
    /// `hr`, `manager`, `staff`, or `program` for the program itself.
    #[schema(example = "hr")]
    role: &'static str,
    /// Pages that were opened. The same page within a minute counts once.
    views: u64,
    /// Files that were taken away, and answers to programs. The same answer within a minute counts once.
    exports: u64,
}

impl From<LogLine> for LogEntryBody {
    fn from(line: LogLine) -> Self {
        Self { at: line.at, what: line.what, more: line.more }
    }
}

impl From<&Looked> for LookedBody {
    fn from(it: &Looked) -> Self {
        Self {
            month: it.month.format("%Y-%m").to_string(),
            role: it.role,
            views: it.views,
            exports: it.exports,
        }
    }
}

/// Which page of the log.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichPage {
    /// Page of the entries, from 1; the newest if not given.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<u32>,
}

/// The public log. The same for everybody.
#[utoipa::path(
    tag = "public",
    params(WhichPage),
    responses(
        (status = 200, description = "The log.", body = PublicLogBody),
        (status = 404, description = "There can be no such page.", body = ProblemBody),
    ),
)]
#[get("/api/v1/public-log")]
pub(crate) async fn log(
    app: web::Data<App>,
    which: web::Query<WhichPage>,
) -> Result<web::Json<PublicLogBody>, Problem> {
    let number = which.page.unwrap_or(1);
    if !(1..=1_000_000).contains(&number) {
        return Err(Problem::NotFound);
    }
    let log = page(&app, EN.language(), number as usize).await?;
    Ok(web::Json(PublicLogBody {
        entries: log.lines.into_iter().map(LogEntryBody::from).collect(),
        pages: log.pages,
        looked: log.looked.iter().map(LookedBody::from).collect(),
    }))
}
