//! Work off the threads that answer requests, and documents that are written there.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder, body::BoxBody,
    http::header::ContentType, web,
};
use serde::Serialize;

use crate::problem::Problem;

/// Runs database work, or anything else that takes its time, off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work).await.map_err(Problem::internal)?
}

/// A JSON document that is written, beside the work that found out what stands in it: one that grows with
/// the organisation would keep the threads that answer requests from everything else.
pub(crate) struct Written(web::Bytes);

impl Written {
    /// Writes `document`.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn of(document: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self(serde_json::to_vec(document).map_err(Problem::internal)?.into()))
    }

    /// Finishes an answer with the document.
    pub(crate) fn answer(self, response: &mut HttpResponseBuilder) -> HttpResponse {
        response.insert_header(ContentType::json()).body(self.0)
    }
}

impl Responder for Written {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.answer(&mut HttpResponse::Ok())
    }
}
