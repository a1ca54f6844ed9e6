//! The organisation in motion: teams, product people, stakeholders and customers, week by week.
//!
//! Pure: no input or output, no clock, no threads, no global state. The same parameters and the same world key give the
//! same run, bit for bit, on every machine. Read the modules in this order:
//!
//! 1. [`parameters`]: the one table of everything a run depends on.
//! 2. [`outcomes`]: the one table of everything a run reports.
//! 3. [`simulation`]: one run, and the state that can be stepped, snapshotted and forked.
//! 4. [`policy`]: constants that follow from the parameters; [`transition`]: those of a change from one model to another.
//! 5. [`sight`]: what people of some craft see and find out under a policy; [`growth`]: how craft grows and fades.
//! 6. [`world`]: what no decision can change; [`random`] and [`math`] beneath it.
//! 7. [`organisation`]: the state; [`belief`] and [`choice`]: how people judge and choose.
//! 8. `behaviour`: the rules, one file for each step of the week.
//! 9. [`measures`], [`costs`], [`events`], [`history`]: what is written down; [`prevention`]: what is kept from happening.

mod behaviour;
pub mod belief;
pub mod choice;
pub mod costs;
pub mod events;
pub mod growth;
pub mod history;
pub mod math;
pub mod measures;
pub mod organisation;
pub mod outcomes;
pub mod parameters;
pub mod policy;
pub mod prevention;
pub mod random;
pub mod sight;
pub mod simulation;
pub mod transition;
pub mod world;
