//! The sealed box: who may answer, once, without anybody learning who answered what.
//!
//! The way of a ballot: a [`manifest`] is announced with fresh [`keys`]; the server [`issue`]s a
//! blind token for each person and cohort; the ballot origin [`redeem`]s token and sealed ballot;
//! the [`ballot_box`] keeps ciphertext in no order; after close the [`tally`] opens it in memory;
//! the [`result`] file is published and [`wave_dir`] destroys what could still open anything.
//! `docs/protocol.md` has the messages byte by byte.
//!
//! What this crate deliberately does not do: it knows no person, no clock and no HTTP, keeps no
//! time and no order of arrival, and writes no answer anywhere.

pub mod ballot_box;
pub mod client;
pub mod cover;
pub mod encoding;
pub mod issue;
pub mod keys;
pub mod manifest;
pub mod paper;
pub mod redeem;
pub mod result;
pub mod tally;
pub mod wave_dir;
pub mod wire;
pub mod words;
pub mod writer;

mod derive;
mod files;
mod seal;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod vectors;

/// Length of a sealed ballot as it travels. Unit: bytes.
pub const BALLOT_LEN: usize = seal::OVERHEAD + seal::PLAINTEXT_LEN;

/// Length of a ballot as it lies in the box, sealed once more by the server. Unit: bytes.
pub const ROW_LEN: usize = seal::OVERHEAD + seal::COHORT_LEN + BALLOT_LEN;

/// A ballot as it lies in the box.
pub type Row = [u8; ROW_LEN];

/// Stands for a spent token; random to everybody but its owner.
pub type Nullifier = [u8; 32];
