//! The JSON object that tools rely on keeps its shape.

use serde_json::Value;

use crate::terminal::Terminal;

fn object(more: &str) -> Value {
    object_of(&format!("--replications 10 --horizon 12 --teams 2 {more}"))
}

fn object_of(options: &str) -> Value {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered --no-plots --json {options}");
    let said = terminal.run(&line);
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(0), ""),
        "nothing but the object is said"
    );
    assert_eq!(said.out.lines().count(), 1);
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn the_object_has_every_promised_key() {
    let object = object("");
    assert_eq!(object["schema"], 1);
    assert_eq!(object["seed"], 2026);
    assert_eq!(object["replications"], 10);
    assert_eq!(object["worlds_failed"], 0);
    assert!(
        object["engine"]
            .as_str()
            .is_some_and(|engine| engine.starts_with("orgsim "))
    );
    for key in ["elapsed_seconds", "cpu_seconds"] {
        assert!(
            object[key].as_f64().is_some_and(|seconds| seconds > 0.0),
            "{key}: {}",
            object[key]
        );
    }
    assert!(object["threads"].as_u64().is_some_and(|threads| threads > 0));
    assert_eq!(object["arms"][0]["name"], "safe");
    let value = &object["arms"][0]["outcomes"]["shipped_value"];
    assert_eq!(value["unit"], "team-week costs");
    for key in ["mean", "standard_error", "p05", "p50", "p95"] {
        assert!(value[key].is_f64(), "{key}: {value}");
    }
    let bases: Vec<&Value> = object["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|pair| &pair["basis"])
        .collect();
    assert_eq!(bases, ["settings", "plausible"]);
    let gap = &object["differences"][0]["outcomes"]["shipped_value"];
    let keys = [
        "mean",
        "ci95_low",
        "ci95_high",
        "better_in_20",
        "probability_better",
        "variance_reduction",
        "verdict",
    ];
    for key in keys {
        assert!(!gap[key].is_null(), "{key}: {gap}");
    }
}

#[test]
fn team_weeks_count_every_simulated_week() {
    let object = object("--no-uncertain");
    assert_eq!(
        object["team_weeks"],
        10 * 2 * 2 * (104 + 12),
        "worlds, arms, teams and weeks"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_measured() {
    assert!(
        object("--no-uncertain")["peak_memory_bytes"]
            .as_u64()
            .is_some_and(|bytes| bytes > 1 << 20)
    );
}

#[test]
fn bounds_are_one_more_key_and_lie_around_what_people_choose() {
    // Long enough that a die loses by more than luck: by about seven standard errors.
    let object = object_of("--replications 20 --horizon 104 --teams 4 --no-uncertain --bounds");
    let mean = |arm: usize, chooser: &str| object["bounds"][arm][chooser]["mean"].as_f64().expect("a mean");
    for arm in [0, 1] {
        assert!(mean(arm, "random") < mean(arm, "omniscient"));
        let value = &object["arms"][arm]["outcomes"]["shipped_value"]["mean"];
        assert_eq!(value.as_f64(), Some(mean(arm, "believing")), "the same worlds");
    }
}
