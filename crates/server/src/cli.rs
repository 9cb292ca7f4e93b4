//! The command line.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use tideline_domain::day::{beginning_of, end_of};
use tideline_report::pdf::Paper;
use tideline_roster::Choice;

/// A wellbeing dashboard for teams that carry other people's pain.
#[derive(Debug, Parser)]
#[command(name = "tideline", version, max_term_width = 100)]
pub struct Cli {
    /// Settings file; only the settings you change.
    #[arg(long, global = true, value_name = "FILE", env = "TIDELINE_CONFIG")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a fictional organisation with a year of waves through the real pipeline, and serve it.
    Demo(DemoArgs),
    /// Serve the app and the ballot side; close, release and deliver when it is time.
    Serve,
    /// Bring the database schema up to date.
    Migrate,
    /// Write a backup into a new folder, while `serve` runs: database, public files, settings without secrets. Never
    /// keys, boxes or who picked up a token.
    Backup {
        /// The folder; it must be new or empty.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Restore a backup into an empty installation, after every file was checked. Waves that were running then are
    /// ended without a release: their keys and boxes are in no backup.
    Restore {
        /// The folder that `backup` wrote.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
    /// Move everything to another, empty database, such as from SQLite to PostgreSQL, and compare every row. Stop
    /// `serve` first; a running wave goes on afterwards.
    MoveDatabase {
        /// The database to move to, named as `data.database` is.
        #[arg(long, value_name = "URL")]
        to: String,
    },
    /// Make the data folder belong to the database, after one of them came back from a copy. What the folder has of
    /// waves that the database does not know is moved aside; nothing is destroyed. Stop `serve` first.
    Adopt,
    /// Announce, close or look at waves.
    #[command(subcommand)]
    Wave(WaveCommand),
    /// Paper cards, for people who answer without a device. The weaker way; see docs/protocol.md.
    #[command(subcommand)]
    Paper(PaperCommand),
    /// Write a report of a released wave as PDF: of the organisation, of a unit, or of every unit.
    Report(ReportArgs),
    /// Try out, look at or push e-mail.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Add, move and end people and units by a file with columns unit, parent, name, email, role.
    ImportRoster(ImportArgs),
    /// Published questionnaires: list them, add the texts you have a licence for, import scale scores.
    #[command(subcommand)]
    Instrument(InstrumentCommand),
    /// Run real or historic data through planning, coarsening, audit and report, into files.
    Replay(ReplayArgs),
    /// Run the auditor again over everything that was ever published.
    Audit(AuditArgs),
    /// Look after the audit log.
    #[command(subcommand)]
    AuditLog(AuditLogCommand),
    /// Read all settings, say what they are and refuse what cannot work.
    CheckConfig,
    /// Mount those attacks that are safe on a running installation, from outside: for operators,
    /// works councils and anybody who wants to know. Uses up no token and casts no ballot.
    SelfTest(SelfTestArgs),
}

/// Options of `demo`.
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    /// Folder for everything the demo makes; must be new or an earlier demo's.
    #[arg(long, value_name = "DIR", default_value = "demo")]
    pub out: PathBuf,
    /// People in the organisation.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(12..=20_000))]
    pub people: u32,
    /// Monthly waves, all closed.
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub waves: u32,
    /// Same seed, same answers. Keys stay random.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Stop when everything is made.
    #[arg(long)]
    pub no_serve: bool,
    /// Port of the app; the ballot side takes the next one.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..65_535))]
    pub port: u16,
}

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditLogCommand {
    /// Check that no entry was changed, removed or slipped in, and say the newest hash. Keep that hash
    /// elsewhere: with it, a log that was written anew as a whole is found out, too.
    Verify {
        /// A hash that was said before: it must still be in the log.
        #[arg(long, value_name = "HASH")]
        contains: Option<String>,
    },
}

/// What to do with waves.
#[derive(Debug, Subcommand)]
pub enum WaveCommand {
    /// Announce a wave: freeze the roster, make its keys, publish its manifest.
    Open(OpenArgs),
    /// Tally and release a wave whose time is over, then destroy its box, token list and keys.
    Close {
        /// Number of the wave; the oldest one due if not given.
        #[arg(long)]
        wave: Option<u32>,
        /// The wave's keys or box are lost: release nothing and destroy what is left.
        #[arg(long, requires = "wave")]
        abandon: bool,
    },
    /// List the waves. Never says how many have answered.
    Status,
    /// List keys and boxes that were moved aside, because the database does not know their waves.
    Leftovers {
        /// Destroy them for good, and with them every answer that may be in them.
        #[arg(long)]
        destroy: bool,
    },
    /// Print whom to invite to a wave, and whom to remind: everybody on its roster, the same list
    /// whoever has picked up a token or answered.
    Addresses {
        /// Number of the wave.
        #[arg(long)]
        wave: u32,
    },
}

/// What to do with paper cards.
#[derive(Debug, Subcommand)]
pub enum PaperCommand {
    /// Make the cards of a wave, once, as a PDF. Codes are printed and not stored.
    Print {
        /// Number of the wave.
        #[arg(long)]
        wave: u32,
        /// Where to write the PDF; `-` hands it on, for example to `lp`, and leaves no file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Make all cards printed before worthless, and print new ones.
        #[arg(long)]
        replace: bool,
        /// Language of the cards, en or de; as set for the organisation if left out.
        #[arg(long)]
        language: Option<String>,
    },
    /// Tick somebody off the list before the person draws a card: no online token any more.
    Tick {
        /// Number of the wave.
        #[arg(long)]
        wave: u32,
        /// The person's e-mail address.
        #[arg(long)]
        email: String,
    },
}

/// Options of `wave open`.
#[derive(Debug, Clone, Args)]
pub struct OpenArgs {
    /// What the wave is called, such as 2026-11; the month in which it opens if not given, and which of
    /// that month.
    #[arg(long)]
    pub label: Option<String>,
    /// The first day on which answers are taken, from its midnight by the organisation's clock; or a moment
    /// such as 2026-11-30T18:00:00+01:00. Pick-up starts before, by the setting.
    #[arg(long, value_name = "DAY")]
    pub opens: DayOrMoment,
    /// The last day on which answers are taken, to its end by the organisation's clock; or a moment.
    #[arg(long, value_name = "DAY")]
    pub closes: DayOrMoment,
    /// What is asked: the pulse, or an instrument whose texts were added (`tideline instrument list`).
    #[arg(long, value_name = "KEY", default_value = "tideline-pulse-1")]
    pub instrument: String,
}

/// Options of `self-test`.
#[derive(Debug, Clone, Args)]
pub struct SelfTestArgs {
    /// Origin of the app, such as `https://app.pulse.example.org`; from the settings if not given.
    #[arg(long, value_name = "ORIGIN")]
    pub app: Option<String>,
    /// Origin of the ballot side.
    #[arg(long, value_name = "ORIGIN")]
    pub ballot: Option<String>,
    /// Certificates to trust, in PEM, if the installation has an authority of its own.
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Look at this machine as well: files, settings of the database, what is left of old waves.
    #[arg(long)]
    pub machine: bool,
}

/// Options of `report`.
#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    /// Number of the wave; the latest released one if not given.
    #[arg(long)]
    pub wave: Option<u32>,
    /// Name or identifier of a unit; the organisation's report if not given.
    #[arg(long)]
    pub unit: Option<String>,
    /// Write one report for every unit into the folder given by --out.
    #[arg(long, conflicts_with = "unit")]
    pub every_unit: bool,
    /// `en` or `de`; by the setting if not given.
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// `a4` or `letter`; by the setting if not given.
    #[arg(long, value_parser = paper)]
    pub paper: Option<Paper>,
    /// Where to write the PDF.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Options of `audit`.
#[derive(Debug, Clone, Args)]
pub struct AuditArgs {
    /// Number of a wave; all released ones if not given.
    #[arg(long)]
    pub wave: Option<u32>,
    /// Also write the published cells there, cells-WAVE.json, for other attack programs.
    #[arg(long, value_name = "DIR")]
    pub cells: Option<PathBuf>,
}

/// What to do with e-mail.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send one mail now, to see whether it arrives. It holds nothing about anybody.
    Test {
        /// To whom.
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
    /// Say whether mail works, and what waits for what.
    Status,
    /// Try again now what failed or was given up.
    Retry,
}

fn paper(text: &str) -> Result<Paper, String> {
    Paper::from_code(text).ok_or_else(|| "it may be a4 or letter".to_owned())
}

/// Options of `import-roster`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// CSV of any spreadsheet, XLSX or ODS, with headings such as unit, parent, name, email, role.
    pub file: PathBuf,
    /// Show what was found in the file and what would change, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Import although more than a tenth of the people, or the last administrator, would leave.
    #[arg(long)]
    pub force: bool,
    /// What a heading means that is not known: unit, parent, name, given_name, family_name, email, role or
    /// ignore. Kept for the next file.
    #[arg(long = "heading", value_name = "HEADING=MEANING", value_parser = heading)]
    pub headings: Vec<(String, Choice)>,
}

