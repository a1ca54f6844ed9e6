//! What to simulate: text to validated parameters, with line-exact errors; never runs anything.
//!
//! A scenario is an environment file crossed with an operating-model file, perhaps with a transformation file, plus
//! overrides. Read the modules in this order:
//!
//! 1. [`kind`]: the kinds of files and the groups each may set.
//! 2. [`library`]: the files that come with the program.
//! 3. [`mod@load`]: from `model+transformation@environment` to a [`Scenario`].
//! 4. [`scenario`]: what comes out: every value, checked, with its range and its source.
//! 5. [`error`]: what is said when something is wrong.
//! 6. [`mod@write`] and [`record`]: a scenario back to text, and to plain data for a manifest.
//! 7. [`claim`]: a claim of a document as a file: two arms, an outcome, a direction and a mechanism.
//! 8. [`plan`]: what a sweep goes through.
//! 9. [`difference`], [`mod@template`], [`schema`]: views of scenarios and of the table for people and editors.

pub mod claim;
pub mod difference;
pub mod error;
mod excerpt;
mod file;
pub mod kind;
pub mod library;
pub mod load;
mod mixing;
mod nearest;
mod overriding;
pub mod plan;
pub mod record;
mod reference;
pub mod scenario;
pub mod schema;
pub mod template;
pub mod write;

pub use claim::{Claim, ClaimKind};
pub use difference::{Change, diff};
pub use error::ScenarioError;
pub use excerpt::Excerpt;
pub use kind::Kind;
pub use library::{Entry, Library, Listed};
pub use load::{check, load};
pub use nearest::nearest;
pub use plan::SweepPlan;
pub use record::{ResolvedScenario, ResolvedSetting, ResolvedTransformation};
pub use scenario::{Origin, Scenario, Transformation, Uncertainty};
pub use schema::json_schema;
pub use template::template;
pub use write::ScenarioText;
