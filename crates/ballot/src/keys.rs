//! The two secrets of a wave: one makes tokens, one opens ballots.
//!
//! Fresh from the operating system for each wave and derived from nothing, because what can be
//! derived again cannot be destroyed.

use std::{fmt, io, path::Path, sync::Arc};

use poprf_ristretto::{PoprfServer, SecretKey};
use rand_core06::OsRng;
use zeroize::Zeroizing;

use crate::{
    files,
    seal::{PUBLIC_LEN, TallyPublic, TallySecret},
};

const MAGIC: &[u8; 16] = b"tideline-keys-1\n";
const TOKEN_MAGIC: &[u8; 17] = b"tideline-token-1\n";
const FILE_LEN: usize = MAGIC.len() + SecretKey::LEN + TallySecret::LEN + PUBLIC_LEN;

/// Why keys cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Keys are there already, and are never written over.
    #[error("there are keys already; they are not replaced")]
    Exists,
    /// There are none: not made yet, or destroyed.
    #[error("there are no keys")]
    Missing,
    /// The file holds no keys.
    #[error("the key file is damaged")]
    Damaged,
    /// They are not the keys the manifest names.
    #[error("the keys are not those of the manifest")]
    Mismatch,
    /// The file system failed.
    #[error("the key file cannot be read or written")]
    Io(#[from] io::Error),
}

impl KeyError {
    /// Whether trying again helps nothing: the keys are gone, or are none any more.
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::Missing | Self::Damaged | Self::Mismatch)
    }
}

/// How much of the stack is wiped. What computes with keys needs a fraction of it. Unit: bytes.
const STACK: usize = 48 * 1024;

/// Overwrites the part of this thread's stack below the caller. Values with keys wipe themselves when
/// they are dropped, but moving one leaves a copy where it was; call this after using keys, and
/// again from where they were handed to.
#[inline(never)]
pub fn wipe_stack() {
    // In words: bytes, written one by one as they must be, would take eight times as long.
    let mut room = [0_u64; STACK / 8];
    zeroize::Zeroize::zeroize(&mut room);
    std::hint::black_box(&mut room);
}

/// The secrets of one wave. Wiped from memory when dropped, never printed.
pub struct WaveKeys {
    token: TokenKey,
    pub(crate) tally: TallySecret,
    tally_public: [u8; PUBLIC_LEN],
}

impl WaveKeys {
    /// Fresh keys.
    ///
    /// # Panics
    ///
    /// If the operating system gives no randomness: there is no safe way on.
    pub fn generate() -> Self {
        let token = TokenKey::placed(|| Some(PoprfServer::generate(&mut OsRng)));
        let (Some(token), Some((tally, tally_public))) = (token, TallySecret::generate()) else {
            panic!("the operating system gives no randomness");
        };
        Self { token, tally, tally_public }
    }

