//! The few requests this program makes itself: to an identity provider and to webhooks. Short, without
//! redirects, and with answers of a bounded size.
//!
//! Certificates are trusted that the system trusts, so that an authority of one's own is added where
//! administrators add it for everything; on a system without any, those that are built in.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use ureq::{
    config::Config,
    http::Uri,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// How long a request may take in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a connection may rest before it is used again: servers hang up on those that rest for some seconds, and
/// what is sent in that moment is lost.
const REST: Duration = Duration::from_secs(1);
/// Largest answer that is read. Unit: bytes.
const ANSWER_LIMIT: u64 = 512 * 1024;

/// Which machines a request may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every one.
    Anywhere,
    /// Those with an address of the public internet: not this machine, nor its neighbours, whose addresses
    /// somebody's DNS may name.
    Public,
}

/// Makes requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct HttpClient(ureq::Agent);

/// Why there is no answer. Names no address.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct HttpError {
    why: NoAnswer,
    #[source]
    source: Box<ureq::Error>,
}

/// The kinds of reasons for which there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoAnswer {
    /// Its certificate is from an authority that is not trusted here.
    #[error("the other side's certificate is signed by an authority that is not trusted here")]
    Authority,
    /// Its certificate does not hold for another reason.
    #[error(
        "the other side's certificate does not hold: it is for another name, or not for this time"
    )]
    Certificate,
    /// No machine of that name.
    #[error("there is no machine of that name")]
    Name,
    /// Nobody listens there.
    #[error("nobody listens there")]
    Refused,
    /// It took too long.
    #[error("the other side did not answer in time")]
    Late,
    /// Anything else.
    #[error("the other side could not be reached, or its answer could not be read")]
    Other,
}

/// There is no certificate in the file of a certificate authority.
#[derive(Debug, thiserror::Error)]
#[error("the file holds no certificate in PEM format (-----BEGIN CERTIFICATE-----)")]
pub struct NoCertificate;

impl HttpError {
    /// Why there is no answer.
    pub const fn why(&self) -> NoAnswer {
        self.why
    }
}

impl From<ureq::Error> for HttpError {
    fn from(error: ureq::Error) -> Self {
        Self { why: why(&error), source: Box::new(error) }
    }
}

fn why(error: &ureq::Error) -> NoAnswer {
    let tls = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|it| it.downcast_ref()),
        _ => None,
    };
    match (tls, error) {
        (Some(rustls::Error::InvalidCertificate(fault)), _) => match fault {
            rustls::CertificateError::UnknownIssuer => NoAnswer::Authority,
            _ => NoAnswer::Certificate,
        },
        (_, ureq::Error::HostNotFound) => NoAnswer::Name,
        (_, ureq::Error::ConnectionFailed) => NoAnswer::Refused,
        (_, ureq::Error::Timeout(_)) => NoAnswer::Late,
        (_, ureq::Error::Io(error)) => match error.kind() {
            io::ErrorKind::ConnectionRefused => NoAnswer::Refused,
            io::ErrorKind::TimedOut => NoAnswer::Late,
            _ => NoAnswer::Other,
        },
        _ => NoAnswer::Other,
    }
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::reaching(Reach::Anywhere)
    }
}

impl HttpClient {
    /// A client whose requests go no further than `reach`.
    pub fn reaching(reach: Reach) -> Self {
        let roots = match system() {
            [] => RootCerts::WebPki,
            some => RootCerts::new_with_certs(some),
        };
        Self::with(roots, reach)
    }

    /// A client that also trusts the authorities whose certificates `pem` holds.
    ///
    /// # Errors
    ///
    /// [`NoCertificate`] if it holds none.
    pub fn trusting(pem: &[u8]) -> Result<Self, NoCertificate> {
        let own = parse_pem(pem).filter_map(|it| match it {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            return Err(NoCertificate);
        }
        let roots = own.into_iter().chain(system().iter().cloned());
        Ok(Self::with(roots.into(), Reach::Anywhere))
    }

    fn with(roots: RootCerts, reach: Reach) -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(provider)
            .root_certs(roots)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(PATIENCE))
            .max_idle_age(REST)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("tideline");
        Self(match reach {
            Reach::Anywhere => config.build().into(),
            Reach::Public => {
                // A proxy of the environment would look names up in our place.
                let config = config.proxy(None).build();
                ureq::Agent::with_parts(config, DefaultConnector::default(), Public::default())
            }
        })
    }

    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`HttpError`] if there is no answer, or a longer one than is read.
    pub fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let (parts, mut body) = self.0.run(request)?.into_parts();
        let bytes = body.with_config().limit(ANSWER_LIMIT).read_to_vec()?;
        Ok(http::Response::from_parts(parts, bytes))
    }
}

/// Finds addresses of the public internet only. It decides on the very addresses that are connected to, so
/// that a name cannot mean another machine a moment later.
#[derive(Debug, Default)]
struct Public(DefaultResolver);

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        let mut public = self.empty();
        for address in found.iter().filter(|it| is_public(it.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(public) }
    }
}

/// Whether an address is of the public internet, by the registries of special addresses (IANA; RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => is_public_4(it),
        IpAddr::V6(it) => is_public_6(it),
    }
}

const fn is_public_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 240..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=239, ..)
    );
    !special
}

fn is_public_6(address: Ipv6Addr) -> bool {
    // Addresses that stand for one of version 4: mapped, translated (RFC 6052), 6to4 (RFC 3056).
    let four = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_4(four(high, low))
        }
        [0x2002, high, low, ..] => is_public_4(four(high, low)),
        // Of the rest only 2000::/3 is given out; in it are documentation and Teredo.
        [first, second, ..] => {
            first & 0xe000 == 0x2000
                && !(first == 0x2001 && matches!(second, 0 | 0xdb8))
                && first != 0x3fff
        }
    }
}

/// What the system trusts; read once.
fn system() -> &'static [Certificate<'static>] {
    static SYSTEM: OnceLock<Vec<Certificate<'static>>> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: bool) {
        assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
    }

    #[test]
    fn machines_nearby_are_not_of_the_public_internet() {
        for nearby in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            check(nearby, false);
        }
        for public in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.169.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            check(public, true);
        }
    }
}
