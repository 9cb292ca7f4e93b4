//! The few requests this program makes itself: to an identity provider and to webhooks. Short, without
//! redirects, and with answers of a bounded size.

use std::{sync::Arc, time::Duration};

use ureq::tls::{RootCerts, TlsConfig};

/// How long a request may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer that is read. Unit: bytes.
const ANSWER_LIMIT: u64 = 512 * 1024;

/// Makes requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct HttpClient(ureq::Agent);

/// Why there is no answer. Names no address.
#[derive(Debug, thiserror::Error)]
#[error("the other side could not be reached, or its answer could not be read")]
pub struct HttpError(#[source] Box<ureq::Error>);

impl Default for HttpClient {
    fn default() -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(provider)
            .root_certs(RootCerts::WebPki)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("tideline")
            .build();
        Self(config.into())
    }
}

impl HttpClient {
    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`HttpError`] if there is no answer, or a longer one than is read.
    pub fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let fail = |error| HttpError(Box::new(error));
        let (parts, mut body) = self.0.run(request).map_err(fail)?.into_parts();
        let bytes = body.with_config().limit(ANSWER_LIMIT).read_to_vec().map_err(fail)?;
        Ok(http::Response::from_parts(parts, bytes))
    }
}
