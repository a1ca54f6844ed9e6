//! What no decision can change: which needs arise, what they are worth, and the luck of every week.

mod almanac;

pub use almanac::Arising;

use crate::math::{self, exp};
use crate::parameters::{EffortShape, Parameters};
use crate::random::{Key, Poisson, Purpose, Quantiles, keys, student_t3_tail};
use almanac::Almanac;

/// Who brings a need to the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Source {
    /// Sales.
    Sales = 0,
    /// Executives.
    Executives = 1,
    /// Engineers.
    Engineers = 2,
    /// Customers, through marketing and support.
    Customers = 3,
    /// The team's own search.
    Search = 4,
}

impl Source {
    /// Number of sources.
    pub const COUNT: usize = 5;

    /// The word for people.
    pub fn word(self) -> &'static str {
        ["sales", "executives", "engineers", "customers", "search"][self as usize]
    }
}

/// Numbers of the draws from the key of a need. Never reused.
pub mod need_draw {
    #![allow(missing_docs)]
    pub const VALUE: u64 = 0;
    pub const EFFORT: u64 = 1;
    pub const FIRST_ESTIMATE: u64 = 2;
    pub const DELIGHT: u64 = 3;
    pub const LOCAL: u64 = 4;
    pub const SCOPE: u64 = 5;
    pub const LOUD: u64 = 6;
    pub const SOURCE: u64 = 7;
    pub const CLAIM: u64 = 8;
    pub const FEASIBLE: u64 = 9;
    pub const FEASIBILITY_TEST: u64 = 10;
    pub const DEPENDS: u64 = 12;
    pub const PARTNER: u64 = 14;
    pub const DEPENDENCY_FOUND: u64 = 16;
    pub const QUIET: u64 = 18;
    pub const MEASUREMENT: u64 = 19;
    pub const RELEASE: u64 = 20;
    pub const RANDOM_CHOICE: u64 = 21;
    pub const ITERATION: u64 = 22;
    pub const SECOND_ESTIMATE: u64 = 23;
    pub const DECISION: u64 = 24;
    pub const NEWS: u64 = 25;
    pub const NOTICED: u64 = 1 << 20;
    pub const HEARD: u64 = 1 << 21;
    pub const EVIDENCE: u64 = 1 << 22;
}

/// Numbers of the draws from the key of a team, for each week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum TeamDraw {
    /// Noise of capacity.
    Capacity = 0,
    /// Number of needs that arise.
    Arrivals = 1,
    /// Whether a stakeholder requests something.
    Request = 2,
    /// Whether the request is accepted.
    Acceptance = 3,
    /// Whether somebody asks for a date.
    DateAsk = 4,
    /// Whether somebody leaves.
    Attrition = 5,
    /// Whether a pair is in conflict about who decides.
    Conflict = 6,
}

/// Numbers of the draws from the key of a seat or post, for each week in which people are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum SeatDraw {
    /// Whether its holder leaves.
    Leaves = 0,
    /// Whether its holder is sent to training.
    Trained = 1,
}

/// Numbers of the draws from the key of a product person. Never reused.
pub mod person_draw {
    #![allow(missing_docs)]
    pub const SIGNAL: u64 = 0;
    pub const TALENT: u64 = 1;
    pub const EXPERIENCED: u64 = 2;
    pub const OPTS_OUT: u64 = 3;
    pub const OPERATIONS: u64 = 4;
    pub const JOINED: u64 = 5;
    pub const TAUGHT: u64 = 6;
    pub const CHOOSES: u64 = 7;
}

/// Numbers of the draws that decide a change, for each team and week; the sponsor's are those of the first team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum ChangeDraw {
    /// Whether a team adopts.
    Adoption = 0,
    /// Whether it goes back.
    Reversion = 1,
    /// Whether the sponsor leaves.
    Sponsor = 2,
}

/// Numbers of the draws from the business key of a product line; each names a range of weeks, quarters or knots.
mod business_draw {
    pub const MANDATE: u64 = 0;
    pub const ISSUE: u64 = 1 << 20;
    pub const PROSPECTS: u64 = 2 << 20;
    pub const PERCEPTION: u64 = 3 << 20;
    pub const MANDATE_KEY: u64 = 4 << 20;
}

