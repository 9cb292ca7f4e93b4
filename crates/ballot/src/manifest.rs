//! The manifest of a wave: everything a client acts on, the same for everybody, fixed before the
//! first token is made. Everything later is bound to the hash of its bytes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use poprf_ristretto::PublicKey;
use serde::{Deserialize, Serialize};
use tideline_domain::{
    Cohort, CohortId, InstrumentId, Questionnaire, Scale, Target, Wave, WaveLabel, WaveSeq, Window,
    questionnaire::Item,
};

use crate::{
    encoding::{base64_array, hex_array, instant, optional_hex, sha256, text},
    keys::WaveKeys,
    seal::{MAX_ITEMS, Seals, TallyPublic},
    words,
};

/// What tokens are made with.
pub const TOKEN_SUITE: &str = "RFC9497/POPRF/ristretto255-SHA512";
/// What ballots are sealed with.
pub const TALLY_SUITE: &str = "RFC9180/DHKEM-P256-HKDF-SHA256/HKDF-SHA256/AES-128-GCM";
/// How a release is made from a tally: `docs/privacy.md`.
pub const RELEASE_RULES: &str = "v1";
/// What the first manifest has for the hash of the one before.
pub const NO_PREVIOUS: [u8; 32] = [0; 32];

/// Most ballot boxes of a wave.
pub const MAX_BOXES: u8 = 16;

const VERSION: u8 = 1;
const SCALE: u8 = 5;
const MIN_CELL_FLOOR: u32 = 5;

const fn pulse() -> InstrumentId {
    InstrumentId::PULSE
}

const BOX_LABEL: &[u8] = b"pulse-box-v1\0";

const fn one() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
const fn is_one(boxes: &u8) -> bool {
    *boxes == 1
}

/// A cohort as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortEntry {
    /// Its name.
    #[serde(with = "text")]
    pub id: CohortId,
    /// Its units' names, for people.
    pub label: String,
    /// How many people it holds: public, so that anybody can see an absurd one.
    pub eligible: u32,
    /// A wider group, if the announcer names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// The content of a manifest, in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the protocol: 1.
    pub v: u8,
    /// What the wave is called.
    #[serde(with = "text")]
    pub wave: WaveLabel,
    /// Its number.
    pub seq: u32,
    /// From when tokens are handed out.
    #[serde(with = "instant")]
    pub pickup_from: DateTime<Utc>,
    /// From when ballots are taken.
    #[serde(with = "instant")]
    pub opens: DateTime<Utc>,
    /// From when neither is done any more.
    #[serde(with = "instant")]
    pub closes: DateTime<Utc>,
    /// [`TOKEN_SUITE`].
    pub token_suite: String,
    /// The key that makes all tokens of the wave.
    #[serde(with = "base64_array")]
    pub token_pk: [u8; 32],
    /// [`TALLY_SUITE`].
    pub tally_suite: String,
    /// The key that all ballots of the wave are sealed to.
    #[serde(with = "base64_array")]
    pub tally_pk: [u8; 65],
    /// Who can open ballots: `server` or `trustee:<name>`.
    pub tally_holder: String,
    /// Which questionnaire is asked; written only if it is not the pulse.
    #[serde(default = "pulse", skip_serializing_if = "InstrumentId::is_pulse", with = "text")]
    pub instrument: InstrumentId,
    /// [`questionnaire_digest`] of what is asked.
    #[serde(with = "hex_array")]
    pub questionnaire: [u8; 32],
    /// Items of the questionnaire: places of a ballot, 1 to 62.
    pub items: u8,
    /// Options of each item: 5.
    pub scale: u8,
    /// Fewest ballots a published figure rests on. Unit: people. At least 5.
    pub min_cell: u32,
    /// [`RELEASE_RULES`].
    pub release_rules: String,
    /// How many ballot boxes share the load, 1 to [`MAX_BOXES`]; written only if it is not 1. Each
    /// cohort has one box: [`PinnedManifest::box_of`].
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub boxes: u8,
    /// Which words stand for the manifest: [`words::RULE`], or nothing in manifests from before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The partition of everybody who may answer.
    pub cohorts: Vec<CohortEntry>,
    /// SHA-256 of the client's code, or empty if it is not stated.
    #[serde(with = "optional_hex")]
    pub client_bundle: Option<[u8; 32]>,
    /// Which release of the program announces the wave.
    pub server_release: String,
    /// Hash of the manifest before; [`NO_PREVIOUS`] in the first.
    #[serde(with = "hex_array")]
    pub prev: [u8; 32],
    /// SHA-256 of the result file before; empty if there is none yet.
    #[serde(with = "optional_hex")]
    pub prev_result: Option<[u8; 32]>,
}

