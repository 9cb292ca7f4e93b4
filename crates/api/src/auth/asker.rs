//! Which device and network a request comes from.

use std::net::{IpAddr, SocketAddr};

use actix_web::{
    HttpRequest,
    cookie::{Cookie, time::Duration},
};
use tideline_domain::PersonId;

use super::{Asker, Secret, cookie_named, own_cookie};
use crate::{
    App, Settings,
    credentials::{DEVICE_DAYS, KnownDevice, mark},
    problem::Problem,
};

/// The header by which a proxy of ours tells the client's network; never its address.
const NETWORK_HEADER: &str = "x-client-network";
/// People who share a device.
const MOST_PEOPLE: usize = 12;

impl Asker {
    /// Who sends this request.
    pub(crate) fn of(req: &HttpRequest, app: &App) -> Self {
        Self { network: network(req, &app.settings), device: device(req, app) }
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
    let lasts = Duration::days(DEVICE_DAYS);
    Ok(own_cookie(&app.settings, cookie_named(&app.settings, "device"), sealed, Some(lasts)))
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
