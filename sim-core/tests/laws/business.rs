//! Money is neither made nor lost by bookkeeping, an insolvent company stays so, and teams go where more is to be won.

use sim_core::events::{Event, EventKind};
use sim_core::outcomes::{Outcome, Outcomes, Series};
use sim_core::parameters::{Funding, LaunchOwner, Parameters};
use sim_core::simulation::{Request, Run, Simulation, Span, WorldKey, run};
use sim_core::world::World;

use crate::watch::{ALL, watched};

const SPAN: Span = Span {
    warm_up_weeks: 26,
    horizon_weeks: 104,
};
/// A cent, where a team costs 20,000 a week.
const CENT: f64 = 0.01 / 20_000.0;

fn key(replication: u64) -> WorldKey {
    WorldKey {
        seed: 16,
        replication,
    }
}

fn get(outcomes: &Outcomes, outcome: Outcome) -> f64 {
    outcomes
        .get(outcome)
        .unwrap_or_else(|| panic!("no {}", outcome.row().name))
}

/// A company in which all of business is at work, money later counting as money now.
fn busy() -> Parameters {
    let mut parameters = Parameters::default();
    parameters.company.discount_per_year = 0.0;
    parameters.environment.line_spread = 0.5;
    parameters.environment.issues_per_team_quarter = 1.0;
    parameters.behaviour.launch_hours_per_item = 20.0;
    parameters.launch.hours = 8.0;
    parameters.launch.owner = LaunchOwner::Product;
    parameters.governance.reallocation_cadence_weeks = 13;
    parameters.mandates.per_line_year = 1.0;
    parameters.mandates.notice_weeks = 13;
    parameters.mandates.effort = 40.0;
    parameters
}

fn projects() -> Parameters {
    let mut parameters = busy();
    parameters.governance.funding = Funding::Project;
    parameters
}

/// Lines, books, reach, staff and ideas of runs in which everything happens.
#[test]
fn the_books_of_a_busy_business_balance() {
    for parameters in [busy(), projects()] {
        for replication in 0..4 {
            watched(&parameters, SPAN, key(replication));
        }
    }
}

/// Cash at the end is cash at the start, what the old business leaves every week, and net value, to the cent: two sets of
/// books, one by line and one of values.
#[test]
fn cash_is_what_there_was_and_what_came_in_less_what_went_out() {
    let changing = Parameters {
        target: Some(Box::new(projects())),
        ..busy()
    };
    for parameters in [Parameters::default(), busy(), projects(), changing] {
        let mut parameters = parameters;
        parameters.company.discount_per_year = 0.0;
        parameters.company.initial_cash = 1000.0;
        let company = &parameters.company;
        let teams = f64::from(company.teams);
        for replication in 0..4 {
            let outcomes = run(&parameters, SPAN, key(replication), Request::default()).outcomes;
            assert!(get(&outcomes, Outcome::InsolventShare) == 0.0);
            let weeks = f64::from(SPAN.horizon_weeks);
            let expected = teams * (company.initial_cash + company.base_contribution * weeks)
                + get(&outcomes, Outcome::NetValue);
            let found = get(&outcomes, Outcome::Cash);
            assert!((found - expected).abs() < CENT, "{found} for {expected}");
            let profit = get(&outcomes, Outcome::LineProfit) * f64::from(parameters.lines()) * weeks;
            assert!((found - teams * company.initial_cash - profit).abs() < CENT);
        }
    }
}

/// Week by week, and line by line.
#[test]
fn the_till_agrees_with_the_books_of_all_lines_in_every_week() {
    let parameters = busy();
    let start = parameters.company.initial_cash * f64::from(parameters.company.teams);
    let mut simulation = Simulation::new(&parameters, SPAN, key(9), Request::default());
    while simulation.step() {
        let organisation = simulation.organisation();
        let books = organisation.lines.iter().map(|line| line.books);
        let profit: f64 = books.map(|books| books.revenue - books.cost).sum();
        assert!((organisation.business.cash - start - profit).abs() < CENT);
    }
}

