//! The organisation's name and time zone: read, set and changed, for pages and for the JSON API.

use chrono_tz::Tz;
use tideline_domain::{PersonId, day::utc_day};
use tideline_store::{Actor, AuditEntry, Organisation, RoleKind};

use crate::{App, problem::Problem};

/// The organisation as it is stored; before that, named by the unit at the top and with the time zone
/// of the settings.
pub(crate) fn stored(app: &App) -> Result<Option<Organisation>, Problem> {
    if let Some(organisation) = app.store.organisation()? {
        return Ok(Some(organisation));
    }
    let tree = app.store.units(utc_day(app.now()))?;
    Ok(tree.map(|it| Organisation {
        name: it.root().name.clone(),
        time_zone: app.settings.time_zone.name().to_owned(),
    }))
}

/// What mails call it; empty before it has a name.
pub(crate) fn name(app: &App) -> Result<String, Problem> {
    Ok(stored(app)?.map_or_else(String::new, |it| it.name.to_string()))
}

/// The organisation, if it can be called and timed so; otherwise where that is wrong, and the sentence
/// about it.
pub(crate) fn understand(
    name: &str,
    time_zone: &str,
) -> Result<Organisation, (&'static str, &'static str)> {
    let zone: Tz =
        time_zone.trim().parse().map_err(|_| ("time_zone", "organisation-problem-zone"))?;
    Ok(Organisation {
        name: name.parse().map_err(|_| ("organisation", "problem-name"))?,
        time_zone: zone.name().to_owned(),
    })
}

/// Changes the organisation and notes who did.
pub(crate) fn change(app: &App, who: PersonId, to: &Organisation) -> Result<(), Problem> {
    app.store.set_organisation(to)?;
    let by = Actor::Person(who, RoleKind::Administrator);
    let entry = AuditEntry::new(by, "settings.organisation", "organisation", app.now());
    Ok(app.store.append_audit(&entry)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time_zone::zones;

    #[test]
    fn a_time_zone_is_a_place_that_exists() {
        assert!(zones("").iter().all(|it| understand("Hospital", it).is_ok()));
        let fault = |name, zone| understand(name, zone).unwrap_err().0;
        assert_eq!((fault("Hospital", "Berlin"), fault(" ", "UTC")), ("time_zone", "organisation"));
    }
}