/// Why bytes are not a manifest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not the JSON of a manifest.
    #[error("the manifest cannot be read")]
    Json(#[from] serde_json::Error),
    /// A field holds something this version cannot act on.
    #[error("the manifest's `{0}` is not one to act on")]
    Field(&'static str),
}

/// What a manifest says of the wave announced before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predecessor {
    /// Hash of its manifest.
    pub manifest: [u8; 32],
    /// Hash of its result file, if that has been published.
    pub result: Option<[u8; 32]>,
}

impl Manifest {
    /// The manifest of a wave about to be announced. `min_cell` is the smallest published group, in
    /// people; `previous` is the wave announced before this one, if there is one.
    pub fn new(
        wave: &Wave,
        questionnaire: &Questionnaire,
        cohorts: &[Cohort],
        keys: &WaveKeys,
        min_cell: u32,
        previous: Option<Predecessor>,
    ) -> Self {
        Self {
            v: VERSION,
            wave: wave.label.clone(),
            seq: wave.seq.0,
            pickup_from: wave.window.pickup_from(),
            opens: wave.window.opens(),
            closes: wave.window.closes(),
            token_suite: TOKEN_SUITE.into(),
            token_pk: keys.token_public(),
            tally_suite: TALLY_SUITE.into(),
            tally_pk: keys.tally_public(),
            tally_holder: "server".into(),
            instrument: wave.asks.clone(),
            questionnaire: questionnaire_digest(questionnaire),
            // More than fit a ballot are refused when the manifest is pinned.
            items: questionnaire.items.len().try_into().unwrap_or(u8::MAX),
            scale: SCALE,
            min_cell,
            release_rules: RELEASE_RULES.into(),
            boxes: 1,
            words: Some(words::RULE.into()),
            cohorts: cohorts
                .iter()
                .map(|it| CohortEntry {
                    id: it.id.clone(),
                    label: it.label.clone(),
                    eligible: it.eligible,
                    parent: None,
                })
                .collect(),
            client_bundle: None,
            server_release: concat!("tideline ", env!("CARGO_PKG_VERSION")).into(),
            prev: previous.map_or(NO_PREVIOUS, |it| it.manifest),
            prev_result: previous.and_then(|it| it.result),
        }
    }

    /// The bytes to announce.
    ///
    /// # Errors
    ///
    /// [`ManifestError::Json`] if it cannot be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ManifestError> {
        Ok(serde_json::to_vec(self)?)
    }
}

/// A manifest that was read and checked, with the hash of its bytes as served.
#[derive(Debug, Clone)]
pub struct PinnedManifest {
    /// The bytes as served.
    pub bytes: Vec<u8>,
    /// SHA-256 of [`bytes`](Self::bytes).
    pub hash: [u8; 32],
    /// What they say.
    pub manifest: Manifest,
    pub(crate) token_key: PublicKey,
    pub(crate) tally_key: TallyPublic,
    pub(crate) seals: Arc<Seals>,
    window: Window,
}

