//! Whom the recipient of a mail can turn to.

use std::collections::BTreeMap;

use anyhow::Result;
use tideline_domain::{
    Country, PersonId, UnitId, UnitTree, WaveSeq, country::country_of, day::utc_day,
};
use tideline_store::{Store, SupportContact};

use crate::context::Context;

/// How many a mail names; it links to all.
const MOST: usize = 3;

/// The contacts of the organisation, and where people work; read once for many mails.
pub(super) struct Contacts {
    all: Vec<SupportContact>,
    tree: Option<UnitTree>,
    countries: BTreeMap<UnitId, Country>,
    newest: Option<WaveSeq>,
}

impl Contacts {
    pub(super) fn read(context: &Context) -> Result<Self> {
        let store = &context.store;
        Ok(Self {
            all: store.support_contacts()?,
            tree: store.units(utc_day(context.now()))?,
            countries: store.unit_countries()?,
            newest: store.wave_summaries()?.iter().map(|it| it.wave.seq).max(),
        })
    }

    /// Who is there for `person`, those of the own country first: "Staff support 555 0100".
    pub(super) fn near(&self, store: &Store, person: PersonId) -> Result<Vec<String>> {
        let unit = match self.newest {
            Some(seq) => store.placement(seq, person)?.map(|it| it.0),
            None => None,
        };
        let unit = unit.or(self.tree.as_ref().map(|it| it.root().id));
        let here = self.tree.as_ref().zip(unit);
        Ok(nearest(
            &self.all,
            here.and_then(|(tree, unit)| country_of(tree, &self.countries, unit)),
        ))
    }
}

/// Those of the country `here`, then those for everybody. Those of other countries are on the page alone.
fn nearest(all: &[SupportContact], here: Option<Country>) -> Vec<String> {
    let of = |country: Option<Country>| all.iter().filter(move |it| it.country == country);
    let own = here.into_iter().flat_map(|it| of(Some(it)));
    own.chain(of(None)).filter_map(line).take(MOST).collect()
}

fn line(contact: &SupportContact) -> Option<String> {
    let at = contact.phone.as_ref().or(contact.link.as_ref())?;
    // When they are there, for instance.
    let note = match contact.note.as_str() {
        "" => String::new(),
        note => format!(" ({note})"),
    };
    Some(format!("{} {at}{note}", contact.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(title: &str, country: Option<&str>) -> SupportContact {
        SupportContact {
            title: title.parse().unwrap(),
            phone: (title != "Chat").then(|| "555 0100".to_owned()),
            link: Some("https://help.example.org".to_owned()),
            note: if title == "Graz" { "Weekdays 8 to 18".to_owned() } else { String::new() },
            checked: "2026-03-02".parse().unwrap(),
            country: country.map(|it| it.parse().unwrap()),
        }
    }

    #[test]
    fn a_mail_names_those_who_are_near_first() {
        let all = [
            contact("Berlin", Some("DE")),
            contact("Everybody", None),
            contact("Wien", Some("AT")),
            contact("Chat", None),
            contact("Graz", Some("AT")),
        ];
        let near = |here: Option<&str>| nearest(&all, here.map(|it| it.parse().unwrap()));
        let chat = "Chat https://help.example.org";
        assert_eq!(
            near(Some("AT")),
            ["Wien 555 0100", "Graz 555 0100 (Weekdays 8 to 18)", "Everybody 555 0100"]
        );
        assert_eq!(near(None), ["Everybody 555 0100", chat]);
        assert!(nearest(&all[..1], None).is_empty(), "nobody is sent to another country unasked");
        assert!(nearest(&[], None).is_empty());
    }
}
