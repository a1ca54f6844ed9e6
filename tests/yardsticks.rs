//! The yardsticks of theory against their own published values, and the engine laid on them, limit case by limit case.
//!
//! All seeds are fixed. A comparison fails beyond five standard errors: for a new seed, a false alarm with probability
//! 5.7e-7 each, below 4e-5 for all of them together. Where no chance is left, only rounding is allowed.

mod limits;
mod theory;

use limits::{Comparison, Effort};

const LIMIT_STANDARD_ERRORS: f64 = 5.0;
const ONCE: Effort = Effort(1);

#[track_caller]
fn assert_agree(comparisons: Vec<Comparison>) {
    assert!(!comparisons.is_empty());
    // Not a number is a disagreement too.
    let disagrees = |comparison: &&Comparison| {
        let agrees = comparison.distance() < LIMIT_STANDARD_ERRORS;
        !agrees
    };
    let told = |comparison: &Comparison| {
        format!(
            "{}: {} found, {} by theory [{}], standard error {:?}",
            comparison.what, comparison.found, comparison.theory, comparison.unit, comparison.standard_error
        )
    };
    let disagreements: Vec<_> = comparisons.iter().filter(disagrees).map(told).collect();
    assert!(disagreements.is_empty(), "{disagreements:#?}");
}

#[test]
fn lead_times_are_those_of_queueing_theory() {
    assert_agree(limits::queues(ONCE));
}

#[test]
fn waits_at_gates_are_uniform() {
    assert_agree(limits::gates(ONCE));
}

#[test]
fn backlogs_are_worked_off_in_smiths_order() {
    assert_agree(limits::orders(ONCE));
}

#[test]
fn hand_offs_keep_what_retention_says() {
    assert_agree(limits::hand_offs());
}

#[test]
fn beliefs_are_updated_by_the_conjugate_formula_and_calibrated() {
    assert_agree(limits::beliefs(ONCE));
}

#[test]
fn exact_beliefs_are_posterior_means() {
    assert_agree(limits::exact_beliefs());
}

#[test]
fn testing_under_fat_tails_is_worth_what_theory_says() {
    assert_agree(limits::fat_tails(ONCE));
}

#[test]
fn choosing_by_judgement_brings_what_the_breeders_equation_says() {
    assert_agree(limits::selection(ONCE));
}

#[test]
fn craft_grows_fades_and_is_chosen_as_theory_says() {
    assert_agree(limits::careers(ONCE));
}

#[test]
fn measurements_err_as_often_as_they_should() {
    assert_agree(limits::measurements(ONCE));
}

#[test]
fn value_is_discounted_and_worn_and_costs_add_up() {
    assert_agree(limits::money());
}

#[test]
fn cash_reach_and_overdue_mandates_are_as_their_closed_forms_say() {
    assert_agree(limits::business());
}

#[test]
fn changes_spread_cost_and_are_sponsored_as_their_laws_say() {
    assert_agree(limits::change(ONCE));
}

#[test]
fn a_pair_of_one_mind_is_one_person_with_the_hours_of_both() {
    assert_agree(limits::of_one_mind());
}

#[test]
fn two_minds_judge_as_one_of_averaged_judgement() {
    assert_agree(limits::two_minds(ONCE));
}

#[test]
fn chains_keep_what_their_links_keep() {
    assert_agree(limits::relays());
}

#[test]
fn trust_of_pairs_settles_where_talks_and_conflicts_balance_and_decisions_wait_by_it() {
    assert_agree(limits::trust(ONCE));
}
