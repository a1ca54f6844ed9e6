//! Transformations: adoption follows its closed form, nobody is lost on the way, and a change to the same is no change.

use sim_core::events::EventKind;
use sim_core::outcomes::{Outcome, Series};
use sim_core::parameters::{Parameters, Style, WaveOf};
use sim_core::simulation::{Run, Simulation, Span, WorldKey, run};

use crate::likeness::assert_same;
use crate::watch::{ALL, watched};

const SPAN: Span = Span {
    warm_up_weeks: 30,
    horizon_weeks: 156,
};

fn key(replication: u64) -> WorldKey {
    WorldKey { seed: 8, replication }
}

/// A model that differs from the default one in every group.
fn other_model() -> Parameters {
    let mut parameters = Parameters::default();
    parameters.commitment.style = Style::Pull;
    parameters.commitment.cadence_weeks = 2;
    parameters.commitment.slack_weeks = 0;
    parameters.commitment.backlog_limit = 40;
    parameters.discovery.hours = 9.0;
    parameters.customer_access.product_people = 0.8;
    parameters.incentives.outcome_weight = 0.8;
    parameters.strategy.clarity = 0.8;
    parameters.roles.hand_offs = 1;
    parameters.governance.executive_weight = 0.1;
    parameters.release.cadence_weeks = 0;
    parameters
}

fn changing_to(target: Parameters) -> Parameters {
    Parameters {
        target: Some(Box::new(target)),
        ..Parameters::default()
    }
}

/// A change that costs nothing but what it changes.
fn without_fees(mut parameters: Parameters) -> Parameters {
    let change = &mut parameters.transformation;
    (change.training, change.c_suite_ownership) = (0.0, 0.0);
    parameters
}

#[test]
fn a_change_to_the_same_model_without_training_and_fees_is_no_change() {
    for start in [Parameters::default(), other_model()] {
        let changing = Parameters {
            target: Some(Box::new(start.clone())),
            ..without_fees(start.clone())
        };
        let same = run(&start, SPAN, key(1), ALL);
        let mut changed = run(&changing, SPAN, key(1), ALL);
        changed
            .events
            .retain(|event| !matches!(event.kind, EventKind::Invited | EventKind::SponsorLeft));
        let numbered = changed
            .events
            .iter()
            .zip(&same.events)
            .all(|(one, other)| one.kind == other.kind);
        assert!(numbered && changed.events.len() == same.events.len());
        changed.events.clone_from(&same.events);
        assert_same(&changed, &same, "to itself");
    }
}

