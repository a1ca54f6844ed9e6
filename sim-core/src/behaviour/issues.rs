//! Issues in sales, marketing and customer success: somebody answers for them, or nobody does.

use super::trust;
use crate::events::{EventKind, Subject};
use crate::math::exp;
use crate::organisation::Organisation;
use crate::parameters::IssuesOwner;
use crate::policy::QUARTER_WEEKS;
use crate::simulation::{Context, Records};

/// Issues of the week, at most one in each product line.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    let parameters = &context.common.parameters;
    let rate = parameters.environment.issues_per_team_quarter;
    if rate == 0.0 {
        return;
    }
    for line in 0..organisation.lines.len() {
        let chance = 1.0 - exp(-rate * organisation.lines[line].places / QUARTER_WEEKS);
        let luck = context.world.issue_uniform(line, context.week);
        if luck < chance {
            let teams = organisation.teams_of(parameters, line);
            // The same luck, below the chance evenly spread, says whose product it is about.
            let place = (luck / chance * teams.len() as f64) as usize;
            let team = teams.start + place.min(teams.len() - 1);
            arise(context, organisation, records, team);
        }
    }
}

/// Product people learn from an issue as from a search and earn trust; an issue left to itself costs trust.
fn arise(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    let line = &mut organisation.lines[state.line];
    let (kind, owner) = match policy.parameters.launch.issues_owner {
        IssuesOwner::Product => {
            state.search += policy.parameters.behaviour.issue_hours * state.sight.evidence.search_per_hour;
            trust::raise(policy, &mut line.trust, 0.5);
            (EventKind::IssueTaken, "product people")
        }
        IssuesOwner::Functions => (EventKind::IssueTaken, "the function it arose in"),
        IssuesOwner::Nobody => {
            trust::lower(policy, &mut line.trust, 0.5);
            (EventKind::IssueLeft, "nobody")
        }
    };
    let subject = Subject {
        team,
        need: None,
        cause: None,
    };
    records
        .log
        .note(context.week, kind, subject, || format!("by {owner}"));
}
