//! Every operating model in every environment: its books balance, its name means nothing, its world is everybody's.

use std::collections::BTreeSet;

use scenarios::{Kind, Library, Scenario};
use sim_core::events::EventKind;
use sim_core::outcomes::{Outcome, Outcomes};
use sim_core::simulation::{Request, Span, WorldKey, run};

use crate::watch::{ALL, watched};

const KEY: WorldKey = WorldKey {
    seed: 2026,
    replication: 0,
};

fn names(kind: Kind) -> Vec<&'static str> {
    Library::of_kind(kind).map(|entry| entry.name).collect()
}

fn loaded(model: &str, environment: Option<&str>) -> Scenario {
    scenarios::load::<&str>(model, environment, &[]).expect("the library loads")
}

fn span(scenario: &Scenario) -> Span {
    Span {
        warm_up_weeks: scenario.warm_up_weeks,
        horizon_weeks: 156,
    }
}

fn bits(outcomes: &Outcomes) -> Vec<Option<u64>> {
    let value = |outcome: &Outcome| outcomes.get(*outcome).map(f64::to_bits);
    Outcome::ALL.iter().map(value).collect()
}

#[test]
fn the_books_of_every_model_balance_in_every_environment() {
    for model in names(Kind::OperatingModel) {
        for environment in names(Kind::Environment) {
            let scenario = loaded(model, Some(environment));
            watched(&scenario.parameters, span(&scenario), KEY);
        }
    }
}

#[test]
fn a_copy_under_another_name_changes_no_figure() {
    let folder = tempfile::tempdir().expect("a folder for copies");
    for model in ["safe", "empowered", "no-pm"] {
        let original = loaded(model, None);
        let text = original.to_toml();
        let [file, environment] =
            ["another-name.toml", "another-place.toml"].map(|name| folder.path().join(name));
        std::fs::write(&file, text.operating_model).expect("the folder takes files");
        std::fs::write(&environment, text.environment).expect("the folder takes files");
        let copy = loaded(
            &file.display().to_string(),
            Some(&environment.display().to_string()),
        );
        assert_ne!(copy.name, original.name);
        let outcomes = |scenario: &Scenario| {
            bits(&run(&scenario.parameters, span(scenario), KEY, Request::default()).outcomes)
        };
        assert_eq!(outcomes(&copy), outcomes(&original), "{model}");
    }
}

#[test]
fn all_models_of_an_environment_meet_the_same_loud_needs() {
    let heard = |model: &str| -> BTreeSet<(u32, u64, i32)> {
        let scenario = loaded(model, Some("enterprise"));
        let events = run(&scenario.parameters, span(&scenario), KEY, ALL).events;
        let loud = events
            .iter()
            .filter(|event| event.kind == EventKind::Heard && !event.detail.starts_with("from search"));
        loud.filter_map(|event| Some((event.team, event.need?, event.week)))
            .collect()
    };
    let first = heard("safe");
    assert!(first.len() > 1_000);
    for model in names(Kind::OperatingModel) {
        assert!(heard(model) == first, "{model} hears of other needs");
    }
}