    /// Writes the keys to a new file that only its owner may read (mode 0600; directories it has to
    /// make get 0700). Durable on return.
    ///
    /// # Errors
    ///
    /// [`KeyError::Exists`] if there is a file; it is left as it is. [`KeyError::Io`] otherwise.
    pub fn save(&self, path: &Path) -> Result<(), KeyError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(FILE_LEN));
        bytes.extend_from_slice(MAGIC);
        self.token.write_to(&mut bytes);
        bytes.extend_from_slice(self.tally.bytes());
        bytes.extend_from_slice(&self.tally_public);
        files::write_secret(path, &bytes).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => KeyError::Exists,
            _ => KeyError::Io(error),
        })
    }

    /// Reads the keys.
    ///
    /// # Errors
    ///
    /// [`KeyError::Missing`] if there is no file, [`KeyError::Damaged`] if it holds no keys,
    /// [`KeyError::Io`] if it cannot be read.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let bytes = Zeroizing::new(files::read(path)?.ok_or(KeyError::Missing)?);
        Self::parse(&bytes).ok_or(KeyError::Damaged)
    }

    /// The key that makes and checks tokens, alone: all that a ballot side needs.
    pub const fn token_key(&self) -> &TokenKey {
        &self.token
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (token, rest) = rest.split_at_checked(SecretKey::LEN)?;
        let (tally, public) = rest.split_at_checked(TallySecret::LEN)?;
        let tally_public: [u8; PUBLIC_LEN] = public.try_into().ok()?;
        let tally = TallySecret::new(tally);
        let token = TokenKey::parse(token)?;
        let matching = tally.matches(&TallyPublic::new(&tally_public)?);
        matching.then_some(Self { token, tally, tally_public })
    }

    /// Overwrites and removes the key file. Fine if there is none. What a drive or a snapshot keeps
    /// of overwritten blocks is out of reach.
    ///
    /// # Errors
    ///
    /// [`KeyError::Io`] if it may still be there.
    pub fn destroy(path: &Path) -> Result<(), KeyError> {
        files::erase(&files::unfinished(path))?;
        Ok(files::erase(path)?)
    }

    /// The public key tokens are checked against, as in the manifest.
    pub fn token_public(&self) -> [u8; 32] {
        self.token.public()
    }

    /// The public key ballots are sealed to, as in the manifest.
    pub fn tally_public(&self) -> [u8; 65] {
        self.tally_public
    }
}

impl fmt::Debug for WaveKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WaveKeys(…)")
    }
}

/// The token key of one wave, without the key that opens ballots. Never printed.
///
/// It has one place in memory, which all clones share and the last of them wipes. A key inside a value
/// that is moved about would leave copies: where the value was, and wherever an enum is copied with what
/// lay in its unused bytes.
#[derive(Clone)]
pub struct TokenKey(Arc<PoprfServer>);

impl TokenKey {
    /// Puts a key where it stays.
    fn placed(make: impl FnOnce() -> Option<PoprfServer>) -> Option<Self> {
        #[inline(never)]
        fn place(make: impl FnOnce() -> Option<PoprfServer>) -> Option<TokenKey> {
            make().map(|it| TokenKey(Arc::new(it)))
        }
        let key = place(make);
        wipe_stack();
        key
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        Self::placed(|| SecretKey::from_bytes(bytes).ok().map(PoprfServer::new))
    }

