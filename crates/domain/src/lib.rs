//! What the words mean: scales, questionnaires, answers, units, cohorts, waves, people, levers.
//!
//! Pure: no I/O, no clock, no randomness and, deliberately, no serde. With the orphan rule that
//! last one means that no crate of the workspace can serialise an answer, even on purpose.

pub mod access;
pub mod answer;
pub mod cohort;
pub mod country;
pub mod day;
pub mod id;
pub mod lever;
mod name;
pub mod person;
pub mod questionnaire;
pub mod roster;
pub mod scale;
pub mod self_sort;
mod unannounced;
pub mod unit;
mod unseen;
pub mod wave;

pub use access::{Principal, Role, RoleKind};
pub use answer::{Answer, AnswerError, AnswerSheet};
pub use cohort::{Cohort, CohortId, CohortIdError};
pub use country::{Country, CountryError};
pub use id::{LeverPlanId, PersonId, UnitId};
pub use name::{Name, NameError};
pub use person::{EmailAddress, EmailAddressError, Person};
pub use questionnaire::{Form, Item, ItemText, Questionnaire, Target, Texts};
pub use roster::{Placement, Roster};
pub use scale::{PerScale, Scale};
pub use unannounced::NotAnnounced;
pub use unit::{TreeError, Unit, UnitTree};
pub use unseen::{spelt_out, unseen};
pub use wave::{
    ClosedWave, InstrumentId, InstrumentIdError, Phase, Wave, WaveLabel, WaveSeq, Window,
    WindowError,
};
