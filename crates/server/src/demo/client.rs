//! The fictional people's browsers: pick up tokens, send sealed ballots, over HTTP.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tideline_ballot::{
    client::{Pending, Token},
    manifest::PinnedManifest,
    wire::IssuedBody,
};
use tideline_domain::{AnswerSheet, CohortId};
use ureq::Agent;

/// How long a connection may rest before it is used again. Servers hang up on one that rests for five seconds, and
/// one that is used in that moment is lost with what was sent.
pub const REST: Duration = Duration::from_secs(1);

/// Talks to both origins. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    app_origin: String,
    ballot_origin: String,
}

impl Client {
    /// A client of a server on this machine.
    pub fn new(app_origin: &str, ballot_origin: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .max_idle_age(REST)
            .build()
            .new_agent();
        Self { agent, app_origin: app_origin.to_owned(), ballot_origin: ballot_origin.to_owned() }
    }

    /// The manifest of wave `seq`: fetched from both origins, which must agree to the byte.
    ///
    /// # Errors
    ///
    /// If one does not answer, or they differ.
    pub fn manifest(&self, seq: u32) -> Result<PinnedManifest> {
        let fetch = |origin: &str| -> Result<Vec<u8>> {
            let mut response = self.agent.get(format!("{origin}/w/{seq}.json")).call()?;
            ensure!(response.status() == 200, "{origin} has no manifest of wave {seq}");
            Ok(response.body_mut().read_to_vec()?)
        };
        let copy = fetch(&self.ballot_origin)?;
        ensure!(copy == fetch(&self.app_origin)?, "the two origins show different manifests");
        Ok(PinnedManifest::parse(copy)?)
    }

    /// Picks up a token with a sign-in `bearer`, and checks the server's proof.
    ///
    /// # Errors
    ///
    /// If the server refuses or its proof does not hold.
    pub fn pick_up(
        &self,
        manifest: &PinnedManifest,
        cohort: &CohortId,
        bearer: &str,
    ) -> Result<Token> {
        let pending = Pending::begin(manifest, cohort)?;
        let mut response = self
            .agent
            .post(format!("{}/pulse/issue", self.app_origin))
            .header("authorization", format!("Bearer {bearer}"))
            .content_type("application/json")
            .send(pending.issue_body())?;
        let status = response.status();
        let body = response.body_mut().read_to_string()?;
        ensure!(status == 200, "no token: {status} {body}");
        let issued: IssuedBody = serde_json::from_str(&body).context("the token reply")?;
        Ok(pending.finish(manifest, &issued)?)
    }

    /// Seals `sheet` and redeems `token` with it. Returns the server's status.
    ///
    /// # Errors
    ///
    /// If the server does not answer.
    pub fn send(
        &self,
        manifest: &PinnedManifest,
        token: &Token,
        sheet: &AnswerSheet,
    ) -> Result<u16> {
        let body = token.redeem_body(manifest, sheet)?;
        let redeem = || {
            self.agent
                .post(format!("{}/redeem", self.ballot_origin))
                .content_type("text/plain")
                .send(&body)
        };
        // The same ballot twice is one ballot: a page sends again too what nobody has answered.
        let mut response = match redeem() {
            Err(ureq::Error::Io(_)) => redeem()?,
            answered => answered?,
        };
        let status = response.status().as_u16();
        response.body_mut().read_to_vec()?;
        Ok(status)
    }
}
