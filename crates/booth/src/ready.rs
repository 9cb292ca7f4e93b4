//! Bodies that are made once and sent many times: each is compressed once for each way a browser takes
//! it.

use std::{io::Write as _, sync::OnceLock};

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::header::{AcceptEncoding, CONTENT_ENCODING, Encoding, Header as _, VARY},
    web::{self, Bytes},
};

/// How hard a body is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For what lives for seconds.
    Quick,
    /// For what lives as long as the program.
    Best,
}

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Brotli,
    Gzip,
    Plain,
}

impl Form {
    /// The best that the sender of `req` takes.
    fn wanted(req: &HttpRequest) -> Self {
        let ours = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        match AcceptEncoding::parse(req).ok().and_then(|it| it.negotiate(ours.iter())) {
            Some(it) if it == Encoding::brotli() => Self::Brotli,
            Some(it) if it == Encoding::gzip() => Self::Gzip,
            _ => Self::Plain,
        }
    }
}

/// A body that is ready to be sent.
#[derive(Debug)]
pub struct Ready {
    plain: Bytes,
    effort: Effort,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Ready {
    /// A body; nothing is compressed before somebody asks for it.
    pub const fn new(plain: Bytes, effort: Effort) -> Self {
        Self { plain, effort, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// How much memory it takes once every form was asked for, at most. Unit: bytes.
    pub const fn weight(&self) -> usize {
        // What a form takes that came out larger than the body is not more than this.
        3 * self.plain.len() + 1024
    }

    /// Finishes an answer to `req` with this body, in the best form that its sender takes.
    pub fn answer(&self, req: &HttpRequest, mut response: HttpResponseBuilder) -> HttpResponse {
        response.insert_header((VARY, "accept-encoding"));
        match self.pressed(Form::wanted(req)) {
            // Nothing gained, or it failed: as it is.
            Some((body, name)) if !body.is_empty() && body.len() < self.plain.len() => {
                response.insert_header((CONTENT_ENCODING, name)).body(body.clone())
            }
            _ => response.body(self.plain.clone()),
        }
    }

    /// The same for a body that takes long to press: the first to ask for a form waits for it, and keeps
    /// nobody else from being answered meanwhile.
    pub async fn answer_later(
        &'static self,
        req: &HttpRequest,
        response: HttpResponseBuilder,
    ) -> HttpResponse {
        let form = Form::wanted(req);
        if !self.has(form) {
            // If there is no thread for it, it is pressed here.
            let _ = web::block(move || self.pressed(form).is_some()).await;
        }
        self.answer(req, response)
    }

    fn pressed(&self, form: Form) -> Option<(&Bytes, &'static str)> {
        match form {
            Form::Brotli => Some((self.brotli.get_or_init(|| self.brotli()), "br")),
            Form::Gzip => Some((self.gzip.get_or_init(|| self.gzip()), "gzip")),
            Form::Plain => None,
        }
    }

    fn has(&self, form: Form) -> bool {
        match form {
            Form::Brotli => self.brotli.get().is_some(),
            Form::Gzip => self.gzip.get().is_some(),
            Form::Plain => true,
        }
    }

    fn brotli(&self) -> Bytes {
        let quality = match self.effort {
            Effort::Quick => 5,
            Effort::Best => 11,
        };
        let mut out = Vec::with_capacity(self.plain.len() / 4);
        let mut writer = brotli::CompressorWriter::new(&mut out, 16 * 1024, quality, 22);
        let written = writer.write_all(&self.plain);
        drop(writer);
        written.map_or_else(|_| Bytes::new(), |()| Bytes::from(out))
    }

    fn gzip(&self) -> Bytes {
        let level = match self.effort {
            Effort::Quick => flate2::Compression::default(),
            Effort::Best => flate2::Compression::best(),
        };
        let mut writer =
            flate2::write::GzEncoder::new(Vec::with_capacity(self.plain.len() / 4), level);
        let written = writer.write_all(&self.plain).and_then(|()| writer.finish());
        written.map_or_else(|_| Bytes::new(), Bytes::from)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{body::to_bytes, http::header::ACCEPT_ENCODING, test::TestRequest};

    use super::*;

    /// Asks with `accepts`; says how the body came, and its bytes.
    async fn asked(ready: &Ready, accepts: Option<&str>) -> (String, Bytes) {
        let mut request = TestRequest::get();
        if let Some(accepts) = accepts {
            request = request.insert_header((ACCEPT_ENCODING, accepts));
        }
        let response = ready.answer(&request.to_http_request(), HttpResponse::Ok());
        assert_eq!(response.headers().get(VARY).unwrap(), "accept-encoding");
        let coding =
            response.headers().get(CONTENT_ENCODING).map(|it| it.to_str().unwrap().to_owned());
        (coding.unwrap_or_default(), to_bytes(response.into_body()).await.unwrap())
    }

    #[actix_web::test]
    async fn a_body_comes_as_its_reader_takes_it_and_says_the_same() {
        let text = Bytes::from("the same words again and again; ".repeat(200));
        for effort in [Effort::Quick, Effort::Best] {
            let ready = Ready::new(text.clone(), effort);
            for accepts in [None, Some("identity"), Some("br;q=0, gzip;q=0"), Some("zstd")] {
                assert_eq!(
                    asked(&ready, accepts).await,
                    (String::new(), text.clone()),
                    "{accepts:?}"
                );
            }
            let (coding, body) = asked(&ready, Some("gzip, deflate, br")).await;
            assert_eq!(coding, "br");
            let mut opened = Vec::new();
            brotli::BrotliDecompress(&mut body.as_ref(), &mut opened).unwrap();
            assert_eq!(opened, text);
            let (coding, body) = asked(&ready, Some("gzip")).await;
            assert_eq!(coding, "gzip");
            let mut opened = Vec::new();
            std::io::Read::read_to_end(
                &mut flate2::read::GzDecoder::new(body.as_ref()),
                &mut opened,
            )
            .unwrap();
            assert_eq!(opened, text);
        }
    }

    #[actix_web::test]
    async fn what_takes_long_to_press_keeps_the_thread_free() {
        let mut state = 1_u32;
        let text: Bytes = (0..400_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                b"etaoinshrdlu cmfw"[(state >> 28) as usize]
            })
            .collect::<Vec<u8>>()
            .into();
        let ready: &'static Ready = Box::leak(Box::new(Ready::new(text.clone(), Effort::Best)));
        let request = TestRequest::get().insert_header((ACCEPT_ENCODING, "br")).to_http_request();
        let mut answer = Box::pin(ready.answer_later(&request, HttpResponse::Ok()));
        let first = futures_util::FutureExt::now_or_never(&mut answer);
        assert!(first.is_none(), "it is pressed elsewhere");
        let response = answer.await;
        assert_eq!(response.headers().get(CONTENT_ENCODING).unwrap(), "br");
        assert!(to_bytes(response.into_body()).await.unwrap().len() < text.len());
    }

    #[actix_web::test]
    async fn what_does_not_get_smaller_is_sent_as_it_is() {
        let ready = Ready::new(Bytes::from_static(b"x"), Effort::Best);
        assert_eq!(asked(&ready, Some("br")).await, (String::new(), Bytes::from_static(b"x")));
    }
}