/// What to do with published questionnaires.
#[derive(Debug, Subcommand)]
pub enum InstrumentCommand {
    /// List what there is, whose it is and which texts were added.
    List,
    /// Join your licensed texts to a key that ships.
    Add {
        /// The key, such as proqol-5.
        key: String,
        /// TOML with language, licence, time_frame, options and items; see docs/questionnaires.md.
        #[arg(long, value_name = "FILE")]
        texts: PathBuf,
        /// Check the file, show what would be added and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Import scale scores of teams that were asked elsewhere (mbi).
    ImportScores {
        /// The key, such as mbi.
        key: String,
        /// CSV in UTF-8 with a header line: month,unit,scale,n,mean.
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// Check the file, show what would be imported and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Options of `replay`.
#[derive(Debug, Clone, Args)]
pub struct ReplayArgs {
    /// CSV of units: unit,parent,headcount.
    #[arg(long, value_name = "FILE")]
    pub roster: PathBuf,
    /// CSV of answers, a row a person and wave: wave,unit, then item ids (0 to 4) or burnout,sts,cs (0 to 100).
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// Folder for release-WAVE.json, report.pdf and audit.json.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

fn heading(text: &str) -> Result<(String, Choice), String> {
    let (heading, choice) = tideline_api::roster::said(text)
        .ok_or("write it like \"Job title=ignore\" or \"Cost centre=unit\"")?;
    Ok((heading.to_owned(), choice))
}

/// When something begins or ends, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrMoment {
    /// A whole day of the organisation.
    Day(NaiveDate),
    /// One moment.
    Moment(DateTime<Utc>),
}

impl DayOrMoment {
    /// When what is said so begins: a day with its first moment in `zone`.
    pub fn begins(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => beginning_of(day, &zone),
            Self::Moment(at) => at,
        }
    }

    /// When what is said so ends: a day with its last moment in `zone`.
    pub fn ends(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => end_of(day, &zone),
            Self::Moment(at) => at,
        }
    }
}

impl std::str::FromStr for DayOrMoment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::Moment(moment.to_utc()));
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::Day).map_err(|_| {
            "write a day like 2026-11-30, or a moment like 2026-11-30T18:00:00+01:00".to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_day_is_whole_by_the_clock_of_the_organisation_and_a_moment_is_itself() {
        let read = |text: &str| text.parse::<DayOrMoment>();
        let (berlin, last) = (Tz::Europe__Berlin, read("2026-11-30").unwrap());
        assert_eq!(last.begins(berlin).to_rfc3339(), "2026-11-29T23:00:00+00:00");
        assert_eq!(last.ends(berlin).to_rfc3339(), "2026-11-30T23:00:00+00:00");
        let moment = read("2026-11-30T18:00:00+01:00").unwrap();
        assert_eq!(moment.ends(Tz::UTC).to_rfc3339(), "2026-11-30T17:00:00+00:00");
        assert_eq!(moment.begins(berlin), moment.ends(berlin));
        assert!(read("30.11.2026").is_err());
    }
}