/// A need with everything about it that no decision can change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// Names its luck.
    pub key: Key,
    /// Week it arose.
    pub born: i32,
    /// Unit in which its value and all judgements of it are measured \[team-week costs per week\].
    pub unit: f64,
    /// Value rate v of a perfectly fitting solution \[team-week costs per week\].
    pub value: f64,
    /// d: the gap between delight and viability \[team-week costs per week\].
    pub delight: f64,
    /// v_company: the part of its value that shows only in the company's strategy.
    pub company_value: f64,
    /// Estimated effort \[team-weeks\].
    pub estimate: f64,
    /// ln of the estimated effort.
    pub log_estimate: f64,
}

impl Need {
    /// The same need in a market where all needs are worth `factor` times as much.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            unit: factor * self.unit,
            value: factor * self.value,
            delight: factor * self.delight,
            company_value: factor * self.company_value,
            ..self
        }
    }
}

/// The world of one replication.
#[derive(Debug, Clone)]
pub struct World {
    team_keys: Vec<Key>,
    line_keys: Vec<Key>,
    company_key: Key,
    business_keys: Vec<Key>,
    normal: &'static Quantiles,
    student: &'static Quantiles,
    arrivals: Poisson,
    first_week: i32,
    log_effort_median: f64,
    loud_threshold: f64,
    source_limits: [f64; 3],
    claim_noise: [f64; 4],
    almanac: Almanac,
}

const NEEDS_OF_TEAM: u64 = 1 << 32;
const DRAWS_PER_WEEK: u64 = 8;
const SEATS_OF_TEAM: u64 = 1 << 40;
const HEAD_OF_LINE: u64 = 1 << 40;
const PEOPLE_OF_SEAT: u64 = 1 << 32;
const CHANGES_OF_TEAM: u64 = 1 << 41;

impl World {
    /// Prepares the world of one replication.
    pub fn new(parameters: &Parameters, seed: u64, replication: u64, first_week: i32) -> Self {
        let (environment, behaviour) = (&parameters.environment, &parameters.behaviour);
        let sales = environment.sales_share;
        let executives = sales + environment.executive_share;
        let share = environment.loud_share;
        Self {
            team_keys: keys(seed, replication, Purpose::Teams)
                .take(parameters.company.teams as usize)
                .collect(),
            line_keys: keys(seed, replication, Purpose::Lines)
                .take(parameters.lines() as usize)
                .collect(),
            company_key: keys(seed, replication, Purpose::Company)
                .next()
                .unwrap_or(Key(seed)),
            business_keys: keys(seed, replication, Purpose::Business)
                .take(parameters.lines() as usize)
                .collect(),
            normal: Quantiles::normal(),
            student: Quantiles::student_t3(),
            arrivals: Poisson::new(environment.opportunities_per_team_week),
            first_week,
            log_effort_median: math::ln(environment.effort_median * environment.build_cost_multiplier),
            loud_threshold: if share >= 1.0 {
                f64::INFINITY
            } else if share <= 0.0 {
                f64::NEG_INFINITY
            } else if share > 0.5 {
                crate::random::normal_upper(1.0 - share)
            } else {
                -crate::random::normal_upper(share)
            },
            source_limits: [sales, executives, executives + environment.engineering_share],
            claim_noise: [
                behaviour.sales_claim_noise,
                behaviour.executive_claim_noise,
                behaviour.engineering_claim_noise,
                behaviour.customer_claim_noise,
            ],
            almanac: Almanac::default(),
        }
    }

    /// The same world with so many weeks drawn beforehand, if that is not too much to keep; changes no result.
    #[must_use]
    pub fn drawn(mut self, parameters: &Parameters, weeks: u32) -> Self {
        self.almanac = Almanac::of(&self, parameters, weeks);
        self
    }

