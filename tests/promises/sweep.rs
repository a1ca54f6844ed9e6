//! `orgsim sweep` on the real program: plans that run, plans that are refused before any run.

use crate::terminal::Terminal;

const GRID: &str = "arms = [\"safe\", \"empowered\"]
design = \"grid\"
replications = 3
[[factor]]
parameter = \"environment.coupling\"
values = [0.1, 0.4]
[[factor]]
environment = [\"enterprise\", \"coupled-platform\"]
";

/// Options that make a run short.
const SMALL: &str = "--teams 2 --horizon 20";

#[test]
fn a_grid_with_names_is_swept_to_the_same_bytes_at_any_number_of_threads() {
    let terminal = Terminal::new();
    terminal.write("plan.toml", GRID);
    let said = terminal.done(&format!("sweep plan.toml {SMALL} --threads 1 --out one"));
    assert!(
        said.contains("grid of 4 points, 3 worlds each") && said.contains("coupled-platform"),
        "{said}"
    );
    terminal.done(&format!("sweep plan.toml {SMALL} --threads 3 --out two"));
    for name in [
        "manifest.json",
        "points.csv",
        "runs.csv",
        "sweep.json",
        "verdict.txt",
        "plots/sweep-map.svg",
    ] {
        assert_eq!(
            terminal.read(&format!("one/{name}")),
            terminal.read(&format!("two/{name}")),
            "{name}"
        );
    }
    let points = terminal.read("one/points.csv");
    assert!(
        points.starts_with("point,environment.coupling,environment,arm,baseline,outcome,unit,worlds,mean,"),
        "{points}"
    );
    // Two arms and their difference at each of four points.
    assert_eq!(points.lines().count(), 1 + 4 * 3);
    let runs = terminal.read("one/runs.csv");
    assert_eq!(runs.lines().count(), 1 + 3 * 4 * 2);
    // World by world: more replications repeat these and go on.
    terminal.write("more.toml", &GRID.replace("replications = 3", "replications = 4"));
    terminal.done(&format!("sweep more.toml {SMALL} --quiet --out more"));
    assert!(terminal.read("more/runs.csv").starts_with(&runs));
}

/// What a sweep leaves for people and programs; not how it was made.
const WRITTEN: [&str; 6] = [
    "manifest.json",
    "plan.toml",
    "points.csv",
    "runs.csv",
    "sweep.json",
    "verdict.txt",
];

#[test]
fn extending_a_sweep_gives_the_bytes_of_one_with_more_worlds() {
    let terminal = Terminal::new();
    terminal.write("plan.toml", GRID);
    terminal.done(&format!("sweep plan.toml {SMALL} --quiet --out grown"));
    let before = terminal.read("grown/runs.csv");
    // Pictures of fewer worlds do not stay beside tables of more.
    terminal.done("extend grown --replications 5 --no-plots --quiet");
    assert!(!terminal.path("grown/plots/sweep-map.svg").exists());
    terminal.done("extend grown --replications 7 --quiet --threads 2");
    terminal.write("plan.toml", &GRID.replace("replications = 3", "replications = 7"));
    terminal.done(&format!("sweep plan.toml {SMALL} --quiet --out direct"));
    for name in WRITTEN.into_iter().chain(["plots/sweep-map.svg"]) {
        let [grown, direct] = ["grown", "direct"].map(|folder| terminal.read(&format!("{folder}/{name}")));
        assert_eq!(grown, direct, "{name}");
    }
    assert!(terminal.read("grown/runs.csv").starts_with(&before));
    // The plan as it is now is that of the folder; as it was, it is another one.
    terminal.done(&format!("sweep plan.toml {SMALL} --no-plots --quiet --out grown"));
    terminal.write("plan.toml", GRID);
    let said = terminal.run(&format!("sweep plan.toml {SMALL} --no-plots --out grown"));
    assert!(
        said.code != Some(0)
            && said
                .err
                .contains("replications 7 there, 3 here (`orgsim extend` adds some)"),
        "{}",
        said.all()
    );
}

#[test]
fn extensions_that_make_no_sense_are_refused_and_leave_the_sweep_as_it_was() {
    let terminal = Terminal::new();
    terminal.write("plan.toml", GRID);
    terminal.done(&format!("sweep plan.toml {SMALL} --no-plots --quiet --out one"));
    terminal.done(&format!(
        "sweep plan.toml {SMALL} --no-plots --quiet --shard 1/2 --out slice"
    ));
    terminal.done(&format!(
        "attribute safe empowered {SMALL} --replications 2 --no-plots --quiet --out parts"
    ));
    let before = WRITTEN.map(|name| terminal.read(&format!("one/{name}")));
    for (line, word) in [
        ("extend one --replications 3", "has 3 replications already"),
        ("extend one --replications 2000000", "replications"),
        ("extend slice --replications 9", "holds slice 1/2 of a study"),
        ("extend parts --replications 9", "to which no worlds can be added"),
    ] {
        let said = terminal.run(line);
        assert!(said.code != Some(0) && said.err.contains(word), "{}", said.all());
    }
    assert_eq!(WRITTEN.map(|name| terminal.read(&format!("one/{name}"))), before);
}

#[test]
fn a_point_of_a_sweep_is_the_run_of_its_settings() {
    let terminal = Terminal::new();
    terminal.write("plan.toml", GRID);
    terminal.done(&format!("sweep plan.toml {SMALL} --quiet --out one"));
    let line = format!(
        "run empowered --environment coupled-platform --set environment.coupling=0.4 --replication 2 {SMALL} --json"
    );
    let run: serde_json::Value = serde_json::from_str(&terminal.done(&line)).expect("an object");
    let value = run["outcomes"]["shipped_value"]["value"].to_string();
    let row = format!("2,3,0.4,coupled-platform,empowered,ok,{value},");
    let runs = terminal.read("one/runs.csv");
    assert!(runs.lines().any(|line| line == row), "{row}\n{runs}");
}

#[test]
fn models_tables_and_spread_points_are_swept_too() {
    let terminal = Terminal::new();
    terminal.write(
        "models.toml",
        "arms = [\"safe\", \"empowered\"]\ndesign = \"table\"\nreplications = 2\n[[factor]]\n\
         operating_model = [\"scrum-po\", \"empowered\", \"no-pm\"]\n",
    );
    let said = terminal.done(&format!("sweep models.toml {SMALL} --out models"));
    assert!(
        said.contains("scrum-po") && said.contains("table of 3 points"),
        "{said}"
    );
    for design in ["sobol", "latin-hypercube"] {
        terminal.write(
            "spread.toml",
            &format!(
                "arms = [\"safe\"]\ndesign = \"{design}\"\npoints = 4\nreplications = 2\n[[factor]]\n\
                 parameter = \"environment.coupling\"\nlow = 0\nhigh = 0.5\n"
            ),
        );
        let object = terminal.done(&format!("sweep spread.toml {SMALL} --json --out {design}"));
        let object: serde_json::Value = serde_json::from_str(&object).expect("an object");
        assert_eq!(object["points"].as_array().map(Vec::len), Some(4));
    }
}

#[test]
fn the_example_is_a_plan_that_runs() {
    let terminal = Terminal::new();
    let example = terminal.done("sweep --example");
    terminal.write("plan.toml", &example);
    terminal.done(&format!("sweep plan.toml {SMALL} --no-plots --quiet --out one"));
    assert!(!terminal.path("one/plots").exists());
}

#[test]
fn plans_that_make_no_sense_are_refused_before_any_run() {
    let start = "arms = [\"safe\", \"empowered\"]\ndesign = \"grid\"\n";
    let coupling = "[[factor]]\nparameter = \"environment.coupling\"\nvalues = [0.1, 0.2]\n";
    let many = (0..1000)
        .map(|value| format!("{}", f64::from(value) / 2000.0))
        .collect::<Vec<_>>()
        .join(", ");
    let wide = |parameter: &str| {
        format!("[[factor]]\nparameter = \"{parameter}\"\nlow = 0.1\nhigh = 0.9\nsteps = 1000\n")
    };
    let plans = [
        ("unknown", format!("{start}[[factor]]\nparameter = \"environment.couplng\"\nvalues = [1]\n")),
        ("empty-range", format!("{start}[[factor]]\nparameter = \"environment.coupling\"\nlow = 0.5\nhigh = 0.5\nsteps = 3\n")),
        ("no-values", format!("{start}[[factor]]\nparameter = \"environment.coupling\"\nvalues = []\n")),
        ("outside", format!("{start}[[factor]]\nparameter = \"strategy.clarity\"\nvalues = [0.5, 7]\n")),
        ("twice", format!("{start}{coupling}{coupling}")),
        ("one-arm", format!("{start}[[factor]]\nparameter = \"environment.coupling\"\narm = \"safe\"\nvalues = [0.1]\n")),
        ("no-such-arm", format!("{start}[[factor]]\nparameter = \"discovery.hours\"\narm = \"saef\"\nvalues = [1]\n")),
        (
            "categorical",
            "arms = [\"safe\"]\ndesign = \"sobol\"\npoints = 8\n[[factor]]\nenvironment = [\"enterprise\", \"startup\"]\n".to_owned(),
        ),
        (
            "words-in-ranges",
            "arms = [\"safe\"]\ndesign = \"sobol\"\npoints = 8\n[[factor]]\nparameter = \"commitment.style\"\nlow = 1\nhigh = 2\n".to_owned(),
        ),
        (
            "a-million-million",
            format!(
                "{start}{}{}{}{}",
                wide("strategy.clarity"),
                wide("incentives.outcome_weight"),
                wide("roles.role_clarity"),
                wide("environment.coupling")
            ),
        ),
        ("too-many-runs", format!("{start}replications = 1000000\n[[factor]]\nparameter = \"environment.coupling\"\nvalues = [{many}]\n")),
        ("uneven", format!("{}{coupling}[[factor]]\nparameter = \"discovery.hours\"\nvalues = [1, 2, 3]\n", start.replace("grid", "table"))),
        ("no-design", "arms = [\"safe\"]\n".to_owned()),
        ("misspelt", format!("{}replicatons = 4\n{coupling}", start.replace("grid", "latin-hypercub"))),
        ("no-toml", "arms = [safe]\n".to_owned()),
    ];
    let mut words = String::new();
    for (name, text) in &plans {
        let terminal = Terminal::new();
        terminal.write("plan.toml", text);
        let said = terminal.run("sweep plan.toml --out one");
        assert_eq!(said.code, Some(2), "{name}: {said:?}");
        assert!(!terminal.path("one").exists(), "{name}");
        // The long list of values is not what is looked at.
        words += &format!("{name}\n{}\n", said.err.replace(&many, "[a thousand values]"));
    }
    let terminal = Terminal::new();
    terminal.write("plan.toml", GRID);
    for options in [
        "--set environment.coupling=0.3",
        "--environment startup",
        "--environment entreprise",
    ] {
        let said = terminal.run(&format!("sweep plan.toml {options}"));
        assert_eq!(said.code, Some(2));
        words += &format!("{options}\n{}\n", said.err);
    }
    words += &terminal.run("sweep nowhere.toml").err;
    words += &terminal.run("sweep").err;
    insta::assert_snapshot!(words);
}
