//! A small engine whose answers are known, and scenarios for it; never the simulator.

use experiments::ComparisonPlan;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use scenarios::{Origin, Scenario};
use sim_core::outcomes::{Outcome, Outcomes, Series};
use sim_core::parameters::{Parameters, Value, find, table};
use sim_core::simulation::{Chooser, Request, Run, Span, WorldKey};

/// A scenario with the defaults of the table but for these values; nothing is uncertain but what `ranges` says.
pub fn scenario(name: &str, values: &[(&str, f64)], ranges: &[(&str, f64, f64)]) -> Scenario {
    let mut parameters = Parameters::default();
    for (path, value) in values {
        let (group, key) = path.split_once('.').expect("paths are group.name");
        let parameter = find(group, key).expect("the table has the parameter");
        parameter
            .set(&mut parameters, Value::Number(*value))
            .expect("the value is allowed");
    }
    let origins = table()
        .map(|parameter| Origin {
            parameter,
            value: parameter.get(&parameters),
            plausible: ranges
                .iter()
                .find(|range| range.0 == parameter.path())
                .map(|range| (range.1, range.2)),
            provenance: "assumed".to_owned(),
            source: "test".to_owned(),
            place: "test".to_owned(),
        })
        .collect();
    Scenario {
        name: name.to_owned(),
        description: String::new(),
        operating_model: name.to_owned(),
        transformation: None,
        environment: "test".to_owned(),
        warm_up_weeks: 104,
        parameters,
        origins,
    }
}

/// A plan over short runs, settings only.
pub fn plan(arms: Vec<Scenario>) -> ComparisonPlan {
    ComparisonPlan {
        span: Span {
            warm_up_weeks: 4,
            horizon_weeks: 12,
        },
        plausible: false,
        threads: 2,
        ..ComparisonPlan::new(arms, 2026)
    }
}

/// A generator for one world, the same for every arm.
pub fn luck(key: WorldKey) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(key.seed);
    generator.set_stream(key.replication);
    generator
}

/// A standard normal draw (Box and Muller 1958).
pub fn normal(generator: &mut ChaCha8Rng) -> f64 {
    let mut uniform = || ((generator.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64;
    let (radius, angle) = ((-2.0 * uniform().ln()).sqrt(), std::f64::consts::TAU * uniform());
    radius * angle.cos()
}

/// Value = 100 × strategy.clarity + 20 × shared luck + 5 × luck that weighs with clarity; its return is value over 50.
pub fn engine(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    let mut generator = luck(key);
    let (shared, own) = (normal(&mut generator), normal(&mut generator));
    let clarity = parameters.strategy.clarity;
    let skill = match request.chooser {
        Chooser::Random => -40.0,
        Chooser::Believing => 0.0,
        Chooser::Omniscient => 40.0,
    };
    let value = 100.0 * clarity + 20.0 * shared + 5.0 * clarity * own + skill;
    let mut outcomes = Outcomes::default();
    outcomes.set(Outcome::ShippedValue, value);
    outcomes.set(Outcome::ReturnOnTeamCost, value / 50.0);
    outcomes.set(Outcome::LeadTimeWeeks, 10.0 - clarity + shared);
    outcomes.set(Outcome::ItemsShipped, 5.0);
    if key.replication.is_multiple_of(3) {
        outcomes.set(Outcome::PaybackWeek, 40.0 + own);
    }
    let weekly = if request.weekly {
        (0..span.horizon_weeks)
            .map(|week| [value + f64::from(week); Series::COUNT])
            .collect()
    } else {
        Vec::new()
    };
    let weeks = u64::from(span.warm_up_weeks + span.horizon_weeks);
    Run {
        outcomes,
        weekly,
        events: Vec::new(),
        team_weeks: weeks * u64::from(parameters.company.teams),
    }
}
