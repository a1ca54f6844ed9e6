//! Claims of the source documents as files: what is claimed, the two arms that try it, and the mechanism that should carry
//! it; never whether it holds.

use std::io;
use std::path::Path;

use serde::Deserialize;
use sim_core::outcomes::Outcome;
use toml::Spanned;

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::library::Library;
use crate::load::load;
use crate::nearest::nearest;
use crate::scenario::Scenario;

/// A claim that can be tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Name of its file, without `.toml`.
    pub name: String,
    /// The claim in plain words.
    pub claim: String,
    /// The document it comes from.
    pub document: String,
    /// Where in the document.
    pub section: String,
    /// What the arms stand for, and what of the claim they leave out.
    pub reading: String,
    /// Whether the direction follows from a stated form of the model or emerges from decisions.
    pub kind: ClaimKind,
    /// What is measured.
    pub outcome: Outcome,
    /// Whether the claim says that the outcome is higher in the second arm.
    pub higher: bool,
    /// The arm the claim starts from, and the one that it speaks of.
    pub arms: [Scenario; 2],
    /// Both arms in words.
    pub arm_words: [String; 2],
    /// The mechanism that should carry the claim, in words.
    pub mechanism: String,
    /// Both arms with that mechanism at one common level.
    pub without: [Scenario; 2],
}

/// How far a claim that comes out is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// The direction follows from a form that was put in: only the size says something.
    Imposed,
    /// The direction comes out of what people decide.
    Emergent,
}

impl ClaimKind {
    /// `imposed` or `emergent`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Imposed => "imposed",
            Self::Emergent => "emergent",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: String,
    document: String,
    section: String,
    reading: String,
    kind: ClaimKind,
    outcome: Spanned<String>,
    direction: Spanned<String>,
    #[serde(default)]
    environment: Option<Spanned<String>>,
    baseline: Arm,
    arm: Arm,
    mechanism: Mechanism,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arm {
    model: Spanned<String>,
    #[serde(default)]
    from: Option<Spanned<String>>,
    #[serde(default)]
    take: Vec<Spanned<String>>,
    #[serde(default)]
    set: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mechanism {
    name: String,
    #[serde(default)]
    level: Vec<Spanned<String>>,
    #[serde(default)]
    set: Vec<Spanned<String>>,
}

impl Claim {
    /// Names of all claims of the library, in the order of their documents.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Library::claims().iter().map(|(name, _)| *name)
    }

    /// Loads a claim of the library, or the file at a path that ends in `.toml`.
    ///
    /// # Errors
    /// If there is no such claim, or something in it cannot be used: with file, line and reason.
    pub fn load(reference: &str) -> Result<Self, ScenarioError> {
        if reference.ends_with(".toml") {
            let text = std::fs::read_to_string(reference).map_err(|error| unreadable(reference, &error))?;
            let name = Path::new(reference).file_stem().unwrap_or_default();
            return Reader::new(reference, &text).read(&name.to_string_lossy());
        }
        let Some((name, text)) = Library::claims().iter().find(|(name, _)| *name == reference) else {
            return Err(ScenarioError::UnknownClaim {
                name: reference.to_owned(),
                nearest: nearest(reference, Self::names()),
            });
        };
        Reader::new(&format!("library/claims/{name}.toml"), text).read(name)
    }

    /// Whether the mechanism is all that the arms differ in, so that without it nothing can be left.
    pub fn is_all_mechanism(&self) -> bool {
        self.without[0].is_alike(&self.without[1])
    }
}

fn unreadable(path: &str, error: &io::Error) -> ScenarioError {
    let (at, path) = (None, path.to_owned());
    match error.kind() {
        io::ErrorKind::NotFound => ScenarioError::MissingFile {
            at,
            path,
            nearest: None,
        },
        _ => ScenarioError::Unreadable {
            at,
            path,
            reason: error.to_string(),
        },
    }
}

struct Reader<'a> {
    label: &'a str,
    text: &'a str,
}

impl<'a> Reader<'a> {
    fn new(label: &'a str, text: &'a str) -> Self {
        Self { label, text }
    }