    fn write_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(Zeroizing::new(self.0.secret_key().to_bytes()).as_slice());
    }

    /// The key of the names that the list of pick-ups has for people, of the wave whose manifest has
    /// this hash. Nothing leads back from it to this key.
    pub(crate) fn holders(&self, manifest_hash: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        self.derived(b"pulse-holders-v1", manifest_hash)
    }

    /// The key of what the app adds, for each person, to what finds a check-in again (M9). It ends with
    /// this key.
    pub(crate) fn shares(&self, manifest_hash: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        self.derived(b"pulse-shares-v1", manifest_hash)
    }

    fn derived(&self, salt: &[u8], manifest_hash: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        let secret = Zeroizing::new(self.0.secret_key().to_bytes());
        let mut key = Zeroizing::new([0; 32]);
        hkdf::Hkdf::<sha2::Sha256>::new(Some(salt), secret.as_slice())
            .expand(manifest_hash, key.as_mut_slice())
            .unwrap_or_else(|_| unreachable!("32 bytes are fewer than HKDF can give"));
        drop(secret);
        wipe_stack();
        key
    }

    /// What makes and checks tokens with this key.
    pub(crate) fn server(&self) -> &PoprfServer {
        &self.0
    }

    /// The public key tokens are checked against.
    pub(crate) fn public(&self) -> [u8; 32] {
        let public = self.0.secret_key().public_key().to_bytes();
        wipe_stack();
        public
    }

    /// Writes the key to a new file that its owner and the directory's group may read (mode 0660),
    /// for a ballot side that runs as another user. Durable on return.
    ///
    /// # Errors
    ///
    /// As [`WaveKeys::save`].
    pub fn save_for_group(&self, path: &Path) -> Result<(), KeyError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(TOKEN_MAGIC.len() + SecretKey::LEN));
        bytes.extend_from_slice(TOKEN_MAGIC);
        self.write_to(&mut bytes);
        files::write_group_secret(path, &bytes).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => KeyError::Exists,
            _ => KeyError::Io(error),
        })
    }

    /// Reads the key.
    ///
    /// # Errors
    ///
    /// As [`WaveKeys::load`].
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let bytes = Zeroizing::new(files::read(path)?.ok_or(KeyError::Missing)?);
        let key = bytes.strip_prefix(TOKEN_MAGIC).ok_or(KeyError::Damaged)?;
        Self::parse(key).ok_or(KeyError::Damaged)
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn keys_are_read_back_by_their_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/wave-1.key");
        let keys = WaveKeys::generate();
        keys.save(&path).unwrap();
        assert_eq!([mode(&path), mode(path.parent().unwrap())], [0o600, 0o700]);
        let back = WaveKeys::load(&path).unwrap();
        assert_eq!(back.token_public(), keys.token_public());
        assert_eq!(back.tally_public(), keys.tally_public());
    }

    #[test]
    fn keys_are_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wave-1.key");
        WaveKeys::generate().save(&path).unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(WaveKeys::generate().save(&path), Err(KeyError::Exists)));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn a_cut_off_attempt_does_not_stand_in_the_way_and_is_destroyed_too() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wave-1.key");
        std::fs::write(files::unfinished(&path), b"half").unwrap();
        WaveKeys::generate().save(&path).unwrap();
        WaveKeys::load(&path).unwrap();
        std::fs::write(files::unfinished(&path), b"half").unwrap();
        WaveKeys::destroy(&path).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn destroying_twice_is_fine_and_destroyed_keys_are_missing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wave-1.key");
        WaveKeys::generate().save(&path).unwrap();
        // A second name shows what is left of the content.
        let witness = dir.path().join("witness");
        std::fs::hard_link(&path, &witness).unwrap();
        WaveKeys::destroy(&path).unwrap();
        WaveKeys::destroy(&path).unwrap();
        assert!(matches!(WaveKeys::load(&path), Err(KeyError::Missing)));
        assert!(std::fs::read(&witness).unwrap().iter().all(|&it| it == 0), "overwritten first");
        WaveKeys::destroy(&dir.path().join("no/such/directory/wave-1.key")).unwrap();
    }

    #[test]
    fn damaged_files_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wave-1.key");
        WaveKeys::generate().save(&path).unwrap();
        let good = std::fs::read(&path).unwrap();
        let longer = [good.as_slice(), &[0]].concat();
        let mut other_public = good.clone();
        let at = good.len() - PUBLIC_LEN;
        other_public[at..].copy_from_slice(&WaveKeys::generate().tally_public());
        for bad in [&good[..good.len() - 1], &longer, &other_public, b""] {
            std::fs::write(&path, bad).unwrap();
            assert!(matches!(WaveKeys::load(&path), Err(KeyError::Damaged)));
        }
    }

    #[test]
    fn keys_are_not_printed() {
        let keys = WaveKeys::generate();
        assert_eq!(format!("{keys:?} {:?}", keys.token_key()), "WaveKeys(…) TokenKey(…)");
    }

    #[test]
    fn the_token_key_alone_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/wave-1.token");
        let keys = WaveKeys::generate();
        keys.token_key().save_for_group(&path).unwrap();
        assert_eq!(mode(&path), 0o660);
        let back = TokenKey::load(&path).unwrap();
        assert_eq!(back.public(), keys.token_public());
        let file = std::fs::read(&path).unwrap();
        assert!(!file.windows(TallySecret::LEN).any(|it| it == keys.tally.bytes()));
        assert!(matches!(WaveKeys::load(&path), Err(KeyError::Damaged)));
        assert!(matches!(keys.token_key().save_for_group(&path), Err(KeyError::Exists)));
    }
}
