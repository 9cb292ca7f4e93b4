//! The seal against a second implementation of RFC 9180, both ways, and against tampering.

use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, aead::AesGcm128,
    kdf::HkdfSha256, kem::DhP256HkdfSha256,
};

use super::*;

type OtherKem = DhP256HkdfSha256;

fn cohort() -> CohortId {
    "ward-3-4".parse().unwrap()
}

fn sheet() -> AnswerSheet {
    AnswerSheet::from_ballot(4, &[0, 5, 1, 3]).unwrap()
}

fn pair() -> (TallySecret, TallyPublic) {
    let (secret, public) = TallySecret::generate().unwrap();
    (secret, TallyPublic::new(&public).unwrap())
}

#[test]
fn the_other_implementation_opens_our_ballots() {
    let (secret, public) = OtherKem::gen_keypair();
    let ours = TallyPublic::new(&public.to_bytes().as_slice().try_into().unwrap()).unwrap();
    let ballot = Seals::new(&[9; 32]).seal_ballot(&ours, &cohort(), &sheet()).unwrap();

    let key = <OtherKem as hpke::Kem>::EncappedKey::from_bytes(&ballot[..PUBLIC_LEN]).unwrap();
    let info = [b"pulse-ballot-v1\0".as_slice(), &[9; 32]].concat();
    let text = hpke::single_shot_open::<AesGcm128, HkdfSha256, OtherKem>(
        &OpModeR::Base,
        &secret,
        &key,
        &info,
        &ballot[PUBLIC_LEN..],
        b"ward-3-4",
    )
    .unwrap();
    let mut expected = [0; PLAINTEXT_LEN];
    expected[..6].copy_from_slice(&[1, 4, 0, 5, 1, 3]);
    assert_eq!(text, expected);
}

#[test]
fn we_open_the_other_implementations_ballots() {
    let (secret, public) = OtherKem::gen_keypair();
    let ours = TallySecret::new(&secret.to_bytes());
    let mut text = [0; PLAINTEXT_LEN];
    text[..6].copy_from_slice(&[1, 4, 0, 5, 1, 3]);
    let info = [b"pulse-ballot-v1\0".as_slice(), &[9; 32]].concat();
    let (key, sealed) = hpke::single_shot_seal::<AesGcm128, HkdfSha256, OtherKem>(
        &OpModeS::Base,
        &public,
        &info,
        &text,
        b"ward-3-4",
    )
    .unwrap();
    let ballot = [key.to_bytes().as_slice(), &sealed].concat().try_into().unwrap();
    let opened = Seals::new(&[9; 32]).open_ballot(&ours, &cohort(), 4, &ballot);
    assert!(opened == Some(sheet()));
}

#[test]
fn lengths_on_the_wire_are_fixed() {
    assert_eq!([BALLOT_LEN, ROW_LEN], [145, 242]);
}

#[test]
fn a_row_gives_back_cohort_and_ballot() {
    let (secret, public) = pair();
    let seals = Seals::new(&[9; 32]);
    for name in ["a", "ward-3-4", "0123456789-abcde"] {
        let cohort: CohortId = name.parse().unwrap();
        let row = seals.seal_row(&public, &cohort, &[3; BALLOT_LEN]).unwrap();
        let ballot = Unsealed::Ballot(cohort, [3; BALLOT_LEN]);
        assert_eq!(seals.open_row(&secret, &row), Some(ballot));
    }
}

#[test]
fn cover_gives_back_its_nullifier_and_is_no_ballot_of_any_cohort() {
    let (secret, public) = pair();
    let seals = Seals::new(&[9; 32]);
    let row = seals.seal_cover(&public, &[7; 32]).unwrap();
    assert_eq!(seals.open_row(&secret, &row), Some(Unsealed::Cover([7; 32])));
    assert_eq!(Seals::new(&[8; 32]).open_row(&secret, &row), None, "another manifest's");
    // Nothing else without a name is cover: what is not well formed counts as a spoilt ballot.
    let mut text = [0; INNER_LEN];
    text[INNER_LEN - 1] = 1;
    let odd = public.seal::<ROW_LEN>(&seals.spool, &[], &text).unwrap();
    assert_eq!(seals.open_row(&secret, &odd), None);
}

#[test]
fn nothing_opens_elsewhere_or_changed() {
    let (secret, public) = pair();
    let (other_secret, _) = pair();
    let (seals, other) = (Seals::new(&[9; 32]), Seals::new(&[8; 32]));
    let ballot = seals.seal_ballot(&public, &cohort(), &sheet()).unwrap();
    let open = |seals: &Seals, key: &TallySecret, name: &str, ballot: &[u8; BALLOT_LEN]| {
        seals.open_ballot(key, &name.parse().unwrap(), 4, ballot).is_some()
    };
    assert!(open(&seals, &secret, "ward-3-4", &ballot));
    assert!(!open(&other, &secret, "ward-3-4", &ballot), "another manifest");
    assert!(!open(&seals, &secret, "ward-3-5", &ballot), "another cohort");
    assert!(!open(&seals, &other_secret, "ward-3-4", &ballot), "another key");
    assert!(seals.open_ballot(&secret, &cohort(), 5, &ballot).is_none(), "another length");
    for bit in (0..BALLOT_LEN * 8).step_by(29) {
        let mut changed = ballot;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!open(&seals, &secret, "ward-3-4", &changed), "bit {bit}");
    }
}

#[test]
fn malformed_plaintexts_are_refused() {
    let (secret, public) = pair();
    let seals = Seals::new(&[9; 32]);
    let check = |change: &dyn Fn(&mut [u8; PLAINTEXT_LEN]), opens: bool| {
        let mut text = [0; PLAINTEXT_LEN];
        text[..4].copy_from_slice(&[1, 2, 5, 0]);
        change(&mut text);
        let ballot = public.seal(&seals.ballot, b"ward-3-4", &text).unwrap();
        assert_eq!(seals.open_ballot(&secret, &cohort(), 2, &ballot).is_some(), opens);
    };
    check(&|_| {}, true);
    check(&|it| it[0] = 2, false);
    check(&|it| it[1] = 3, false);
    check(&|it| it[2] = 6, false);
    check(&|it| it[4] = 1, false);
    check(&|it| it[63] = 1, false);
}

#[test]
fn only_points_of_the_curve_are_keys() {
    let (_, public) = TallySecret::generate().unwrap();
    assert!(TallyPublic::new(&public).is_some());
    assert!(TallyPublic::new(&[0; PUBLIC_LEN]).is_none());
    let mut off = public;
    off[64] ^= 1;
    assert!(TallyPublic::new(&off).is_none());
}

#[test]
fn secrets_are_not_printed() {
    let (secret, _) = pair();
    assert_eq!(format!("{secret:?}"), "TallySecret(…)");
}