    fn read(&self, name: &str) -> Result<Claim, ScenarioError> {
        let file: File = toml::from_str(self.text).map_err(|problem| {
            let reason = problem.message().split_whitespace().collect::<Vec<_>>().join(" ");
            self.bad(problem.span().unwrap_or(0..0), &reason, "correct this place")
        })?;
        let outcome = self.outcome(&file.outcome)?;
        let higher = self.higher(&file.direction)?;
        let environment = file.environment.as_ref();
        let arms = [
            self.arm(&file.baseline, environment)?,
            self.arm(&file.arm, environment)?,
        ];
        if arms[0].parameters == arms[1].parameters {
            let help = "let `take` or `set` make the arm of the claim another one than the baseline";
            return Err(self.bad(file.arm.model.span(), "both arms are the same", help));
        }
        let without = self.without(&arms, &file.mechanism)?;
        Ok(Claim {
            name: name.to_owned(),
            arm_words: [&file.baseline, &file.arm].map(words),
            claim: file.claim,
            document: file.document,
            section: file.section,
            reading: file.reading,
            kind: file.kind,
            outcome,
            higher,
            arms,
            mechanism: file.mechanism.name,
            without,
        })
    }

    fn outcome(&self, name: &Spanned<String>) -> Result<Outcome, ScenarioError> {
        Outcome::from_name(name.get_ref()).ok_or_else(|| {
            let names = Outcome::ALL.iter().map(|outcome| outcome.row().name);
            let meant = nearest(name.get_ref(), names);
            let meant = meant.map_or_else(String::new, |meant| format!("did you mean `{meant}`? "));
            let help = format!("{meant}`orgsim outcomes` lists them all");
            self.bad(
                name.span(),
                &format!("there is no outcome `{}`", name.get_ref()),
                &help,
            )
        })
    }

    fn higher(&self, direction: &Spanned<String>) -> Result<bool, ScenarioError> {
        match direction.get_ref().as_str() {
            "higher" => Ok(true),
            "lower" => Ok(false),
            other => {
                let reason = format!("there is no direction `{other}`");
                Err(self.bad(direction.span(), &reason, "write \"higher\" or \"lower\""))
            }
        }
    }

    fn arm(&self, arm: &Arm, environment: Option<&Spanned<String>>) -> Result<Scenario, ScenarioError> {
        let mut scenario = self.model(&arm.model, environment)?;
        if let Some(from) = &arm.from {
            let other = self.model(from, environment)?;
            for what in &arm.take {
                scenario = self.at(what, scenario.taking(&other, &[what.get_ref()]))?;
            }
        } else if let Some(what) = arm.take.first() {
            let reason = "`take` needs a model to take it from";
            return Err(self.bad(what.span(), reason, "add `from = \"MODEL\"`"));
        }
        for given in &arm.set {
            scenario = self.at(given, scenario.setting(&[given.get_ref()]))?;
        }
        Ok(scenario)
    }

    fn model(
        &self,
        model: &Spanned<String>,
        environment: Option<&Spanned<String>>,
    ) -> Result<Scenario, ScenarioError> {
        let none: [&str; 0] = [];
        let environment = environment.map(|name| name.get_ref().as_str());
        self.at(model, load(model.get_ref(), environment, &none))
    }

    fn without(
        &self,
        [baseline, arm]: &[Scenario; 2],
        mechanism: &Mechanism,
    ) -> Result<[Scenario; 2], ScenarioError> {
        let mut arms = [baseline.clone(), arm.clone()];
        for what in &mechanism.level {
            arms[1] = self.at(what, arms[1].taking(baseline, &[what.get_ref()]))?;
        }
        for given in &mechanism.set {
            for arm in &mut arms {
                *arm = self.at(given, arm.setting(&[given.get_ref()]))?;
            }
        }
        Ok(arms)
    }

    /// What went wrong with a word of the file, at the place of that word.
    fn at<T>(&self, word: &Spanned<String>, result: Result<T, ScenarioError>) -> Result<T, ScenarioError> {
        result.map_err(|problem| {
            let (reason, help) = problem.in_words();
            self.bad(word.span(), &reason, &help)
        })
    }

