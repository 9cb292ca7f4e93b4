//! Headers that say to browsers what a page may do.

use actix_web::{
    HttpResponse,
    http::header::{HeaderName, HeaderValue},
};
use tideline_booth::{Origin, headers::add};

/// What pages of the app listener may load: nothing from elsewhere, and nothing but files. They may ask
/// whether the ballot side answers before they send somebody there.
pub(crate) fn policy(ballot: &Origin) -> Option<HeaderValue> {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self' {ballot}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

/// The header that says which pages may ask for a passkey, or make one.
pub(crate) const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// Lets the page in `response` ask for passkeys (`get`) or make one (`create`); no other page may.
pub(crate) fn allow_passkeys(response: &mut HttpResponse, get: bool, create: bool) {
    let who = |may| if may { "(self)" } else { "()" };
    let policy = format!(
        "publickey-credentials-get={}, publickey-credentials-create={}",
        who(get),
        who(create)
    );
    add(response.headers_mut(), PERMISSIONS, &policy);
}