    /// Needs that arise in a team's market this week, if they are drawn already.
    #[inline]
    pub fn arising(&self, team: usize, week: i32) -> Option<&[Arising]> {
        self.almanac.arising(team, (week - self.first_week) as usize)
    }

    /// Table of the standard normal distribution.
    pub fn normal(&self) -> &'static Quantiles {
        self.normal
    }

    /// A draw of the week for a team.
    #[inline]
    pub fn team_uniform(&self, team: usize, week: i32, draw: TeamDraw) -> f64 {
        self.team_keys[team].uniform(self.team_number(week, draw))
    }

    /// A draw of the week that decides a change of a team.
    pub fn change_uniform(&self, team: usize, week: i32, draw: ChangeDraw) -> f64 {
        let number = (week - self.first_week) as u64 * DRAWS_PER_WEEK + draw as u64;
        self.team_keys[team].uniform(CHANGES_OF_TEAM + number)
    }

    /// Factor by which luck changes a team's capacity this week; its median is 1.
    #[inline]
    pub fn luck(&self, parameters: &Parameters, team: usize, week: i32) -> f64 {
        let drawn = self.almanac.luck(team, (week - self.first_week) as usize);
        drawn.unwrap_or_else(|| self.draw_luck(parameters, team, week))
    }

    #[inline]
    fn draw_luck(&self, parameters: &Parameters, team: usize, week: i32) -> f64 {
        let noise = parameters.environment.capacity_noise;
        if noise == 0.0 {
            return 1.0;
        }
        exp(noise * self.team_keys[team].symmetric(self.team_number(week, TeamDraw::Capacity), self.normal))
    }

    /// The needs that arise in a team's market this week: as many items as there are needs.
    #[inline]
    pub fn arrivals(&self, team: usize, week: i32) -> impl Iterator<Item = ()> {
        let number = self.team_number(week, TeamDraw::Arrivals);
        self.arrivals.at(self.team_keys[team].bits(number))
    }

    /// The key of the `ordinal`-th need of a team.
    #[inline]
    pub fn need_key(&self, team: usize, ordinal: u64) -> Key {
        self.team_keys[team].child(NEEDS_OF_TEAM + ordinal)
    }

    /// A draw of the week for a product line: whether its release fails.
    pub fn line_uniform(&self, line: usize, week: i32) -> f64 {
        self.line_keys[line].uniform((week - self.first_week) as u64)
    }

    /// The chance that decides whether a mandate comes to a line in the quarter of this week.
    pub fn mandate_uniform(&self, line: usize, quarter: u64) -> f64 {
        self.business_keys[line].uniform(business_draw::MANDATE + quarter)
    }

    /// The key of a mandate of a line, by a number that is its own.
    pub fn mandate_key(&self, line: usize, number: u64) -> Key {
        self.business_keys[line].child(business_draw::MANDATE_KEY + number)
    }

    /// The chance that decides whether an issue arises in a line this week.
    pub fn issue_uniform(&self, line: usize, week: i32) -> f64 {
        self.business_keys[line].uniform(business_draw::ISSUE + (week - self.first_week) as u64)
    }

    /// The error about what one more team would bring a line, as a standard normal number.
    pub fn perception_error(&self, line: usize, week: i32) -> f64 {
        let number = business_draw::PERCEPTION + (week - self.first_week) as u64;
        self.business_keys[line].symmetric(number, self.normal)
    }

    /// What needs that arise in a line in this week are worth relative to other lines: lognormal of median 1, moving
    /// from one draw to the next every `line_shift_weeks` so that its spread is the same at all times.
    pub fn prospects(&self, parameters: &Parameters, line: usize, week: i32) -> f64 {
        let environment = &parameters.environment;
        if environment.line_spread == 0.0 {
            return 1.0;
        }
        let place = f64::from(week - self.first_week) / f64::from(environment.line_shift_weeks);
        let (knot, share) = (place.floor(), place - place.floor());
        let draw = |knot: f64| {
            let number = business_draw::PROSPECTS + knot as u64;
            self.business_keys[line].symmetric(number, self.normal)
        };
        let score = (1.0 - share).sqrt() * draw(knot) + share.sqrt() * draw(knot + 1.0);
        exp(environment.line_spread * score)
    }

    fn team_number(&self, week: i32, draw: TeamDraw) -> u64 {
        (week - self.first_week) as u64 * DRAWS_PER_WEEK + draw as u64
    }

    /// The key of a seat for a product person of a team.
    pub fn seat_key(&self, team: usize, place: usize) -> Key {
        self.team_keys[team].child(SEATS_OF_TEAM + place as u64)
    }

    /// The key of the post of a line's head of product.
    pub fn head_key(&self, line: usize) -> Key {
        self.line_keys[line].child(HEAD_OF_LINE)
    }

    /// The key of the post of chief product officer.
    pub fn chief_key(&self) -> Key {
        self.company_key
    }

    /// A draw of the week for a seat or post.
    pub fn seat_uniform(&self, seat: Key, week: i32, draw: SeatDraw) -> f64 {
        seat.uniform((week - self.first_week) as u64 * 2 + draw as u64)
    }

    /// The key of the `ordinal`-th person to hold a seat or post.
    pub fn person_key(&self, seat: Key, ordinal: u32) -> Key {
        seat.child(PEOPLE_OF_SEAT + u64::from(ordinal))
    }

    /// Everything about a need that no decision can change.
    #[inline(always)]
    pub fn need(&self, parameters: &Parameters, key: Key, born: i32) -> Need {
        let environment = &parameters.environment;
        let log_size = self.log_size(parameters, key);
        let log_estimate = log_size + self.log_effort_median;
        let estimate = exp(log_estimate);
        let elasticity = environment.size_elasticity;
        let growth = if elasticity == 0.0 {
            1.0
        } else {
            exp(elasticity * log_size)
        };
        let unit = environment.value_scale * growth;
        let reach = environment.value_maximum;
        let t = key.symmetric(need_draw::VALUE, self.student).clamp(-reach, reach);
        let value = unit * (environment.value_location + environment.value_spread * t);
        let shift = |draw, spread: f64| {
            if spread == 0.0 {
                0.0
            } else {
                unit * spread * key.symmetric(draw, self.normal)
            }
        };
        Need {
            key,
            born,
            unit,
            value,
            delight: shift(need_draw::DELIGHT, environment.delight_spread),
            company_value: (1.0 - environment.local_share) * value
                - shift(need_draw::LOCAL, environment.local_spread),
            estimate,
            log_estimate,
        }
    }

    /// The effort that a solution estimated at `estimate` will take \[team-weeks\].
    pub fn effort(&self, parameters: &Parameters, key: Key, estimate: f64) -> f64 {
        let scope = parameters.environment.estimate_noise;
        if scope == 0.0 {
            estimate
        } else {
            estimate * exp(scope * key.symmetric(need_draw::SCOPE, self.normal))
        }
    }

    /// Whether the solution of a need can be built as imagined.
    pub fn is_feasible(&self, parameters: &Parameters, key: Key) -> bool {
        let share = parameters.environment.infeasible_share;
        share == 0.0 || key.uniform(need_draw::FEASIBLE) >= share
    }

    /// Natural logarithm of the size of a solution relative to the median.
    #[inline]
    fn log_size(&self, parameters: &Parameters, key: Key) -> f64 {
        match parameters.environment.effort_shape {
            EffortShape::Lognormal => {
                parameters.environment.effort_spread * key.symmetric(need_draw::EFFORT, self.normal)
            }
            EffortShape::Exponential => {
                math::ln(key.exponential(need_draw::EFFORT).max(1e-12) / core::f64::consts::LN_2)
            }
        }
    }

    /// Who brings a need, or `None` if it is quiet.
    #[inline]
    pub fn source(&self, parameters: &Parameters, key: Key) -> Option<Source> {
        if self.loud_threshold < f64::INFINITY {
            let correlation = parameters.environment.loudness_value_correlation;
            let mut quietness = key.symmetric(need_draw::LOUD, self.normal);
            if correlation != 0.0 {
                // The value draw has the same bits whatever its distribution, so its normal score is the same draw.
                let score = key.symmetric(need_draw::VALUE, self.normal);
                quietness = (1.0 - correlation * correlation).sqrt() * quietness - correlation * score;
            }
            if quietness > self.loud_threshold {
                return None;
            }
        }
        let place = key.uniform(need_draw::SOURCE);
        let [sales, executives, engineers] = self.source_limits;
        Some(match place {
            _ if place < sales => Source::Sales,
            _ if place < executives => Source::Executives,
            _ if place < engineers => Source::Engineers,
            _ => Source::Customers,
        })
    }

    /// Error of the first estimate of a need, given how much of it is that of the first person who judges and how much
    /// of a second one \[value units\].
    #[inline(always)]
    pub fn first_estimate_error(&self, parameters: &Parameters, key: Key, [first, second]: [f64; 2]) -> f64 {
        let noise = parameters.behaviour.first_estimate_noise;
        let error = first * noise * key.symmetric(need_draw::FIRST_ESTIMATE, self.normal);
        if second == 0.0 {
            return error;
        }
        error + second * noise * key.symmetric(need_draw::SECOND_ESTIMATE, self.normal)
    }

    /// Error of the claim made for a need, inflation included \[value units\].
    pub fn claim_error(&self, parameters: &Parameters, key: Key, source: Source) -> f64 {
        let noise = self.claim_noise[source as usize];
        let error = if noise == 0.0 {
            0.0
        } else {
            noise * key.symmetric(need_draw::CLAIM, self.normal)
        };
        parameters.behaviour.claim_inflation + error
    }

    /// The `number`-th error of evidence on a need, as a standard normal number.
    #[inline]
    pub fn evidence_error(&self, key: Key, number: u16) -> f64 {
        key.symmetric(need_draw::EVIDENCE + u64::from(number), self.normal)
    }

    /// The teams whose work a solution needs: up to two others.
    pub fn partners(&self, parameters: &Parameters, key: Key, team: usize) -> [Option<u32>; 2] {
        let probability = 0.5 * parameters.environment.coupling;
        let teams = self.team_keys.len();
        if probability == 0.0 || teams < 2 {
            return [None; 2];
        }
        let partner = |slot: u64| {
            if key.uniform(need_draw::DEPENDS + slot) >= probability {
                return None;
            }
            let other = (key.uniform(need_draw::PARTNER + slot) * (teams - 1) as f64) as usize;
            Some(if other >= team { other + 1 } else { other } as u32)
        };
        [partner(0), partner(1)]
    }
}

