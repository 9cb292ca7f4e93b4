//! Whether two origins are one site to browsers: what they keep of the one, and for how long, then hangs on
//! visits to the other.

use tideline_booth::Origin;

/// Whether browsers take `a` and `b` for one site: the same scheme, and the same host or two below one
/// domain that somebody registered. Ports do not matter. Addresses of machines and names of one part have
/// no registered domain.
///
/// Source: the Public Suffix List, <https://publicsuffix.org>, with its rule `*` for unlisted endings.
pub(crate) fn is_one_site(a: &Origin, b: &Origin) -> bool {
    a.is_https() == b.is_https()
        && (a.host() == b.host()
            || registered(a.host()).is_some_and(|it| registered(b.host()) == Some(it)))
}

fn registered(host: &str) -> Option<&str> {
    if host.parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    psl::domain_str(host.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let (a, b) = (a.parse().unwrap(), b.parse().unwrap());
        assert_eq!((is_one_site(&a, &b), is_one_site(&b, &a)), (expected, expected), "{a} {b}");
    }

    #[test]
    fn what_one_organisation_registered_is_one_site() {
        check("https://app.pulse.example.org", "https://ballot.pulse.example.org", true);
        check("https://pulse.example.org", "https://ballot.example.org", true);
        check("https://example.org", "https://ballot.example.org:8443", true);
        check("https://app.trust.nhs.uk", "https://ballot.trust.nhs.uk", true);
        check("https://app.hospital.internal", "https://ballot.hospital.internal", true);
        check("https://app.klinik.local", "https://ballot.klinik.local", true);
    }

    #[test]
    fn two_organisations_domains_are_two_sites() {
        check("https://app.example.org", "https://ballot.example.com", false);
        check("https://app.example.org", "https://ballot.other.org", false);
        check("https://one.co.uk", "https://two.co.uk", false);
        check("https://one.nhs.uk", "https://two.nhs.uk", false);
        check("https://app.github.io", "https://ballot.github.io", false);
        check("https://app", "https://ballot", false);
        check("https://app.localhost", "https://ballot.localhost", false);
    }

    #[test]
    fn ports_of_one_machine_are_one_site() {
        check("http://localhost:8080", "http://localhost:8081", true);
        check("http://127.0.0.1:8080", "http://127.0.0.1:8081", true);
        check("http://[::1]:8080", "http://[::1]:8081", true);
        check("https://10.1.2.3", "https://10.1.2.4", false);
        check("http://127.0.0.1:8080", "http://localhost:8081", false);
        check("http://localhost:8080", "https://localhost:8081", false);
    }
}
