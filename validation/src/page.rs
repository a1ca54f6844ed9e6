//! The page that the validation writes: headings, sentences, tables; decides nothing.

use std::fmt::Display;

const OPENING: &str = "\
# Validation

This page is written by `cargo xtask validate`; its figures are those of the code as it is. Seeds are fixed, so the same
code writes the same page. The fast checks behind it are part of `cargo xtask test`: the laws that every run obeys
(`sim-core/tests/laws`), the limit cases (`tests/yardsticks.rs`), docking against two independent programs
(`tests/docking.rs`), and the library and the parameter table (`tests/validation`). Figures are given as mean ± standard
error.
";

/// A page in Markdown.
#[derive(Debug)]
pub struct Page {
    text: String,
}

impl Page {
    /// The page of the validation, with its opening words.
    pub fn new() -> Self {
        Self::opened(OPENING)
    }

    /// A page with opening words of its own.
    pub fn opened(opening: &str) -> Self {
        Self {
            text: opening.to_owned(),
        }
    }

    /// Begins a chapter.
    pub fn chapter(&mut self, title: &str) {
        self.text += &format!("\n## {title}\n");
    }

    /// Begins a section.
    pub fn section(&mut self, title: &str) {
        self.text += &format!("\n### {title}\n");
    }

    /// Adds a paragraph.
    pub fn say(&mut self, words: impl Display) {
        self.text += &format!("\n{words}\n");
    }

    /// Adds a table; the first row is its head.
    pub fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.text += &format!("\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
        for row in rows {
            self.text += &format!("| {} |\n", row.join(" | "));
        }
    }

    /// Another page with the chapters of this one in the place of those of the same title, or at its end.
    pub fn laid_over(self, other: &str) -> String {
        let chapters = |text: &str| -> Vec<String> {
            let parts = text.split("\n## ");
            parts.map(|part| part.trim_end().to_owned()).collect()
        };
        let title = |chapter: &str| chapter.lines().next().unwrap_or_default().to_owned();
        let mut all = chapters(other);
        for chapter in chapters(&self.text).into_iter().skip(1) {
            match all
                .iter_mut()
                .skip(1)
                .find(|known| title(known) == title(&chapter))
            {
                Some(known) => *known = chapter,
                None => all.push(chapter),
            }
        }
        all.join("\n\n## ") + "\n"
    }

    /// The whole page.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A figure with as many digits as its size deserves.
pub fn figure(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 1000.0 => 0,
        size if size >= 100.0 => 1,
        size if size >= 10.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    };
    format!("{value:.digits$}")
}

/// A mean with its standard error.
pub fn with_error((mean, error): (f64, f64)) -> String {
    format!("{} ± {}", figure(mean), figure(error))
}
