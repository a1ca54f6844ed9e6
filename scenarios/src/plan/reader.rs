//! What every part of a plan is read with: places in the file, problems so far, keys, names and whole numbers.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::MOST_POINTS;
use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::found;
use crate::nearest::nearest;

/// A file and what messages call it.
pub(super) struct Page<'a> {
    pub(super) label: &'a str,
    pub(super) content: &'a str,
}

impl Page<'_> {
    pub(super) fn at(&self, span: Range<usize>) -> Box<Excerpt> {
        Box::new(Excerpt::new(self.label, self.content, span))
    }
}

/// Reads a plan and gathers everything that is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) page: Page<'a>,
    pub(super) problems: Vec<ScenarioError>,
}

/// A value and its place.
pub(super) type Node<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    pub(super) fn bad(&mut self, span: Range<usize>, what: &str, note: &str, remedy: &str) {
        self.problems.push(ScenarioError::BadPlan {
            at: self.page.at(span),
            what: what.to_owned(),
            note: note.to_owned(),
            remedy: remedy.to_owned(),
        });
    }

    pub(super) fn unknown_keys(&mut self, table: &DeTable, known: &[&str], within: &str) {
        for (key, _) in table.iter() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.problems.push(ScenarioError::UnknownKey {
                    at: self.page.at(key.span()),
                    within: within.to_owned(),
                    key: name.to_owned(),
                    nearest: nearest(name, known.iter().copied()),
                    valid: format!("there are {}", known.join(", ")),
                });
            }
        }
    }

    /// A list of texts, not empty.
    pub(super) fn names(&mut self, node: &Node, what: &str, remedy: &str) -> Option<Vec<String>> {
        let texts = node.get_ref().as_array().map(|items| {
            items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        });
        match texts.flatten() {
            Some(names) if !names.is_empty() => Some(names),
            _ => {
                let found = match node.get_ref().as_array() {
                    Some(items) if items.is_empty() => "an empty list".to_owned(),
                    Some(_) => "a list of other things than texts".to_owned(),
                    None => found(node.get_ref()),
                };
                self.bad(
                    node.span(),
                    &format!("`{what}` cannot be {found}"),
                    "expected a list of names",
                    remedy,
                );
                None
            }
        }
    }

    pub(super) fn whole(&mut self, table: &DeTable, key: &'static str, low: u64, high: u64) -> Option<u64> {
        let node = table.get(key)?;
        let number = match node.get_ref() {
            DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        let inside = number
            .and_then(|number| u64::try_from(number).ok())
            .filter(|number| (low..=high).contains(number));
        if inside.is_none() {
            let most = if high == u64::MAX { MOST_POINTS } else { high };
            self.problems.push(ScenarioError::WrongType {
                at: self.page.at(node.span()),
                path: key.to_owned(),
                found: found(node.get_ref()),
                expected: format!("a whole number from {low} to {most}"),
                nearest: None,
            });
        }
        inside
    }
}