fn assert_series_end_at_outcomes(run: &Run) {
    let last = run.weekly.last().expect("weeks");
    for (series, outcome) in [
        (Series::NetValue, Outcome::NetValue),
        (Series::ShippedValue, Outcome::ShippedValue),
        (Series::Adoption, Outcome::Adoption),
    ] {
        assert!(
            last[series as usize] == get(&run.outcomes, outcome),
            "{outcome:?}"
        );
    }
}

#[test]
fn weekly_sums_end_at_the_outcomes_also_where_mandates_are_missed() {
    let mut late = busy();
    late.mandates.notice_weeks = 1;
    let run = run(&late, SPAN, key(2), ALL);
    let is_missed = |event: &Event| event.kind == EventKind::MandateMissed;
    assert!(run.events.iter().any(is_missed));
    assert_series_end_at_outcomes(&run);
}

fn poor() -> Parameters {
    let mut parameters = busy();
    parameters.company.base_contribution = 0.2;
    parameters.company.initial_cash = 10.0;
    parameters
}

#[test]
fn insolvency_is_the_end() {
    let whole = run(&poor(), SPAN, key(1), ALL);
    let end = whole.events.last().expect("events");
    assert_eq!(end.kind, EventKind::Insolvent, "nothing happens after it");
    assert!(end.week > 0 && end.week < 60, "{end:?}");
    assert!(get(&whole.outcomes, Outcome::InsolventShare) == 1.0);
    assert!(get(&whole.outcomes, Outcome::Cash) < 0.0);
    assert!(get(&whole.outcomes, Outcome::ValueRateEnd) == 0.0);
    assert_eq!(whole.weekly.len(), SPAN.horizon_weeks as usize);
    let after = &whole.weekly[end.week as usize..];
    for record in after {
        assert!(record[Series::ValueRate as usize] == 0.0);
        assert!(record[Series::CashFlow as usize] == after[0][Series::CashFlow as usize]);
        assert!(record[Series::ShippedValue as usize] == after[0][Series::ShippedValue as usize]);
        assert!(
            record[Series::Morale as usize].is_nan(),
            "nobody is there to have any"
        );
    }
    assert_series_end_at_outcomes(&whole);
    // Flow outcomes are those of the weeks it lived.
    let lived = Span {
        horizon_weeks: end.week as u32,
        ..SPAN
    };
    let until = run(&poor(), lived, key(1), Request::default()).outcomes;
    for outcome in [Outcome::Morale, Outcome::WorkInProgress, Outcome::DiscoveryHours] {
        assert_eq!(whole.outcomes.get(outcome), until.get(outcome));
    }
    // What is lost with the company counts: dying is no way to save cost.
    let mut owned = poor();
    owned.company.initial_cash = f64::INFINITY;
    let kept = run(&owned, SPAN, key(1), Request::default()).outcomes;
    assert_eq!(kept.get(Outcome::Cash), None, "no bound, no figure");
    assert!(get(&kept, Outcome::InsolventShare) == 0.0);
}

/// One team, one line, nothing to build but the mandate, so that its cost is known.
fn billing(train_weeks: u32) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.company.teams = 1;
    parameters.company.discount_per_year = 0.0;
    // Leaders of twelve teams are too many for one.
    (parameters.careers.leaders_per_line, parameters.careers.chief) = (0.0, 0.0);
    parameters.environment.opportunities_per_team_week = 0.0;
    parameters.environment.coupling = 0.0;
    parameters.release.cadence_weeks = train_weeks;
    parameters.mandates.line = 1;
    parameters.mandates.notice_weeks = 10;
    parameters.mandates.deadline_week = 20;
    parameters.mandates.effort = 4.0;
    parameters
}

fn lateness(run: &Run) -> Option<f64> {
    let resumed = run
        .events
        .iter()
        .find(|event| event.kind == EventKind::RevenueResumed)?;
    resumed.detail.split(' ').next()?.parse().ok()
}