/// Variance of Student's t with three degrees of freedom, clamped to ±`reach`.
///
/// With x = reach/√3: (6/π)·(arctan x − x/(1+x²)) from within, and reach² times the tails.
pub fn truncated_t3_variance(reach: f64) -> f64 {
    let x = reach / 3.0_f64.sqrt();
    let within = 6.0 / core::f64::consts::PI * (libm::atan(x) - x / (1.0 + x * x));
    within + 2.0 * reach * reach * student_t3_tail(reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_a_truncated_t_rises_to_three() {
        assert!((truncated_t3_variance(1e9) - 3.0).abs() < 1e-6);
        assert!(truncated_t3_variance(20.0) < 3.0 && truncated_t3_variance(20.0) > 2.5);
    }

    #[test]
    fn the_share_of_loud_needs_is_as_set_and_independent_of_value() {
        let mut parameters = Parameters::default();
        parameters.environment.loud_share = 0.6;
        let world = World::new(&parameters, 1, 0, 0);
        let keys: Vec<Key> = (0..40_000).map(|ordinal| world.need_key(0, ordinal)).collect();
        let loud: Vec<f64> = keys
            .iter()
            .filter(|key| world.source(&parameters, **key).is_some())
            .map(|key| world.need(&parameters, *key, 0).value)
            .collect();
        let share = loud.len() as f64 / keys.len() as f64;
        assert!(
            (share - 0.6).abs() < 5.0 * (0.24f64 / keys.len() as f64).sqrt(),
            "{share}"
        );
    }
}
