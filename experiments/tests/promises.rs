//! One file per promise of a comparison, all on a small engine whose answers are known.

#[path = "promises/attribution.rs"]
mod attribution;
#[path = "promises/bounds_and_budget.rs"]
mod bounds_and_budget;
#[path = "promises/breakeven.rs"]
mod breakeven;
#[path = "promises/calibration.rs"]
mod calibration;
#[path = "promises/choice.rs"]
mod choice;
#[path = "promises/claims.rs"]
mod claims;
#[path = "promises/coverage.rs"]
mod coverage;
#[path = "promises/discovery.rs"]
mod discovery;
#[path = "promises/evaluation.rs"]
mod evaluation;
#[path = "promises/failures.rs"]
mod failures;
#[path = "promises/plausible_companies.rs"]
mod plausible_companies;
#[path = "promises/reproducibility.rs"]
mod reproducibility;
#[path = "promises/sensitivity.rs"]
mod sensitivity;
#[path = "promises/textbook.rs"]
mod textbook;
#[path = "promises/toy.rs"]
mod toy;
#[path = "promises/verdicts.rs"]
mod verdicts;
