//! What a team can do in a week, as it is: nominal capacity less what ceremonies, debt, newcomers and low morale take.

use crate::organisation::Team;
use crate::policy::Policy;

/// Work that a team in this condition can do this week before luck and shortcuts \[team-weeks\].
pub fn weekly(policy: &Policy, team: &Team, condition: f64) -> f64 {
    policy.parameters.company.team_capacity * policy.time.delivery_share * condition * team.staffing
}

/// Estimated effort that a team expects to finish in a week, by its experience of itself \[team-weeks\].
pub fn pace(policy: &Policy, team: &Team) -> f64 {
    pace_in(policy, team, condition(policy, team))
}

/// Estimated effort that a team in this condition expects to finish in a week \[team-weeks\].
pub fn pace_in(policy: &Policy, team: &Team, condition: f64) -> f64 {
    let share = policy.time.delivery_share * condition - policy.time.planning_share_per_week;
    (share * policy.parameters.company.team_capacity * policy.time.estimated_per_real * team.staffing)
        .max(1e-9)
}

/// Output relative to a team of neutral morale without debt, newcomers, new practices or a lack of ready work.
pub fn condition(policy: &Policy, team: &Team) -> f64 {
    let behaviour = &policy.parameters.behaviour;
    let morale = 1.0 + behaviour.morale_output_effect * (team.morale - 0.5);
    let drag = 1.0 + behaviour.debt_drag * team.debt;
    morale * (1.0 - team.newcomer_gap) * (1.0 - team.adoption.learning_gap) * (1.0 - team.starvation) / drag
}
