//! The ballot side as a program of its own: it reads what the app side announces in the shared folder,
//! takes ballots, and lets go of everything when a wave is over. It has no database to ask.

use std::{net::SocketAddr, path::PathBuf};

use chrono::TimeDelta;
use tideline_ballot::{
    keys::{TokenKey, wipe_stack},
    manifest::{PinnedManifest, questionnaire_digest},
    wave_dir::{self, WaveFiles},
};
use tideline_domain::{Phase, Questionnaire};
use tideline_instrument::frozen::asked;

use crate::{BallotSide, LiveWave, Share};

/// What the program works with.
#[derive(Clone)]
pub struct Booth {
    /// What its handlers see.
    pub side: BallotSide,
    /// Which boxes it has.
    pub share: Share,
    /// How long after closing a wave is served on, for requests on their way.
    pub grace: TimeDelta,
    /// Where it listens.
    pub listen: SocketAddr,
}

/// A wave that was not taken up, and why.
#[derive(Debug, thiserror::Error)]
#[error("wave {seq} not taken up: {why}")]
pub struct NotTaken {
    /// Its number.
    pub seq: tideline_domain::WaveSeq,
    /// Why, in words.
    pub why: String,
}

impl Booth {
    /// The folder it shares with the app side.
    pub fn folder(&self) -> &PathBuf {
        &self.side.settings.data
    }

    /// Takes up every announced wave whose token key is there and that is not over; lets go of the
    /// others. Returns what could not be taken up.
    ///
    /// # Errors
    ///
    /// If the chain of manifests cannot be read.
    pub fn refresh(&self) -> Result<Vec<NotTaken>, wave_dir::WaveFilesError> {
        let now = self.side.now() - self.grace;
        let mut failed = Vec::new();
        for (seq, _) in wave_dir::read_chain(self.folder())? {
            let files = self.side.settings.wave_files(seq);
            let here = self.side.live.get(seq);
            // The key is destroyed when the wave is released.
            if !files.shared_token_key().exists() {
                self.side.live.forget_missing(seq);
                if let Some(live) = self.side.live.remove(seq) {
                    live.close();
                }
                continue;
            }
            if let Some(live) = here {
                if live.wave.window.phase(now) == Phase::Closed {
                    self.side.live.remove(seq);
                    live.close();
                } else {
                    live.keep_cover(self.side.now());
                }
                continue;
            }
            let taken = files.pinned().map_err(|it| it.to_string()).and_then(|pinned| {
                if pinned.window().phase(now) == Phase::Closed {
                    return Ok(None);
                }
                let questionnaire = questionnaire(&pinned, &files)?;
                let key = TokenKey::load(&files.shared_token_key()).map_err(|it| it.to_string())?;
                LiveWave::taking(pinned, questionnaire, &key, &files, self.share)
                    .map(Some)
                    .map_err(|it| it.to_string())
            });
            wipe_stack();
            match taken {
                Ok(Some(live)) => {
                    live.keep_cover(self.side.now());
                    self.side.live.insert(live);
                }
                Ok(None) => {}
                Err(why) => {
                    self.side.live.note_missing(seq);
                    failed.push(NotTaken { seq, why });
                }
            }
        }
        Ok(failed)
    }
}

/// What a wave asks, from the shared folder; it must be what the manifest says.
fn questionnaire(
    pinned: &PinnedManifest,
    files: &WaveFiles,
) -> Result<&'static Questionnaire, String> {
    let document = files.read_questionnaire().map_err(|it| it.to_string())?;
    let asked =
        asked(&pinned.manifest.instrument, document.as_deref()).map_err(|it| it.to_string())?;
    if questionnaire_digest(asked) == pinned.manifest.questionnaire {
        Ok(asked)
    } else {
        Err("its manifest is about another questionnaire than this version has".to_owned())
    }
}
