//! What was found, in reading order: sentences and tables that the terminal and a page show alike.

use serde::{Deserialize, Serialize};

use crate::sentences::pieces;
use crate::sheet::Sheet;

/// Everything that is said about a result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words {
    /// What is said, in order.
    pub parts: Vec<Part>,
}

/// What an experiment leaves for a report: its words and how to find them again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Version of the shape of the file.
    pub schema: u32,
    /// The command that finds the same again.
    pub command: String,
    /// What was found.
    pub words: Words,
}

impl Verdict {
    /// Version of the shape that this program writes and reads.
    pub const SCHEMA: u32 = 1;

    /// As the bytes of a file.
    ///
    /// # Errors
    /// Only if memory cannot be had.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// From the bytes of a file.
    ///
    /// # Errors
    /// What does not make sense, with line and column.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let verdict: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if verdict.schema == Self::SCHEMA {
            return Ok(verdict);
        }
        Err(format!(
            "its schema is {}, and this version of the program reads {}",
            verdict.schema,
            Self::SCHEMA
        ))
    }
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Part {
    /// The question.
    Title(String),
    /// The sentence that matters most.
    Headline(String),
    /// A sentence, or a few that belong together.
    Sentence(String),
    /// One of several things that the sentence before it announces.
    Item(String),
    /// A table.
    Table(Sheet),
    /// Something else begins.
    Gap,
}

impl Words {
    /// Adds the question.
    pub(crate) fn title(&mut self, words: String) {
        self.parts.push(Part::Title(words));
    }

    /// Adds the sentence that matters most.
    pub(crate) fn headline(&mut self, words: String) {
        self.parts.push(Part::Headline(words));
    }

    /// Adds a sentence.
    pub(crate) fn say(&mut self, words: impl Into<String>) {
        self.parts.push(Part::Sentence(words.into()));
    }

    /// Adds an item.
    pub(crate) fn item(&mut self, words: String) {
        self.parts.push(Part::Item(words));
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, sheet: Sheet) {
        self.parts.push(Part::Table(sheet));
    }

    /// Something else begins.
    pub(crate) fn gap(&mut self) {
        self.parts.push(Part::Gap);
    }

    /// Adds what somebody else says, after a gap if there is anything before it.
    pub fn append(&mut self, other: Self) {
        if !self.parts.is_empty() {
            self.gap();
        }
        self.parts.extend(other.parts);
    }

    /// For the terminal: one line for each part, broken where it is too wide, and tables as aligned columns.
    pub fn text(&self) -> String {
        let lines = self.parts.iter().flat_map(lines);
        lines.map(|line| line + "\n").collect()
    }
}

/// The lines of a part. Those of a table are never broken: its columns would no longer stand under one another.
fn lines(part: &Part) -> Vec<String> {
    match part {
        Part::Title(words) | Part::Headline(words) | Part::Sentence(words) => pieces(words),
        Part::Item(words) => pieces(&format!("  {words}")),
        Part::Table(sheet) => sheet.lines(),
        Part::Gap => vec![String::new()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_every_part_in_order() {
        let mut words = Words::default();
        words.title("Which?".to_owned());
        words.gap();
        words.headline("This one.".to_owned());
        let mut sheet = Sheet::new(["a", "b"]);
        sheet.row(["1", "2"].map(str::to_owned));
        words.table(sheet);
        words.item("because".to_owned());
        let mut more = words.clone();
        more.append(words.clone());
        assert_eq!(words.text(), "Which?\n\nThis one.\n  a  b\n  1  2\n  because\n");
        assert_eq!(more.text(), format!("{}\n{}", words.text(), words.text()));
    }

    #[test]
    fn words_are_the_same_after_a_file() {
        let mut words = Words::default();
        words.title("Which <b>?".to_owned());
        words.table(Sheet::new(["a"]));
        words.gap();
        let text = serde_json::to_string(&words).unwrap();
        assert_eq!(
            text,
            r#"[{"title":"Which <b>?"},{"table":{"head":["a"],"rows":[]}},"gap"]"#
        );
        assert_eq!(serde_json::from_str::<Words>(&text).unwrap(), words);
    }

    #[test]
    fn columns_stay_aligned_however_wide_a_table_is() {
        let mut sheet = Sheet::new(["a".repeat(60), "b".repeat(60)]);
        sheet.row(["1", "2"].map(str::to_owned));
        let mut words = Words::default();
        words.table(sheet.clone());
        assert_eq!(words.text(), format!("{}\n", sheet.lines().join("\n")));
    }
}
