//! Nothing is lost: text and record of a scenario load to the same scenario, bit for bit.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use scenarios::{Kind, Library, ResolvedScenario, Scenario, ScenarioText, load};
use sim_core::parameters::{Parameter, Value, table};

use crate::{Folder, NONE, plain};

/// Path, exact value, exact range, provenance and source of one parameter.
type Row = (String, String, Option<(u64, u64)>, String, String);

/// What a scenario says about its parameters besides the places where it was written.
fn content(scenario: &Scenario) -> Vec<Row> {
    let exact = |value: Value| match value {
        Value::Number(number) => format!("{:x}", number.to_bits()),
        other => format!("{other:?}"),
    };
    let origins = scenario.origins.iter();
    origins
        .map(|origin| {
            let range = origin
                .plausible
                .map(|(low, high)| (low.to_bits(), high.to_bits()));
            (
                origin.parameter.path(),
                exact(origin.value),
                range,
                origin.provenance.clone(),
                origin.source.clone(),
            )
        })
        .collect()
}

/// Writes both texts and loads them again.
fn reload(text: &ScenarioText) -> Scenario {
    let folder = Folder::new();
    let environment = folder.write("environment.toml", &text.environment);
    let model = folder.write("model.toml", &text.operating_model);
    plain(&format!("{model}@{environment}"))
}

fn assert_kept(scenario: &Scenario) {
    let reloaded = reload(&scenario.to_toml());
    assert_eq!(content(&reloaded), content(scenario), "{}", scenario.name);
    assert_eq!(reloaded.parameters, scenario.parameters);
    assert_eq!(reloaded.uncertainties(), scenario.uncertainties());
    assert_eq!(
        (reloaded.warm_up_weeks, &reloaded.description),
        (scenario.warm_up_weeks, &scenario.description)
    );
    let json = serde_json::to_string(&ResolvedScenario::from(scenario)).expect("plain data");
    let record: ResolvedScenario = serde_json::from_str(&json).expect("its own JSON");
    let rebuilt = Scenario::try_from(&record).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(&rebuilt, scenario);
    assert_eq!(content(&rebuilt), content(scenario));
}

#[test]
fn every_model_in_every_environment_survives_writing_and_loading() {
    for model in Library::of_kind(Kind::OperatingModel) {
        for environment in Library::of_kind(Kind::Environment) {
            assert_kept(&load(model.name, Some(environment.name), &NONE).expect("the library loads"));
        }
    }
}

/// Any value a parameter may have, as it is written on the command line.
fn value(parameter: &'static Parameter) -> BoxedStrategy<String> {
    match parameter.default {
        Value::Switch(_) => any::<bool>().prop_map(|on| on.to_string()).boxed(),
        Value::Choice(_) => proptest::sample::select(parameter.choices)
            .prop_map(str::to_owned)
            .boxed(),
        Value::Whole(_) => (parameter.low as u32..=parameter.high as u32)
            .prop_map(|whole| whole.to_string())
            .boxed(),
        Value::Number(_) if parameter.high.is_infinite() => prop_oneof![
            (parameter.low..1e300).prop_map(|number| number.to_string()),
            Just("inf".to_owned())
        ]
        .boxed(),
        Value::Number(_) => (parameter.low..=parameter.high)
            .prop_map(|number| number.to_string())
            .boxed(),
    }
}

fn overrides() -> impl Strategy<Value = Vec<String>> {
    let one = proptest::sample::select(table().collect::<Vec<_>>()).prop_flat_map(|parameter| {
        value(parameter).prop_map(move |value| format!("{}={value}", parameter.path()))
    });
    proptest::collection::vec(one, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn any_valid_override_survives_writing_and_loading(overrides in overrides()) {
        // Overrides that contradict one another are refused, which other tests show.
        if let Ok(scenario) = load("empowered", Some("startup"), &overrides) {
            assert_kept(&scenario);
        }
    }

    #[test]
    fn any_text_survives_as_source_and_description(words in "\\PC*|(.|\\n|\"|'|\\\\|\t){0,20}") {
        let mut scenario = plain("safe");
        scenario.description.clone_from(&words);
        scenario.origins[3].source = format!("x{words}");
        assert_kept(&scenario);
    }

    #[test]
    fn no_text_makes_loading_panic(text in "(\\[|\\]|\\{|\\}|=|\"|\\.|,|\n|é|discovery|hours|company|value|low|high|[0-9]|nan|inf|true| ){0,40}") {
        let folder = Folder::new();
        let path = folder.write("any.toml", &text);
        if let Err(problem) = load(&path, None, &NONE) {
            assert!(!problem.to_string().is_empty());
        }
    }
}

#[test]
fn most_random_overrides_are_valid_so_that_the_property_is_tested() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = overrides();
    let valid = (0..100).filter(|_| {
        let overrides = strategy.new_tree(&mut runner).expect("a tree").current();
        load("empowered", Some("startup"), &overrides).is_ok()
    });
    assert!(valid.count() > 50);
}

#[test]
fn a_record_that_was_changed_is_refused() {
    let record = ResolvedScenario::from(&plain("safe"));
    let refused = |change: fn(&mut ResolvedScenario)| {
        let mut changed = record.clone();
        change(&mut changed);
        Scenario::try_from(&changed)
            .expect_err("a changed record")
            .to_string()
    };
    let messages = [
        refused(|record| drop(record.settings.pop())),
        refused(|record| record.settings.swap(0, 1)),
        refused(|record| record.settings.push(record.settings[0].clone())),
        refused(|record| record.settings[0].value = "NaN".to_owned()),
        refused(|record| record.settings[0].value = "1000000000".to_owned()),
        refused(|record| record.settings[0].provenance = "guessed".to_owned()),
        refused(|record| record.settings[4].low = Some("0.9".to_owned())),
        refused(|record| record.settings[4].low = None),
        refused(|record| record.warm_up_weeks = 521),
    ];
    insta::assert_snapshot!(messages.join("\n\n"));
}
