//! What headings mean: in any case, with or without spaces and hyphens, by the names that programs for
//! personnel use in English and German. What is not known is for somebody to say.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

/// A column of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The unit somebody is in.
    Unit,
    /// The unit above it.
    Parent,
    /// A person's whole name.
    Name,
    /// First names; joined to the family name.
    GivenName,
    /// Family name.
    FamilyName,
    /// E-mail address.
    Email,
    /// Roles.
    Role,
}

impl Column {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Unit,
        Self::Parent,
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Email,
        Self::Role,
    ];

    /// Stable name: `unit`, `parent`, `name`, `given_name`, `family_name`, `email`, `role`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Parent => "parent",
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Email => "email",
            Self::Role => "role",
        }
    }

    /// The column with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Name of the sentence about a file without this column.
    pub(crate) const fn absent(self) -> &'static str {
        match self {
            Self::Parent => "roster-without-parent",
            _ => "roster-without-role",
        }
    }

    /// The names it goes by, [folded](fold).
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &[
                "unit",
                "unitname",
                "team",
                "teamname",
                "department",
                "departmentname",
                "dept",
                "ward",
                "orgunit",
                "organisationalunit",
                "organizationalunit",
                "organisationunit",
                "einheit",
                "abteilung",
                "abteilungsname",
                "organisationseinheit",
                "station",
                "teambezeichnung",
            ],
            Self::Parent => &[
                "parent",
                "parentunit",
                "parentteam",
                "parentdepartment",
                "unitabove",
                "übergeordnet",
                "uebergeordnet",
                "übergeordneteeinheit",
                "uebergeordneteeinheit",
                "übergeordneteabteilung",
                "uebergeordneteabteilung",
                "oberabteilung",
                "obereinheit",
            ],
            Self::Name => &[
                "name",
                "fullname",
                "displayname",
                "employeename",
                "employee",
                "person",
                "mitarbeiter",
                "mitarbeiterin",
                "mitarbeitername",
                "vollständigername",
                "vollstaendigername",
                "anzeigename",
            ],
            Self::GivenName => {
                &["givenname", "firstname", "forename", "vorname", "vornamen", "rufname"]
            }
            Self::FamilyName => {
                &["familyname", "lastname", "surname", "nachname", "familienname", "zuname"]
            }
            Self::Email => &[
                "email",
                "mail",
                "emailaddress",
                "mailaddress",
                "workemail",
                "workmail",
                "businessemail",
                "companyemail",
                "emailadresse",
                "mailadresse",
                "emailwork",
                "emailgeschäftlich",
                "emailgeschaeftlich",
                "emaildienstlich",
                "geschäftlicheemail",
                "geschaeftlicheemail",
                "dienstlicheemail",
                "epost",
            ],
            Self::Role => &["role", "roles", "rolle", "rollen"],
        }
    }
}

/// What somebody says a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// This column.
    Column(Column),
    /// Nothing that is wanted here.
    Ignore,
}

impl Choice {
    /// Stable name: that of the column, or `ignore`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Column(column) => column.code(),
            Self::Ignore => "ignore",
        }
    }

    /// The choice with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ignore" => Some(Self::Ignore),
            _ => Column::from_code(code).map(Self::Column),
        }
    }
}

/// What was said about headings. It comes before what they mean by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<String, Choice>);

impl Mapping {
    /// Says that `heading` is `choice`; case, spaces and hyphens make no difference.
    pub fn set(&mut self, heading: &str, choice: Choice) {
        self.0.insert(fold(heading), choice);
    }

    /// Everything that was said, by heading as it is compared.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Choice)> {
        self.0.iter().map(|(heading, choice)| (heading.as_str(), *choice))
    }

    /// What is worth keeping for other files: a column without a heading is another one there.
    pub fn without_numbered(mut self) -> Self {
        self.0.retain(|heading, _| !heading.chars().all(|it| it.is_ascii_digit()));
        self
    }

    /// What `heading` is, by what was said or by itself.
    pub(crate) fn of(&self, heading: &str) -> Option<Choice> {
        self.said(heading).or_else(|| by_itself(heading))
    }

    /// What was said that `heading` is, if it would not be that by itself.
    pub(crate) fn said_otherwise(&self, heading: &str) -> Option<Choice> {
        self.said(heading).filter(|it| by_itself(heading) != Some(*it))
    }

    fn said(&self, heading: &str) -> Option<Choice> {
        self.0.get(&fold(heading)).copied()
    }
}

/// What `heading` is by its name alone.
fn by_itself(heading: &str) -> Option<Choice> {
    let folded = fold(heading);
    let known = |it: &Column| it.names().contains(&folded.as_str());
    Column::ALL.into_iter().find(known).map(Choice::Column)
}

/// How headings and roles are compared: lower case, letters and digits only. What has none of them is
/// compared as it is.
pub(crate) fn fold(text: &str) -> String {
    let whole: String = text.nfc().flat_map(char::to_lowercase).collect();
    let folded: String = whole.chars().filter(|it| it.is_alphanumeric()).collect();
    if folded.is_empty() { whole.trim().to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_means_two_columns_and_each_is_folded() {
        let mut seen = BTreeSet::new();
        for name in Column::ALL.iter().flat_map(|it| it.names()) {
            assert_eq!(fold(name), *name);
            assert!(seen.insert(name), "{name}");
        }
    }

    #[track_caller]
    fn check(heading: &str, expected: Option<Column>) {
        assert_eq!(Mapping::default().of(heading), expected.map(Choice::Column), "{heading}");
    }

    #[test]
    fn usual_names_in_any_case() {
        check("unit", Some(Column::Unit));
        check("DEPARTMENT", Some(Column::Unit));
        check("Org-Unit", Some(Column::Unit));
        check("U\u{308}bergeordnet", Some(Column::Parent));
        check("E-Mail", Some(Column::Email));
        check("Work email", Some(Column::Email));
        check("Vorname", Some(Column::GivenName));
        check("Job title", None);
        check("Manager", None);
        check("", None);
    }

    #[test]
    fn what_somebody_said_comes_first() {
        let mut mapping = Mapping::default();
        mapping.set("Kostenstelle", Choice::Column(Column::Unit));
        mapping.set("Team", Choice::Ignore);
        assert_eq!(mapping.of("KOSTENSTELLE"), Some(Choice::Column(Column::Unit)));
        assert_eq!(mapping.of("team"), Some(Choice::Ignore));
        assert_eq!(mapping.said_otherwise("Team"), Some(Choice::Ignore));
        mapping.set("Team", Choice::Column(Column::Unit));
        assert_eq!(mapping.said_otherwise("Team"), None);
        mapping.set("#6", Choice::Ignore);
        mapping.set("Kostenstelle 2", Choice::Ignore);
        let kept = mapping.without_numbered();
        assert_eq!(
            kept.iter().map(|it| it.0).collect::<Vec<_>>(),
            ["kostenstelle", "kostenstelle2", "team"]
        );
        for choice in Column::ALL.map(Choice::Column).into_iter().chain([Choice::Ignore]) {
            assert_eq!(Choice::from_code(choice.code()), Some(choice));
        }
    }
}
