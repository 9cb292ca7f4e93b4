//! Questionnaires as data: TOML in, checked instruments out, and scoring by key.
//!
//! Keys of published questionnaires (which item belongs where, what is reversed, where bands begin)
//! ship with the product, each with its source. Their texts do not: an organisation joins the texts
//! it has a licence for to a key ([`texts`]). The schema is described in `docs/questionnaires.md`.
//!
//! Nothing here sees who answered, and nothing is shown of one person: scores of single sheets exist
//! for the tally and for tests.

mod document;
pub mod fault;
pub mod frozen;
mod key;
pub mod questionnaire;
mod score;
pub mod texts;

pub use fault::{Fault, Faults};
pub use key::{
    Band, Block, Checked, Direction, Instrument, Item, Licence, Localized, Method, OptionSet,
    Reference, ReferenceValue, ScaleKey, Source, Target,
};
pub use questionnaire::{PULSE, askable, questionnaire};
pub use score::{percent, t_score, z_score};

use std::sync::LazyLock;

macro_rules! shipped {
    ($($file:literal),* $(,)?) => {
        /// The files that ship with the product, by name.
        pub const FILES: &[(&str, &str)] =
            &[$(($file, include_str!(concat!("../keys/", $file)))),*];
    };
}
shipped!(
    "tideline-pulse-1.toml",
    "proqol-5.toml",
    "cbi.toml",
    "stss.toml",
    "hse-indicator-tool.toml",
    "bat-23.toml",
    "bat-12.toml",
    "copsoq-style.toml",
    "mbi.toml",
);

/// Every instrument that ships with the product, the pulse first.
#[expect(clippy::expect_used, reason = "a test reads every shipped file")]
pub static SHIPPED: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    FILES.iter().map(|(name, text)| Instrument::parse(name, text).expect("a sound key")).collect()
});

/// A credit line in three parts if it names a site, so that the site can be a link: what comes before
/// it, the site ("www.ProQOL.org"), and what follows.
pub fn credit_site(credit: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = credit.split_at(credit.find("www.")?);
    let end = rest.find(|it: char| it.is_whitespace() || it == ',').unwrap_or(rest.len());
    let (site, after) = rest.split_at(end);
    let bare = site.trim_end_matches('.');
    Some((before, bare, rest.get(bare.len()..).unwrap_or(after)))
}

/// The shipped instrument with this identifier, or the only one that begins like it; hyphens and case
/// do not matter.
pub fn shipped(id: &str) -> Option<&'static Instrument> {
    let plain = |id: &str| id.replace(['-', '_', ' '], "").to_lowercase();
    let wanted = plain(id);
    if let Some(it) = SHIPPED.iter().find(|it| plain(&it.id) == wanted) {
        return Some(it);
    }
    let mut alike = SHIPPED.iter().filter(|it| plain(&it.id).starts_with(&wanted));
    alike.next().filter(|_| alike.next().is_none() && !wanted.is_empty())
}

#[cfg(test)]
mod tests;
