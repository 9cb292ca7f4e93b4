//! Who tries to sign in, as far as limits must tell people apart: a device on which somebody signed in
//! before, or else a network. Neither is logged or stored; the gate keeps hashes of both in memory until
//! its window is over.

use std::net::{IpAddr, SocketAddr};

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tideline_domain::PersonId;

use super::{Secret, cookie_named, digest, keys::Sealed};
use crate::{App, Settings, problem::Problem};

/// The header by which a proxy of ours tells the client's network; never its address.
const NETWORK_HEADER: &str = "x-client-network";

/// How long a device is known after somebody signed in on it. Unit: days.
const DEVICE_DAYS: i64 = 180;
/// People who share a device.
const MOST_PEOPLE: usize = 12;

/// A device on which people signed in before. It is in a cookie, signed: nothing of it is stored here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KnownDevice {
    /// A random name.
    id: String,
    /// Hashes of those who signed in on it, the last one first.
    who: Vec<String>,
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
fn mark(device: &str, person: PersonId) -> String {
    let hash = digest("tideline person on device", format!("{device} {person}").as_bytes());
    tideline_ballot::encoding::to_hex(&hash[..8])
}

/// Somebody who tries to sign in, or asks for a link.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// The network: what counts is whether two are the same.
    pub(super) network: Vec<u8>,
    pub(super) device: Option<KnownDevice>,
}

impl Asker {
    /// Who sends this request.
    pub(crate) fn of(req: &HttpRequest, app: &App) -> Self {
        Self { network: network(req, &app.settings), device: device(req, app) }
    }

    /// The device, if `person` signed in on it before.
    pub(super) fn device_of(&self, person: Option<PersonId>) -> Option<&KnownDevice> {
        self.device.as_ref().filter(|it| person.is_some_and(|person| it.is_of(person)))
    }

    /// Whether anybody signed in here before.
    pub(crate) const fn is_known(&self) -> bool {
        self.device.is_some()
    }
}

fn device(req: &HttpRequest, app: &App) -> Option<KnownDevice> {
    let cookie = req.cookie(&cookie_named(&app.settings, "device"))?;
    app.keys.open(cookie.value(), app.now())
}

/// The cookie by which this browser is known from now on as one on which `person` signed in.
///
/// # Errors
///
/// [`Problem::Internal`] if there are no random bytes or it cannot be signed.
pub(crate) fn device_cookie(
    req: &HttpRequest,
    app: &App,
    person: PersonId,
) -> Result<Cookie<'static>, Problem> {
    let (id, mut who) = match device(req, app) {
        Some(known) => (known.id, known.who),
        None => (Secret::<16>::generate()?.text(), Vec::new()),
    };
    let mark = mark(&id, person);
    who.retain(|it| *it != mark);
    who.insert(0, mark);
    who.truncate(MOST_PEOPLE);
    let sealed = app.keys.seal(KnownDevice { id, who }, app.now()).map_err(Problem::internal)?;
    Ok(Cookie::build(cookie_named(&app.settings, "device"), sealed)
        .path("/")
        .http_only(true)
        .secure(app.settings.app_origin.is_https())
        .same_site(SameSite::Strict)
        .max_age(Duration::days(DEVICE_DAYS))
        .finish())
}

/// The network the request comes from: what a proxy of ours says, or what the peer's address begins with.
fn network(req: &HttpRequest, settings: &Settings) -> Vec<u8> {
    let peer = req.peer_addr().as_ref().map(SocketAddr::ip);
    let said = req.headers().get(NETWORK_HEADER).filter(|it| (1..=64).contains(&it.len()));
    match (peer, said) {
        (Some(peer), Some(said)) if settings.proxies.iter().any(|it| it.contains(peer)) => {
            said.as_bytes().to_vec()
        }
        (Some(peer), _) => beginning(peer),
        (None, _) => Vec::new(),
    }
}

/// The first 24 bits of an IPv4 address, the first 48 of an IPv6 address: what one household or office
/// usually has.
fn beginning(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(it) => it.octets()[..3].to_vec(),
        IpAddr::V6(it) => it.octets()[..6].to_vec(),
    }
}

/// Addresses that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    /// How many bits of it count.
    bits: u32,
}

/// Not an address, nor the beginning of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write an address, or a network such as 172.16.0.0/12")]
pub struct NetworkError;

impl std::str::FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| NetworkError)?)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(NetworkError) } else { Ok(Self { first, bits }) }
    }
}

impl Network {
    /// Whether `address` is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        // From the left, so that the bits that count are the same for both kinds.
        let number = |it: IpAddr| match it {
            IpAddr::V4(it) => u128::from(it.to_bits()) << 96,
            IpAddr::V6(it) => it.to_bits(),
        };
        let address = address.to_canonical();
        let differs = number(self.first) ^ number(address);
        self.first.is_ipv4() == address.is_ipv4() && differs.leading_zeros() >= self.bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_what_begins_alike() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("127.0.0.1", "127.0.0.1") && !holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("172.16.0.0/12", "172.31.9.9") && !holds("172.16.0.0/12", "172.32.0.1"));
        assert!(holds("172.16.0.0/12", "::ffff:172.17.0.1"), "IPv4 in the dress of IPv6");
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "10.0.0.1"));
        assert!(holds("::/0", "2001:db8::1") && holds("::1", "::1"));
        for bad in ["", "x", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert_eq!(bad.parse::<Network>(), Err(NetworkError), "{bad}");
        }
    }
}
