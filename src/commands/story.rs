//! `orgsim story`: why one world of a study came out as it did.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use experiments::plausible::Companies;
use experiments::result::BasisResult;
use experiments::story::{Pick, Story as Told, StoryPlan, WorldGap, pick, story};
use reports::figures::count;
use reports::plots::timeline;
use reports::story::StoryReport;
use scenarios::{Scenario, load};
use serde_json::{Value, json};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::WorldKey;
use studies::manifest::MANIFEST_FILE;
use studies::{FinishedStudy, write_whole};

use super::bytes;
use crate::again::quoted;
use crate::arguments::{Speech, Story, choices};
use crate::failure::Failure;
use crate::held::finished_study;
use crate::interruption;
use crate::measurement::engine;
use crate::output::print;
use crate::progress::Bar;
use crate::reproduction::{reference, usual_options};
use crate::results::{PLOTS, file_name};

/// Version of the shape of the JSON object.
const SCHEMA: u32 = 1;

/// What is told: two arms of a study in one of its worlds.
struct Scene<'a> {
    study: &'a FinishedStudy,
    /// Indices of baseline and arm.
    pair: [usize; 2],
    /// Index in `pair` of the only arm that is told.
    only: Option<usize>,
    /// Number of the world.
    replication: u64,
    /// Which world it is, in words.
    world: String,
    /// Baseline and arm as they are in this world.
    arms: [Parameters; 2],
    out: PathBuf,
}

/// The worlds of a study that can be told.
struct Worlds {
    /// Arm minus baseline in every world in which both came through.
    gaps: Vec<WorldGap>,
    /// Number of the last world.
    last: u64,
    /// Which arm broke off in the world that was asked for, and why.
    broken: Option<(usize, String)>,
}

/// Tells the story and writes it.
///
/// # Errors
/// If the folder holds no finished comparison, there is no such world or arm, somebody interrupts, or files cannot be written.
pub fn execute(arguments: &Story) -> Result<(), Failure> {
    let study = finished_study(&arguments.folder)?;
    let scene = scene(arguments, &study)?;
    refuse_taken(&scene.out)?;
    let told = tell(arguments, &scene)?;
    publish(arguments, &scene, &told)
}

fn scene<'a>(arguments: &Story, study: &'a FinishedStudy) -> Result<Scene<'a>, Failure> {
    let (pair, only) = pair(arguments, study)?;
    let worlds = worlds(arguments, study, basis(arguments, study)?, pair)?;
    let picked = pick(&worlds.gaps, arguments.world, study.plan.primary);
    let replication = picked
        .ok_or_else(|| no_such_world(arguments, study, &worlds))?
        .replication;
    let arms = if arguments.plausible {
        let company = Companies::new(&study.plan.arms, study.plan.seed)?.company(replication);
        let arms = company.map_err(Failure::Study)?.arms;
        pair.map(|arm| arms[arm].clone())
    } else {
        pair.map(|arm| study.plan.arms[arm].parameters.clone())
    };
    Ok(Scene {
        study,
        pair,
        only,
        replication,
        world: world_words(arguments, worlds.gaps.len() as u64),
        arms,
        out: out(arguments),
    })
}

/// Baseline and arm, and which of them alone is told.
fn pair(arguments: &Story, study: &FinishedStudy) -> Result<([usize; 2], Option<usize>), Failure> {
    let names = study.manifest.arm_names();
    if let [only] = names.as_slice() {
        return Err(Failure::input(
            &format!(
                "{} holds one arm, and a story tells why two come out as they do",
                arguments.folder.display()
            ),
            &format!("compare it with another one, or look at a world of it: orgsim run {only} --events"),
        ));
    }
    let Some(name) = &arguments.arm else {
        return Ok(([0, 1], None));
    };
    match names.iter().position(|known| known == name) {
        Some(0) => Ok(([0, 1], Some(0))),
        Some(arm) => Ok(([0, arm], Some(1))),
        None => Err(Failure::input(
            &format!("--arm {name} is no arm of {}", arguments.folder.display()),
            &choices(name, &names),
        )),
    }
}

fn basis<'a>(arguments: &Story, study: &'a FinishedStudy) -> Result<&'a BasisResult, Failure> {
    if !arguments.plausible {
        return Ok(&study.comparison.settings);
    }
    study.comparison.plausible.as_ref().ok_or_else(|| {
        Failure::input(
            &format!(
                "{} was made without plausible companies",
                arguments.folder.display()
            ),
            "leave out --plausible, or compare again without --no-uncertain",
        )
    })
}

