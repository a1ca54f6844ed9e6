//! One file as a whole: its titles, what it extends and its groups; every problem in it, not only the first.

use std::ops::Range;

use sim_core::parameters::{GROUPS, Group, find};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::given::Given;
use super::node::found;
use super::setting::given;
use super::text::Text;
use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::kind::Kind;
use crate::library::Library;
use crate::nearest::{elsewhere, nearest, nearest_in, valid_in};

/// Longest warm-up \[weeks\].
pub(crate) const LONGEST_WARM_UP_WEEKS: u32 = 520;

/// A name or path in a file, and where it stands.
pub(crate) type Named = (String, Box<Excerpt>);

/// A file that was read without a problem.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    /// Short title.
    pub title: Option<String>,
    /// What it stands for.
    pub description: Option<String>,
    /// What it comes from.
    pub source: Option<String>,
    /// The file of the same kind that it builds on.
    pub extends: Option<Named>,
    /// Own default environment; operating models only.
    pub environment: Option<Named>,
    /// The transformation it goes through; operating models only.
    pub transformation: Option<Named>,
    /// The operating model it leads to; transformations only.
    pub to: Option<Named>,
    /// Weeks before week 0; environments only \[weeks\].
    pub warm_up_weeks: Option<u32>,
    /// What it sets.
    pub settings: Vec<Given>,
}

/// A text and what messages call it.
pub(super) struct Page<'a> {
    pub label: &'a str,
    pub content: &'a str,
}

impl Page<'_> {
    /// The place of a span.
    pub fn at(&self, span: Range<usize>) -> Box<Excerpt> {
        Box::new(Excerpt::new(self.label, self.content, span))
    }
}

/// Reads a file of the given kind.
///
/// # Errors
/// Everything that is wrong in it; only the first place if it is not TOML.
pub(crate) fn read(kind: Kind, text: &Text) -> Result<Document, ScenarioError> {
    let page = Page {
        label: &text.label,
        content: &text.content,
    };
    let table = parse(&page)?;
    let mut reader = Reader {
        kind,
        page,
        document: Document::default(),
        problems: Vec::new(),
    };
    for (key, value) in in_file_order(table.get_ref()) {
        reader.top(key, value);
    }
    if reader.problems.is_empty() {
        Ok(reader.document)
    } else {
        Err(ScenarioError::together(reader.problems))
    }
}

/// The kind of file that a text is, by the first group or key that only one kind has; `None` if there is none.
///
/// # Errors
/// If it is not TOML.
pub(crate) fn kind_of(text: &Text) -> Result<Option<Kind>, ScenarioError> {
    let page = Page {
        label: &text.label,
        content: &text.content,
    };
    let table = parse(&page)?;
    let kind = in_file_order(table.get_ref())
        .into_iter()
        .find_map(|(key, value)| match key.get_ref().as_ref() {
            "environment" | "transformation" if value.get_ref().is_str() => Some(Kind::OperatingModel),
            "extends" => value.get_ref().as_str().and_then(kind_in_library),
            "to" if value.get_ref().is_str() => Some(Kind::Transformation),
            "warm_up_weeks" => Some(Kind::Environment),
            key => Kind::of_group(key),
        });
    Ok(kind)
}

fn kind_in_library(name: &str) -> Option<Kind> {
    let special = [Kind::Environment, Kind::Transformation];
    special
        .into_iter()
        .find(|kind| Library::find(*kind, name).is_some())
}

