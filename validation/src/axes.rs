//! What the search for the break-even frontier varies, and how a company is set; never runs one.

use sim_core::parameters::{Parameters, Value, find};

/// What is varied: parameters that move together, in which arms, and from where to where.
pub struct Axis {
    /// What it is called.
    pub name: &'static str,
    paths: &'static [&'static str],
    arms: Arms,
    /// Where it begins, in the unit of its parameters.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

/// Which arms an axis moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Arms {
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
pub const AXES: &[Axis] = &[
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

impl Axis {
    /// The value at a share of the range.
    pub fn at(&self, share: f64) -> f64 {
        self.low + share * (self.high - self.low)
    }
}

/// Parameters of an arm in a company; the empowered arm is moved along every axis, the other along what both share.
pub fn moved(parameters: &Parameters, place: &[f64], arm: Arms) -> Parameters {
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