fn worlds(
    arguments: &Story,
    study: &FinishedStudy,
    basis: &BasisResult,
    pair: [usize; 2],
) -> Result<Worlds, Failure> {
    let mut worlds = Worlds {
        gaps: Vec::new(),
        last: 0,
        broken: None,
    };
    let mut baseline = None;
    for row in study.rows(basis) {
        let row = row?;
        worlds.last = worlds.last.max(row.replication);
        let Some(place) = pair.iter().position(|arm| *arm == row.arm as usize) else {
            continue;
        };
        if let (Err(reason), Pick::Number(number)) = (&row.status, arguments.world)
            && number == row.replication
        {
            worlds.broken.get_or_insert_with(|| (pair[place], reason.clone()));
        }
        let value = row.outcomes.get(study.plan.primary);
        let value = value.filter(|_| row.status.is_ok());
        if place == 0 {
            baseline = value.map(|value| (row.replication, value));
            continue;
        }
        if let (Some((replication, baseline)), Some(value)) = (baseline, value)
            && replication == row.replication
        {
            worlds.gaps.push(WorldGap {
                replication,
                gap: value - baseline,
            });
        }
    }
    Ok(worlds)
}

fn no_such_world(arguments: &Story, study: &FinishedStudy, worlds: &Worlds) -> Failure {
    let folder = arguments.folder.display();
    let Pick::Number(number) = arguments.world else {
        return Failure::input(
            &format!("{folder} has no world in which both arms came through"),
            "its replications.csv says what each run failed of",
        );
    };
    if let Some((arm, reason)) = &worlds.broken {
        let arm = &study.plan.arms[*arm].name;
        return Failure::input(
            &format!("world {number} of {folder} has no story, because {arm} failed in it: {reason}"),
            "choose another world, or leave out --world for the typical one",
        );
    }
    if number > worlds.last {
        return Failure::input(
            &format!("{folder} has no world {number}"),
            &format!(
                "its worlds have the numbers 0 to {}; `orgsim extend` adds more",
                worlds.last
            ),
        );
    }
    Failure::input(
        &format!("{folder} has nothing on world {number}: its company was not viable, and was dropped"),
        "choose another world, or leave out --world for the typical one",
    )
}

/// `the typical one of 400 worlds`.
fn world_words(arguments: &Story, all: u64) -> String {
    let of = if arguments.plausible {
        "plausible companies"
    } else {
        "worlds"
    };
    let all = format!("{} {of}", count(all));
    match arguments.world {
        Pick::Typical => format!("the typical one of {all}"),
        Pick::Worst => format!("among the worst of {all}"),
        Pick::Best => format!("among the best of {all}"),
        Pick::Number(_) => format!("one of {all}"),
    }
}

/// `DIR/story-typical`, `DIR/story-plausible-17-safe`.
fn out(arguments: &Story) -> PathBuf {
    if let Some(out) = &arguments.out {
        return out.clone();
    }
    let plausible = if arguments.plausible { "-plausible" } else { "" };
    let world = match arguments.world {
        Pick::Typical => "typical".to_owned(),
        Pick::Worst => "worst".to_owned(),
        Pick::Best => "best".to_owned(),
        Pick::Number(number) => number.to_string(),
    };
    let arm = arguments
        .arm
        .as_ref()
        .map_or_else(String::new, |arm| format!("-{}", file_name(arm)));
    arguments.folder.join(format!("story{plausible}-{world}{arm}"))
}

fn refuse_taken(out: &Path) -> Result<(), Failure> {
    if out.join(MANIFEST_FILE).exists() {
        return Err(Failure::input(
            &format!(
                "{} holds a study or an experiment, and a story has no place in it",
                out.display()
            ),
            "choose another folder with --out, or leave it out: the story then has its own in the folder of the study",
        ));
    }
    if out.exists() && !out.is_dir() {
        return Err(Failure::input(
            &format!("{} is a file, and a story needs a folder", out.display()),
            "choose another folder with --out",
        ));
    }
    Ok(())
}

