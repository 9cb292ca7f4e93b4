//! The test vectors of `docs/protocol-vectors.json`: with them somebody else can write a client.
//!
//! Everything in the file is computed again here from its inputs. `make` writes a new file; it is
//! only run, by hand, when the protocol changes.

use poprf_ristretto::{EvaluatedElement, PoprfClient, PoprfServer, Proof, SecretKey};
use rand_core06::OsRng;
use serde_json::{Value, json};
use tideline_domain::{AnswerSheet, CohortId};
use tideline_instrument::PULSE;

use crate::{
    Row,
    derive::TokenInfo,
    encoding::{from_hex, sha256, to_hex},
    issue::Issuer,
    keys::WaveKeys,
    manifest::PinnedManifest,
    paper::PaperCode,
    redeem::Redeemer,
    seal::TallySecret,
    tally::{tally, unseal},
    testing,
    wire::RedeemBody,
    words,
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol-vectors.json");

struct Vectors(Value);

impl Vectors {
    fn read() -> Self {
        Self(serde_json::from_slice(&std::fs::read(FILE).unwrap()).unwrap())
    }

    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("{name}"))
    }

    fn bytes<const N: usize>(&self, name: &str) -> [u8; N] {
        from_hex(self.text(name)).unwrap_or_else(|| panic!("{name}"))
    }

    fn pinned(&self) -> PinnedManifest {
        PinnedManifest::parse(self.text("manifest")).unwrap()
    }

    fn cohort(&self) -> CohortId {
        self.text("cohort").parse().unwrap()
    }
}

fn sheet() -> AnswerSheet {
    let mut answers = vec![0; PULSE.items.len()];
    for (at, answer) in [(0, 1), (3, 2), (6, 5), (7, 0), (11, 3), (15, 4), (24, 5)] {
        answers[at] = answer;
    }
    AnswerSheet::from_ballot(answers.len(), &answers).unwrap()
}

#[test]
fn what_is_derived_is_what_the_vectors_say() {
    let vectors = Vectors::read();
    let pinned = vectors.pinned();
    assert_eq!(pinned.hash, vectors.bytes("manifest_hash"));
    // Announced before there were seven: it keeps its five.
    assert_eq!(pinned.words().join(" "), vectors.text("five_words"));
    assert_eq!(words::slow(&pinned.hash).join(" "), vectors.text("seven_words"));
    let cohort = vectors.cohort();
    let info = TokenInfo::new(&pinned.hash, &cohort);
    assert_eq!(to_hex(info.bytes()), vectors.text("info"));
    let nonce = vectors.bytes("nonce");
    assert_eq!(info.nullifier(&nonce), vectors.bytes("nullifier"));
    assert_eq!(u64::from(pinned.box_of(&cohort)), vectors.0["box"]);
    let code: PaperCode = vectors.text("paper_code").parse().unwrap();
    assert_eq!(code.digest(&pinned.hash), vectors.bytes("paper_digest"));
    assert_eq!(code.nullifier(&pinned.hash), vectors.bytes("paper_nullifier"));
    let seed: [u8; 32] = vectors.bytes("seed");
    let expand = |info: &[u8], length: usize| {
        let mut out = vec![0; length];
        let hkdf = hkdf::Hkdf::<sha2::Sha256>::new(Some(b"pulse-seed-v1"), &seed);
        hkdf.expand(info, &mut out).unwrap();
        to_hex(&out)
    };
    assert_eq!(expand(info.bytes(), 80), vectors.text("seed_nonce_and_scalar"));
    assert_eq!(expand(b"next", 32), vectors.text("seed_of_next_wave"));
}

/// What the browser derives for finding a token again, of which the server makes the share alone.
fn seed_of_wave(root: &[u8; 32], share: &[u8; 32], manifest_hash: &[u8; 32]) -> String {
    let mut out = [0; 32];
    let secret = [root.as_slice(), share].concat();
    hkdf::Hkdf::<sha2::Sha256>::new(Some(b"pulse-recovery-v1"), &secret)
        .expand(&[b"wave\0".as_slice(), manifest_hash].concat(), &mut out)
        .unwrap();
    to_hex(&out)
}

#[test]
fn the_share_is_the_one_of_the_vectors() {
    let vectors = Vectors::read();
    let pinned = vectors.pinned();
    let issuer = Issuer::new(&pinned, &keys(&vectors)).unwrap();
    let share = issuer.share(vectors.text("recovery_person").as_bytes());
    assert_eq!(share, vectors.bytes("recovery_share"));
    let seed = seed_of_wave(&vectors.bytes("recovery_root"), &share, &pinned.hash);
    assert_eq!(seed, vectors.text("recovery_seed"));
}

