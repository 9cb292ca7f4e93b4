//! The rules by which tokens are picked up and votes are cast, before and now, each in a few lines.

use std::collections::BTreeMap;

use super::people::{Browser, PEOPLE, Place, Visit, WEBKIT_KEEPS, Wave, team};

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// As first shipped: a frame that no WebKit could keep anything in, and the rules of [`Self::Before`].
    Shipped,
    /// Picked up at the first sign-in from seven days ahead on, wherever that is and without asking; one
    /// record in a browser, whoever comes.
    Before,
    /// Picked up ahead only where it lasts, else in the visit in which the check-in is open; each person's
    /// own record; at another device the page says which one has it, and the right can be moved from there.
    Now,
    /// The same, and everybody wrote the recovery code down or has a passkey.
    NowWithCode,
}

impl Rules {
    pub(super) const ALL: [Self; 4] = [Self::Shipped, Self::Before, Self::Now, Self::NowWithCode];

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Shipped => "as first shipped",
            Self::Before => "the same rules, if WebKit could pick up",
            Self::Now => "now, without any opt-in",
            Self::NowWithCode => "now, with recovery code or passkey",
        }
    }
}

/// What became of somebody's vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Cast,
    /// Did not come, or broke off each time: not the rules' doing.
    NotTried,
    NoEngine,
    Deleted,
    Forgotten,
    Elsewhere,
    UsedByAnother,
    HoldsAnothers,
    Cleared,
}

impl Outcome {
    pub(super) const fn is_lost(self) -> bool {
        !matches!(self, Self::Cast | Self::NotTried)
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Cast => "cast",
            Self::NotTried => "did not finish a visit",
            Self::NoEngine => "no way to pick up in WebKit",
            Self::Deleted => "deleted by WebKit after seven days",
            Self::Forgotten => "in a window or computer that forgets",
            Self::Elsewhere => "in another browser, it was not said which",
            Self::UsedByAnother => "used by somebody else at that computer",
            Self::HoldsAnothers => "the computer holds another team's",
            Self::Cleared => "data cleared or device replaced",
        }
    }
}

/// A token in a browser.
#[derive(Debug, Clone, Copy)]
struct Record {
    person: usize,
    used: bool,
}

/// What a browser keeps, and since when nobody has come.
#[derive(Default)]
struct Kept {
    records: Vec<Record>,
    last_visit: i32,
}

struct World<'a> {
    wave: &'a Wave,
    kept: BTreeMap<BrowserKey, Kept>,
    /// Where the one token of each person was issued to.
    issued: Vec<Option<(Browser, Place)>>,
    /// Why what was issued to a person is gone.
    gone: Vec<Option<Outcome>>,
    outcomes: Vec<Outcome>,
}

/// Browsers, in an order.
type BrowserKey = (u8, usize, usize);

fn key(browser: Browser) -> BrowserKey {
    match browser {
        Browser::Own(person, place) => (0, person, place as usize),
        Browser::Team { team, number, .. } => (1, team, number),
        Browser::Once(person, visit) => (2, person, visit),
    }
}

/// Plays a wave; what became of each person's vote.
pub(super) fn play(rules: Rules, wave: &Wave) -> Vec<Outcome> {
    let mut world = World {
        wave,
        kept: BTreeMap::new(),
        issued: vec![None; PEOPLE],
        gone: vec![None; PEOPLE],
        outcomes: vec![Outcome::NotTried; PEOPLE],
    };
    for visit in &wave.visits {
        if world.outcomes[visit.person] == Outcome::Cast {
            continue;
        }
        world.arrive(visit.browser, visit.place, visit.day);
        let told = match rules {
            Rules::Shipped if visit.place.is_webkit() => Err(Outcome::NoEngine),
            Rules::Shipped | Rules::Before => world.before(visit),
            Rules::Now | Rules::NowWithCode => world.now(visit, rules == Rules::NowWithCode),
        };
        match told {
            Ok(true) => world.outcomes[visit.person] = Outcome::Cast,
            Err(reason) if visit.day >= 0 => world.outcomes[visit.person] = reason,
            Ok(false) | Err(_) => {}
        }
        world.leave(visit);
    }
    world.outcomes
}

impl World<'_> {
    /// What the browser has deleted by itself since the last visit is gone.
    fn arrive(&mut self, browser: Browser, place: Place, day: i32) {
        let Some(kept) = self.kept.get_mut(&key(browser)) else { return };
        let reason = if place.is_webkit() && day - kept.last_visit >= WEBKIT_KEEPS {
            Some(Outcome::Deleted)
        } else if self.wave.is_cleared(browser, kept.last_visit, day) {
            Some(Outcome::Cleared)
        } else {
            None
        };
        if let Some(reason) = reason {
            for record in kept.records.drain(..) {
                self.gone[record.person] = Some(reason);
            }
        }
    }

    fn leave(&mut self, visit: &Visit) {
        let Some(kept) = self.kept.get_mut(&key(visit.browser)) else { return };
        kept.last_visit = visit.day;
        let forgets =
            matches!(visit.browser, Browser::Once(..) | Browser::Team { wiped: true, .. });
        if forgets {
            for record in kept.records.drain(..) {
                self.gone[record.person] = Some(Outcome::Forgotten);
            }
        }
    }

    fn issue(&mut self, visit: &Visit) {
        self.issued[visit.person] = Some((visit.browser, visit.place));
        let kept = self.kept.entry(key(visit.browser)).or_default();
        kept.records.push(Record { person: visit.person, used: false });
        kept.last_visit = visit.day;
    }

    fn record(&mut self, browser: Browser, of: impl Fn(&Record) -> bool) -> Option<&mut Record> {
        self.kept.get_mut(&key(browser))?.records.iter_mut().find(|it| of(it))
    }

    /// Whether the vote was cast; `Err` with why it cannot be, here and now.
    fn before(&mut self, visit: &Visit) -> Result<bool, Outcome> {
        if self.record(visit.browser, |_| true).is_none() {
            if self.issued[visit.person].is_some() {
                return Err(self.gone[visit.person].unwrap_or(Outcome::Elsewhere));
            }
            self.issue(visit);
        }
        let own_team = team(visit.person);
        let Some(record) = self.record(visit.browser, |_| true) else {
            return Err(Outcome::Elsewhere);
        };
        if team(record.person) != own_team {
            return Err(Outcome::HoldsAnothers);
        }
        if record.used {
            return Err(Outcome::UsedByAnother);
        }
        let cast = visit.day >= 0 && !visit.breaks_off;
        record.used |= cast;
        Ok(cast)
    }

    fn now(&mut self, visit: &Visit, code: bool) -> Result<bool, Outcome> {
        let person = visit.person;
        if self.record(visit.browser, |it| it.person == person).is_none() {
            match self.issued[person] {
                None if visit.day < 0 && !visit.place.lasts() => return Ok(false),
                None => self.issue(visit),
                // Found again by the code, or moved from the device that is named.
                Some(_) if code => {}
                Some((holder, place)) => {
                    self.arrive(holder, place, visit.day);
                    if self.record(holder, |it| it.person == person).is_none() {
                        return Err(self.gone[person].unwrap_or(Outcome::Forgotten));
                    }
                }
            }
        }
        Ok(visit.day >= 0 && !visit.breaks_off)
    }
}
