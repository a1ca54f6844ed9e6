//! What can be wrong with a scenario: one error, each case with its place; the words are in `error/words.rs`.

mod words;

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::excerpt::Excerpt;
use crate::kind::Kind;

/// Why a scenario cannot be used.
///
/// Shown as text, every case says what is wrong, where, what is allowed or nearest, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioError {
    /// The text is not TOML.
    Syntax {
        /// Where it stops being TOML.
        at: Box<Excerpt>,
        /// What the parser expected.
        reason: String,
    },
    /// A table is not a group of parameters.
    UnknownGroup {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Kind of the file.
        kind: Kind,
        /// The name given.
        group: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A group or key that belongs into the other kind of file.
    OtherKind {
        /// Where it stands.
        at: Box<Excerpt>,
        /// The kind of file it belongs into.
        belongs: Kind,
        /// Group or key, as it would be written there.
        name: String,
    },
    /// A key that nothing is known by.
    UnknownKey {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Where it is unknown, in words: in a group, in a setting, outside of the groups.
        within: String,
        /// The name given.
        key: String,
        /// What may have been meant.
        nearest: Option<String>,
        /// What there is, in words.
        valid: String,
    },
    /// A value of the wrong type, or a word that is none of the choices.
    WrongType {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Name of what has the value.
        path: String,
        /// What was found, in words.
        found: String,
        /// What was expected, in words, with range and unit.
        expected: String,
        /// What may have been meant, as it would be written.
        nearest: Option<String>,
    },
    /// `nan`.
    NotANumber {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Name of the parameter.
        path: String,
        /// Range and unit.
        allowed: String,
    },
    /// A number outside the allowed range.
    OutOfRange {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Name of what has the value.
        path: String,
        /// The value given.
        value: String,
        /// Range and unit.
        allowed: String,
    },
    /// A plausible range that is none.
    PlausibleRange {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Name of the parameter.
        path: String,
        /// What is wrong with it, and what would be right.
        reason: String,
    },
    /// A setting that lacks a part.
    Incomplete {
        /// Where it stands.
        at: Box<Excerpt>,
        /// Name of the parameter.
        path: String,
        /// The key that is missing.
        missing: &'static str,
    },
    /// Two parameters contradict each other.
    AtOdds {
        /// Where one of them is set, if not by default.
        at: Option<Box<Excerpt>>,
        /// Each with its value and its place.
        both: Box<[String; 2]>,
        /// Why they do not go together.
        reason: String,
    },
    /// A file that is not there.
    MissingFile {
        /// Where it is named, if in a file.
        at: Option<Box<Excerpt>>,
        /// The path as given.
        path: String,
        /// A file beside it that may have been meant.
        nearest: Option<String>,
    },
    /// A file that cannot be read as text.
    Unreadable {
        /// Where it is named, if in a file.
        at: Option<Box<Excerpt>>,
        /// The path as given.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A name that is not in the library.
    UnknownName {
        /// Where it is named, if in a file.
        at: Option<Box<Excerpt>>,
        /// What was looked for.
        kind: Kind,
        /// The name given.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// Files that extend one another in a circle.
    Cycle {
        /// Where the circle closes.
        at: Box<Excerpt>,
        /// The files, from the first to the one that is named again.
        chain: Vec<String>,
    },
    /// `model@environment` that cannot be split into a model and an environment.
    BadReference {
        /// The reference given.
        reference: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An override that is not `group.parameter=value`.
    BadOverride {
        /// The override given.
        at: Box<Excerpt>,
        /// What is wrong with it.
        reason: String,
    },
    /// A claim that is not in the library.
    UnknownClaim {
        /// The name given.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A claim that cannot be tried.
    BadClaim {
        /// Where it stands.
        at: Box<Excerpt>,
        /// What is wrong.
        reason: String,
        /// What to do.
        help: String,
    },
    /// Recorded settings that do not make a scenario.
    BadRecord {
        /// What is wrong with them.
        reason: String,
    },
    /// A sweep plan that cannot be run.
    BadPlan {
        /// Where it says so.
        at: Box<Excerpt>,
        /// What is wrong.
        what: String,
        /// The note under the mark; may be empty.
        note: String,
        /// What to do.
        remedy: String,
    },
    /// Several things at once.
    Several(Vec<ScenarioError>),
}

impl ScenarioError {
    /// One problem as it is, several as one error that holds each.
    pub(crate) fn together(problems: impl IntoIterator<Item = Self>) -> Self {
        let mut single = Vec::new();
        for problem in problems {
            match problem {
                Self::Several(several) => single.extend(several),
                one => single.push(one),
            }
        }
        if single.len() == 1 {
            single.remove(0)
        } else {
            Self::Several(single)
        }
    }

    /// The single problems: one, unless there are several.
    pub fn each(&self) -> &[Self] {
        match self {
            Self::Several(problems) => problems,
            one => std::slice::from_ref(one),
        }
    }

    /// What is wrong and what to do, without a place: for whoever knows a better one.
    pub(crate) fn in_words(&self) -> (String, String) {
        let first = self.each().first().unwrap_or(self);
        if let Self::BadRecord { reason } = first {
            return (
                reason.clone(),
                "write what the table of parameters has".to_owned(),
            );
        }
        let reason = match first.label() {
            Some(label) => format!("{}: {label}", first.headline()),
            None => first.headline(),
        };
        (reason, first.help())
    }

    /// Where the problem is, if it is in a text.
    pub fn at(&self) -> Option<&Excerpt> {
        match self {
            Self::Syntax { at, .. }
            | Self::UnknownGroup { at, .. }
            | Self::OtherKind { at, .. }
            | Self::UnknownKey { at, .. }
            | Self::WrongType { at, .. }
            | Self::NotANumber { at, .. }
            | Self::OutOfRange { at, .. }
            | Self::PlausibleRange { at, .. }
            | Self::Incomplete { at, .. }
            | Self::Cycle { at, .. }
            | Self::BadPlan { at, .. }
            | Self::BadOverride { at, .. }
            | Self::BadClaim { at, .. } => Some(at),
            Self::AtOdds { at, .. }
            | Self::MissingFile { at, .. }
            | Self::Unreadable { at, .. }
            | Self::UnknownName { at, .. } => at.as_deref(),
            Self::BadReference { .. }
            | Self::BadRecord { .. }
            | Self::UnknownClaim { .. }
            | Self::Several(_) => None,
        }
    }

    fn rendered(&self) -> String {
        let (headline, help) = (self.headline(), self.help());
        let Some(at) = self.at() else {
            return format!("{headline}\n  = help: {help}");
        };
        let mark = AnnotationKind::Primary.span(at.span.clone()).label(self.label());
        let snippet = Snippet::source(&at.text)
            .path(&at.file)
            .line_start(at.line)
            .annotation(mark);
        let group = Group::with_title(Level::ERROR.no_name().primary_title(headline));
        Renderer::plain().render(&[group.element(snippet).element(Level::HELP.message(help))])
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.each().iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n\n")?;
            }
            formatter.write_str(&problem.rendered())?;
        }
        Ok(())
    }
}

impl std::error::Error for ScenarioError {}
