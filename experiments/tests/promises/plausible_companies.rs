//! Plausible companies: the same in every arm, viable, dropped ones counted, chance told from ignorance.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use experiments::result::Stopped;
use experiments::statistics::IntervalRule;
use experiments::{ComparisonPlan, Stopping, compare};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::{Request, Span, WorldKey};

use crate::toy::{engine, plan, scenario};

const SHARED: &[(&str, f64, f64)] = &[
    ("environment.coupling", 0.1, 1.0),
    ("company.discovery_craft", 0.15, 0.7),
    ("behaviour.dependency_hours", 1.5, 10.0),
];

fn plausible(arms: Vec<scenarios::Scenario>, stopping: Stopping) -> ComparisonPlan {
    ComparisonPlan {
        plausible: true,
        stopping,
        plausible_cap: 200,
        cap: 400,
        ..plan(arms)
    }
}

#[test]
fn arms_share_every_uncertainty_of_the_company_and_differ_in_levers() {
    let seen = Mutex::new(Vec::new());
    let spy = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        seen.lock().unwrap().push((key.replication, parameters.clone()));
        engine(parameters, span, key, request)
    };
    let lever = [SHARED, &[("discovery.hours", 0.0, 6.0)]].concat();
    let other = [SHARED, &[("discovery.hours", 4.0, 16.0)]].concat();
    let arms = vec![
        scenario(
            "a",
            &[("strategy.clarity", 0.9), ("discovery.hours", 3.0)],
            &lever,
        ),
        scenario(
            "b",
            &[("strategy.clarity", 0.9), ("discovery.hours", 8.0)],
            &other,
        ),
    ];
    let plan = ComparisonPlan {
        threads: 1,
        ..plausible(arms, Stopping::Fixed(50))
    };
    compare(&plan, &spy, &mut (), &AtomicBool::new(false)).unwrap();
    let seen = seen.into_inner().unwrap();
    // The first hundred runs are those under the settings; then come companies: four checks, the arms, the twins. One
    // thread works on them in order, on a few more than are needed.
    let companies: Vec<&(u64, Parameters)> = seen[100..]
        .iter()
        .filter(|run| run.0 < 1 << 62)
        .take(100)
        .collect();
    assert_eq!(companies.len(), 100);
    let mut couplings = Vec::new();
    for pair in companies.chunks(2) {
        let (first, second) = (&pair[0].1, &pair[1].1);
        assert_eq!(
            (first.company.clone(), &first.environment),
            (second.company.clone(), &second.environment)
        );
        assert_eq!(first.behaviour, second.behaviour);
        assert!(
            first.discovery.hours < second.discovery.hours,
            "levers are coupled by their quantile"
        );
        assert!((0.1..=1.0).contains(&first.environment.coupling));
        couplings.push(first.environment.coupling.to_bits());
    }
    couplings.sort_unstable();
    couplings.dedup();
    assert_eq!(couplings.len(), 50, "every company is another one");
}

