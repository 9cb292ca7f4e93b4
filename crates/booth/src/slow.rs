//! Bodies that never end: a request must arrive in bounded time, or its connection is closed.
//!
//! The server's own time limit is for the head of a request alone. Here is one for the body: some seconds
//! for any, and more the more of it has arrived, so that a large file over a slow line is taken and
//! hundreds of connections that send a byte now and then are not.

use std::{
    cell::{Cell, RefCell},
    future::Future as _,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::{BodySize, BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::{ConnectionType, StatusCode},
    middleware::Next,
    web::Bytes,
};
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

/// How long any body may take.
const ANY: Duration = Duration::from_secs(10);
/// What must arrive in each second after that. Unit: bytes.
const EACH_SECOND: u64 = 16 * 1024;

/// Closes the connection of a request whose body does not arrive in time, whoever reads it or not.
///
/// # Errors
///
/// What the handler fails with.
pub async fn bodies<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let payload = match req.take_payload() {
        Payload::None => return Ok(next.call(req).await?.map_into_boxed_body()),
        payload => Rc::new(RefCell::new(payload)),
    };
    let late = Rc::new(Cell::new(false));
    let body = TimedBody {
        payload: Rc::clone(&payload),
        began: Instant::now(),
        arrived: 0,
        sleep: Box::pin(sleep_until(Instant::now() + ANY)),
        late: Rc::clone(&late),
    };
    req.set_payload(Payload::Stream { payload: Box::pin(body) });
    let mut response = next.call(req).await?;
    if late.get() {
        let head = response.response_mut().head_mut();
        head.status = StatusCode::REQUEST_TIMEOUT;
        head.set_connection_type(ConnectionType::Close);
    }
    // As long as somebody holds what is left of the body, the server closes the connection after the
    // answer. It would wait for the end of a chunked one that nobody holds.
    Ok(response.map_body(|_, body| BoxBody::new(Answer { body: body.boxed(), _request: payload })))
}

/// A body on its way in.
struct TimedBody {
    payload: Rc<RefCell<Payload>>,
    began: Instant,
    /// Unit: bytes.
    arrived: u64,
    sleep: Pin<Box<Sleep>>,
    late: Rc<Cell<bool>>,
}

impl Stream for TimedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.late.get() {
            return Poll::Ready(None);
        }
        let next = Pin::new(&mut *self.payload.borrow_mut()).poll_next(cx);
        match next {
            Poll::Ready(Some(Ok(bytes))) => {
                self.arrived += bytes.len() as u64;
                let deadline =
                    self.began + ANY + Duration::from_millis(self.arrived * 1000 / EACH_SECOND);
                self.sleep.as_mut().reset(deadline);
                Poll::Ready(Some(Ok(bytes)))
            }
            Poll::Ready(end) => Poll::Ready(end),
            Poll::Pending => {
                ready!(self.sleep.as_mut().poll(cx));
                self.late.set(true);
                Poll::Ready(Some(Err(PayloadError::Incomplete(None))))
            }
        }
    }
}

/// An answer that holds what was not read of its request.
struct Answer {
    body: BoxBody,
    _request: Rc<RefCell<Payload>>,
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }
}
