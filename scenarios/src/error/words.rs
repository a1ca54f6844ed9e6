//! The sentences of each error: headline, the note under the mark, and what to do; never where it is.

use super::ScenarioError;
use crate::excerpt::Excerpt;
use crate::kind::Kind;
use crate::library::Library;

impl ScenarioError {
    /// What is wrong, in one line.
    pub(super) fn headline(&self) -> String {
        match self {
            Self::Syntax { at, .. } => format!("`{}` is not valid TOML", at.file),
            Self::UnknownGroup { group, .. } => format!("there is no group [{group}]"),
            Self::OtherKind { name, belongs, .. } => {
                format!("{name} belongs in {}", belongs.file())
            }
            Self::UnknownKey { within, key, .. } => format!("there is no `{key}` {within}"),
            Self::WrongType { path, found, .. } => format!("{path} cannot be {found}"),
            Self::NotANumber { path, .. } => format!("{path} is not a number (nan)"),
            Self::OutOfRange { path, value, .. } => format!("{path} = {value} is outside its allowed range"),
            Self::PlausibleRange { path, .. } => format!("the plausible range of {path} cannot be used"),
            Self::Incomplete { path, missing, .. } => format!("{path} has no `{missing}`"),
            Self::AtOdds { both, .. } => format!("{} and {} are at odds", both[0], both[1]),
            Self::MissingFile { path, .. } => format!("there is no file `{path}`"),
            Self::Unreadable { path, .. } => format!("`{path}` cannot be read"),
            Self::UnknownName { kind, name, .. } => format!("the library has no {kind} called `{name}`"),
            Self::Cycle { chain, .. } => {
                format!("files extend one another in a circle: {}", chain.join(" -> "))
            }
            Self::BadReference { reference, .. } => format!("`{reference}` does not name a scenario"),
            Self::BadOverride { .. } => "this is not an override".to_owned(),
            Self::UnknownClaim { name, .. } => format!("there is no claim called `{name}`"),
            Self::BadClaim { at, .. } => format!("`{}` is no claim that can be tried", at.file),
            Self::BadRecord { .. } => "the recorded settings do not make a scenario".to_owned(),
            Self::BadPlan { what, .. } => what.clone(),
            Self::Several(problems) => format!("{} problems", problems.len()),
        }
    }

    /// The note under the mark, if one is needed.
    pub(super) fn label(&self) -> Option<String> {
        match self {
            Self::Syntax { reason, .. } => Some(reason.clone()),
            Self::WrongType { expected, .. } => Some(format!("expected {expected}")),
            Self::NotANumber { allowed, .. } | Self::OutOfRange { allowed, .. } => {
                Some(format!("allowed: {allowed}"))
            }
            Self::PlausibleRange { reason, .. }
            | Self::BadOverride { reason, .. }
            | Self::BadClaim { reason, .. }
            | Self::AtOdds { reason, .. } => Some(reason.clone()),
            Self::BadPlan { note, .. } if !note.is_empty() => Some(note.clone()),
            _ => None,
        }
    }

    /// What to do.
    pub(super) fn help(&self) -> String {
        match self {
            Self::Syntax { .. } => {
                "correct this place; text needs quotes, a table starts with [name]".to_owned()
            }
            Self::UnknownGroup { kind, nearest, .. } => {
                let groups: Vec<_> = kind.groups().map(|group| format!("[{group}]")).collect();
                let there_are = format!("{} may set {}", kind.file(), groups.join(", "));
                did_you_mean(nearest.as_ref().map(|group| format!("[{group}]")), &there_are)
            }
            Self::OtherKind { belongs, .. } => other_kind_help(*belongs),
            Self::UnknownKey { nearest, valid, .. } => did_you_mean(nearest.as_ref().map(quoted), valid),
            Self::WrongType {
                nearest: Some(word), ..
            } => format!("did you mean `{word}`?"),
            Self::WrongType { expected, .. } => format!("write {expected}"),
            Self::NotANumber { allowed, .. } | Self::OutOfRange { allowed, .. } => {
                format!("write a value from {allowed}")
            }
            Self::PlausibleRange { .. } => {
                "write numbers `low` and `high` around `value`, or neither and `fixed = true`".to_owned()
            }
            Self::Incomplete { missing, .. } => incomplete_help(missing),
            Self::AtOdds { at, reason, .. } => match at {
                Some(_) => "change one of them".to_owned(),
                None => format!("{reason}; change one of them"),
            },
            Self::MissingFile { nearest, .. } => {
                let otherwise = "check the path; names without `/` and `.toml` are looked up in the library";
                did_you_mean(nearest.as_ref().map(quoted), otherwise)
            }
            Self::Unreadable { reason, .. }
            | Self::BadReference { reason, .. }
            | Self::BadRecord { reason } => reason.clone(),
            Self::UnknownName {
                at,
                kind,
                name,
                nearest,
            } => unknown_name_help(*kind, name, nearest.as_ref(), at.as_deref()),
            Self::Cycle { .. } => "remove one `extends` of the circle".to_owned(),
            Self::BadOverride { .. } => {
                "write group.parameter=value, for example discovery.hours=8".to_owned()
            }
            Self::UnknownClaim { nearest, .. } => did_you_mean(
                nearest.as_ref().map(quoted),
                "`orgsim claims --list` lists all; a path must end in `.toml`",
            ),
            Self::BadClaim { help, .. } => help.clone(),
            Self::BadPlan { remedy, .. } => remedy.clone(),
            Self::Several(_) => String::new(),
        }
    }
}

fn unknown_name_help(kind: Kind, name: &str, nearest: Option<&String>, at: Option<&Excerpt>) -> String {
    if let Some(is) = kind.others().find(|other| Library::find(*other, name).is_some()) {
        let example = match (at, is) {
            (Some(_), _) => format!("name {} here", kind.with_article()),
            (None, Kind::Environment) => format!("write it behind a model, as in `safe@{name}`"),
            (None, Kind::OperatingModel) => format!("write it first, as in `{name}@enterprise`"),
            (None, Kind::Transformation) => format!("write it behind a model, as in `safe+{name}`"),
        };
        return format!("`{name}` is {}; {example}", is.with_article());
    }
    let names: Vec<_> = Library::of_kind(kind).map(|entry| entry.name).collect();
    let there_are = format!(
        "there are {}; or give a path that ends in `.toml`",
        names.join(", ")
    );
    did_you_mean(nearest.map(quoted), &there_are)
}

fn quoted(name: &String) -> String {
    format!("`{name}`")
}

fn did_you_mean(nearest: Option<String>, otherwise: &str) -> String {
    match nearest {
        Some(name) => format!("did you mean {name}? {}", sentence(otherwise)),
        None => otherwise.to_owned(),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn other_kind_help(belongs: Kind) -> String {
    match belongs {
        Kind::Environment => {
            "move it to an environment file of your own, and write that behind the model: `safe@my-company.toml`"
        }
        Kind::OperatingModel => {
            "move it to an operating-model file, and write that first: `my-model.toml@my-company.toml`"
        }
        Kind::Transformation => {
            "move it to a transformation file, and write that behind the model: `safe+my-change.toml`"
        }
    }
    .to_owned()
}

fn incomplete_help(missing: &str) -> String {
    match missing {
        "source" => {
            "say where it comes from: a publication, a document, or what the judgement rests on".to_owned()
        }
        _ => "write { value = …, low = …, high = …, provenance = \"assumed\", source = \"…\" }".to_owned(),
    }
}
