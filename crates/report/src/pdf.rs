//! Monthly reports as PDF, typeset by Typst from one template: the organisation's, and a unit's.
//!
//! PDF/UA-1 and PDF/A-2a: tagged, with alternative texts; a chart without one fails the document.
//! Fonts are embedded, nothing is read from the system, and the same releases give the same bytes.

mod cover;
mod data;
mod levers;
mod marks;
mod names;
mod strain;
mod units;
mod whole;
pub(crate) mod world;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use chrono_tz::Tz;
use tideline_aggregation::Release;
use tideline_domain::UnitId;
use tideline_text::Text;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub(crate) use self::names::make_printable;
use self::world::ReportWorld;
use crate::next_step::UnitPlan;

/// Why there is no report. Names what in the template is wrong, never what it was filled with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// No wave is released.
    #[error("no wave is released")]
    NothingReleased,
    /// The template cannot be typeset.
    #[error("the report cannot be typeset: {0}")]
    Template(String),
    /// The figures cannot be handed to the template.
    #[error("the report's figures cannot be handed over")]
    Data(#[from] serde_json::Error),
}

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct PdfInput<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// Releases, oldest first; the report is about the last.
    pub history: &'a [Release],
    /// The unit it is about; `None` for the organisation.
    pub unit: Option<UnitId>,
    /// Levers of all boards that it is about, in the order of the tree. Those that began after `today` are left out.
    pub levers: &'a [UnitPlan],
    /// The day by which reviews are overdue.
    pub today: NaiveDate,
    /// The day on which the next check-in opens, once that is known.
    pub next: Option<NaiveDate>,
    /// Whom to ask about it, in words that fit after "ask"; may be empty.
    pub contact: &'a str,
    /// Where the same stands on the web.
    pub web: Option<&'a str>,
    /// Whether the answers came as sealed ballots to our own statements. A replay of other data is
    /// not told to be what it is not.
    pub sealed: bool,
    /// By whose clocks days are told.
    pub zone: Tz,
    /// Language.
    pub text: Text,
    /// Paper, colour and logo.
    pub look: &'a Look,
}

/// How a report looks, as the organisation wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Its paper.
    pub paper: Paper,
    /// The organisation's colour, for lines only: it never carries meaning.
    pub colour: Option<Colour>,
    /// The organisation's logo, at most 12 mm high.
    pub logo: Option<Logo>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// Stable name: `a4`, `letter`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The paper with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(u32);

/// What is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written like #0b5a68")]
pub struct ColourError;

impl std::str::FromStr for Colour {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, ColourError> {
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6).ok_or(ColourError)?;
        u32::from_str_radix(digits, 16).map(Self).map_err(|_| ColourError)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Vec<u8>,
    kind: LogoKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LogoKind {
    Png,
    Svg,
}

/// What is no logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a logo is a PNG or SVG file of at most 1 MB")]
pub struct LogoError;

impl Logo {
    /// Largest file. Unit: bytes.
    pub const MOST: usize = 1_000_000;

    /// The logo in a PNG or SVG file.
    ///
    /// # Errors
    ///
    /// [`LogoError`] if it is neither, or too large.
    pub fn new(bytes: Vec<u8>) -> Result<Self, LogoError> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]).into_owned();
        let kind = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            LogoKind::Png
        } else if head.contains("<svg") {
            LogoKind::Svg
        } else {
            return Err(LogoError);
        };
        if bytes.len() > Self::MOST { Err(LogoError) } else { Ok(Self { bytes, kind }) }
    }

    const fn file(&self) -> &'static str {
        match self.kind {
            LogoKind::Png => "logo.png",
            LogoKind::Svg => "logo.svg",
        }
    }
}

const TEMPLATE: &str = include_str!("../templates/report.typ");

/// The report of the last wave of `input.history`.
///
/// # Errors
///
/// [`PdfError`].
pub fn report(input: &PdfInput<'_>) -> Result<Vec<u8>, PdfError> {
    let release = input.history.last().ok_or(PdfError::NothingReleased)?;
    let made = data::data(input, release)?;
    let world = ReportWorld::new(TEMPLATE, made.files);
    // The file is written after the wave closes; its clock must not make two equal reports differ.
    let ident = format!(
        "{} {} {} {} {}",
        input.organisation,
        release.wave().label,
        input.unit.map(|it| it.to_string()).unwrap_or_default(),
        input.text.language().tag(),
        input.look.paper.code(),
    );
    typeset(&world, release.wave().window.closes(), ident)
}

pub(crate) fn typeset(
    world: &ReportWorld,
    at: DateTime<Utc>,
    ident: String,
) -> Result<Vec<u8>, PdfError> {
    let pdf = || {
        let document = laid_out(world)?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|it| PdfError::Template(it.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(ident),
            creator: Smart::Custom(Some("Tideline".to_owned())),
            timestamp: moment(at).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|it| told(&it))
    };
    let pdf = pdf();
    // What Typst remembers of one report does not help with the next, and would only grow.
    comemo::evict(0);
    pdf
}

/// The pages of a document.
fn laid_out(world: &ReportWorld) -> Result<PagedDocument, PdfError> {
    typst::compile::<PagedDocument>(world).output.map_err(|it| told(&it))
}

/// What is wrong, without what is quoted: that may be a name from the data.
fn told(errors: &[SourceDiagnostic]) -> PdfError {
    let unquoted = |it: &str| it.split('`').step_by(2).collect::<Vec<_>>().join("…");
    let messages: Vec<String> = errors.iter().map(|it| unquoted(&it.message)).collect();
    PdfError::Template(messages.join("; "))
}

fn moment(at: DateTime<Utc>) -> Option<Datetime> {
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()]
            .map(|it| u8::try_from(it).unwrap_or_default());
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)
}

#[cfg(test)]
mod layout_tests;
#[cfg(test)]
mod tests;
