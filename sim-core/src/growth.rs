//! How the craft of a person grows, takes root and fades over four weeks: arithmetic alone, no chance and no state.

use crate::math::{exp, half_life_decay, power};
use crate::organisation::{Craft, Person};
use crate::parameters::Parameters;

/// Weeks from one look at people to the next; craft moves slowly.
pub const STEP_WEEKS: i32 = 4;

/// Rates of growth and fading, for one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Share of rooted craft that is not forgotten.
    kept: f64,
    /// Share of what training added that is still fresh.
    fresh: f64,
    /// Share of a newcomer's gap that is still there.
    gap: f64,
    /// 1/hours in which practice closes what is missing.
    per_practised_hour: f64,
    /// 1/hours in which watching closes the gap to a better person.
    per_watched_hour: f64,
    /// Hours of practice a week with which all that fades of training takes root.
    rooting_hours: f64,
    /// Share of what is missing that is still missing after a week of training.
    untaught: f64,
    /// Share of what is missing in the craft of backlogs that a class for a certificate brings.
    certified: f64,
}

/// Hours a week in which a person practises and learns from others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hours {
    /// Practice of each craft.
    pub practice: Craft,
    /// With a better person who explains.
    pub mentoring: f64,
    /// Watching the discovery of a better person.
    pub shadowing: f64,
}

/// A better person nearby.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Better {
    /// What that person can do.
    pub craft: Craft,
    /// What an hour beside that person is worth, relative to one beside the best colleague of the same product line.
    pub reach: f64,
}

impl Growth {
    /// Rates that follow from the parameters.
    pub fn new(parameters: &Parameters) -> Self {
        let behaviour = &parameters.behaviour;
        let weeks = f64::from(STEP_WEEKS);
        Self {
            kept: half_life_decay(weeks, behaviour.forgetting_half_life_weeks),
            fresh: half_life_decay(weeks, behaviour.training_half_life_weeks),
            gap: exp(-2.0 * weeks / behaviour.ramp_weeks),
            per_practised_hour: 1.0 / behaviour.practice_hours,
            per_watched_hour: 1.0 / behaviour.watching_hours,
            rooting_hours: behaviour.rooting_hours,
            untaught: 1.0 - behaviour.training_week_effect,
            certified: behaviour.certificate_effect,
        }
    }

    /// Four weeks in the life of a person: training takes root or is lost, craft is forgotten, practised and copied, and
    /// a newcomer settles in.
    ///
    /// Practice alone gives 1 − (1 − c)·e^(−hours / practice_hours), forgetting alone c·2^(−weeks / half-life); both
    /// together settle where they balance, [`Self::settled`].
    pub fn step(&self, person: &mut Person, hours: &Hours, better: Option<&Better>) {
        let weeks = f64::from(STEP_WEEKS);
        let ceiling = person.fresh.map(|fresh| 1.0 - fresh * self.fresh);
        let rooted = person.fresh.with(hours.practice, |fresh, hours| {
            fresh * (1.0 - self.fresh) * (hours / self.rooting_hours).min(1.0)
        });
        let closed = hours
            .practice
            .map(|hours| 1.0 - exp(-hours * weeks * self.per_practised_hour));
        person.fresh = person.fresh.map(|fresh| fresh * self.fresh);
        person.craft = person
            .craft
            .map(|craft| craft * self.kept)
            .with(rooted, |craft, rooted| craft + rooted);
        let missing = ceiling.with(person.craft, |ceiling, craft| (ceiling - craft).max(0.0));
        let gained = missing.with(closed, |missing, closed| missing * closed);
        person.craft = person.craft.with(gained, |craft, gained| craft + gained);
        if let Some(better) = better {
            self.copy(person, hours, better);
        }
        person.gap *= self.gap;
    }

    /// A person comes closer to what a better one can do: in all crafts where that one explains, in discovery and
    /// influence where there is only watching.
    fn copy(&self, person: &mut Person, hours: &Hours, better: &Better) {
        let closed =
            |hours: f64| better.reach * (1.0 - exp(-hours * f64::from(STEP_WEEKS) * self.per_watched_hour));
        let explained = closed(hours.mentoring);
        let seen = closed(hours.mentoring + hours.shadowing);
        let share = Craft {
            discovery: seen,
            business: explained,
            backlog: explained,
            influence: seen,
        };
        let ahead = better
            .craft
            .with(person.knows(), |better, knows| (better - knows).max(0.0));
        let gained = ahead.with(share, |ahead, share| ahead * share);
        person.craft = person.craft.with(gained, |craft, gained| craft + gained);
    }

    /// A training of so many weeks: it brings a share of what is missing in discovery and business to the job, fresh.
    pub fn train(&self, person: &mut Person, weeks: f64) {
        let taught = 1.0 - power(self.untaught, weeks);
        let knows = person.knows();
        person.fresh.discovery += taught * (1.0 - knows.discovery).max(0.0);
        person.fresh.business += taught * (1.0 - knows.business).max(0.0);
        person.trained = true;
    }

    /// A two-day class for a certificate, taken by this share of people: it teaches the handling of backlogs and nothing
    /// else.
    pub fn certify(&self, craft: &mut Craft, share: f64) {
        craft.backlog += share * self.certified * (1.0 - craft.backlog);
    }

    /// Craft at which practice of so many hours a week and forgetting balance: (1 − e) / (1 − e·k), with e and k the
    /// shares that a step of practice leaves missing and that a step of forgetting keeps.
    pub fn settled(&self, hours_per_week: f64) -> f64 {
        let missing = exp(-hours_per_week * f64::from(STEP_WEEKS) * self.per_practised_hour);
        (1.0 - missing) / (1.0 - missing * self.kept)
    }
}
