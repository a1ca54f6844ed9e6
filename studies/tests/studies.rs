//! What a study folder promises, on a small engine.

#[path = "studies/damage.rs"]
mod damage;
#[path = "studies/finished.rs"]
mod finished;
#[path = "studies/killed.rs"]
mod killed;
#[path = "studies/refusals.rs"]
mod refusals;
#[path = "studies/same_bytes.rs"]
mod same_bytes;
#[path = "studies/toy.rs"]
mod toy;
