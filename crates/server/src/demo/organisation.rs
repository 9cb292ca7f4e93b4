//! A fictional organisation of helpers: several sites, teams of 4 to 40, a head office.

use rand::{
    Rng as _,
    seq::{IndexedRandom as _, SliceRandom as _},
};
use rand_chacha::ChaCha8Rng;
use tideline_domain::{EmailAddress, Name};
use tideline_store::{ImportPlan, ImportRow, RoleKind};

/// Its name.
pub(super) const NAME: &str = "Harbour Light Care";
/// The team whose load drifts upwards.
pub(super) const DRIFTING: &str = "Night crisis line";
/// The team that recovers after a lever.
pub(super) const RECOVERING: &str = "Hospice ward";

const HEAD_OFFICE: &str = "Head office";
const SITES: [&str; 4] = ["North shore", "South shore", "Old town", "Riverside"];
const TEAMS: [&str; 36] = [
    DRIFTING,
    RECOVERING,
    "Day crisis line",
    "Elm",
    "Oak",
    "Birch",
    "Rowan",
    "Children's ward",
    "Emergency room",
    "Community nursing",
    "Trauma therapy",
    "Family support",
    "Shelter team",
    "Addiction service",
    "Home visits",
    "Intake desk",
    "Alder",
    "Willow",
    "Maple",
    "Hazel",
    "Linden",
    "Aspen",
    "Juniper",
    "Hawthorn",
    "School counselling",
    "Victim support",
    "Grief counselling",
    "Street outreach",
    "Ambulance liaison",
    "Psychiatric ward",
    "Palliative home care",
    "Midwives",
    "Dialysis",
    "Night sisters",
    "Translation desk",
    "Social work",
];
const GIVEN: [&str; 40] = [
    "Ada", "Amal", "Aiko", "Bela", "Ben", "Bruna", "Carmen", "Chidi", "Dana", "Dilek", "Elif",
    "Emil", "Fadi", "Freya", "Goran", "Hana", "Ines", "Ivo", "Jonas", "Jun", "Kofi", "Lars",
    "Leila", "Mara", "Mei", "Milan", "Nadia", "Nils", "Noor", "Olga", "Pavel", "Petra", "Rania",
    "Rosa", "Sami", "Sofia", "Tariq", "Tilda", "Vera", "Yusuf",
];
const FAMILY: [&str; 40] = [
    "Abelard",
    "Adeyemi",
    "Alvarez",
    "Bauer",
    "Berg",
    "Castell",
    "Chen",
    "Dahl",
    "Demir",
    "Dorn",
    "Eriksen",
    "Fischer",
    "Fontaine",
    "Gomez",
    "Haddad",
    "Holm",
    "Ivanov",
    "Jansen",
    "Kaya",
    "Keller",
    "Kovac",
    "Lang",
    "Lindqvist",
    "Marin",
    "Mensah",
    "Moreau",
    "Nakamura",
    "Novak",
    "Okafor",
    "Olsen",
    "Petrov",
    "Quist",
    "Rossi",
    "Sato",
    "Schmid",
    "Tanaka",
    "Ueda",
    "Varga",
    "Weber",
    "Zeman",
];

/// The address of the person who plays a role in the demo.
pub(super) const PLAYERS: [(&str, &str); 5] = [
    ("staff", "staff@harbourlight.example"),
    ("manager", "manager@harbourlight.example"),
    ("HR", "hr@harbourlight.example"),
    ("administrator", "admin@harbourlight.example"),
    ("privacy officer", "privacy@harbourlight.example"),
];

/// From how many people on there are sites between the organisation and its teams. Unit: people.
const SITES_FROM: u32 = 60;

/// The roster of `people` members of staff; 12 and more.
pub(super) fn roster(people: u32, rng: &mut ChaCha8Rng) -> anyhow::Result<ImportPlan> {
    let mut plan = Builder { rows: Vec::new(), serial: 0 };
    plan.unit(NAME, None)?;
    plan.unit(HEAD_OFFICE, Some(NAME))?;
    let large = people >= SITES_FROM;
    if large {
        for site in SITES {
            plan.unit(site, Some(NAME))?;
        }
    }

    let sizes = if large { team_sizes(people, rng) } else { few_teams(people) };
    let mut named: Vec<String> = TEAMS.iter().map(|it| (*it).to_owned()).collect();
    named[3..].shuffle(rng);
    named.extend((TEAMS.len()..sizes.len()).map(|at| format!("Team {}", at + 1)));
    for (at, (team, size)) in named.iter().zip(&sizes).enumerate() {
        let above = if large { SITES[at % SITES.len()] } else { NAME };
        plan.unit(team, Some(above))?;
        for member in 0..*size {
            let player = match (team.as_str(), member) {
                (DRIFTING, 0) => Some(PLAYERS[1].1),
                (DRIFTING, 1) => Some(PLAYERS[0].1),
                _ => None,
            };
            let roles = if member == 0 { vec![RoleKind::Manager] } else { Vec::new() };
            plan.person(team, Some(above), player, roles, rng)?;
        }
    }
    if large {
        for site in SITES {
            plan.person(site, Some(NAME), None, vec![RoleKind::Manager], rng)?;
        }
    }
    let [hr, administrator, privacy] = [2, 3, 4].map(|it: usize| Some(PLAYERS[it].1));
    let office = [
        (RoleKind::Hr, hr),
        (RoleKind::Hr, None),
        (RoleKind::Administrator, administrator),
        (RoleKind::PrivacyOfficer, privacy),
    ];
    for (role, player) in office {
        if large || player.is_some() {
            plan.person(HEAD_OFFICE, Some(NAME), player, vec![role], rng)?;
        }
    }
    while plan.serial < people {
        plan.person(HEAD_OFFICE, Some(NAME), None, Vec::new(), rng)?;
    }
    Ok(ImportPlan { rows: plan.rows })
}

