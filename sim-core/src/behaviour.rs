//! What happens in a week, in this order: one file for each step.

mod capacity;
pub(crate) mod careers;
mod delivery;
mod discovery;
mod hours;
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
    records.measures.accrue(context.common, context.week);
    market::step(context, organisation, records);
    stakeholders::step(context, organisation, records);
    hours::step(context, organisation);
    pair::step(context, organisation, records);
    discovery::step(context, organisation, records);
    planning::step(context, organisation, records);
    delivery::step(context, organisation, records);
    release::step(context, organisation, records);
    people::step(context, organisation, records);
    careers::step(context, organisation, records);
}
