//! What to simulate: text to validated parameters, with line-exact errors.

pub mod scenario;

pub use scenario::{Origin, Scenario, Uncertainty};