fn parse<'a>(page: &Page<'a>) -> Result<Spanned<DeTable<'a>>, ScenarioError> {
    DeTable::parse(page.content).map_err(|problem| ScenarioError::Syntax {
        at: page.at(problem.span().unwrap_or(0..0)),
        reason: problem.message().split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

type Item<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

fn in_file_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<Item<'a, 'i>> {
    let mut items: Vec<_> = table.iter().collect();
    items.sort_by_key(|(key, _)| key.span().start);
    items
}

struct Reader<'a> {
    kind: Kind,
    page: Page<'a>,
    document: Document,
    problems: Vec<ScenarioError>,
}

impl Reader<'_> {
    fn top(&mut self, key: &Spanned<DeString>, value: &Spanned<DeValue>) {
        let name = key.get_ref().as_ref();
        match (name, self.kind) {
            ("title", _) => self.document.title = self.text(name, value),
            ("description", _) => self.document.description = self.text(name, value),
            ("source", _) => self.document.source = self.text(name, value),
            ("extends", _) => self.document.extends = self.named(name, value),
            ("environment", Kind::OperatingModel) if !value.get_ref().is_table() => {
                self.document.environment = self.named(name, value);
            }
            ("transformation", Kind::OperatingModel) if !value.get_ref().is_table() => {
                self.document.transformation = self.named(name, value);
            }
            ("to", Kind::Transformation) => self.document.to = self.named(name, value),
            ("warm_up_weeks", Kind::Environment) => self.document.warm_up_weeks = self.warm_up(value),
            ("warm_up_weeks", _) => self.other_kind(key, "`warm_up_weeks`", Kind::Environment),
            _ => self.group_or_unknown(key, value),
        }
    }

    fn group_or_unknown(&mut self, key: &Spanned<DeString>, value: &Spanned<DeValue>) {
        let name = key.get_ref().as_ref();
        let group = GROUPS.iter().find(|group| group.name == name);
        match (group, Kind::of_group(name)) {
            (Some(group), Some(kind)) if kind == self.kind => self.group(group, value),
            (_, Some(kind)) => self.other_kind(key, &format!("[{name}]"), kind),
            _ if value.get_ref().is_table() => self.problems.push(ScenarioError::UnknownGroup {
                at: self.page.at(key.span()),
                kind: self.kind,
                group: name.to_owned(),
                nearest: nearest(name, self.kind.groups()),
            }),
            _ => self.unknown_at_top(key),
        }
    }

    fn group(&mut self, group: &'static Group, value: &Spanned<DeValue>) {
        let DeValue::Table(table) = value.get_ref() else {
            let expected = format!(
                "a table: [{}] on a line of its own, parameters below it",
                group.name
            );
            return self.wrong_type(&format!("[{}]", group.name), value, expected);
        };
        for (key, node) in in_file_order(table) {
            match find(group.name, key.get_ref()) {
                Some(parameter) => {
                    let setting = given(&self.page, parameter, node, &mut self.problems);
                    self.document.settings.extend(setting);
                }
                None => self.unknown_in_group(group, key),
            }
        }
    }

    fn text(&mut self, name: &str, value: &Spanned<DeValue>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(&format!("`{name}`"), value, "a text in quotes".to_owned());
        }
        text
    }

    fn named(&mut self, name: &str, value: &Spanned<DeValue>) -> Option<Named> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(
                &format!("`{name}`"),
                value,
                "a library name or a path in quotes".to_owned(),
            );
        }
        Some((text?, self.page.at(value.span())))
    }

    fn warm_up(&mut self, value: &Spanned<DeValue>) -> Option<u32> {
        let allowed = format!("0 to {LONGEST_WARM_UP_WEEKS} [weeks]");
        let Some(digits) = value.get_ref().as_integer() else {
            self.wrong_type("`warm_up_weeks`", value, format!("a whole number from {allowed}"));
            return None;
        };
        let weeks = u32::from_str_radix(digits.as_str(), digits.radix()).ok();
        let weeks = weeks.filter(|weeks| *weeks <= LONGEST_WARM_UP_WEEKS);
        if weeks.is_none() {
            let (at, path, value) = (
                self.page.at(value.span()),
                "warm_up_weeks".to_owned(),
                digits.to_string(),
            );
            self.problems.push(ScenarioError::OutOfRange {
                at,
                path,
                value,
                allowed,
            });
        }
        weeks
    }

    fn other_kind(&mut self, key: &Spanned<DeString>, name: &str, belongs: Kind) {
        let at = self.page.at(key.span());
        self.problems.push(ScenarioError::OtherKind {
            at,
            belongs,
            name: name.to_owned(),
        });
    }

    fn wrong_type(&mut self, path: &str, value: &Spanned<DeValue>, expected: String) {
        let (at, path, found) = (
            self.page.at(value.span()),
            path.to_owned(),
            found(value.get_ref()),
        );
        self.problems.push(ScenarioError::WrongType {
            at,
            path,
            found,
            expected,
            nearest: None,
        });
    }

    fn unknown_at_top(&mut self, key: &Spanned<DeString>) {
        let name = key.get_ref().as_ref();
        let own = match self.kind {
            Kind::Environment => "warm_up_weeks",
            Kind::OperatingModel => "environment",
            Kind::Transformation => "to",
        };
        let keys = ["title", "description", "source", "extends", own];
        self.problems.push(ScenarioError::UnknownKey {
            at: self.page.at(key.span()),
            within: format!("outside of the groups of {}", self.kind.file()),
            key: name.to_owned(),
            nearest: elsewhere(self.kind, name).or_else(|| nearest(name, keys)),
            valid: format!(
                "there are {}; parameters stand below their [group]",
                keys.join(", ")
            ),
        });
    }

    fn unknown_in_group(&mut self, group: &Group, key: &Spanned<DeString>) {
        let name = key.get_ref().as_ref();
        self.problems.push(ScenarioError::UnknownKey {
            at: self.page.at(key.span()),
            within: format!("in [{}]", group.name),
            key: name.to_owned(),
            nearest: elsewhere(self.kind, name).or_else(|| nearest_in(group, name)),
            valid: valid_in(group),
        });
    }
}