#[test]
fn companies_whose_baseline_is_not_viable_are_dropped_and_counted() {
    // Return = clarity × 2 plus luck of standard deviation 0.2 over four worlds: about half of the draws fall below 0.5.
    let arms = vec![
        scenario(
            "a",
            &[("strategy.clarity", 0.25)],
            &[("strategy.clarity", 0.0, 0.5)],
        ),
        scenario("b", &[("strategy.clarity", 0.5)], &[]),
    ];
    let found = compare(
        &plausible(arms, Stopping::Fixed(100)),
        &engine,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    let plausible = found.plausible.unwrap();
    assert_eq!(
        (plausible.replications, plausible.stopped),
        (100, Stopped::AsAsked)
    );
    assert!(
        (60..160).contains(&plausible.companies_dropped),
        "{}",
        plausible.companies_dropped
    );
    assert_eq!(
        (found.settings.companies_dropped, plausible.worlds_failed),
        (0, 0)
    );
}

#[test]
fn a_company_that_is_never_viable_ends_at_the_cap_with_every_draw_counted() {
    let arms = vec![
        scenario("a", &[("strategy.clarity", 0.0)], &[]),
        scenario("b", &[("strategy.clarity", 0.5)], &[]),
    ];
    let hopeless = |parameters: &Parameters, span: Span, key: WorldKey, request: Request| {
        let mut run = engine(parameters, span, key, request);
        run.outcomes.set(Outcome::ReturnOnTeamCost, 0.4);
        run
    };
    let found = compare(
        &plausible(arms, Stopping::Fixed(10)),
        &hopeless,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    let plausible = found.plausible.unwrap();
    assert_eq!(
        (
            plausible.replications,
            plausible.companies_dropped,
            plausible.stopped
        ),
        (0, 440, Stopped::Cap)
    );
    assert_eq!(
        plausible.interval_rule,
        IntervalRule::FixedNumber,
        "however it ended, the number was fixed beforehand"
    );
    assert!(!plausible.carries_a_verdict() && found.settings.carries_a_verdict());
}

#[test]
fn a_few_viable_companies_carry_no_verdict() {
    // Return = clarity × 2 plus luck of standard deviation 0.1 in the mean of four worlds: few draws reach 0.5.
    let arms = vec![
        scenario(
            "a",
            &[("strategy.clarity", 0.1)],
            &[("strategy.clarity", 0.0, 0.3)],
        ),
        scenario("b", &[("strategy.clarity", 0.5)], &[]),
    ];
    let found = compare(
        &plausible(arms, Stopping::Fixed(100)),
        &engine,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    let plausible = found.plausible.unwrap();
    let viable = plausible.replications;
    assert!(
        (10..100).contains(&viable),
        "{viable} of {}",
        plausible.companies_drawn()
    );
    let verdicts = |basis: &experiments::result::BasisResult| {
        let outcomes = basis.pairs.iter().flat_map(|pair| &pair.outcomes);
        outcomes
            .filter(|(_, difference)| difference.verdict.is_some())
            .count()
    };
    assert_eq!(verdicts(&plausible), 0);
    assert!(verdicts(&found.settings) > 0);
}

#[test]
fn contradicting_draws_are_drawn_again_and_counted() {
    // A cadence of 1 to 4 weeks with 3 slack weeks is a contradiction unless the cadence is 4.
    let range = [("commitment.cadence_weeks", 1.0, 4.0)];
    let values = [
        ("commitment.cadence_weeks", 4.0),
        ("commitment.slack_weeks", 3.0),
        ("strategy.clarity", 0.9),
    ];
    let arms = vec![scenario("a", &values, &range), scenario("b", &values, &range)];
    let found = compare(
        &plausible(arms, Stopping::Fixed(50)),
        &engine,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    let plausible = found.plausible.unwrap();
    assert_eq!((plausible.replications, plausible.worlds_failed), (50, 0));
    assert!(
        plausible.companies_redrawn > 10,
        "{}",
        plausible.companies_redrawn
    );
}

#[test]
fn chance_and_ignorance_are_told_apart() {
    // Difference = 100 × (clarity of b − 0.5) + 5 × small luck; clarity varies by about ±0.1 between companies.
    let arms = vec![
        scenario("a", &[("strategy.clarity", 0.5)], &[]),
        scenario(
            "b",
            &[("strategy.clarity", 0.55)],
            &[("strategy.clarity", 0.3, 0.8)],
        ),
    ];
    let plan = ComparisonPlan {
        stopping: Stopping::Fixed(1000),
        plausible: true,
        ..plan(arms)
    };
    let found = compare(&plan, &engine, &mut (), &AtomicBool::new(false)).unwrap();
    let value = |pairs: &[experiments::result::PairResult]| pairs[0].outcomes[0].1.clone();
    let (settings, plausible) = (
        value(&found.settings.pairs),
        value(&found.plausible.unwrap().pairs),
    );
    assert_eq!(
        (settings.ignorance_share, settings.companies_better),
        (None, None)
    );
    assert!(plausible.ignorance_share.unwrap() > 0.98, "{plausible:?}");
    // PERT(0.3, 0.55, 0.8) is symmetric: P(clarity > 0.5) = P(Beta(3, 3) > 0.4) = 0.683; 1,000 companies: s.e. 0.015.
    assert!(
        (plausible.companies_better.unwrap() - 0.683).abs() < 0.06,
        "{plausible:?}"
    );
}
