//! Whole-product tests: the real program on real ports, on both databases.

mod close;
mod databases;
mod journey;
mod leaks;
mod support;