    fn bad(&self, span: std::ops::Range<usize>, reason: &str, help: &str) -> ScenarioError {
        ScenarioError::BadClaim {
            at: Box::new(Excerpt::new(self.label, self.text, span)),
            reason: reason.to_owned(),
            help: help.to_owned(),
        }
    }
}

/// `safe`, `safe with discovery of empowered and release.cadence_weeks=0`.
fn words(arm: &Arm) -> String {
    let list = |words: &[Spanned<String>]| {
        let words: Vec<&str> = words.iter().map(|word| word.get_ref().as_str()).collect();
        words.join(", ")
    };
    let taken = arm
        .from
        .iter()
        .filter(|_| !arm.take.is_empty())
        .map(|from| format!("{} of {}", list(&arm.take), from.get_ref()));
    let set = Some(list(&arm.set)).filter(|set| !set.is_empty());
    let changes: Vec<String> = taken.chain(set).collect();
    if changes.is_empty() {
        arm.model.get_ref().clone()
    } else {
        format!("{} with {}", arm.model.get_ref(), changes.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
claim = "Time for discovery pays"
document = "A document"
section = "A section"
reading = "One lever"
kind = "emergent"
outcome = "shipped_value"
direction = "higher"
baseline = { model = "safe" }
arm = { model = "safe", from = "empowered", take = ["discovery"], set = ["discovery.hours=9"] }
[mechanism]
name = "tacit knowledge"
level = ["discovery.aim"]
set = ["behaviour.tacit_share=0"]
"#;

    fn complaint(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        let text = GOOD.replacen(from, to, 1);
        Reader::new("my.toml", &text).read("my").unwrap_err().to_string()
    }

    #[test]
    fn an_arm_takes_from_another_model_and_sets_and_a_mechanism_is_levelled_in_both() {
        let claim = Reader::new("my.toml", GOOD).read("my").unwrap();
        let [baseline, arm] = &claim.arms;
        assert!(baseline.parameters.discovery.hours < arm.parameters.discovery.hours);
        assert!((arm.parameters.discovery.hours - 9.0).abs() < 1e-12);
        assert!(arm.parameters.discovery.team_share > 0.0);
        for arm in &claim.without {
            assert!(arm.parameters.behaviour.tacit_share.abs() < 1e-12);
            assert_eq!(arm.parameters.discovery.aim, baseline.parameters.discovery.aim);
        }
        assert_eq!(
            claim.arm_words,
            ["safe", "safe with discovery of empowered and discovery.hours=9"]
        );
    }

    #[test]
    fn a_mechanism_that_is_all_that_differs_is_known() {
        let read = |text: &str| Reader::new("my.toml", text).read("my").unwrap();
        assert!(!read(GOOD).is_all_mechanism());
        assert!(read(&GOOD.replace("[\"discovery.aim\"]", "[\"discovery\"]")).is_all_mechanism());
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_stands() {
        let cases = [
            ("shipped_value", "shiped_value", "did you mean `shipped_value`?"),
            ("\"higher\"", "\"better\"", "write \"higher\" or \"lower\""),
            ("model = \"safe\" }", "model = \"sfae\" }", "did you mean `safe`?"),
            ("[\"discovery\"]", "[\"dicsovery\"]", "did you mean `discovery`?"),
            ("discovery.hours=9", "discovery.hours=99", "discovery.hours"),
            ("section", "sectoin", "sectoin"),
            (", from = \"empowered\"", "", "add `from"),
            (
                ", from = \"empowered\", take = [\"discovery\"], set = [\"discovery.hours=9\"]",
                "",
                "both arms are the same",
            ),
        ];
        for (from, to, words) in cases {
            let said = complaint(from, to);
            assert!(
                said.contains(words) && said.contains("my.toml:"),
                "{from} -> {to}: {said}"
            );
        }
    }

    #[test]
    fn every_claim_of_the_library_loads_and_every_file_is_in_it() {
        for name in Claim::names() {
            if let Err(error) = Claim::load(name) {
                panic!("{error}");
            }
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/library/claims");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .map(|name| name.trim_end_matches(".toml").to_owned())
            .collect();
        let mut names: Vec<&str> = Claim::names().collect();
        files.sort();
        names.sort_unstable();
        assert_eq!(files, names);
    }
}
