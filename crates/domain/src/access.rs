//! Who may do what. Results are seen by unit; answers by nobody.

use crate::{PersonId, UnitId, UnitTree};

/// What a person may do besides answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees published results of this unit and everything below it, and keeps its lever boards.
    Manager(UnitId),
    /// Sees published results of the whole organisation; gets the monthly report.
    Hr,
    /// Keeps settings, people and waves; sees no more results than any member of staff.
    Administrator,
    /// Reads the audit log and keeps the privacy settings; may re-run the audit.
    PrivacyOfficer,
}

impl Role {
    /// Which role it is, whatever it is for.
    pub const fn kind(self) -> RoleKind {
        match self {
            Self::Manager(_) => RoleKind::Manager,
            Self::Hr => RoleKind::Hr,
            Self::Administrator => RoleKind::Administrator,
            Self::PrivacyOfficer => RoleKind::PrivacyOfficer,
        }
    }

    /// Stable name: `manager`, `hr`, `admin`, `privacy`.
    pub const fn code(self) -> &'static str {
        self.kind().code()
    }
}

/// A kind of role; what a row of a roster may say about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// Staff: everybody is, so it says nothing more.
    Staff,
    /// Manages the unit of the row.
    Manager,
    /// HR, for the whole organisation.
    Hr,
    /// Administrator.
    Administrator,
    /// Privacy officer.
    PrivacyOfficer,
}

impl RoleKind {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Staff, Self::Manager, Self::Hr, Self::Administrator, Self::PrivacyOfficer];

    /// Stable name: `staff`, `manager`, `hr`, `admin`, `privacy`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::Hr => "hr",
            Self::Administrator => "admin",
            Self::PrivacyOfficer => "privacy",
        }
    }

    /// The kind with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person: PersonId,
    /// Every member of staff may answer; these are the further roles.
    pub roles: Vec<Role>,
}

impl Principal {
    /// Whether this person holds a role of this kind; everybody is staff.
    pub fn holds(&self, kind: RoleKind) -> bool {
        kind == RoleKind::Staff || self.roles.iter().any(|it| it.kind() == kind)
    }

    /// Whether this person may see the published results of `unit`.
    ///
    /// HR may see every unit, a manager the own unit and what lies below it, nobody else any.
    pub fn may_see_unit(&self, tree: &UnitTree, unit: UnitId) -> bool {
        self.sees_unit_as(tree, unit).is_some()
    }

    /// The role with which this person sees the published results of `unit`; of two, the one that sees
    /// less.
    pub fn sees_unit_as(&self, tree: &UnitTree, unit: UnitId) -> Option<Role> {
        let lets = |role: &Role| match *role {
            Role::Hr => tree.index_of(unit).is_some(),
            Role::Manager(top) => tree.is_within(unit, top),
            Role::Administrator | Role::PrivacyOfficer => false,
        };
        self.roles.iter().copied().filter(lets).min_by_key(|it| *it == Role::Hr)
    }

    /// Whether this person may take away the published cells of a wave, to attack them: HR, who sees
    /// every figure made of them, and the privacy officer, who answers for them.
    pub fn may_audit_releases(&self) -> bool {
        self.holds(RoleKind::Hr) || self.holds(RoleKind::PrivacyOfficer)
    }

    /// Whether this person may see the organisation's results as HR does.
    pub fn may_see_organisation(&self) -> bool {
        self.holds(RoleKind::Hr)
    }
}