#[test]
fn the_token_is_the_one_of_the_vectors() {
    let vectors = Vectors::read();
    let pinned = vectors.pinned();
    let info = TokenInfo::new(&pinned.hash, &vectors.cohort());
    let secret = SecretKey::from_bytes(&vectors.bytes::<32>("token_key")).unwrap();
    assert_eq!(secret.public_key().to_bytes(), pinned.manifest.token_pk);
    let client = PoprfClient::new(pinned.token_key);
    let nonce: [u8; 32] = vectors.bytes("nonce");
    let (state, blinded) =
        client.blind_with_scalar(&nonce, info.bytes(), &vectors.bytes("blind")).unwrap();
    assert_eq!(blinded.to_bytes(), vectors.bytes("blinded"));
    let evaluated = EvaluatedElement::from_bytes(&vectors.bytes::<32>("evaluated")).unwrap();
    let proof = Proof::from_bytes(&vectors.bytes::<64>("proof")).unwrap();
    let output =
        client.finalize(&nonce, &state, &evaluated, &blinded, &proof, info.bytes()).unwrap();
    assert_eq!(to_hex(output.as_bytes()), vectors.text("output"));
    let server = PoprfServer::new(secret);
    assert!(server.evaluate(&nonce, info.bytes()).unwrap() == output);
    assert_eq!(info.mac(&output, &nonce, &vectors.bytes("ballot")), vectors.bytes("mac"));
}

#[test]
fn the_ballot_is_taken_and_opens() {
    let vectors = Vectors::read();
    let pinned = vectors.pinned();
    let keys = keys(&vectors);
    let body = RedeemBody::from_json(vectors.text("request").as_bytes()).unwrap();
    assert_eq!(to_hex(&body.ballot), vectors.text("ballot"));
    let accepted = Redeemer::new(&pinned, &keys).unwrap().check_body(&body).unwrap();
    assert_eq!(accepted.nullifier, vectors.bytes("nullifier"));
    // Sealed with fresh randomness each time: another row that opens to the same.
    let row: Row = vectors.bytes("row");
    for row in [row, accepted.row] {
        let opened = tally(&pinned, &keys, &[row], 1, &|_| ()).unwrap();
        let (cohort, sheet) = &opened.sheets[0];
        assert_eq!(cohort, &vectors.cohort());
        let mut plain = vec![1, u8::try_from(PULSE.items.len()).unwrap()];
        plain.extend(sheet.to_ballot());
        plain.resize(64, 0);
        assert_eq!(to_hex(&plain), vectors.text("plain"));
    }
}

/// The row of cover was sealed by another implementation.
#[test]
fn the_row_of_cover_is_nobody_s_and_told_apart_by_the_key_alone() {
    let vectors = Vectors::read();
    let (pinned, keys) = (vectors.pinned(), keys(&vectors));
    let (cover, row): (Row, Row) = (vectors.bytes("cover"), vectors.bytes("row"));
    let (of_cover, of_ballot) = (vectors.bytes("cover_nullifier"), vectors.bytes("nullifier"));
    let made = pinned.seals.seal_cover(&pinned.tally_key, &of_cover).unwrap();
    assert_eq!(
        (cover.len(), cover[0]),
        (row.len(), row[0]),
        "as long, and a point of the same form"
    );
    for cover in [cover, made] {
        let opened = unseal(&pinned, &keys, &[cover, row], 1, &|_| ()).unwrap();
        assert_eq!(opened.ballots(), 1);
        let mut nullifiers = vec![of_cover, of_ballot];
        nullifiers.sort_unstable();
        assert_eq!(opened.spent(nullifiers), Some(vec![of_ballot]));
    }
    // Under another key, or for another manifest, it is a row that does not open: not cover.
    let other = WaveKeys::generate();
    assert_eq!(pinned.seals.open_row(&other.tally, &cover), None);
    let elsewhere = PinnedManifest::parse(testing::manifest(&keys).to_bytes().unwrap()).unwrap();
    assert_eq!(elsewhere.seals.open_row(&keys.tally, &cover), None);
}

fn keys(vectors: &Vectors) -> WaveKeys {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wave-1.key");
    let pinned = vectors.pinned();
    let mut file = b"tideline-keys-1\n".to_vec();
    file.extend(vectors.bytes::<32>("token_key"));
    file.extend(vectors.bytes::<32>("tally_key"));
    file.extend(pinned.manifest.tally_pk);
    std::fs::write(&path, file).unwrap();
    WaveKeys::load(&path).unwrap()
}

