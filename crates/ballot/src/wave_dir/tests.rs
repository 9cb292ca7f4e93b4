//! Announcing and destroying: repeatable, and never half.

use tempfile::TempDir;

use super::*;
use crate::{
    encoding::sha256,
    manifest::Manifest,
    testing::{self, noise},
};

fn place() -> (TempDir, WaveFiles) {
    let dir = tempfile::tempdir().unwrap();
    let files = WaveFiles::new(dir.path(), WaveSeq(1));
    (dir, files)
}

fn pinned(change: impl FnOnce(&mut Manifest)) -> PinnedManifest {
    let mut manifest = testing::manifest(&WaveKeys::generate());
    change(&mut manifest);
    PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap()
}

/// Manifest `seq`, after `previous`.
fn next(seq: u32, previous: &PinnedManifest) -> PinnedManifest {
    pinned(|it| (it.seq, it.prev) = (seq, previous.hash))
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_lie_where_operators_expect_them() {
    let files = WaveFiles::new("/data", WaveSeq(48));
    let paths = [files.manifest(), files.chain(), files.result(), files.keys(), files.ballot_box()];
    let expected = [
        "/data/manifests/48.json",
        "/data/chain.txt",
        "/data/results/48.json",
        "/data/keys/wave-48.key",
        "/data/boxes/ballot-48.sqlite",
    ];
    assert_eq!(paths, expected.map(PathBuf::from));
}

#[test]
fn an_announced_manifest_is_served_as_it_is_and_chained() {
    let (dir, files) = place();
    let first = pinned(|_| ());
    files.announce(&first).unwrap();
    assert_eq!(std::fs::read(files.manifest()).unwrap(), first.bytes);
    assert_eq!(files.pinned().unwrap().hash, first.hash);

    let second = next(2, &first);
    WaveFiles::new(dir.path(), WaveSeq(2)).announce(&second).unwrap();
    let chain = format!("1 {}\n2 {}\n", to_hex(&first.hash), to_hex(&second.hash));
    assert_eq!(std::fs::read_to_string(files.chain()).unwrap(), chain);
    let expected = [(WaveSeq(1), first.hash), (WaveSeq(2), second.hash)];
    assert_eq!(read_chain(dir.path()).unwrap(), expected);
    assert_eq!(names(dir.path()), ["chain.txt", "manifests"]);
    assert_eq!(names(&dir.path().join("manifests")), ["1.json", "2.json"]);
}

#[test]
fn announcing_again_is_fine_and_completes_what_a_crash_cut_off() {
    let (_dir, files) = place();
    let manifest = pinned(|_| ());
    files.announce(&manifest).unwrap();
    let chain = std::fs::read(files.chain()).unwrap();
    files.announce(&manifest).unwrap();
    assert_eq!(std::fs::read(files.chain()).unwrap(), chain);

    // After the manifest, before its line.
    std::fs::remove_file(files.chain()).unwrap();
    std::fs::write(files::unfinished(&files.chain()), b"1 half").unwrap();
    files.announce(&manifest).unwrap();
    assert_eq!(std::fs::read(files.chain()).unwrap(), chain);

    // In the middle of the manifest.
    std::fs::remove_file(files.chain()).unwrap();
    std::fs::remove_file(files.manifest()).unwrap();
    std::fs::write(files::unfinished(&files.manifest()), &manifest.bytes[..99]).unwrap();
    files.announce(&manifest).unwrap();
    assert_eq!(std::fs::read(files.manifest()).unwrap(), manifest.bytes);
}

#[test]
fn what_is_announced_cannot_be_changed() {
    let (dir, files) = place();
    let manifest = pinned(|_| ());
    files.announce(&manifest).unwrap();
    let other = pinned(|_| ());
    assert!(matches!(files.announce(&other), Err(WaveFilesError::Differs(WaveSeq(1)))));
    std::fs::remove_file(files.chain()).unwrap();
    assert!(matches!(files.announce(&other), Err(WaveFilesError::Differs(WaveSeq(1)))));
    assert_eq!(files.pinned().unwrap().hash, manifest.hash);

    files.announce(&manifest).unwrap();
    std::fs::write(files.manifest(), &other.bytes).unwrap();
    assert!(matches!(files.pinned(), Err(WaveFilesError::Differs(WaveSeq(1)))));
    let wrong = WaveFiles::new(dir.path(), WaveSeq(2));
    assert!(matches!(wrong.announce(&manifest), Err(WaveFilesError::OtherWave(WaveSeq(2)))));
    assert!(matches!(wrong.pinned(), Err(WaveFilesError::NoManifest(WaveSeq(2)))));
}

#[test]
fn a_manifest_must_follow_the_last_of_the_chain() {
    let (dir, files) = place();
    let check = |manifest: &PinnedManifest| {
        let announced = WaveFiles::new(dir.path(), manifest.seq()).announce(manifest);
        assert!(matches!(announced, Err(WaveFilesError::OutOfChain(_))), "{announced:?}");
        assert!(!WaveFiles::new(dir.path(), manifest.seq()).manifest().exists());
    };
    let first = pinned(|_| ());
    check(&next(1, &first));
    files.announce(&first).unwrap();
    check(&pinned(|it| it.seq = 2));
    check(&next(3, &first));
}

#[test]
fn a_new_manifest_names_the_one_before_and_its_result() {
    let (_dir, files) = place();
    let first = testing::wave();
    let make = |files: &WaveFiles| {
        let pulse = tideline_instrument::PULSE.clone();
        let before = files.as_predecessor()?;
        Ok(Manifest::new(&first.pinned.wave(), &pulse, &[], &first.keys, 6, Some(before)))
    };
    assert!(matches!(make(&files), Err(WaveFilesError::NoManifest(WaveSeq(1)))));
    files.announce(&first.pinned).unwrap();
    let manifest = make(&files).unwrap();
    assert_eq!((manifest.prev, manifest.prev_result), (first.pinned.hash, None));
    files.publish_result(b"{}").unwrap();
    assert_eq!(make(&files).unwrap().prev_result, Some(sha256(&[b"{}"])));
}

#[test]
fn a_result_is_published_once() {
    let (_dir, files) = place();
    assert_eq!(files.read_result().unwrap(), None);
    files.publish_result(b"{}").unwrap();
    files.publish_result(b"{}").unwrap();
    let other = files.publish_result(b"[]");
    assert!(matches!(other, Err(WaveFilesError::Differs(WaveSeq(1)))));
    assert_eq!(files.read_result().unwrap().as_deref(), Some(b"{}".as_slice()));
}

#[test]
fn a_damaged_chain_is_not_built_upon() {
    let (_dir, files) = place();
    let hash = "0".repeat(64);
    for chain in [
        "1\n".to_owned(),
        format!("1 {hash}"),
        format!("01 {hash}\n"),
        format!("1 {}\n", hash.replace('0', "F")),
        format!("2 {hash}\n1 {hash}\n"),
        format!("1 {hash}\n\n"),
    ] {
        std::fs::write(files.chain(), &chain).unwrap();
        let announced = files.announce(&pinned(|_| ()));
        assert!(matches!(announced, Err(WaveFilesError::DamagedChain)), "{chain:?}");
        assert_eq!(std::fs::read_to_string(files.chain()).unwrap(), chain);
    }
}

#[test]
fn secrets_are_found_and_destroyed_and_what_is_public_stays() {
    let (dir, files) = place();
    assert!(leftover::waves(dir.path()).unwrap().is_empty() && !files.has_secrets());
    files.announce(&pinned(|_| ())).unwrap();
    files.publish_result(b"{}").unwrap();
    WaveKeys::generate().save(&files.keys()).unwrap();
    BallotBox::create(&files.ballot_box()).unwrap().put_batch(&[noise()]).unwrap();
    std::fs::write(dir.path().join("boxes/ballot-1.sqlite-wal"), b"another journal mode").unwrap();
    files.create_boxes(3).unwrap();
    std::fs::write(dir.path().join("boxes/ballot-12-0.sqlite-journal"), b"half").unwrap();
    let later = WaveFiles::new(dir.path(), WaveSeq(12));
    std::fs::write(files::unfinished(&later.keys()), b"half").unwrap();
    std::fs::write(dir.path().join("boxes/README"), b"not ours").unwrap();
    assert_eq!(leftover::waves(dir.path()).unwrap(), [WaveSeq(1), WaveSeq(12)]);

    for files in [&files, &later] {
        assert!(files.has_secrets());
        files.destroy_secrets().unwrap();
        files.destroy_secrets().unwrap();
        assert!(!files.has_secrets());
    }
    assert!(leftover::waves(dir.path()).unwrap().is_empty());
    assert!(names(&dir.path().join("keys")).is_empty());
    assert_eq!(names(&dir.path().join("boxes")), ["README"]);
    assert!(files.manifest().exists() && files.result().exists() && files.chain().exists());
}

#[test]
fn each_of_several_boxes_has_a_name_and_one_has_the_plain_one() {
    let files = WaveFiles::new("/data", WaveSeq(4));
    assert_eq!(files.ballot_boxes(1), [files.ballot_box()]);
    let names = ["/data/boxes/ballot-4-0.sqlite", "/data/boxes/ballot-4-1.sqlite"];
    assert_eq!(files.ballot_boxes(2), names.map(PathBuf::from));
}

#[test]
fn apart_the_key_that_opens_ballots_is_not_in_the_shared_folder() {
    let files = WaveFiles::apart("/shared", "/secret", WaveSeq(4));
    assert_eq!(files.keys(), Path::new("/secret/keys/wave-4.key"));
    assert_eq!(files.token_key().unwrap(), Path::new("/shared/keys/wave-4.token"));
    assert!(files.ballot_box().starts_with("/shared") && files.manifest().starts_with("/shared"));
    assert_eq!(WaveFiles::apart("/one", "/one", WaveSeq(4)), WaveFiles::new("/one", WaveSeq(4)));
    assert_eq!(WaveFiles::new("/one", WaveSeq(4)).token_key(), None);
}

#[test]
fn what_nobody_knows_is_moved_aside_and_goes_only_when_that_is_asked_for() {
    let (dir, files) = place();
    assert!(files.set_aside().unwrap().is_empty());
    let twice = [1, 2].map(|_| {
        WaveKeys::generate().save(&files.keys()).unwrap();
        BallotBox::create(&files.ballot_box()).unwrap().put_batch(&[noise()]).unwrap();
        let kept = [files.keys(), files.ballot_box()].map(|it| std::fs::read(it).unwrap());
        files.set_aside().unwrap();
        assert!(!files.has_secrets() && leftover::waves(dir.path()).unwrap().is_empty());
        kept
    });
    for (number, kept) in (1..).zip(twice) {
        let of = |folder: &str, name: &str| {
            std::fs::read(dir.path().join(format!("{folder}/leftover/{number}/{name}"))).unwrap()
        };
        assert_eq!([of("keys", "wave-1.key"), of("boxes", "ballot-1.sqlite")], kept);
    }
    // A wave that ends takes none of it with it.
    files.destroy_secrets().unwrap();
    assert!(leftover::list(dir.path()).unwrap().len() >= 4);
    let there = leftover::list(dir.path()).unwrap().len();
    assert_eq!(leftover::destroy(dir.path()).unwrap(), there);
    assert_eq!(leftover::destroy(dir.path()).unwrap(), 0);
    assert!(leftover::list(dir.path()).unwrap().is_empty());
}

#[test]
fn the_chain_is_made_that_of_the_waves_that_there_are_and_nothing_public_is_lost() {
    let (dir, files) = place();
    let first = pinned(|_| ());
    files.announce(&first).unwrap();
    files.publish_result(b"{}").unwrap();
    let known = [(WaveSeq(1), first.hash)];
    assert_eq!(public::make_chain_of(dir.path(), &known).unwrap(), None);
    assert!(public::belongs(dir.path(), &known, WaveSeq(1)).unwrap());

    let other = pinned(|_| ());
    let others = [(WaveSeq(1), other.hash)];
    assert!(!public::belongs(dir.path(), &others, WaveSeq(1)).unwrap());
    let aside = public::make_chain_of(dir.path(), &others).unwrap().unwrap();
    assert_eq!(std::fs::read(aside.join("manifests/1.json")).unwrap(), first.bytes);
    assert_eq!(std::fs::read(aside.join("results/1.json")).unwrap(), b"{}");
    assert!(!files.manifest().exists() && !files.result().exists());
    files.announce(&other).unwrap();
    assert_eq!(files.pinned().unwrap().hash, other.hash);
    assert!(public::make_chain_of(dir.path(), &[]).unwrap().is_some());
    assert_eq!(read_chain(dir.path()).unwrap(), []);
}
