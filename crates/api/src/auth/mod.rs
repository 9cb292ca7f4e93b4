//! Who is asking. A handler takes one of these as an argument, or cannot know:
//!
//! - [`By`]: a page, by session cookie; others are sent to the sign-in page.
//! - [`Posted`]: a form of one of our pages, by session cookie and CSRF token.
//! - [`Caller`]: the JSON API, by session cookie or bearer token.
//! - [`OwnForm`]: a form of one of our pages by somebody who need not be signed in.
//! - [`IssueBearer`]: token issue, by a bearer token that is good for nothing else.
//!
//! The first three name a [`Policy`], which says who is let through: `By<Administrator>`.

mod asker;
mod caller;
mod device;
mod fresh;
mod links;
pub(crate) mod passkeys;
mod policy;
mod session;

pub(crate) use crate::credentials::{
    Asker, Claimed, ClaimedAddress, Flow, Password, Place, Secret, cookie_named, hash_password,
    is_cheaper, own_cookie, same,
};
pub(crate) use asker::device_cookie;
pub(crate) use caller::{Caller, IssueBearer};
pub(crate) use device::Device;
pub use device::{ON_PAPER, hide_kind};
pub(crate) use fresh::{fresh_cookie, is_fresh};
pub(crate) use policy::{
    Administrator, HumanResources, Member, Overseer, Policy, PrivacyOfficer, ReleaseAuditor,
    UnitViewer, WavePlanner,
};
pub(crate) use session::{
    By, OwnForm, Posted, SignedIn, arrival_cookie, arrived_code, check_form, end_session,
    sent_from_elsewhere, session_cookie, session_hash, start_session,
};
