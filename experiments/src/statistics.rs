//! Every estimator in a small file of its own, with the formula's source; never anything about organisations.
//!
//! Only portable mathematics (`libm`), so that the same numbers come out on every machine.

mod beta;
mod bootstrap;
mod confidence_sequence;
mod estimate;
mod ignorance;
mod interval;
mod moments;
mod normal;
mod quantile;
mod rank;
mod root;
mod share;
pub(crate) mod sketch;
mod values;
mod verdict;

pub use beta::Beta;
pub use bootstrap::{Bootstrapped, bootstrap};
pub use confidence_sequence::{FIRST_LOOK_WORLDS, anytime_half_width};
pub use estimate::Estimate;
pub use ignorance::{Ignorance, TWIN_COMPANIES_MINIMUM};
pub use interval::{IntervalRule, student_quantile};
pub use moments::{Moments, PairMoments};
pub use normal::{normal_cumulative, normal_quantile};
pub use quantile::{MARKS, quantile_of_sorted};
pub use rank::{mid_ranks, rank_correlation};
pub use share::{Share, wilson};
pub use sketch::Sketch;
pub use values::{EXACT_WORLDS, Values};
pub use verdict::{is_settled, towards_better, verdict};
