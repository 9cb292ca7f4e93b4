//! Who a handler is for, as a type among its arguments: [`By`](super::By), [`Posted`](super::Posted) and
//! [`Caller`](super::Caller) cannot be had without naming one, so no handler can forget to ask. What is not
//! for somebody is answered as if it were not there.

use std::sync::Arc;

use actix_web::HttpRequest;
use tideline_domain::{Principal, RoleKind, UnitId, UnitTree};
use tideline_store::Actor;

use crate::{App, access, blocking::blocking, problem::Problem, warm::Edition};

/// Decides who is let through. What it is then may hold what the decision rests on.
pub(crate) trait Policy: Sized + 'static {
    /// Lets `who` through.
    ///
    /// # Errors
    ///
    /// [`Problem::NotFound`] for everybody else.
    async fn admit(req: &HttpRequest, who: &Principal) -> Result<Self, Problem>;
}

/// A policy that a person's roles alone decide.
pub(crate) trait ByRoles: Sized + 'static {
    /// `None` for everybody it is not for.
    fn of(who: &Principal) -> Option<Self>;
}

impl<P: ByRoles> Policy for P {
    async fn admit(_: &HttpRequest, who: &Principal) -> Result<Self, Problem> {
        Self::of(who).ok_or(Problem::NotFound)
    }
}

/// Everybody who is signed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member;

/// Administrators.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Administrator;

/// HR: who may see the organisation's results.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HumanResources;

/// The privacy officer; as which the audit log names this person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrivacyOfficer(pub(crate) Actor);

/// Administrators and the privacy officer; as which of the two the audit log names this person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overseer(pub(crate) Actor);

/// Who may announce waves: HR and administrators; as which of the two the audit log names this person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WavePlanner(pub(crate) Actor);

/// Who may take away the published cells of a wave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReleaseAuditor;

/// Who may see the results of the unit that the address names.
#[derive(Debug, Clone)]
pub(crate) struct UnitViewer {
    /// The unit.
    pub(crate) unit: UnitId,
    /// The tree that decided.
    pub(crate) tree: Arc<UnitTree>,
    /// What is made with that tree may be kept if nothing has changed since.
    pub(crate) edition: Edition,
}

impl ByRoles for Member {
    fn of(_: &Principal) -> Option<Self> {
        Some(Self)
    }
}

impl ByRoles for Administrator {
    fn of(who: &Principal) -> Option<Self> {
        who.holds(RoleKind::Administrator).then_some(Self)
    }
}

impl ByRoles for HumanResources {
    fn of(who: &Principal) -> Option<Self> {
        who.may_see_organisation().then_some(Self)
    }
}

impl ByRoles for PrivacyOfficer {
    fn of(who: &Principal) -> Option<Self> {
        named(who, &[RoleKind::PrivacyOfficer]).map(Self)
    }
}

impl ByRoles for Overseer {
    fn of(who: &Principal) -> Option<Self> {
        named(who, &[RoleKind::PrivacyOfficer, RoleKind::Administrator]).map(Self)
    }
}

impl ByRoles for WavePlanner {
    fn of(who: &Principal) -> Option<Self> {
        named(who, &[RoleKind::Hr, RoleKind::Administrator]).map(Self)
    }
}

impl ByRoles for ReleaseAuditor {
    fn of(who: &Principal) -> Option<Self> {
        who.may_audit_releases().then_some(Self)
    }
}

/// This person, by the first of `kinds` that they hold.
fn named(who: &Principal, kinds: &[RoleKind]) -> Option<Actor> {
    let held = kinds.iter().find(|it| who.holds(**it))?;
    Some(Actor::Person(who.person, *held))
}

impl Policy for UnitViewer {
    async fn admit(req: &HttpRequest, who: &Principal) -> Result<Self, Problem> {
        let named = req.match_info().get("unit");
        let named = named.ok_or_else(|| Problem::internal("the route names no unit"))?;
        let unit = named.parse().map(UnitId::new).map_err(|_| Problem::NotFound)?;
        let app = App::of(req)?;
        let (edition, generation) = (app.warm.edition(), app.store.generation());
        let tree = match app.warm.tree(generation) {
            Some(tree) => tree,
            None => {
                blocking(move || {
                    let tree = access::tree(&app)?;
                    app.warm.keep_tree(&tree, generation);
                    Ok(tree)
                })
                .await?
            }
        };
        if who.may_see_unit(&tree, unit) {
            Ok(Self { unit, tree, edition })
        } else {
            Err(Problem::NotFound)
        }
    }
}

#[cfg(test)]
mod tests {
    use tideline_domain::{PersonId, Role};
    use uuid::Uuid;

    use super::*;

    /// Whom a policy lets through: of staff, a manager, HR, an administrator and a privacy officer.
    fn let_through<P: ByRoles>() -> Vec<&'static str> {
        let roles = [
            None,
            Some(Role::Manager(UnitId::new(Uuid::from_u128(1)))),
            Some(Role::Hr),
            Some(Role::Administrator),
            Some(Role::PrivacyOfficer),
        ];
        let person = PersonId::new(Uuid::from_u128(2));
        let may = |it: &Option<Role>| {
            P::of(&Principal { person, roles: it.iter().copied().collect() }).is_some()
        };
        let code = |it: Option<Role>| it.map_or("staff", Role::code);
        roles.into_iter().filter(may).map(code).collect()
    }

    #[test]
    fn each_policy_lets_through_whom_it_is_named_for() {
        assert_eq!(let_through::<Member>(), ["staff", "manager", "hr", "admin", "privacy"]);
        assert_eq!(let_through::<Administrator>(), ["admin"]);
        assert_eq!(let_through::<HumanResources>(), ["hr"]);
        assert_eq!(let_through::<PrivacyOfficer>(), ["privacy"]);
        assert_eq!(let_through::<Overseer>(), ["admin", "privacy"]);
        assert_eq!(let_through::<WavePlanner>(), ["hr", "admin"]);
        assert_eq!(let_through::<ReleaseAuditor>(), ["hr", "privacy"]);
    }
}
