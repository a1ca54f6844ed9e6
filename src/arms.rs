//! From the words of the command line to scenarios that can run; never runs them.

use scenarios::{Change, Kind, Library, Origin, Scenario, diff, load};
use sim_core::simulation::Span;

use crate::arguments::{Override, choices};
use crate::failure::Failure;

/// What all arms of a comparison are given besides their names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shared<'a> {
    /// Environment of arms that name none.
    pub environment: Option<&'a str>,
    /// Number of teams, if it is set \[teams\].
    pub teams: Option<u32>,
    /// Overrides, for all arms or for one.
    pub overrides: &'a [Override],
}

/// Loads `references`; each scenario gets a name of its own, short where the reference is a path.
///
/// # Errors
/// Everything that is wrong with any of them, said once.
pub fn load_arms(references: &[String], shared: Shared) -> Result<Vec<Scenario>, Failure> {
    let names = unique_names(references);
    let of_arms = overrides_of_arms(references, &names, shared)?;
    let mut arms = Vec::new();
    let mut failures = Vec::new();
    for ((reference, name), overrides) in references.iter().zip(names).zip(of_arms) {
        match load(reference, shared.environment, &overrides) {
            Ok(scenario) => arms.push(Scenario { name, ..scenario }),
            Err(error) => failures.push(Failure::from(error)),
        }
    }
    if failures.is_empty() {
        refuse_change_of_nothing(&arms, shared.overrides)?;
        Ok(arms)
    } else {
        Err(Failure::together(failures))
    }
}

/// How a change goes can be set only where there is one.
fn refuse_change_of_nothing(arms: &[Scenario], overrides: &[Override]) -> Result<(), Failure> {
    let is_of_change = |given: &&Override| Kind::of_group(given.group()) == Some(Kind::Transformation);
    match overrides.iter().find(is_of_change) {
        Some(given) if arms.iter().all(|arm| arm.transformation.is_none()) => Err(Failure::input(
            &format!(
                "`--set {}` says how a change goes, but no arm goes through one",
                given.setting
            ),
            "put a transformation on an arm, as in `safe+full`; `orgsim scenarios list` names all",
        )),
        _ => Ok(()),
    }
}

/// For each arm what is set in it: the number of teams first, then every `--set` that is meant for it, as given.
fn overrides_of_arms(
    references: &[String],
    names: &[String],
    shared: Shared,
) -> Result<Vec<Vec<String>>, Failure> {
    let teams = shared.teams.map(|teams| format!("company.teams={teams}"));
    let mut of_arms = vec![Vec::from_iter(teams); names.len()];
    for given in shared.overrides {
        let only = target("--set", given, names, references)?;
        for (arm, overrides) in of_arms.iter_mut().enumerate() {
            if only.is_none_or(|only| only == arm) {
                overrides.push(given.setting.clone());
            }
        }
    }
    Ok(of_arms)
}

/// What one arm is given alone must be a way of working: in another company or market its gain would prove nothing.
fn refuse_other_company(option: &str, given: &Override) -> Result<(), Failure> {
    let group = given.group();
    let (Some(Kind::Environment), Some(arm)) = (Kind::of_group(group), &given.arm) else {
        return Ok(());
    };
    let setting = &given.setting;
    Err(Failure::input(
        &format!("`{option} {arm}:{setting}` would put {arm} alone in another company or market"),
        &format!(
            "what is compared is operating models in one company, so [{group}] is the same for all arms: `{option} {setting}`; \
             to see what another company changes, compare in each, with a --set or --environment of its own"
        ),
    ))
}

/// What somebody might not have meant, in words; empty if there is nothing.
pub fn notes(arms: &[Scenario]) -> String {
    company_differences(arms) + &empty_environments(arms) + &changes_into_themselves(arms)
}

fn changes_into_themselves(arms: &[Scenario]) -> String {
    let note = |arm: &Scenario| {
        format!(
            "Note: {} leads to where it starts, so that nothing acts but what the change itself brings: what people are taught, by \
             whom, and what that costs.\n",
            arm.name
        )
    };
    arms.iter()
        .filter(|arm| arm.changes_into_itself())
        .map(note)
        .collect()
}

