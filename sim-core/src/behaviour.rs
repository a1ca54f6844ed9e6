//! What happens in a week, in this order: one file for each step.

mod adoption;
mod allocation;
mod business;
mod capacity;
pub(crate) mod careers;
mod delivery;
mod discovery;
mod hours;
mod issues;
mod mandates;
mod market;
mod pair;
mod people;
mod planning;
mod release;
mod stakeholders;
mod support;
pub(crate) mod switch;
mod trust;

use crate::organisation::Organisation;
use crate::simulation::{Context, Records};

/// One week in the life of an organisation.
pub(crate) fn week(context: &Context<'_>, organisation: &mut Organisation, records: &mut Records<'_>) {
    if !business::step(context, organisation, records) {
        return;
    }
    market::step(context, organisation, records);
    mandates::step(context, organisation, records);
    stakeholders::step(context, organisation, records);
    issues::step(context, organisation, records);
    hours::step(context, organisation);
    pair::step(context, organisation, records);
    discovery::step(context, organisation, records);
    planning::step(context, organisation, records);
    delivery::step(context, organisation, records);
    release::step(context, organisation, records);
    allocation::step(context, organisation, records);
    people::step(context, organisation, records);
    careers::step(context, organisation, records);
    adoption::step(context, organisation, records);
}