fn tell(arguments: &Story, scene: &Scene) -> Result<Told, Failure> {
    let plan = &scene.study.plan;
    let story_plan = StoryPlan {
        arms: scene.arms.clone(),
        only: scene.only,
        key: WorldKey {
            seed: plan.seed,
            replication: scene.replication,
        },
        span: plan.span,
        outcome: plan.primary,
        chooser: plan.chooser,
        past: plan.fork_week.map(|week| (scene.arms[0].clone(), week)),
        threads: arguments.threads.unwrap_or(0),
    };
    let mut bar = Bar::new(arguments.speech(), "runs");
    let mut watch = |done, of| bar.show("Without each event", done, of);
    let told = story(&story_plan, &mut watch, interruption::watched());
    bar.clear();
    told?.ok_or_else(|| {
        Failure::Interrupted(
            "interrupted; nothing was written\n  = help: give the same command again: it starts from the beginning".to_owned(),
        )
    })
}

/// Makes everything first and writes it then, so that nothing is left half done.
fn publish(arguments: &Story, scene: &Scene, told: &Told) -> Result<(), Failure> {
    let names = scene.study.manifest.arm_names();
    let commands = commands(arguments, scene);
    let report = StoryReport {
        story: told,
        names: scene.pair.map(|arm| names[arm]),
        world: &scene.world,
        commands: &commands,
    };
    let mut object = object(scene, &report);
    let words = report.words().text();
    let mut files = vec![
        ("story.csv".to_owned(), bytes(report.csv())?),
        ("story.json".to_owned(), format!("{object:#}\n").into_bytes()),
        ("story.txt".to_owned(), words.clone().into_bytes()),
    ];
    let plots = ["svg", "png"].map(|ending| format!("{PLOTS}/story.{ending}"));
    if arguments.no_plots {
        for name in plots {
            remove(&scene.out.join(name))?;
        }
    } else {
        let plot = timeline(&report).map_err(|error| Failure::Study(error.to_string()))?;
        files.extend(plots.into_iter().zip([plot.svg, plot.png]));
    }
    for (name, bytes) in files {
        write_whole(&scene.out.join(name), &bytes)?;
    }
    let folder = scene.out.display().to_string();
    match arguments.speech() {
        Speech::Silent => Ok(()),
        Speech::Json => {
            object["folder"] = json!(folder);
            print(&format!("{object}\n"))
        }
        Speech::Words => print(&format!("{words}\nFiles: {folder}\n")),
    }
}

/// Removes a plot of an earlier story, if there is one.
fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::file("removed", path, &error)),
        _ => Ok(()),
    }
}

fn object(scene: &Scene, report: &StoryReport) -> Value {
    let plan = &scene.study.plan;
    let mut object = json!({
        "schema": SCHEMA,
        "engine": engine(),
        "seed": plan.seed,
        "warm_up_weeks": plan.span.warm_up_weeks,
        "horizon_weeks": plan.span.horizon_weeks,
        "outcome": plan.primary.row().name,
        "unit": plan.primary.row().unit,
    });
    if let Value::Object(object) = &mut object {
        object.extend(report.object());
    }
    object
}

/// The commands that show this world event by event; none of a plausible company, which no file describes. After a shared
/// history only the baseline is a run of its own.
fn commands(arguments: &Story, scene: &Scene) -> Vec<String> {
    let plan = &scene.study.plan;
    let arms = match (arguments.plausible, plan.fork_week) {
        (true, _) => &[],
        (false, Some(_)) => &scene.pair[..1],
        (false, None) => &scene.pair[..],
    };
    let options = usual_options(plan.seed, plan.span, Outcome::ShippedValue);
    let scenarios = arms
        .iter()
        .filter_map(|arm| named(&arguments.folder, &plan.arms[*arm]));
    scenarios
        .map(|scenario| {
            format!(
                "orgsim run {scenario} --replication {} --events{options}",
                scene.replication
            )
        })
        .collect()
}

/// The arm as a command names it; one that changes only if the library has it, since its files leave the change out.
fn named(folder: &Path, arm: &Scenario) -> Option<String> {
    let Some(change) = &arm.transformation else {
        return Some(reference(folder, arm));
    };
    let none: [&str; 0] = [];
    let name = format!("{}+{}@{}", arm.operating_model, change.name, arm.environment);
    let found = load(&name, None, &none).ok()?;
    (found.parameters == arm.parameters).then(|| quoted(&name))
}
