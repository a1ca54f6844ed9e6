//! Snapshots and forks: what has happened stays, what follows is the same unless something was changed.

use sim_core::events::{Event, EventKind};
use sim_core::organisation::IdeaId;
use sim_core::parameters::{Parameters, Style};
use sim_core::simulation::{Simulation, Span, WorldKey};

use crate::likeness::{assert_same, bits, first_difference};
use crate::watch::ALL;

const SPAN: Span = Span {
    warm_up_weeks: 30,
    horizon_weeks: 60,
};
const KEY: WorldKey = WorldKey {
    seed: 5,
    replication: 7,
};

fn until(parameters: &Parameters, week: i32) -> Simulation {
    let mut simulation = Simulation::new(parameters, SPAN, KEY, ALL);
    while simulation.week() < week && simulation.step() {}
    simulation
}

fn to_the_end(mut simulation: Simulation) -> sim_core::simulation::Run {
    while simulation.step() {}
    simulation.finish()
}

fn pulling() -> Parameters {
    let mut parameters = Parameters::default();
    parameters.commitment.style = Style::Pull;
    parameters.discovery.hours = 9.0;
    parameters.release.cadence_weeks = 0;
    parameters
}

#[test]
fn a_snapshot_goes_on_as_the_original_does() {
    for parameters in [Parameters::default(), pulling()] {
        let whole = to_the_end(until(&parameters, -30));
        for week in [-30, -1, 0, 17, 60] {
            let original = until(&parameters, week);
            let snapshot = original.clone();
            assert_same(&to_the_end(original), &whole, &format!("resumed in week {week}"));
            assert_same(&to_the_end(snapshot), &whole, &format!("snapshot of week {week}"));
        }
    }
}

#[test]
fn a_fork_to_the_same_parameters_is_no_fork() {
    for parameters in [Parameters::default(), pulling()] {
        let whole = to_the_end(until(&parameters, -30));
        for week in [0, 23] {
            let forked = to_the_end(until(&parameters, week).fork(&parameters));
            assert_same(&forked, &whole, &format!("forked in week {week}"));
        }
    }
}

#[test]
fn a_fork_shares_the_history_before_it_and_lives_in_the_same_world_after_it() {
    let week = 20;
    let stayed = to_the_end(until(&Parameters::default(), week));
    let switched = to_the_end(until(&Parameters::default(), week).fork(&pulling()));
    let before = |run: &sim_core::simulation::Run| -> Vec<_> {
        run.events
            .iter()
            .filter(|event| event.week < week)
            .cloned()
            .collect()
    };
    assert!(before(&stayed) == before(&switched), "the past is another one");
    let past = |run: &sim_core::simulation::Run| run.weekly[..20].iter().map(bits).collect::<Vec<_>>();
    assert_eq!(past(&stayed), past(&switched));
    assert!(
        first_difference(&stayed.outcomes, &switched.outcomes).is_some(),
        "the switch must matter"
    );
}

#[test]
fn a_fork_leaves_the_company_and_its_environment_as_they_were() {
    let mut elsewhere = Parameters::default();
    elsewhere.environment.value_scale *= 3.0;
    elsewhere.company.discovery_craft = 0.9;
    elsewhere.behaviour.evidence_noise *= 2.0;
    let whole = to_the_end(until(&Parameters::default(), -30));
    let forked = to_the_end(until(&Parameters::default(), 10).fork(&elsewhere));
    assert_same(&forked, &whole, "forked to another environment");
}

/// Effects of what went live while there were data would be measured without any: they are not measured at all.
#[test]
fn nobody_measures_without_data() {
    let mut blind = Parameters::default();
    blind.customer_access.data = 0.0;
    for week in [0, 20, 40] {
        let mut fork = until(&Parameters::default(), week).fork(&blind);
        while fork.step() {
            let ideas = |id: &IdeaId| &fork.organisation().ideas[*id];
            let backlogs = fork.organisation().backlogs.iter();
            let mut all = backlogs.flat_map(|backlog| backlog.ids()).map(ideas);
            assert!(all.all(|idea| idea.belief.is_finite()));
        }
        let measured = |event: &&Event| {
            event.week >= week && matches!(event.kind, EventKind::RolledBack | EventKind::MovedMetric)
        };
        assert_eq!(fork.finish().events.iter().filter(measured).count(), 0);
    }
}

#[test]
fn a_fork_puts_backlogs_together_and_deals_them_out_without_losing_an_idea() {
    let apart = Parameters::default();
    let mut together = apart.clone();
    together.commitment.shared_backlog = true;
    together.commitment.backlog_limit = 10_000;
    for (from, to, backlogs) in [
        (&apart, &together, apart.lines()),
        (&together, &apart, apart.company.teams),
    ] {
        let before = until(from, 20);
        let after = before.fork(to);
        let (held, regrouped) = (candidates(&before), candidates(&after));
        assert_eq!(after.organisation().backlogs.len(), backlogs as usize);
        assert!(regrouped.iter().all(|need| held.contains(need)));
        let run = after.finish();
        let expired = |event: &&Event| event.week == 20 && event.kind == EventKind::Expired;
        let lost = run.events.iter().filter(expired).count();
        assert_eq!(regrouped.len() + lost, held.len());
    }
}

/// Needs behind the ideas of all backlogs, in order.
fn candidates(simulation: &Simulation) -> Vec<(u64, i32)> {
    let organisation = simulation.organisation();
    let ids = organisation.backlogs.iter().flat_map(|backlog| backlog.ids());
    let mut needs: Vec<_> = ids
        .map(|id| (organisation.ideas[*id].key.0, organisation.ideas[*id].visible))
        .collect();
    needs.sort_unstable();
    needs
}