/// What differs between the companies and markets of the arms, if somebody named different ones; empty if nothing does.
fn company_differences(arms: &[Scenario]) -> String {
    let Some(first) = arms.first() else {
        return String::new();
    };
    let is_shared =
        |change: &Change| Kind::of_group(change.before.parameter.group) == Some(Kind::Environment);
    let words = |arm: &Scenario| {
        let changes: Vec<Change> = diff(first, arm).into_iter().filter(is_shared).collect();
        let named = changes
            .iter()
            .take(3)
            .map(|change| change.before.parameter.path());
        let paths = named.collect::<Vec<_>>().join(", ");
        let more = match changes.len().saturating_sub(3) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!changes.is_empty()).then(|| {
            format!(
                "Note: {} and {} are in different companies or markets ({paths}{more}); the gap holds both what the company \
                 and what the way of working makes.\n",
                first.name, arm.name
            )
        })
    };
    arms.iter().filter_map(words).collect()
}

/// Files that set nothing, in words: one that is empty by mistake, or not filled in yet, would pass unseen.
fn empty_environments(arms: &[Scenario]) -> String {
    let is_file = |arm: &&Scenario| Library::find(Kind::Environment, &arm.environment).is_none();
    let is_shared = |origin: &&Origin| Kind::of_group(origin.parameter.group) == Some(Kind::Environment);
    let is_empty = |arm: &&Scenario| {
        let mut shared = arm.origins.iter().filter(is_shared);
        shared.all(|origin| origin.place == "default" || origin.place.starts_with("--set"))
    };
    let mut names: Vec<&str> = Vec::new();
    for arm in arms.iter().filter(is_file).filter(is_empty) {
        if !names.contains(&arm.environment.as_str()) {
            names.push(&arm.environment);
        }
    }
    let note = |name: &&str| {
        format!(
            "Note: the environment {name} sets no value, so the company is that of `{}`.\n",
            Library::DEFAULT_ENVIRONMENT
        )
    };
    names.iter().map(note).collect()
}

/// The arm that a setting given with `option` is meant for; `None` for all.
///
/// # Errors
/// If it names no arm, or would put one arm alone in another company.
pub fn target(
    option: &str,
    given: &Override,
    names: &[String],
    references: &[String],
) -> Result<Option<usize>, Failure> {
    let Some(arm) = &given.arm else {
        return Ok(None);
    };
    let exact = names
        .iter()
        .position(|name| name == arm)
        .or_else(|| only(references, |name| name == arm));
    let by_model = || only(names, |name| name.split('@').next() == Some(arm));
    let index = exact
        .or_else(by_model)
        .ok_or_else(|| no_such_arm(option, given, arm, names))?;
    if names.len() > 1 {
        refuse_other_company(option, given)?;
    }
    Ok(Some(index))
}

/// The only place at which `test` holds, if there is exactly one.
fn only(names: &[String], test: impl Fn(&str) -> bool) -> Option<usize> {
    let mut places = names
        .iter()
        .enumerate()
        .filter(|(_, name)| test(name))
        .map(|(index, _)| index);
    places.next().filter(|_| places.next().is_none())
}

fn no_such_arm(option: &str, given: &Override, arm: &str, names: &[String]) -> Failure {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Failure::input(
        &format!(
            "`{option} {arm}:{}` names no arm of this comparison",
            given.setting
        ),
        &format!("{}; without a name it is set in all arms", choices(arm, &names)),
    )
}

/// Names for people: library names as they are, paths without folder and ending, doubles numbered.
fn unique_names(references: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for reference in references {
        let short = short_name(reference);
        let numbered = (2..).map(|number| format!("{short}-{number}"));
        let mut candidates = std::iter::once(short.clone()).chain(numbered);
        names.extend(candidates.find(|name| !names.contains(name)));
    }
    names
}

/// `my/models/fast.toml@acme.toml` becomes `fast@acme`, `safe+my/change.toml` becomes `safe+change`.
pub fn short_name(reference: &str) -> String {
    let short = |part: &str| {
        let file = part.rsplit(['/', '\\']).next().unwrap_or(part);
        file.strip_suffix(".toml").unwrap_or(file).to_owned()
    };
    let parts = reference.split('@').map(|part| {
        let ways: Vec<String> = part.split('+').map(short).collect();
        ways.join("+")
    });
    parts.collect::<Vec<_>>().join("@")
}

