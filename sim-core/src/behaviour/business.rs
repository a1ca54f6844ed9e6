//! The books of the week: what each product line takes and costs, what is left in the till, and the end of a company
//! whose till is empty.

use crate::costs;
use crate::events::{EventKind, Subject};
use crate::organisation::{Live, Organisation};
use crate::simulation::{Context, Records};

/// Value and cost of the week, from week 0 on; comes first in each week. Returns whether the company still exists.
pub fn step(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) -> bool {
    let policy = context.common;
    let parameters = &policy.parameters;
    if !records.measures.counting {
        return true;
    }
    if organisation.business.insolvent.is_some() {
        let contribution = parameters.company.base_contribution * f64::from(parameters.company.teams);
        records.measures.forgo(policy, contribution);
        return false;
    }
    for line in &mut organisation.lines {
        line.live.age(policy.wear, policy.waiting);
    }
    let stopped = book(
        context,
        organisation,
        records.measures.weekly_cost + records.measures.craft_cost,
    );
    let withheld = organisation.withheld(context.week);
    records.measures.accrue(policy, context.week, withheld, stopped);
    if organisation.business.cash < 0.0 {
        end(context, organisation, records);
        return false;
    }
    true
}

/// Revenue and cost of every line go into its books and the till; returns the base revenue that was stopped.
fn book(context: &Context<'_>, organisation: &mut Organisation, weekly_cost: f64) -> f64 {
    let parameters = &context.common.parameters;
    let teams = f64::from(parameters.company.teams);
    let (per_team, elsewhere) = (weekly_cost / teams, costs::elsewhere(parameters) / teams);
    let business = &mut organisation.business;
    let mut stopped = 0.0;
    for line in &mut organisation.lines {
        let base = parameters.company.base_revenue * line.places;
        let flowing = 1.0 - line.stopped_share(context.week);
        let revenue = flowing * (base + line.live.realised());
        let cost = per_team * line.staff + elsewhere * line.places;
        line.books.revenue += revenue;
        line.books.cost += cost;
        business.cash += revenue - cost;
        stopped += (1.0 - flowing) * base;
    }
    business.weeks += 1;
    stopped
}

/// A fee beside the costs of the week, shared out over product lines as their teams are.
pub fn pay(organisation: &mut Organisation, fee: f64) {
    let teams: f64 = organisation.lines.iter().map(|line| line.staff).sum();
    for line in &mut organisation.lines {
        line.books.cost += fee * line.staff / teams;
    }
    organisation.business.cash -= fee;
}

/// Nothing is left to pay anybody with: all rates are 0 from now on.
fn end(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    organisation.business.insolvent = Some(context.week);
    for line in &mut organisation.lines {
        line.live = Live::default();
    }
    records.measures.end();
    let overdue = organisation.lines.iter().flat_map(|line| &line.mandates);
    let cause = overdue
        .filter(|mandate| mandate.missed)
        .find_map(|mandate| mandate.event);
    let subject = Subject {
        team: 0,
        need: None,
        cause,
    };
    let cash = organisation.business.cash;
    records.log.note(context.week, EventKind::Insolvent, subject, || {
        format!("cash {cash:.1} team-week costs")
    });
}