#[test]
#[ignore = "writes docs/protocol-vectors.json anew; the protocol must have changed"]
fn make() {
    let keys = WaveKeys::generate();
    let mut manifest = testing::manifest(&keys);
    manifest.questionnaire = crate::manifest::questionnaire_digest(&PULSE);
    manifest.boxes = 4;
    // As before there were seven words, so that both kinds are in the file.
    manifest.words = None;
    let bytes = String::from_utf8(manifest.to_bytes().unwrap()).unwrap();
    let pinned = PinnedManifest::parse(bytes.as_bytes()).unwrap();
    let cohort: CohortId = "elm".parse().unwrap();
    let info = TokenInfo::new(&pinned.hash, &cohort);
    let nonce = sha256(&[b"the nonce of the test vectors"]);
    let mut blind = sha256(&[b"the blinding of the test vectors"]);
    // Below the order of the group.
    blind[31] &= 0x0f;
    let client = PoprfClient::new(pinned.token_key);
    let (state, blinded) = client.blind_with_scalar(&nonce, info.bytes(), &blind).unwrap();
    let server = keys.token_key().server();
    let (evaluated, proof) = server.blind_evaluate(&mut OsRng, &blinded, info.bytes()).unwrap();
    let output =
        client.finalize(&nonce, &state, &evaluated, &blinded, &proof, info.bytes()).unwrap();
    let ballot = pinned.seals.seal_ballot(&pinned.tally_key, &cohort, &sheet()).unwrap();
    let mac = info.mac(&output, &nonce, &ballot);
    let body = RedeemBody { cohort: cohort.clone(), nonce, ballot, mac };
    let row = pinned.seals.seal_row(&pinned.tally_key, &cohort, &ballot).unwrap();
    let cover_nullifier = sha256(&[b"the nullifier of the cover of the test vectors"]);
    let cover = pinned.seals.seal_cover(&pinned.tally_key, &cover_nullifier).unwrap();
    let mut plain = vec![1, u8::try_from(PULSE.items.len()).unwrap()];
    plain.extend(sheet().to_ballot());
    plain.resize(64, 0);
    let code = PaperCode::generate().unwrap();
    let seed = sha256(&[b"the seed of the test vectors"]);
    let expand = |info: &[u8], length: usize| {
        let mut out = vec![0; length];
        hkdf::Hkdf::<sha2::Sha256>::new(Some(b"pulse-seed-v1"), &seed)
            .expand(info, &mut out)
            .unwrap();
        to_hex(&out)
    };
    assert_eq!(keys.tally.bytes().len(), TallySecret::LEN);
    // What depends on no wave stays: browsers alone seal and open it.
    let before = Vectors::read();
    let person = before.text("recovery_person");
    let share = Issuer::new(&pinned, &keys).unwrap().share(person.as_bytes());
    let mut vectors = json!({
        "what": "Test vectors for docs/protocol.md. Bytes are in hexadecimal, keys are made up for this file.",
        "manifest": bytes,
        "manifest_hash": to_hex(&pinned.hash),
        "five_words": words::plain(&pinned.hash).join(" "),
        "seven_words": words::slow(&pinned.hash).join(" "),
        "token_key": to_hex(&server.secret_key().to_bytes()),
        "tally_key": to_hex(keys.tally.bytes()),
        "cohort": cohort.as_str(),
        "box": pinned.box_of(&cohort),
        "info": to_hex(info.bytes()),
        "nonce": to_hex(&nonce),
        "blind": to_hex(&blind),
        "blinded": to_hex(&blinded.to_bytes()),
        "evaluated": to_hex(&evaluated.to_bytes()),
        "proof": to_hex(&proof.to_bytes()),
        "output": to_hex(output.as_bytes()),
        "nullifier": to_hex(&info.nullifier(&nonce)),
        "plain": to_hex(&plain),
        "ballot": to_hex(&ballot),
        "mac": to_hex(&mac),
        "request": body.to_json(),
        "row": to_hex(&row),
        "cover": to_hex(&cover),
        "cover_nullifier": to_hex(&cover_nullifier),
        "seed": to_hex(&seed),
        "seed_nonce_and_scalar": expand(info.bytes(), 80),
        "seed_of_next_wave": expand(b"next", 32),
        "paper_code": code.to_string(),
        "paper_digest": to_hex(&code.digest(&pinned.hash)),
        "paper_nullifier": to_hex(&code.nullifier(&pinned.hash)),
        "recovery_share": to_hex(&share),
        "recovery_seed": seed_of_wave(&before.bytes("recovery_root"), &share, &pinned.hash),
    });
    for name in [
        "recovery_person",
        "recovery_root",
        "recovery_name",
        "recovery_code_bytes",
        "recovery_code",
        "recovery_sealed_by_code",
        "recovery_prf_input",
        "recovery_prf_output",
        "recovery_sealed_by_passkey",
    ] {
        vectors[name] = json!(before.text(name));
    }
    std::fs::write(FILE, serde_json::to_string_pretty(&vectors).unwrap() + "\n").unwrap();
}