/// Teams of 9 to 17 of a small organisation, beside an office of three: each can be seen.
fn few_teams(people: u32) -> Vec<u32> {
    let staff = people.saturating_sub(3);
    let teams = (staff / 9).max(1);
    (0..teams).map(|at| staff / teams + u32::from(at < staff % teams)).collect()
}

/// Sizes of teams, 4 to 40, the first two large enough to be seen; leaves 16 people for the rest.
fn team_sizes(people: u32, rng: &mut ChaCha8Rng) -> Vec<u32> {
    let mut left = people.saturating_sub(16);
    let mut sizes = Vec::new();
    while left >= 4 {
        let wish = match sizes.len() {
            0 => 24,
            1 => 20,
            2 => 40,
            3 => 4,
            _ => *[5, 6, 7, 9, 11, 12, 14, 16, 18, 22, 26, 30].choose(rng).unwrap_or(&12),
        };
        let size = if left < wish + 4 { left.min(40) } else { wish };
        sizes.push(size);
        left -= size;
    }
    sizes
}

struct Builder {
    rows: Vec<ImportRow>,
    serial: u32,
}

impl Builder {
    fn unit(&mut self, unit: &str, parent: Option<&str>) -> anyhow::Result<()> {
        self.rows.push(ImportRow {
            unit: unit.parse()?,
            parent: parent.map(str::parse).transpose()?,
            person: None,
        });
        Ok(())
    }

    fn person(
        &mut self,
        unit: &str,
        parent: Option<&str>,
        address: Option<&str>,
        roles: Vec<RoleKind>,
        rng: &mut ChaCha8Rng,
    ) -> anyhow::Result<()> {
        let given = GIVEN[rng.random_range(0..GIVEN.len())];
        let family = FAMILY[rng.random_range(0..FAMILY.len())];
        let name: Name = format!("{given} {family}").parse()?;
        let email: EmailAddress = match address {
            Some(address) => address.parse()?,
            None => format!("{given}.{family}.{}@harbourlight.example", self.serial).parse()?,
        };
        self.serial += 1;
        let parent = parent.map(str::parse).transpose()?;
        self.rows.push(ImportRow {
            unit: unit.parse()?,
            parent,
            person: Some((name, email, roles)),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn a_small_organisation_has_teams_that_can_be_seen() {
        for people in 12..60 {
            let plan = roster(people, &mut ChaCha8Rng::seed_from_u64(7)).unwrap();
            let staff: Vec<_> = plan.rows.iter().filter(|it| it.person.is_some()).collect();
            assert_eq!(staff.len(), people as usize);
            let sizes = few_teams(people);
            assert!(sizes.iter().all(|it| (9..=17).contains(it)), "{sizes:?}");
            for (_, address) in PLAYERS {
                let of = |row: &&&ImportRow| row.person.as_ref().unwrap().1.as_str() == address;
                assert_eq!(staff.iter().filter(of).count(), 1, "{address}");
            }
        }
    }

    #[test]
    fn everybody_has_a_place_and_teams_have_4_to_40() {
        for people in [60, 100, 400, 1000] {
            let plan = roster(people, &mut ChaCha8Rng::seed_from_u64(7)).unwrap();
            let staff: Vec<_> = plan.rows.iter().filter(|it| it.person.is_some()).collect();
            assert_eq!(staff.len(), people as usize);
            for team in plan
                .rows
                .iter()
                .filter(|it| it.parent.as_ref().is_some_and(|p| SITES.contains(&p.as_str())))
            {
                let size = staff.iter().filter(|it| it.unit == team.unit).count();
                assert!((4..=40).contains(&size), "{} has {size}", team.unit);
            }
        }
    }
}
