//! `HEAD` is answered as `GET` is, without the body.

use crate::{
    journey::roster,
    support::{Instance, day, http},
};

#[test]
fn attack_161_head_is_answered_wherever_get_is_and_uses_nothing_up() {
    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&roster());
    let cookie = tideline.session("hedda@harbour.example");
    let signed_in = [("cookie", cookie.as_str())];
    let app =
        ["/support", "/", "/org", "/nowhere", "/sign-in", "/assets/app.css", "/api/openapi.json"];
    let ballot = ["/check-in", "/waves.json", "/chain.txt", "/nowhere"];
    let urls =
        app.map(|it| tideline.app(it)).into_iter().chain(ballot.map(|it| tideline.ballot(it)));
    for url in urls {
        let (get, head) = (http("GET", &url, &signed_in, &[]), http("HEAD", &url, &signed_in, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{url}");
        for name in ["content-type", "content-security-policy", "cache-control", "content-length"] {
            assert_eq!(head.header(name), get.header(name), "{url} {name}");
        }
    }
    // What changes something is no way to look at it.
    for path in ["/sign-out", "/sign-in/arrived", "/sign-in/oidc/callback"] {
        assert_eq!(http("HEAD", &tideline.app(path), &signed_in, &[]).status, 404, "{path}");
    }
}
