//! How often results were looked at: counted by the database from an index, never read entry by entry.

use chrono::{DateTime, Utc};
use diesel::{dsl::count_star, prelude::*};
use tideline_domain::PersonId;

use crate::{
    RoleKind, Store, StoreError,
    schema::audit_log,
    value::{corrupt, known, parse, timestamp},
};

/// How often somebody looked at results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// Who; `None` for the program itself, and where the role is known: then it is of all who had it.
    pub who: Option<PersonId>,
    /// With which role; `None` for the program itself, and in entries from before roles were noted.
    pub role: Option<RoleKind>,
    /// Pages that were opened.
    pub views: u64,
    /// Files that were taken away, and answers to programs.
    pub exports: u64,
}

/// A role or a person, and how often.
type Counted = (Option<String>, i64);

/// What is counted, and whether it is a page.
const COUNTED: [(&str, bool); 3] =
    [("results.view", true), ("results.export", false), ("results.read", false)];

impl Store {
    /// How often results were looked at from `from` until before `to`, by role; by person where the role was
    /// not noted. In no order.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn looks(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Looks>, StoreError> {
        use audit_log::{action, actor, at, role as as_role};
        let mut found: Vec<Looks> = Vec::new();
        for (code, is_page) in COUNTED {
            let looked = audit_log::table
                .filter(action.eq(code))
                .filter(at.ge(timestamp(from)))
                .filter(at.lt(timestamp(to)));
            let of_role = looked.filter(as_role.is_not_null()).group_by(as_role);
            let of_nobody = looked.filter(as_role.is_null()).group_by(actor);
            let (by_role, by_person): (Vec<Counted>, Vec<Counted>) = self.read(|conn| {
                let by_role = of_role.select((as_role, count_star())).load(conn)?;
                Ok((by_role, of_nobody.select((actor, count_star())).load(conn)?))
            })?;
            let looks = |who, role, times: i64| {
                let times = u64::try_from(times).map_err(corrupt("audit_log"))?;
                let (views, exports) = if is_page { (times, 0) } else { (0, times) };
                Ok::<_, StoreError>(Looks { who, role, views, exports })
            };
            for (code, times) in by_role {
                let kind = code.as_deref().and_then(RoleKind::from_code);
                found.push(looks(None, Some(known("audit_log", kind)?), times)?);
            }
            for (who, times) in by_person {
                let who = who.map(|it| parse("audit_log", &it)).transpose()?;
                found.push(looks(who, None, times)?);
            }
        }
        Ok(found)
    }
}