#[test]
fn a_missed_deadline_costs_its_stake_for_every_week_until_all_is_live() {
    let mut late = 0;
    for replication in 0..40 {
        let parameters = billing(13);
        let run = run(&parameters, SPAN, key(replication), ALL);
        let weeks = lateness(&run).unwrap_or(0.0);
        late += u32::from(weeks > 0.0);
        let company = &parameters.company;
        let stopped = weeks * parameters.mandates.stake * company.base_revenue;
        let net = -get(&run.outcomes, Outcome::TotalCost) - stopped;
        assert!((get(&run.outcomes, Outcome::NetValue) - net).abs() < CENT);
        let missed = run
            .events
            .iter()
            .any(|event| event.kind == EventKind::MandateMissed);
        assert_eq!(missed, weeks > 0.0);
    }
    assert!(late > 4, "{late}");
}

/// Emergent: nobody planned it, but what is finished in time waits for the train. 60 worlds; under equal chances a
/// difference of 20 in the number of late worlds has a probability below 1 in 1000.
#[test]
fn long_trains_make_mandates_late_and_companies_insolvent() {
    let count = |train_weeks, happened: &dyn Fn(&Run) -> bool| {
        let mut parameters = billing(train_weeks);
        parameters.company.initial_cash = 6.0;
        parameters.mandates.stake = 0.8;
        let runs = (0..60).map(|replication| run(&parameters, SPAN, key(replication), ALL));
        runs.filter(|run| happened(run)).count()
    };
    let insolvent = |run: &Run| get(&run.outcomes, Outcome::InsolventShare) > 0.0;
    let (on_demand, train) = (count(0, &insolvent), count(26, &insolvent));
    assert!(
        train >= on_demand + 20,
        "{on_demand} on demand, {train} with trains"
    );
}

/// Two lines whose needs are all alike but for one factor of the line, known to who decides.
fn two_lines(line_spread: f64) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.company.teams = 8;
    let environment = &mut parameters.environment;
    environment.line_spread = line_spread;
    environment.line_shift_weeks = 1000;
    environment.value_location = 1.0;
    environment.value_spread = 0.0;
    environment.effort_spread = 0.0;
    environment.delight_spread = 0.0;
    environment.local_spread = 0.0;
    environment.overlap_share = 0.0;
    environment.loud_share = 1.0;
    parameters.behaviour.prior_weight = 0.0;
    parameters.behaviour.first_estimate_noise = 0.0;
    parameters.behaviour.allocation_noise = 0.0;
    parameters.governance.reallocation_cadence_weeks = 13;
    parameters
}

fn moves(run: &Run) -> Vec<&Event> {
    run.events
        .iter()
        .filter(|event| event.kind == EventKind::TeamsMoved)
        .collect()
}

#[test]
fn teams_move_to_the_line_where_one_more_brings_more() {
    let parameters = two_lines(0.6);
    let mut moved = 0;
    for replication in 0..20 {
        let run = run(&parameters, SPAN, key(replication), ALL);
        let world = World::new(&parameters, key(replication).seed, replication, -26);
        for event in moves(&run).iter().filter(|event| event.week > 0) {
            let worth = |line| world.prospects(&parameters, line, event.week);
            let better = usize::from(worth(1) > worth(0));
            assert_eq!(event.team as usize / 4, better, "{event:?}");
            moved += 1;
        }
    }
    assert!(moved > 10, "{moved}");
}

#[test]
fn teams_stay_where_all_lines_bring_the_same() {
    for replication in 0..10 {
        let run = run(&two_lines(0.0), SPAN, key(replication), ALL);
        let later: Vec<_> = moves(&run).into_iter().filter(|event| event.week > 0).collect();
        assert!(later.is_empty(), "{later:?}");
    }
}

#[test]
fn projects_are_funded_by_claims_once_a_year() {
    let run = run(&projects(), SPAN, key(2), ALL);
    let weeks: Vec<i32> = moves(&run).iter().map(|event| event.week).collect();
    assert_eq!(weeks, [0, 52]);
}
