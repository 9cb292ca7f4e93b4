//! Who tries to sign in, as far as limits must tell people apart: a device on which somebody signed in
//! before, or else a network. Neither is logged or stored; the gate keeps hashes of both in memory until
//! its window is over.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tideline_domain::PersonId;

use super::{digest, keys::Sealed};

/// How long a device is known after somebody signed in on it. Unit: days.
pub(crate) const DEVICE_DAYS: i64 = 180;

/// A device on which people signed in before. It is in a cookie, signed: nothing of it is stored here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KnownDevice {
    /// A random name.
    pub(crate) id: String,
    /// Hashes of those who signed in on it, the last one first.
    pub(crate) who: Vec<String>,
}

impl Sealed for KnownDevice {
    const AUDIENCE: &'static str = "tideline-device";
    const LIFETIME: TimeDelta = TimeDelta::days(DEVICE_DAYS);
}

impl KnownDevice {
    /// Whether `person` signed in on it.
    pub(crate) fn is_of(&self, person: PersonId) -> bool {
        self.who.contains(&mark(&self.id, person))
    }

    /// Its random name.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

/// Another on each device, so that cookies of two devices do not tell that one person uses both.
pub(crate) fn mark(device: &str, person: PersonId) -> String {
    let hash = digest("tideline person on device", format!("{device} {person}").as_bytes());
    tideline_ballot::encoding::to_hex(&hash[..8])
}

/// Somebody who tries to sign in, or asks for a link.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// The network: what counts is whether two are the same.
    pub(crate) network: Vec<u8>,
    pub(crate) device: Option<KnownDevice>,
}

impl Asker {
    /// The device, if `person` signed in on it before.
    pub(crate) fn device_of(&self, person: Option<PersonId>) -> Option<&KnownDevice> {
        self.device.as_ref().filter(|it| person.is_some_and(|person| it.is_of(person)))
    }

    /// Whether anybody signed in here before.
    pub(crate) const fn is_known(&self) -> bool {
        self.device.is_some()
    }
}
