//! Where browsers find a listener.

use std::{fmt, str::FromStr};

/// Scheme, host and port, as browsers send them: `https://pulse.example.org`.
///
/// Plain http only for this machine: elsewhere cookies and tokens could be read on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// Text that is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Not scheme, host and port.
    #[error("an origin is https://host or https://host:port, without a path or a final slash")]
    Malformed,
    /// Plain http to another machine.
    #[error("plain http is accepted for localhost only; use https")]
    Insecure,
}

impl Origin {
    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host's name, without the port.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |it| it.1);
        match authority.strip_prefix('[').and_then(|it| it.split_once(']')) {
            Some((v6, _)) => v6,
            None => authority.split(':').next().unwrap_or(authority),
        }
    }

    /// Whether browsers reach it over TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(s: &str) -> Result<Self, OriginError> {
        let (scheme, authority) = s.split_once("://").ok_or(OriginError::Malformed)?;
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => rest.split_once(']').ok_or(OriginError::Malformed)?,
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let v6 = authority.starts_with('[');
        let host_ok = !host.is_empty()
            && host.bytes().all(|it| match it {
                b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => true,
                b':' => v6,
                _ => false,
            });
        let port_ok = port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|it| !it.starts_with('+') && it.parse::<u16>().is_ok());
        if !host_ok || !port_ok {
            return Err(OriginError::Malformed);
        }
        // Browsers leave the usual port out, and every form would seem to come from elsewhere.
        let usual = match scheme {
            "https" => ":443",
            _ => ":80",
        };
        let written = if port == usual { s.strip_suffix(usual).unwrap_or(s) } else { s };
        match scheme {
            "https" => Ok(Self(written.to_owned())),
            "http" if matches!(host, "localhost" | "127.0.0.1" | "::1") => {
                Ok(Self(written.to_owned()))
            }
            "http" => Err(OriginError::Insecure),
            _ => Err(OriginError::Malformed),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(origin: &str, expected: Result<(), OriginError>) {
        assert_eq!(origin.parse::<Origin>().map(|_| ()), expected, "{origin}");
    }

    #[test]
    fn origins() {
        check("https://pulse.example.org", Ok(()));
        check("https://pulse.example.org:8443", Ok(()));
        check("http://localhost:8080", Ok(()));
        check("http://[::1]:8080", Ok(()));
        check("http://pulse.example.org", Err(OriginError::Insecure));
        check("https://pulse.example.org/", Err(OriginError::Malformed));
        check("https://pulse.example.org:port", Err(OriginError::Malformed));
        check("https://user@pulse.example.org", Err(OriginError::Malformed));
        check("ftp://localhost", Err(OriginError::Malformed));
        check("localhost", Err(OriginError::Malformed));
    }

    #[test]
    fn the_usual_port_is_left_out_as_browsers_do() {
        for (written, kept) in [
            ("https://pulse.example.org:443", "https://pulse.example.org"),
            ("https://pulse.example.org:80", "https://pulse.example.org:80"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(written.parse::<Origin>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn hosts() {
        for (origin, host) in [
            ("https://pulse.example.org:8443", "pulse.example.org"),
            ("http://localhost:8080", "localhost"),
            ("http://[::1]:8080", "::1"),
        ] {
            assert_eq!(origin.parse::<Origin>().unwrap().host(), host);
        }
    }
}