impl PinnedManifest {
    /// Reads `bytes` as served.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] if they are no manifest, or one of another version.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Self, ManifestError> {
        let bytes = bytes.into();
        let manifest: Manifest = serde_json::from_slice(&bytes)?;
        let hash = sha256(&[&bytes]);
        let need = |holds: bool, field| holds.then_some(()).ok_or(ManifestError::Field(field));
        need(manifest.v == VERSION, "v")?;
        need(manifest.token_suite == TOKEN_SUITE, "token_suite")?;
        need(manifest.tally_suite == TALLY_SUITE, "tally_suite")?;
        need((1..=MAX_ITEMS).contains(&usize::from(manifest.items)), "items")?;
        need(manifest.scale == SCALE, "scale")?;
        need(manifest.min_cell >= MIN_CELL_FLOOR, "min_cell")?;
        need(manifest.release_rules == RELEASE_RULES, "release_rules")?;
        need((1..=MAX_BOXES).contains(&manifest.boxes), "boxes")?;
        need(manifest.words.as_deref().is_none_or(|it| it == words::RULE), "words")?;
        need(!manifest.cohorts.is_empty(), "cohorts")?;
        let mut ids: Vec<&CohortId> = manifest.cohorts.iter().map(|it| &it.id).collect();
        ids.sort_unstable();
        need(ids.windows(2).all(|pair| pair[0] != pair[1]), "cohorts")?;
        let token_key = PublicKey::from_bytes(&manifest.token_pk)
            .map_err(|_| ManifestError::Field("token_pk"))?;
        let tally_key =
            TallyPublic::new(&manifest.tally_pk).ok_or(ManifestError::Field("tally_pk"))?;
        let window = Window::new(manifest.pickup_from, manifest.opens, manifest.closes)
            .map_err(|_| ManifestError::Field("opens"))?;
        let seals = Arc::new(Seals::new(&hash));
        Ok(Self { bytes, hash, manifest, token_key, tally_key, seals, window })
    }

    /// Which of the wave's boxes, from 0, takes the ballots of `cohort`.
    pub fn box_of(&self, cohort: &CohortId) -> u8 {
        let hash = sha256(&[BOX_LABEL, cohort.as_str().as_bytes()]);
        let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        // Fewer than 16, so it fits.
        (number % u32::from(self.manifest.boxes)) as u8
    }

    /// The wave's dates.
    pub const fn window(&self) -> Window {
        self.window
    }

    /// The wave.
    pub fn wave(&self) -> Wave {
        Wave {
            seq: self.seq(),
            label: self.manifest.wave.clone(),
            asks: self.manifest.instrument.clone(),
            window: self.window,
        }
    }

    /// The wave's number.
    pub const fn seq(&self) -> WaveSeq {
        WaveSeq(self.manifest.seq)
    }

    /// The cohort of that name, if the manifest has it.
    pub fn cohort(&self, id: &CohortId) -> Option<&CohortEntry> {
        self.manifest.cohorts.iter().find(|it| it.id == *id)
    }

    /// Everybody who may answer, over all cohorts.
    pub fn eligible(&self) -> u64 {
        self.manifest.cohorts.iter().map(|it| u64::from(it.eligible)).sum()
    }

    /// The words that stand for the manifest, to compare by eye or aloud. The first time they take
    /// about a tenth of a second of computing.
    pub fn words(&self) -> Vec<&'static str> {
        match self.manifest.words {
            Some(_) => words::slow(&self.hash),
            None => words::plain(&self.hash),
        }
    }

    /// Whether this is the next link of the chain after `previous`, whose result file (if it was
    /// published before this was announced) has the bytes `result`.
    pub fn follows(&self, previous: &Self, result: Option<&[u8]>) -> bool {
        self.manifest.prev == previous.hash
            && previous.manifest.seq.checked_add(1) == Some(self.manifest.seq)
            && self
                .manifest
                .prev_result
                .is_none_or(|it| result.is_some_and(|bytes| sha256(&[bytes]) == it))
    }
}

/// SHA-256 of everything about a questionnaire that people see or that scoring rests on: texts in
/// order, each after its length (8 bytes, big endian), lists after their count.
pub fn questionnaire_digest(questionnaire: &Questionnaire) -> [u8; 32] {
    struct Digest(Vec<u8>);
    impl Digest {
        fn count(&mut self, count: usize) {
            self.0.extend((count as u64).to_be_bytes());
        }
        fn text(&mut self, text: &str) {
            self.count(text.len());
            self.0.extend(text.as_bytes());
        }
        fn item(&mut self, item: &Item) {
            self.text(item.id);
            match item.target {
                Target::Scale(scale, facet) => {
                    self.text("scale");
                    self.text(scale.code());
                    self.text(facet);
                }
                Target::Exposure => self.text("exposure"),
                Target::Driver(category) => {
                    self.text("driver");
                    self.text(&format!("{category:?}"));
                }
            }
            self.count(item.reversed.into());
            self.text(item.text);
        }
    }
    let mut digest = Digest(b"tideline-questionnaire-v2\0".to_vec());
    digest.text(questionnaire.id);
    Scale::ALL.iter().for_each(|&it| digest.count(*questionnaire.min_answered.get(it)));
    digest.text(questionnaire.credit);
    digest.text(questionnaire.timeframe);
    questionnaire.frequency.iter().chain(&questionnaire.agreement).for_each(|it| digest.text(it));
    digest.count(questionnaire.items.len());
    questionnaire.items.iter().for_each(|it| digest.item(it));
    digest.count(questionnaire.blocks.len());
    for block in questionnaire.blocks {
        digest.count(block.len());
        for set in *block {
            digest.count(set.len());
            set.iter().for_each(|&it| digest.count(it));
        }
    }
    digest.count(questionnaire.texts.len());
    for texts in questionnaire.texts {
        digest.text(texts.language);
        digest.text(texts.name);
        digest.text(texts.timeframe);
        texts.frequency.iter().chain(&texts.agreement).for_each(|it| digest.text(it));
        for item in texts.items {
            digest.text(item.text);
            digest.text(item.short);
        }
    }
    sha256(&[&digest.0])
}

#[cfg(test)]
mod tests;