/// Weeks from week 0 on when some arm changes its operating model and nobody asked for other ones \[weeks\]: changes take
/// two to three years, and pay later.
const WEEKS_OF_A_CHANGE: u32 = 312;

/// Weeks from week 0 on unless others are asked for \[weeks\].
fn usual_horizon(arms: &[Scenario]) -> u32 {
    if arms.iter().any(|arm| arm.transformation.is_some()) {
        WEEKS_OF_A_CHANGE
    } else {
        Span::default().horizon_weeks
    }
}

/// Refuses waves that would come after the end.
fn refuse_late_waves(arms: &[Scenario], horizon_weeks: u32) -> Result<(), Failure> {
    for arm in arms.iter().filter(|arm| arm.transformation.is_some()) {
        let change = &arm.parameters.transformation;
        let last = u64::from(arm.parameters.waves() - 1) * u64::from(change.wave_weeks);
        if last < u64::from(horizon_weeks) {
            continue;
        }
        let place = |name: &str| {
            let mut origins = arm.origins.iter();
            origins
                .find(|origin| origin.parameter.path() == name)
                .map_or_else(String::new, |origin| origin.place.clone())
        };
        return Err(Failure::input(
            &format!(
                "the last wave of {} would come in week {last}, after the {horizon_weeks} weeks that are simulated: \
                 transformation.waves = {} ({}), transformation.wave_weeks = {} ({})",
                arm.name,
                change.waves,
                place("transformation.waves"),
                change.wave_weeks,
                place("transformation.wave_weeks")
            ),
            "ask for fewer or closer waves, or for more weeks with --horizon",
        ));
    }
    Ok(())
}

/// The weeks to simulate: the horizon asked for behind the warm-up that all arms share.
///
/// # Errors
/// If the arms warm up for different lengths, or a wave of a change would come after the end.
pub fn span(arms: &[Scenario], horizon: Option<u32>) -> Result<Span, Failure> {
    let default = Span::default();
    let warm_up_weeks = arms
        .first()
        .map_or(default.warm_up_weeks, |arm| arm.warm_up_weeks);
    if arms.iter().any(|arm| arm.warm_up_weeks != warm_up_weeks) {
        let of_arm =
            |arm: &Scenario| format!("{} ({}) {} weeks", arm.name, arm.environment, arm.warm_up_weeks);
        let each: Vec<String> = arms.iter().map(of_arm).collect();
        return Err(Failure::input(
            &format!("the arms warm up for different lengths: {}", each.join(", ")),
            "put all arms in one environment with --environment NAME",
        ));
    }
    let horizon_weeks = horizon.unwrap_or_else(|| usual_horizon(arms));
    refuse_late_waves(arms, horizon_weeks)?;
    Ok(Span {
        warm_up_weeks,
        horizon_weeks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(references: &[&str]) -> Vec<String> {
        unique_names(
            &references
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn arms_are_named_shortly_and_once() {
        assert_eq!(
            names(&["safe", "safe", "safe-2", "safe"]),
            ["safe", "safe-2", "safe-2-2", "safe-3"]
        );
        assert_eq!(
            names(&["a/fast.toml@b/acme.toml", "safe@startup"]),
            ["fast@acme", "safe@startup"]
        );
    }

    #[test]
    fn an_override_finds_its_arm_by_name_by_path_or_by_model() {
        let references = ["safe", "x/fast.toml", "empowered@startup"].map(str::to_owned);
        let names = unique_names(&references);
        let target = |arm: &str| {
            let given = Override {
                arm: Some(arm.to_owned()),
                setting: "discovery.hours=4".to_owned(),
            };
            target("--set", &given, &names, &references)
        };
        assert_eq!(target("safe").unwrap(), Some(0));
        assert_eq!(target("x/fast.toml").unwrap(), Some(1));
        assert_eq!(target("fast").unwrap(), Some(1));
        assert_eq!(target("empowered").unwrap(), Some(2));
        let failure = target("empowerd").unwrap_err().to_string();
        assert!(
            failure.contains("`--set empowerd:discovery.hours=4` names no arm"),
            "{failure}"
        );
    }
}
