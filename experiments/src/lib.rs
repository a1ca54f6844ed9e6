//! How often, with which settings, and what follows: Monte Carlo, pairing, precision.
//!
//! Never reads or writes files, never prints, never formats numbers for people. Read in this order:
//!
//! 1. [`comparison`]: what is compared, and the function that does it.
//! 2. [`stopping`]: when worlds suffice; [`plausible`]: which companies are drawn.
//! 3. [`engine`], [`fork`], [`block`], [`observer`]: what runs a world, also from a shared history, what a slice of worlds
//!    gives, who watches.
//! 4. [`statistics`]: every estimator; [`result`]: everything that was found.
//! 5. [`course`]: how changes went on; [`budget`], [`bounds`]: arms at equal cost, and what the best and the worst choosing would give.
//! 6. [`evaluation`]: runs of any design, on which all experiments beyond a comparison rest; [`sampling`]: designs.
//! 7. [`sensitivity`]: which assumptions matter; [`sweep`](mod@sweep): what happens across settings.
//! 8. [`ledger`]: many claims over one sample of plausible companies.
//! 9. [`slice`](mod@slice): parts of a comparison or an experiment that run apart.
//! 10. [`calibration`]: from a history of work items to the parameters that may have made it.
//! 11. [`mod@story`]: one world, and what each of its events was worth.

pub mod attribution;
pub mod block;
pub mod bounds;
pub mod breakeven;
pub mod budget;
pub mod calibration;
mod chance;
pub mod choice;
mod collection;
pub mod comparison;
pub mod course;
mod design;
pub mod discovery;
pub mod engine;
pub mod error;
pub mod evaluation;
pub mod fork;
mod keyed;
pub mod ledger;
pub mod observer;
pub mod peeling;
pub mod plausible;
pub mod regret;
pub mod result;
pub mod sampling;
pub mod screening;
pub mod sensitivity;
pub mod slice;
pub mod statistics;
pub mod stopping;
pub mod story;
pub mod sweep;
mod tally;
pub mod weekly;
mod worlds;

pub use comparison::{ComparisonPlan, compare};
pub use engine::{Engine, Simulator};
pub use error::ComparisonError;
pub use observer::{Observer, Progress};
pub use slice::Slice;
pub use stopping::Stopping;
