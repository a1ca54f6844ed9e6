//! A small engine, scenarios for it, and the bytes of a study folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use experiments::result::Comparison;
use experiments::{ComparisonPlan, Stopping};
use scenarios::{Origin, Scenario};
use sim_core::outcomes::{Outcome, Outcomes, Series};
use sim_core::parameters::{Parameters, Value, find, table};
use sim_core::simulation::{Request, Run, Span, WorldKey};
use studies::{Study, StudyError};

/// A scenario with the defaults of the table, but for clarity, which is uncertain.
pub fn scenario(name: &str, clarity: f64) -> Scenario {
    let mut parameters = Parameters::default();
    let parameter = find("strategy", "clarity").expect("the table has it");
    parameter
        .set(&mut parameters, Value::Number(clarity))
        .expect("it is a share");
    let range = |path: String| (path == "strategy.clarity").then_some((0.5 * clarity, 0.5 * clarity + 0.5));
    let origins = table()
        .map(|parameter| Origin {
            parameter,
            value: parameter.get(&parameters),
            plausible: range(parameter.path()),
            provenance: "assumed".to_owned(),
            source: "test".to_owned(),
            place: "test".to_owned(),
        })
        .collect();
    Scenario {
        name: name.to_owned(),
        description: "A test.".to_owned(),
        operating_model: name.to_owned(),
        transformation: None,
        environment: "test".to_owned(),
        warm_up_weeks: 4,
        parameters,
        origins,
    }
}

/// Two arms over short runs and both bases.
pub fn plan(worlds: u64) -> ComparisonPlan {
    ComparisonPlan {
        span: Span {
            warm_up_weeks: 4,
            horizon_weeks: 6,
        },
        stopping: Stopping::Fixed(worlds),
        threads: 2,
        ..ComparisonPlan::new(vec![scenario("a", 0.3), scenario("b", 0.4)], 2026)
    }
}

/// Values between 0 and 100 by clarity and by two rounds of a mixing function of the key.
pub fn engine(parameters: &Parameters, span: Span, key: WorldKey, request: Request) -> Run {
    let mix = |number: u64| {
        let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
    };
    let luck = (mix(mix(key.replication.wrapping_add(key.seed << 20))) >> 11) as f64 / (1u64 << 53) as f64;
    let value = 50.0 * luck + 50.0 * parameters.strategy.clarity * (1.0 + luck);
    let mut outcomes = Outcomes::default();
    outcomes.set(Outcome::ShippedValue, value);
    outcomes.set(Outcome::ReturnOnTeamCost, value / 40.0);
    let weeks = if request.weekly { span.horizon_weeks } else { 0 };
    let weekly = (0..weeks)
        .map(|week| [value * f64::from(week); Series::COUNT])
        .collect();
    Run {
        outcomes,
        weekly,
        events: Vec::new(),
        team_weeks: 10,
    }
}

/// Runs a study to its end.
pub fn run(study: &mut Study) -> Result<Comparison, StudyError> {
    let comparison = study.run(&engine, &mut |_| {}, &AtomicBool::new(false))?;
    study.finish(&comparison)?;
    Ok(comparison)
}

/// Every file of a folder but the log, and its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for part in [folder.to_owned(), folder.join("shards")] {
        for entry in fs::read_dir(&part).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let name = path
                .strip_prefix(folder)
                .expect("it is inside")
                .display()
                .to_string();
            if path.is_file() && name != "log.jsonl" {
                found.insert(name, fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

/// Whether two folders hold the same files with the same bytes; says which differ.
pub fn assert_same_files(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(other[&name] == bytes, "{name} differs");
    }
}
