//! The organisation in motion: teams, product people, stakeholders and customers, week by week.
//!
//! Pure: no input or output, no clock, no threads, no global state. The same parameters and the same world key give the
//! same run, bit for bit, on every machine. Read the modules in this order:
//!
//! 1. [`parameters`]: the one table of everything a run depends on.
//! 2. [`outcomes`]: the one table of everything a run reports.
//! 3. [`simulation`]: one run, and the state that can be stepped, snapshotted and forked.
//! 4. [`policy`]: constants that follow from the parameters.
//! 5. [`world`]: what no decision can change; [`random`] and [`math`] beneath it.
//! 6. [`organisation`]: the state; [`belief`] and [`choice`]: how people judge and choose.
//! 7. `behaviour`: the rules, one file for each step of the week.
//! 8. [`measures`], [`costs`], [`events`]: what is written down.

mod behaviour;
pub mod belief;
pub mod choice;
pub mod costs;
pub mod events;
pub mod math;
pub mod measures;
pub mod organisation;
pub mod outcomes;
pub mod parameters;
pub mod policy;
pub mod random;
pub mod simulation;
pub mod world;
