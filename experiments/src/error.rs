//! Why a comparison cannot start or go on, in words for people.

use scenarios::Uncertainty;

use crate::sensitivity::Failures;
use crate::slice::Slice;

/// An error of whoever keeps what is finished.
pub type KeeperError = Box<dyn std::error::Error + Send + Sync>;

/// Why a comparison did not run.
#[derive(Debug, thiserror::Error)]
pub enum ComparisonError {
    /// Fewer than two arms.
    #[error("a comparison needs at least two arms, and {0} is given: name two scenarios or more")]
    TooFewArms(usize),
    /// Two arms with one name.
    #[error("two arms are called {0}: give each arm a name of its own")]
    SameName(String),
    /// Scenarios whose values do not pass their check.
    #[error("{arm}: {reason}")]
    BadScenario {
        /// Name of the arm.
        arm: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A plausible range that cannot be drawn from.
    #[error(
        "{arm}: {path} cannot be drawn: its plausible range {low} to {high} must be finite and hold its value {mode}; \
         change the range or the value, or skip plausible companies"
    )]
    BadRange {
        /// Name of the arm.
        arm: String,
        /// The parameter.
        path: String,
        /// Smallest plausible value.
        low: f64,
        /// Value in the scenario.
        mode: f64,
        /// Largest plausible value.
        high: f64,
    },
    /// A number of the plan that is out of its range.
    #[error("{what} is {value}: allowed is {allowed}")]
    BadPlan {
        /// What is wrong, in words.
        what: &'static str,
        /// Its value.
        value: String,
        /// What is allowed.
        allowed: &'static str,
    },
    /// The world of a story cannot be run.
    #[error("the world cannot be told, because a run of it breaks off: {reason}")]
    Story {
        /// What went wrong.
        reason: String,
    },
    /// A fork in a week that is not simulated.
    #[error(
        "week {week} is outside of the run: arms can part from week {first}, the first, to week {last}, the last"
    )]
    ForkOutside {
        /// The week asked for.
        week: i32,
        /// First week of the run.
        first: i64,
        /// Last week of the run.
        last: i64,
    },
    /// Arms that cannot share a history.
    #[error(
        "{arm} cannot go on from the history of {baseline}: {path} is {} in {baseline} and {} in {arm}, and company, \
         environment and behaviour do not change with the way of working; put both arms in one environment, or compare \
         without a fork",
        values[0], values[1]
    )]
    ForkElsewhere {
        /// The arm.
        arm: String,
        /// The arm whose history is shared.
        baseline: String,
        /// The parameter in which they part.
        path: String,
        /// Its value, and plausible range if any, in the baseline and in the arm.
        values: Box<[String; 2]>,
    },
    /// A slice of a study whose length is not fixed.
    #[error(
        "slice {slice} of a study that looks at its verdict to know when to end cannot be run alone: nobody sees all worlds; \
         fix their number with --replications N"
    )]
    SlicedWhileLooking {
        /// The slice.
        slice: Slice,
    },
    /// Two arms that do the same.
    #[error(
        "{one} and {other} have the same parameters, so nothing lies between them: name two that differ, or change one, \
         as in --set {other}:group.parameter=VALUE"
    )]
    IdenticalArms {
        /// Name of the one.
        one: String,
        /// Name of the other.
        other: String,
    },
    /// A design that would never end.
    #[error("{design} make {runs} runs; at most {most} are possible: ask for fewer")]
    TooManyRuns {
        /// What is multiplied, in words.
        design: String,
        /// How many runs that makes.
        runs: u128,
        /// How many are possible.
        most: u64,
    },
    /// An outcome in which nobody can be better.
    #[error(
        "{outcome} has no better direction, so nobody can be ahead in it: choose another outcome with --outcome; \
         `orgsim outcomes` lists them"
    )]
    NoBetter {
        /// Name of the outcome.
        outcome: &'static str,
    },
    /// Two axes that set one thing.
    #[error("both axes set {path}: give --x and --y two different ones")]
    SameAxis {
        /// The parameter.
        path: String,
    },
    /// A parameter that is to be inferred twice.
    #[error("{path} is named twice: name each parameter once")]
    NamedTwice {
        /// The parameter.
        path: String,
    },
    /// An axis along something that is no number.
    #[error("{path} is no number (it is {allowed}), so it cannot be an axis: choose another parameter")]
    NoNumber {
        /// The parameter.
        path: String,
        /// What it may be.
        allowed: String,
    },
    /// An axis that cannot be walked along.
    #[error(
        "an axis along {path} from {low} to {high} is not possible: its start must lie below its end, both within {allowed}; \
         give a range, as in {path}=LOW..HIGH"
    )]
    BadAxis {
        /// The parameter.
        path: String,
        /// Where it starts.
        low: f64,
        /// Where it ends.
        high: f64,
        /// What is allowed.
        allowed: String,
    },
    /// No parameter that could be drawn.
    #[error(
        "nothing is uncertain in these scenarios, so there are no companies to search: give parameters a plausible range \
         in their files; `orgsim parameters` shows the ranges there are"
    )]
    NothingUncertain,
    /// Every world failed.
    #[error(
        "no world came to its end without a failure, so there is nothing to tell; the first one: {reason}"
    )]
    NothingLeft {
        /// What went wrong first.
        reason: String,
    },
    /// An experiment of which almost everything failed.
    #[error("fewer than two {what} are complete, so nothing can be said")]
    TooFewComplete {
        /// `trajectories` or `samples`.
        what: &'static str,
        /// What failed, and where.
        failures: Box<Failures>,
    },
    /// Threads could not be started.
    #[error("{threads} threads could not be started: {reason}; ask for fewer")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        reason: String,
    },
    /// Somebody cancelled, or whoever watches wanted no more.
    #[error("it was stopped before its end")]
    Stopped,
    /// Whoever keeps what is finished gave up.
    #[error(transparent)]
    Keeper(KeeperError),
}

impl ComparisonError {
    pub(crate) fn bad_range(arm: &str, uncertainty: &Uncertainty) -> Self {
        Self::BadRange {
            arm: arm.to_owned(),
            path: uncertainty.parameter.path(),
            low: uncertainty.low,
            mode: uncertainty.mode,
            high: uncertainty.high,
        }
    }
}
