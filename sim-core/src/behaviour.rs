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

/// One week in the life of an organisation; `tell` hears the name of each rule as soon as it has done its work.
pub(crate) fn week(
    context: &Context<'_>,
    organisation: &mut Organisation,
    records: &mut Records<'_>,
    tell: &mut impl FnMut(&'static str),
) {
    let exists = business::step(context, organisation, records);
    tell("business");
    if !exists {
        return;
    }
    market::step(context, organisation, records);
    tell("market");
    mandates::step(context, organisation, records);
    tell("mandates");
    stakeholders::step(context, organisation, records);
    tell("stakeholders");
    issues::step(context, organisation, records);
    tell("issues");
    hours::step(context, organisation);
    tell("hours");
    pair::step(context, organisation, records);
    tell("pair");
    discovery::step(context, organisation, records);
    tell("discovery");
    planning::step(context, organisation, records);
    tell("planning");
    delivery::step(context, organisation, records);
    tell("delivery");
    release::step(context, organisation, records);
    tell("release");
    allocation::step(context, organisation, records);
    tell("allocation");
    people::step(context, organisation, records);
    tell("people");
    careers::step(context, organisation, records);
    tell("careers");
    adoption::step(context, organisation, records);
    tell("adoption");
}
