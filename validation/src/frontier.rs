//! The chapter on the break-even frontier: the companies in which quarterly commitment is the better choice, by search
//! over companies and confirmed on fresh seeds.

use rayon::prelude::*;
use sim_core::costs;
use sim_core::outcomes::Outcome;
use sim_core::parameters::{Parameters, Value, find};
use sim_core::random::Key;
use sim_core::simulation::{Request, WorldKey, run};

use crate::arms::Arm;
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};
use crate::peeling::{Point, Region, mean, peeled, pruned, within};

const COMPANIES: u64 = 2_000;
const WORLDS: u64 = 8;
const CONFIRMING_WORLDS: u64 = 200;
const SEARCH_SEED: u64 = 31_337;
const FRESH_SEED: u64 = 271_828;
/// Fewest companies that a box may hold.
const FEWEST: usize = 40;

/// What is varied: parameters that move together, in which arms, and from where to where.
struct Axis {
    name: &'static str,
    paths: &'static [&'static str],
    arms: Arms,
    low: f64,
    high: f64,
}

/// Which arms an axis moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arms {
    /// A property of company, market or nature: both.
    Both,
    /// A lever of the empowered model, from autonomy without support to its library value.
    Empowered,
}

const fn both(name: &'static str, paths: &'static [&'static str], low: f64, high: f64) -> Axis {
    Axis {
        name,
        paths,
        arms: Arms::Both,
        low,
        high,
    }
}

const fn empowered(name: &'static str, paths: &'static [&'static str], low: f64, high: f64) -> Axis {
    Axis {
        name,
        paths,
        arms: Arms::Empowered,
        low,
        high,
    }
}

/// Ranges go beyond the plausible where the allowed range lets them.
const AXES: &[Axis] = &[
    both("craft in discovery", &["company.discovery_craft"], 0.0, 0.7),
    empowered(
        "access of product people, empowered",
        &["customer_access.product_people"],
        0.0,
        0.55,
    ),
    empowered("clarity of strategy, empowered", &["strategy.clarity"], 0.0, 0.65),
    both("coupling", &["environment.coupling"], 0.0, 2.0),
    both(
        "noise of claims",
        &[
            "behaviour.sales_claim_noise",
            "behaviour.executive_claim_noise",
            "behaviour.engineering_claim_noise",
            "behaviour.customer_claim_noise",
        ],
        0.5,
        10.0,
    ),
    both(
        "effort of a dependency",
        &["environment.dependency_effort"],
        0.1,
        2.0,
    ),
    both(
        "effort ratio of a missed dependency",
        &["behaviour.missed_dependency_effort"],
        1.0,
        4.0,
    ),
    both(
        "hours that find a dependency",
        &["behaviour.dependency_hours"],
        0.5,
        6.0,
    ),
    both(
        "requests per team and quarter",
        &["environment.requests_per_team_quarter"],
        0.0,
        6.0,
    ),
    both(
        "spread between team and company",
        &["environment.local_spread"],
        0.0,
        2.5,
    ),
    both(
        "noise of first estimates",
        &["behaviour.first_estimate_noise"],
        2.0,
        14.0,
    ),
    both("noise of evidence", &["behaviour.evidence_noise"], 1.5, 8.0),
    both("loud share", &["environment.loud_share"], 0.3, 1.0),
    both("retention of a hand-off", &["behaviour.retention"], 0.5, 1.0),
    both(
        "staleness half-life",
        &["environment.staleness_half_life_weeks"],
        30.0,
        400.0,
    ),
    both(
        "sample over noise of measurement",
        &["environment.test_information"],
        0.0,
        10.0,
    ),
    empowered("hours of discovery, empowered", &["discovery.hours"], 0.0, 10.0),
    empowered(
        "access of engineers, empowered",
        &["customer_access.engineers"],
        0.0,
        0.4,
    ),
    empowered("access to data, empowered", &["customer_access.data"], 0.0, 0.6),
    empowered("hand-offs, empowered", &["roles.hand_offs"], 0.0, 3.0),
    empowered(
        "weight of claims, empowered",
        &[
            "governance.sales_weight",
            "governance.executive_weight",
            "governance.customer_weight",
        ],
        0.0,
        0.4,
    ),
    empowered(
        "joint share of planning, empowered",
        &["commitment.joint_share"],
        0.0,
        0.4,
    ),
];

/// Both arms and the worlds they meet in.
struct Search {
    safe: Arm,
    empowered: Arm,
}

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Break-even frontier: where the quarterly model wins");
    page.say(format!(
        "{COMPANIES} companies drawn evenly from the ranges below (seed {SEARCH_SEED}), {WORLDS} worlds each, `safe` and \
         `empowered` in the same worlds. The levers of `empowered` run from its library values down to autonomy without \
         support. The score of a company is the mean gap of shipped value, `safe` less `empowered`, as a share of the team \
         cost over the horizon. Peeling finds the box of at least {FEWEST} companies in which it is largest, and pruning drops limits that hardly matter; the box is then \
         tried on fresh companies in fresh worlds (seed {FRESH_SEED}, {CONFIRMING_WORLDS} worlds, each with a company of \
         its own)."
    ));
    let search = Search {
        safe: Arm::of("safe@enterprise", &[]),
        empowered: Arm::of("empowered@enterprise", &[]),
    };
    for (title, outcome) in [
        ("By shipped value", Outcome::ShippedValue),
        ("By net value", Outcome::NetValue),
    ] {
        page.section(title);
        search.report(page, outcome);
    }
}

impl Search {
    fn report(&self, page: &mut Page, outcome: Outcome) {
        let points = self.sample(outcome);
        let all: Vec<&Point> = points.iter().collect();
        let wins = points.iter().filter(|point| point.score > 0.0).count();
        let region = pruned(&points, &peeled(&points, FEWEST));
        let inside = within(&all, &region);
        let nearest = points
            .iter()
            .map(|point| point.score)
            .fold(f64::NEG_INFINITY, f64::max);
        page.say(format!(
            "In the search `safe` is ahead in {wins} of {COMPANIES} companies; the mean gap over all is {}, the largest gap \
             of one company {} (of {COMPANIES} noisy means the largest is flattered by luck). The best box holds {} companies \
             with a mean gap of {} in the search:",
            figure(mean(&all)),
            figure(nearest),
            inside.len(),
            figure(mean(&inside))
        ));
        let limits = AXES
            .iter()
            .zip(&region)
            .filter(|(_, range)| **range != (0.0, 1.0));
        page.table(
            &["what", "searched", "box"],
            limits.map(|(axis, (low, high))| {
                vec![
                    axis.name.to_owned(),
                    format!("{} to {}", axis.low, axis.high),
                    format!("{} to {}", figure(axis.at(*low)), figure(axis.at(*high))),
                ]
            }),
        );
        self.confirm(page, outcome, &region);
    }

    fn sample(&self, outcome: Outcome) -> Vec<Point> {
        let company = |number: u64| {
            let place = place(SEARCH_SEED, number, None);
            let gaps: Vec<f64> = (0..WORLDS)
                .filter_map(|world| self.gap(&place, key(SEARCH_SEED, number * WORLDS + world), outcome))
                .collect();
            Point {
                score: gaps.iter().sum::<f64>() / gaps.len() as f64,
                place,
            }
        };
        (0..COMPANIES).into_par_iter().map(company).collect()
    }

    /// Gap between both arms in one world, `safe` less `empowered` [share of team cost].
    fn gap(&self, place: &[f64], key: WorldKey, outcome: Outcome) -> Option<f64> {
        let value = |arm: &Arm, which: Arms| {
            let parameters = moved(&arm.parameters, place, which);
            let outcomes = run(&parameters, arm.span, key, Request::default()).outcomes;
            Some(outcomes.get(outcome)? / costs::team_cost(&parameters, arm.span))
        };
        Some(value(&self.safe, Arms::Both)? - value(&self.empowered, Arms::Empowered)?)
    }

    fn confirm(&self, page: &mut Page, outcome: Outcome, region: &Region) {
        let fresh = |world: u64| {
            self.gap(
                &place(FRESH_SEED, world, Some(region)),
                key(FRESH_SEED, world),
                outcome,
            )
        };
        let gaps: Vec<f64> = (0..CONFIRMING_WORLDS).into_par_iter().filter_map(fresh).collect();
        let (gap, error) = mean_and_error(&gaps);
        let ahead = gaps.iter().filter(|gap| **gap > 0.0).count();
        let verdict = match gap / error {
            size if size > 3.0 => {
                "confirmed: in this box quarterly commitment is the better choice on average"
            }
            size if size < -3.0 => "not confirmed: even in its best box quarterly commitment is behind",
            _ => "not settled: in its best box neither is ahead",
        };
        page.say(format!(
            "Fresh seeds: `safe` is ahead in {ahead} of {} worlds; mean gap {} of team cost. {verdict}.",
            gaps.len(),
            with_error((gap, error))
        ));
    }
}

impl Axis {
    /// The value at a share of the range.
    fn at(&self, share: f64) -> f64 {
        self.low + share * (self.high - self.low)
    }
}

fn key(seed: u64, replication: u64) -> WorldKey {
    WorldKey { seed, replication }
}

/// A company drawn evenly, from the whole range or from a region.
fn place(seed: u64, number: u64, region: Option<&Region>) -> Vec<f64> {
    let draws = Key(seed).child(number);
    let coordinate = |axis: usize| {
        let (low, high) = region.map_or((0.0, 1.0), |region| region[axis]);
        low + draws.uniform(axis as u64) * (high - low)
    };
    (0..AXES.len()).map(coordinate).collect()
}

/// Parameters of an arm in a company; the empowered arm is moved along every axis, the other along what both share.
fn moved(parameters: &Parameters, place: &[f64], arm: Arms) -> Parameters {
    let mut moved = parameters.clone();
    for (axis, share) in AXES.iter().zip(place) {
        if axis.arms == Arms::Both || arm == Arms::Empowered {
            for path in axis.paths {
                set(&mut moved, path, axis.at(*share));
            }
        }
    }
    moved
}

fn set(parameters: &mut Parameters, path: &str, value: f64) {
    let parameter = path.split_once('.').and_then(|(group, name)| find(group, name));
    let parameter = parameter.unwrap_or_else(|| panic!("there is no parameter {path}"));
    let value = match parameter.default {
        Value::Whole(_) => Value::Whole(value.round() as u32),
        _ => Value::Number(value),
    };
    if let Err(error) = parameter.set(parameters, value) {
        panic!("a range of the search is not allowed: {error}");
    }
}
