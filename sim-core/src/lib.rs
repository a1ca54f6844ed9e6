//! The organisation in motion: teams, product people, stakeholders and customers, week by week.
//!
//! Pure: no input or output, no clock, no threads, no global state. The same parameters and the same world key give the
//! same run, bit for bit, on every machine. Read the modules in this order:
//!
//! 1. [`parameters`]: the one table of everything a run depends on.
//! 2. [`outcomes`]: the one table of everything a run reports.

pub mod math;
pub mod outcomes;
pub mod parameters;
pub mod random;
pub mod simulation;
