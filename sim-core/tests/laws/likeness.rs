//! Whether two runs are the same to the last bit, and where they first differ; missing equals missing.

use sim_core::outcomes::{Outcome, Outcomes, WeekRecord};
use sim_core::simulation::Run;

/// The first outcome that differs, in words; `None` if all are the same to the last bit.
pub fn first_difference(one: &Outcomes, other: &Outcomes) -> Option<String> {
    let bits = |outcomes: &Outcomes, outcome| outcomes.get(outcome).map(f64::to_bits);
    let differs = |outcome: &&Outcome| bits(one, **outcome) != bits(other, **outcome);
    let outcome = Outcome::ALL.iter().find(differs)?;
    let name = outcome.row().name;
    Some(format!(
        "{name}: {:?} and {:?}",
        one.get(*outcome),
        other.get(*outcome)
    ))
}

/// The bits of a week's figures.
pub fn bits(week: &WeekRecord) -> Vec<u64> {
    week.iter().map(|figure| figure.to_bits()).collect()
}

/// Fails with the first difference unless two runs are the same.
#[track_caller]
pub fn assert_same(one: &Run, other: &Run, when: &str) {
    let mut events = one.events.iter().zip(&other.events);
    if let Some((event, instead)) = events.find(|(event, instead)| event != instead) {
        panic!("{when}: {event:?} is not {instead:?}");
    }
    assert_eq!(one.events.len(), other.events.len(), "{when}");
    let mut weeks = (0..).zip(one.weekly.iter().zip(&other.weekly));
    if let Some((week, (record, instead))) =
        weeks.find(|(_, (record, instead))| bits(record) != bits(instead))
    {
        panic!("{when}: week {week}: {record:?} is not {instead:?}");
    }
    assert_eq!(one.weekly.len(), other.weekly.len(), "{when}");
    assert_eq!(first_difference(&one.outcomes, &other.outcomes), None, "{when}");
    assert_eq!(one.team_weeks, other.team_weeks, "{when}");
}
