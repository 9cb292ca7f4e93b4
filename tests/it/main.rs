//! Whole-product tests: the real program on real ports, on both databases.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod attacks;
mod backups;
mod calendar;
mod close;
mod databases;
mod days;
mod delivery;
mod dkim;
mod head;
mod hooks;
mod journey;
mod leaks;
mod mail;
mod mistakes;
mod moving;
mod outlets;
mod pdf;
mod process;
mod published;
mod replay;
mod smtp;
mod support;
mod tagged;