#[test]
fn start_and_change_share_every_week_before_week_0() {
    let (start, change) = (Parameters::default(), changing_to(other_model()));
    let before = |run: Run| {
        run.events
            .into_iter()
            .filter(|event| event.week < 0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        before(run(&start, SPAN, key(2), ALL)),
        before(run(&change, SPAN, key(2), ALL))
    );
}

#[test]
fn teams_that_have_adopted_and_those_that_have_not_are_all_teams_in_every_week() {
    for replication in 0..4 {
        let mut parameters = changing_to(other_model());
        parameters.transformation.wave_of = WaveOf::Teams;
        parameters.transformation.adoption_per_year = 3.0;
        parameters.transformation.backsliding_per_year = 0.5;
        parameters.transformation.incentives_after_weeks = 26.0;
        let mut simulation = Simulation::new(&parameters, SPAN, key(replication), ALL);
        while simulation.step() {
            let organisation = simulation.organisation();
            let of_teams = organisation
                .teams
                .iter()
                .filter(|team| team.adoption.is_adopted())
                .count();
            let of_lines: u32 = organisation.lines.iter().map(|line| line.adopted).sum();
            assert_eq!(of_teams as u32, organisation.progress.adopted);
            assert_eq!(of_lines, organisation.progress.adopted);
            for team in &organisation.teams {
                let adoption = &team.adoption;
                assert!((0.0..=1.0).contains(&adoption.learning_gap));
                assert!(adoption.is_adopted() || adoption.stage == 0);
            }
        }
        let run = simulation.finish();
        let count = |kind| run.events.iter().filter(|event| event.kind == kind).count() as f64;
        let stayed = count(EventKind::Adopted) - count(EventKind::Reverted);
        let adoption = run.outcomes.get(Outcome::Adoption).expect("always known");
        assert!((adoption - stayed / 12.0).abs() < 1e-12);
        assert!(
            run.weekly
                .iter()
                .all(|week| (0.0..=1.0).contains(&week[Series::Adoption as usize]))
        );
    }
}

#[test]
fn books_balance_in_companies_that_change() {
    for replication in 0..3 {
        let mut parameters = changing_to(other_model());
        parameters.transformation.adoption_per_year = 3.0;
        parameters.transformation.self_selection = 0.25;
        parameters.transformation.experienced_leaders = 1.0;
        watched(&parameters, SPAN, key(replication));
    }
}

/// A company of many teams in which nothing but adoption happens.
fn only_adoption(teams: u32) -> Parameters {
    let mut parameters = changing_to(other_model());
    parameters.company.teams = teams;
    parameters.company.teams_per_line = 1000;
    parameters.environment.opportunities_per_team_week = 0.0;
    let target = parameters.target.as_mut().expect("it was given");
    target.company = parameters.company.clone();
    let change = &mut parameters.transformation;
    (change.waves, change.wave_of, change.line_weight) = (1, WaveOf::Teams, 0.0);
    (change.sponsor, change.c_suite_ownership, change.blame_avoidance) = (1.0, 1.0, 0.0);
    (change.sponsor_leaving_per_year, change.backsliding_per_year) = (0.0, 0.0);
    (change.training, change.learning_loss) = (0.0, 0.0);
    parameters
}

/// Bass (1969): F(t) = (1 − e^{−(p+q)t}) / (1 + (q/p)·e^{−(p+q)t}).
#[test]
fn adoption_by_example_follows_the_curve_of_bass() {
    const TEAMS: u32 = 2000;
    let (p, q) = (0.03, 0.38);
    let mut parameters = only_adoption(TEAMS);
    (
        parameters.transformation.adoption_per_year,
        parameters.transformation.imitation_per_year,
    ) = (p, q);
    let span = Span {
        warm_up_weeks: 0,
        horizon_weeks: 10 * 52,
    };
    let weekly = run(&parameters, span, key(3), ALL).weekly;
    for (years, expected) in [
        (1, 0.03576),
        (2, 0.08506),
        (3, 0.15050),
        (5, 0.33120),
        (7, 0.54901),
        (10, 0.81280),
    ] {
        let fallen = sim_core::math::exp(-(p + q) * f64::from(years));
        assert!(((1.0 - fallen) / (1.0 + q / p * fallen) - expected).abs() < 1e-5);
        let share = weekly[years as usize * 52 - 1][Series::Adoption as usize];
        // Three standard errors of a share of so many teams, whose examples make them a little less than independent.
        assert!(
            (share - expected).abs() < 3.0 / f64::from(TEAMS).sqrt(),
            "{share} after {years} years"
        );
    }
}

#[test]
fn practice_decays_at_its_hazard_and_faster_without_a_sponsor() {
    const TEAMS: u32 = 2000;
    let span = Span {
        warm_up_weeks: 0,
        horizon_weeks: 4 * 52,
    };
    for (sponsor, per_year) in [(1.0, 0.08), (0.0, 0.24)] {
        let mut parameters = only_adoption(TEAMS);
        let change = &mut parameters.transformation;
        (change.adoption_per_year, change.sponsor_effect, change.sponsor) = (5200.0, 0.0, sponsor);
        (change.backsliding_per_year, change.unsponsored_backsliding) = (0.08, 3.0);
        let events = run(&parameters, span, key(4), ALL).events;
        let count = |kind| events.iter().filter(|event| event.kind == kind).count() as f64;
        // Whoever goes back adopts again in the week after, so nearly every team is at risk in nearly every week.
        let expected = per_year * 4.0 * f64::from(TEAMS);
        let reverted = count(EventKind::Reverted);
        // Four standard deviations of a Poisson number, and a week in a thousand.
        assert!(
            (reverted - expected).abs() < 4.0 * expected.sqrt() + 0.02 * expected,
            "{reverted}, not {expected}"
        );
    }
}

#[test]
fn managers_at_risk_slow_a_change_and_the_c_suite_or_a_ladder_lets_it_go_on() {
    let adoption = |set: fn(&mut Parameters)| {
        let mut parameters = changing_to(other_model());
        parameters.transformation.waves = 1;
        set(&mut parameters);
        (0..20)
            .map(|replication| run(&parameters, SPAN, key(replication), ALL).outcomes)
            .filter_map(|outcomes| outcomes.get(Outcome::Adoption))
            .sum::<f64>()
    };
    let by_managers = adoption(|parameters| parameters.transformation.c_suite_ownership = 0.0);
    let owned = adoption(|parameters| parameters.transformation.c_suite_ownership = 1.0);
    let with_ladder = adoption(|parameters| {
        (
            parameters.transformation.c_suite_ownership,
            parameters.transformation.one_ladder,
        ) = (0.0, 1.0);
    });
    let without_risk = adoption(|parameters| {
        parameters.transformation.c_suite_ownership = 0.0;
        parameters.transformation.roles_after_weeks = f64::INFINITY;
    });
    assert!(by_managers < owned && by_managers < with_ladder && by_managers < without_risk);
}

#[test]
fn a_line_releases_in_the_new_way_only_when_most_of_its_teams_are_ready() {
    let mut parameters = changing_to(other_model());
    parameters.transformation.waves = 1;
    parameters.transformation.adoption_per_year = 2.0;
    let mut simulation = Simulation::new(&parameters, SPAN, key(6), ALL);
    while simulation.step() {
        let organisation = simulation.organisation();
        for (index, line) in organisation.lines.iter().enumerate() {
            let ready = organisation.teams[4 * index..4 * index + 4]
                .iter()
                .filter(|team| team.adoption.stage > 0)
                .count();
            assert_eq!(line.stage > 0, ready >= 3);
        }
    }
}

#[test]
fn training_and_leaders_are_paid_and_what_is_new_costs_output() {
    let cost = |set: fn(&mut Parameters), outcome| {
        let mut parameters = without_fees(changing_to(other_model()));
        set(&mut parameters);
        run(&parameters, SPAN, key(7), ALL)
            .outcomes
            .get(outcome)
            .expect("always known")
    };
    assert_eq!(cost(|_| {}, Outcome::TransformationCost), 0.0);
    let sets: [fn(&mut Parameters); 6] = [
        |parameters| parameters.transformation.training = 1.0,
        |parameters| parameters.transformation.certification = 1.0,
        |parameters| parameters.transformation.experienced_leaders = 1.0,
        |parameters| parameters.transformation.c_suite_ownership = 1.0,
        |parameters| parameters.transformation.one_ladder = 1.0,
        |parameters| parameters.transformation.published_framework = true,
    ];
    for set in sets {
        assert!(cost(set, Outcome::TransformationCost) > 0.0);
    }
    let fast = |parameters: &mut Parameters| parameters.transformation.adoption_per_year = 50.0;
    assert!(cost(fast, Outcome::LearningTeamWeeks) > 10.0);
}

/// Invited at once and trained, in a company in which nobody ever adopts.
fn only_training() -> Parameters {
    let mut parameters = without_fees(changing_to(other_model()));
    let change = &mut parameters.transformation;
    (change.adoption_per_year, change.imitation_per_year) = (0.0, 0.0);
    (change.waves, change.training) = (1, 1.0);
    parameters
}

fn sum(parameters: &Parameters, outcome: Outcome) -> f64 {
    (0..8)
        .filter_map(|replication| run(parameters, SPAN, key(replication), ALL).outcomes.get(outcome))
        .sum()
}

#[test]
fn those_who_choose_other_work_after_training_are_counted_where_they_go() {
    let mut gone = 0;
    for replication in 0..4 {
        let mut parameters = only_training();
        parameters.transformation.self_selection = 0.5;
        // Nobody goes into operations by any other way.
        parameters.careers.training_share = 0.0;
        let run = watched(&parameters, SPAN, key(replication));
        assert_eq!(run.outcomes.get(Outcome::Adoption), Some(0.0));
        let cause = |event: &sim_core::events::Event| {
            &run.events[event.cause.expect("nothing else leads there") as usize]
        };
        let moved = run
            .events
            .iter()
            .filter(|event| event.kind == EventKind::ToOperations);
        for event in moved {
            let trained = cause(event);
            assert_eq!(trained.kind, EventKind::Trained);
            assert_eq!(cause(trained).kind, EventKind::Invited);
            assert_eq!((trained.team, trained.week), (event.team, event.week));
            gone += 1;
        }
    }
    assert!(gone > 0);
}

#[test]
fn training_alone_raises_craft_and_certificates_do_not() {
    let craft = |set: fn(&mut Parameters)| {
        let mut parameters = only_training();
        set(&mut parameters);
        sum(&parameters, Outcome::Craft)
    };
    let untrained = craft(|parameters| parameters.transformation.training = 0.0);
    let trained = craft(|_| {});
    let certified = craft(|parameters| {
        let change = &mut parameters.transformation;
        (change.training, change.certification) = (0.0, 1.0);
    });
    assert!(trained > untrained);
    // Whoever handles backlogs better may find an hour more for discovery.
    assert!((certified - untrained).abs() < 0.05 * (trained - untrained));
}

#[test]
fn leaders_who_came_with_a_change_are_watched_where_there_are_hours_for_it() {
    let craft = |hours, leaders| {
        let mut parameters = only_training();
        parameters.careers.shadowing_hours = hours;
        parameters.transformation.experienced_leaders = leaders;
        sum(&parameters, Outcome::Craft)
    };
    assert!(craft(1.0, 1.0) > craft(1.0, 0.0));
    assert_eq!(craft(0.0, 1.0), craft(0.0, 0.0));
}

#[test]
fn a_sponsor_who_fears_blame_slows_a_change_unless_a_framework_takes_it() {
    let events = |blame, framework| {
        let mut parameters = changing_to(other_model());
        let change = &mut parameters.transformation;
        (change.blame_avoidance, change.published_framework) = (blame, framework);
        (change.training, change.adoption_per_year) = (0.0, 2.0);
        (0..8)
            .flat_map(|replication| run(&parameters, SPAN, key(replication), ALL).events)
            .filter(|event| event.kind == EventKind::Adopted)
            .map(|event| (event.week, event.team))
            .collect::<Vec<_>>()
    };
    let fearless = events(0.0, false);
    assert!(events(1.0, false).len() < fearless.len());
    assert_eq!(events(1.0, true), fearless);
}

#[test]
fn a_chief_product_officer_who_comes_with_a_change_leads_and_leaves_like_any_other() {
    let mut parameters = changing_to(other_model());
    parameters.careers.chief = 0.0;
    parameters.behaviour.product_attrition_per_year = 2.0;
    parameters.transformation.waves = 1;
    parameters.transformation.adoption_per_year = 5200.0;
    let weeks_of_leaving = |parameters: &Parameters| {
        (0..4)
            .flat_map(|replication| watched(parameters, SPAN, key(replication)).events)
            .filter(|event| event.kind == EventKind::Resigned && event.detail == "chief product officer")
            .map(|event| event.week)
            .collect::<Vec<_>>()
    };
    let target = parameters.target.as_mut().expect("it was given");
    target.careers.chief = 1.0;
    let led = weeks_of_leaving(&parameters);
    assert!(!led.is_empty() && led.iter().all(|week| *week > 0));
    parameters.target.as_mut().expect("it was given").careers.chief = 0.0;
    assert!(weeks_of_leaving(&parameters).is_empty());
}

/// Cost of each week, discounted.
fn costs(run: &Run) -> Vec<f64> {
    let so_far = run
        .weekly
        .iter()
        .map(|week| week[Series::ShippedValue as usize] - week[Series::NetValue as usize]);
    let so_far: Vec<f64> = so_far.collect();
    so_far.windows(2).map(|weeks| weeks[1] - weeks[0]).collect()
}

#[test]
fn a_company_that_has_changed_whole_pays_what_one_pays_that_was_always_like_that() {
    let mut still = Parameters::default();
    let behaviour = &mut still.behaviour;
    behaviour.product_attrition_per_year = 0.0;
    behaviour.practice_hours = f64::INFINITY;
    behaviour.forgetting_half_life_weeks = f64::INFINITY;
    still.careers.training_share = 0.0;
    let mut target = other_model();
    target.behaviour = still.behaviour.clone();
    target.careers = still.careers.clone();
    target.strategy.acumen_sought = 0.8;
    target.roles.product_people_per_team = 2.0;
    let mut changing = without_fees(still);
    let change = &mut changing.transformation;
    (change.waves, change.adoption_per_year) = (1, 5200.0);
    (change.backsliding_per_year, change.sponsor) = (0.0, 1.0);
    changing.target = Some(Box::new(target.clone()));
    let changed = costs(&run(&changing, SPAN, key(9), ALL));
    let always = costs(&run(&target, SPAN, key(9), ALL));
    assert_eq!(changed.len(), always.len());
    for (one, other) in changed.iter().zip(&always) {
        assert!((one - other).abs() < 1e-9 * other, "{one}, not {other}");
    }
}

#[test]
fn a_fee_is_discounted_by_the_week_in_which_it_is_paid() {
    let mut parameters = only_training();
    parameters.transformation.training_fee = 3.0;
    parameters.transformation.c_suite_ownership = 1.0;
    parameters.company.discount_per_year = 0.5;
    let span = Span {
        warm_up_weeks: 0,
        horizon_weeks: 1,
    };
    let paid = run(&parameters, span, key(10), ALL)
        .outcomes
        .get(Outcome::TransformationCost);
    let people = f64::from(parameters.company.teams) * parameters.roles.product_people_per_team;
    let pay = parameters.company.product_person_cost / parameters.company.people_per_team;
    let owed = parameters.transformation.ownership_cost + 3.0 * people * pay;
    assert!(
        paid.is_some_and(|paid| (paid - owed).abs() < 1e-9),
        "{paid:?}, not {owed}"
    );
}
