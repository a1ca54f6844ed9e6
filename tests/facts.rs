//! Stylised facts of people, pairs, changes and business, in few worlds: `docs/validation.md` has all of them in many.
//!
//! *Imposed* facts follow from a stated form and show only that it works; *emergent* ones come out of the interplay of rules.
//! A test says what was found and would notice if it no longer came out so; none was wished for. Each asks for four standard
//! errors between paired worlds of fixed seeds: for a new seed, a false alarm where there is no effect with probability 3e-5.

use experiments::statistics::Moments;
use sim_core::outcomes::{Outcome, Outcomes, Series};
use sim_core::simulation::{Request, Run, Span, WorldKey, run};

const SEED: u64 = 9;
const WORLDS: u64 = 60;
const STANDARD_ERRORS: f64 = 4.0;

fn runs(name: &str, changes: &[&str], horizon_weeks: u32) -> Vec<Run> {
    let scenario = scenarios::load(name, None, changes).expect("it is in the library");
    let span = Span {
        warm_up_weeks: scenario.warm_up_weeks,
        horizon_weeks,
    };
    let request = Request {
        weekly: true,
        ..Request::default()
    };
    let world = |replication| {
        let key = WorldKey {
            seed: SEED,
            replication,
        };
        run(&scenario.parameters, span, key, request)
    };
    (0..WORLDS).map(world).collect()
}

fn outcomes(name: &str, changes: &[&str]) -> Vec<Outcomes> {
    let runs = runs(name, changes, 156).into_iter();
    runs.map(|run| run.outcomes).collect()
}

/// Mean of paired differences in standard errors, and the mean itself.
fn distance(one: &[f64], other: &[f64]) -> (f64, f64) {
    let mut differences = Moments::default();
    for (one, other) in one.iter().zip(other) {
        differences.add(one - other);
    }
    let mean = differences.mean().expect("there are worlds");
    (
        mean / differences.standard_error().expect("there are several"),
        mean,
    )
}

fn of(outcomes: &[Outcomes], outcome: Outcome) -> Vec<f64> {
    let values = outcomes.iter().map(|outcomes| outcomes.get(outcome));
    values.map(|value| value.expect("every world has it")).collect()
}

#[track_caller]
fn assert_more(one: &[f64], other: &[f64], what: &str) {
    let (distance, mean) = distance(one, other);
    assert!(
        distance > STANDARD_ERRORS,
        "{what}: {mean} more, {distance} standard errors"
    );
}

/// Mechanism 11. Talks and knowledge of teams are shared among owners.
#[test]
fn imposed_a_manager_is_worth_less_to_each_of_many_owners() {
    let [few, many] = ["1", "8"].map(|owners| {
        let owners = format!("roles.owners_per_manager={owners}");
        outcomes("pm-po-pair", &[&owners])
    });
    let trust = |outcomes| of(outcomes, Outcome::DyadTrust);
    assert_more(&trust(&few), &trust(&many), "trust with one owner");
    let waits = |outcomes| of(outcomes, Outcome::DecisionDelayWeeks);
    assert_more(
        &waits(&many),
        &waits(&few),
        "weeks that decisions wait with eight owners",
    );
}

/// Mechanism 11. Nothing in the rules says what it costs the company.
#[test]
fn emergent_many_owners_for_one_manager_ship_less_value() {
    let [few, many] = ["1", "8"].map(|owners| {
        let owners = format!("roles.owners_per_manager={owners}");
        of(&outcomes("pm-po-pair", &[&owners]), Outcome::ShippedValue)
    });
    assert_more(&few, &many, "value with one owner");
}

/// Mechanism 12. Craft fades unless it is practised.
#[test]
fn imposed_who_may_practise_keeps_more_craft() {
    let craft = |changes: &[&str]| of(&outcomes("safe", changes), Outcome::Craft);
    let practised = craft(&["discovery.hours=8", "customer_access.product_people=0.55"]);
    assert_more(&practised, &craft(&["discovery.hours=0"]), "craft with practice");
}

/// Mechanism 12. Two weeks of training for everybody every year lift craft; nothing in the rules says that this is worth
/// little where nobody may use it. The interval of what it brings stays below a tenth of what is shipped.
#[test]
fn emergent_training_alone_brings_little_where_nobody_may_practise() {
    let [untrained, trained] = ["0", "1"].map(|share| {
        let share = format!("careers.training_share={share}");
        outcomes("safe", &[&share, "careers.training_weeks=2", "discovery.hours=0"])
    });
    let craft = |outcomes| of(outcomes, Outcome::Craft);
    assert_more(&craft(&trained), &craft(&untrained), "craft with training");
    let value = |outcomes| of(outcomes, Outcome::ShippedValue);
    let (distance, mean) = distance(&value(&trained), &value(&untrained));
    let most = mean + STANDARD_ERRORS * (mean / distance).abs();
    let shipped = value(&untrained).iter().sum::<f64>() / WORLDS as f64;
    assert!(most < 0.1 * shipped, "training brings up to {most} of {shipped}");
}

/// Mechanism 15. Fees come first and value later; that value makes up for fees is nowhere in the rules.
#[test]
fn emergent_a_change_costs_before_it_pays() {
    let net = |name: &str| -> Vec<Vec<f64>> {
        let weeks = runs(name, &[], 312).into_iter();
        weeks
            .map(|run| {
                run.weekly
                    .iter()
                    .map(|week| week[Series::NetValue as usize])
                    .collect()
            })
            .collect()
    };
    let (changed, same) = (net("safe+full"), net("safe"));
    let at = |worlds: &[Vec<f64>], week: usize| worlds.iter().map(|weeks| weeks[week]).collect::<Vec<f64>>();
    assert_more(
        &at(&same, 39),
        &at(&changed, 39),
        "net value after three quarters without a change",
    );
    assert_more(
        &at(&changed, 311),
        &at(&same, 311),
        "net value after six years with a change",
    );
}

/// Mechanism 15. Middle managers own less of a change than the top: fewer teams adopt, as the sponsor is weaker.
#[test]
fn imposed_fewer_adopt_where_middle_managers_own_the_change() {
    let adoption = |name: &str| -> Vec<f64> {
        let runs = runs(name, &[], 156).into_iter();
        let outcomes: Vec<Outcomes> = runs.map(|run| run.outcomes).collect();
        of(&outcomes, Outcome::Adoption)
    };
    assert_more(
        &adoption("safe+full"),
        &adoption("safe+middle-managed"),
        "adoption after three years of a change owned at the top",
    );
}

/// Mechanism 16. What is finished in time waits for the train.
#[test]
fn emergent_long_trains_make_companies_with_a_mandate_insolvent() {
    let insolvent = |weeks: &str| {
        let train = format!("release.cadence_weeks={weeks}");
        let runs = runs("safe@utility-billing", &[&train], 260).into_iter();
        let outcomes: Vec<Outcomes> = runs.map(|run| run.outcomes).collect();
        of(&outcomes, Outcome::InsolventShare)
    };
    let (distance, mean) = distance(&insolvent("26"), &insolvent("0"));
    // One world of sixty may go the other way; three standard errors of so few yes and no are enough.
    assert!(distance > 3.0, "{mean} more, {distance} standard errors");
}

/// Mechanism 16. Launch work is paid for and reaches users sooner; that it is worth its price comes out of the rules.
#[test]
fn emergent_launch_work_that_nobody_does_is_missed() {
    let value = |owner: &str| {
        let owner = format!("launch.owner={owner}");
        of(&outcomes("empowered", &[&owner]), Outcome::ShippedValue)
    };
    assert_more(&value("product"), &value("nobody"), "value with launch work");
}
