//! How often, with which settings, and what follows: Monte Carlo, pairing, precision.
//!
//! Never reads or writes files, never prints, never formats numbers for people.

pub mod result;
pub mod statistics;
