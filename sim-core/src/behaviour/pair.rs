//! Product manager and product owner: talks and conflicts move their trust, trust decides how long things wait between
//! them, and bad news is passed on or kept back.

use super::{market, trust};
use crate::events::{EventKind, Subject};
use crate::math::exp;
use crate::organisation::{IdeaId, OpenDecision, Organisation, Pair, Team};
use crate::policy::Policy;
use crate::random::Key;
use crate::sight::{Ability, Perception};
use crate::simulation::{Context, Records};
use crate::world::{Source, TeamDraw, need_draw};

/// Change of trust from which on people work together otherwise, as with craft.
const NOTICEABLE: f64 = 0.01;

/// Share of a need's worth that survives on its way to a team.
#[inline]
pub fn fit(policy: &Policy, team: &Team) -> f64 {
    match &team.pair {
        Some(pair) => pair.accord.fit,
        None => policy.fit,
    }
}

/// The week of every pair.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    for team in 0..organisation.teams.len() {
        if organisation.teams[team].pair.is_some() {
            get_on(context, organisation, records, team);
            decide(context, organisation, records, team, context.week);
        }
    }
}

/// Talks raise trust, conflicts about who decides lower it, and what happened long ago is forgotten.
fn get_on(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>, team: usize) {
    let Organisation { teams, ideas, .. } = organisation;
    let policy = context.policy(&teams[team]);
    let (Some(pairing), Some(pair)) = (&policy.pairing, &mut teams[team].pair) else {
        return;
    };
    let talk = if pair.attention < 1.0 {
        1.0 - exp(-pair.attention * pairing.talk_rate)
    } else {
        pairing.talked_over
    };
    trust::raise(policy, &mut pair.trust, talk);
    if context.world.team_uniform(team, context.week, TeamDraw::Conflict) < pairing.conflict {
        trust::lower(policy, &mut pair.trust, 1.0);
        let oldest = pair.open.first().map(|open| &ideas[open.idea]);
        let subject = Subject {
            team,
            need: oldest.map(|idea| idea.key),
            cause: oldest.and_then(|idea| idea.last_event),
        };
        records
            .log
            .note(context.week, EventKind::BoundaryConflict, subject, || {
                format!("trust between them {:.2}", pair.trust)
            });
    }
    trust::fade(policy, &mut pair.trust, pairing.usual_trust);
    if (pair.trust - pair.noticed_trust).abs() > NOTICEABLE {
        pair.noticed_trust = pair.trust;
        pair.accord = pairing.at(&policy.parameters, pair.trust);
        let state = &mut teams[team];
        state.sight.perception = perception(policy, state, &state.sight.ability);
    }
}

/// How product people of this ability see needs: one alone, or a pair as far as they agree.
pub fn perception(policy: &Policy, team: &Team, ability: &Ability) -> Perception {
    match (&policy.pairing, &team.pair) {
        (Some(pairing), Some(pair)) => {
            pairing.perception(&policy.parameters, &policy.outlook, ability, &pair.accord)
        }
        _ => Perception::of_one(&policy.parameters, &policy.outlook, ability),
    }
}

/// Whether a new idea waits between product manager and product owner before it enters the backlog; what engineers bring
/// is in the owner's hands at once.
#[inline]
pub fn holds(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    id: IdeaId,
) -> bool {
    let Organisation { teams, ideas, .. } = organisation;
    let policy = context.policy(&teams[team]);
    let Some(pair) = &mut teams[team].pair else {
        return false;
    };
    let idea = &ideas[id];
    if idea.source == Source::Engineers {
        return false;
    }
    let wait = (pair.accord.decision_weeks + idea.key.uniform(need_draw::DECISION)) as u32;
    let longest = policy.parameters.roles.escalation_weeks;
    let weeks = wait.min(longest) as i32;
    if weeks == 0 && wait == 0 {
        records.measures.decided(0);
        return false;
    }
    pair.open.push(OpenDecision {
        idea: id,
        opened: context.week,
        due: context.week + weeks,
        escalated: wait > longest,
    });
    true
}

/// What has waited until `week` enters the backlog.
pub fn decide(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    week: i32,
) {
    let Some(pair) = &mut organisation.teams[team].pair else {
        return;
    };
    let mut open = core::mem::take(&mut pair.open);
    open.retain(|open| {
        if open.due <= week {
            take_in(context, organisation, records, team, open);
        }
        open.due > week
    });
    if let Some(pair) = &mut organisation.teams[team].pair {
        pair.open = open;
    }
}

/// A decision enters the backlog. Going to the leaders takes everybody's time and a little trust.
fn take_in(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
    open: &OpenDecision,
) {
    let Organisation { teams, ideas, .. } = &mut *organisation;
    let state = &mut teams[team];
    let idea = &mut ideas[open.idea];
    let waited = context.week - open.opened;
    records.measures.decided(waited);
    let kind = if open.escalated {
        let policy = context.policy(state);
        state.overhead += policy.parameters.behaviour.escalation_effort;
        if let Some(pair) = &mut state.pair {
            trust::lower(policy, &mut pair.trust, 0.5);
        }
        EventKind::Escalated
    } else {
        EventKind::HandedOver
    };
    let subject = Subject::of(team, idea);
    idea.last_event = records
        .log
        .note(context.week, kind, subject, || format!("after {waited} weeks"));
    market::put(context, organisation, records, team, open.idea);
}

/// Whether bad news of an item would be kept back: a product owner passes it on at once to somebody trusted, and to
/// anybody in a candid company.
pub fn keeps_back_news(policy: &Policy, team: &Team, key: Key) -> bool {
    let Some(pair) = &team.pair else {
        return false;
    };
    let candour = policy.parameters.roles.candour;
    key.uniform(need_draw::NEWS) >= candour + (1.0 - candour) * pair.trust
}

/// The product manager learns late that an item is late or useless; returns the event that what follows is due to.
pub fn learn_late(
    context: &Context<'_>,
    team: &mut Team,
    records: &mut Records<'_>,
    subject: Subject,
) -> Option<u32> {
    let policy = context.policy(team);
    let Some(pair) = &mut team.pair else {
        return subject.cause;
    };
    trust::lower(policy, &mut pair.trust, 1.0);
    let event = records
        .log
        .note(context.week, EventKind::NewsKeptBack, subject, || {
            format!("trust between them {:.2}", pair.trust)
        });
    event.or(subject.cause)
}

/// A team whose operating model has changed has a pair, or none, as the new one says. Those who were a pair before go on
/// as one; where there is none any more, nothing waits between two.
pub fn take_over(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    team: usize,
) {
    let state = &mut organisation.teams[team];
    let policy = context.policy(state);
    match (&policy.pairing, &mut state.pair) {
        (Some(pairing), Some(pair)) => pair.accord = pairing.at(&policy.parameters, pair.noticed_trust),
        (Some(_), None) => state.pair = Pair::new(policy),
        (None, Some(_)) => {
            decide(context, organisation, records, team, i32::MAX);
            organisation.teams[team].pair = None;
        }
        (None, None) => {}
    }
}
