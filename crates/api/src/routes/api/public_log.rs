//! The public log: what was changed, every wave with its words, and how often results were looked at.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App, EN,
    pages::public::{LogLine, Looked, log_lines, looked},
    problem::Problem,
    routes::blocking,
};

/// The public log.
#[derive(Serialize, ToSchema)]
#[schema(as = PublicLog)]
pub(crate) struct PublicLogBody {
    /// Changes of rules and waves, newest first.
    entries: Vec<LogEntryBody>,
    /// How often results were looked at in the last twelve months, newest month first.
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
    /// Pages that were opened.
    views: u32,
    /// Files that were taken away, and answers to programs.
    exports: u32,
}

impl From<LogLine> for LogEntryBody {
    fn from(line: LogLine) -> Self {
        Self { at: line.at, what: line.what, more: line.more }
    }
}

impl From<Looked> for LookedBody {
    fn from(it: Looked) -> Self {
        Self {
            month: it.month.format("%Y-%m").to_string(),
            role: it.role,
            views: it.views,
            exports: it.exports,
        }
    }
}

/// The public log. The same for everybody.
#[utoipa::path(
    tag = "public",
    responses((status = 200, description = "The log.", body = PublicLogBody)),
)]
#[get("/api/v1/public-log")]
pub(crate) async fn log(app: web::Data<App>) -> Result<web::Json<PublicLogBody>, Problem> {
    blocking(move || {
        Ok(web::Json(PublicLogBody {
            entries: log_lines(&app, EN)?.into_iter().map(LogEntryBody::from).collect(),
            looked: looked(&app)?.into_iter().map(LookedBody::from).collect(),
        }))
    })
    .await
}
