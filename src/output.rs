//! Words to the terminal: standard output, standard error and aligned columns; never decides what is said.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::failure::Failure;

/// Widest line of running text \[characters\].
pub const WIDTH: usize = 100;

/// Writes to standard output. A reader that has gone (`orgsim parameters | head`) is not an error.
///
/// # Errors
/// If standard output cannot be written for any other reason.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Files(format!(
            "standard output cannot be written: {error}\n  = help: see to the place that it is sent to, then give \
             the command again"
        ))),
        _ => Ok(()),
    }
}

/// Writes to standard error; there is nowhere left to report a failure to.
pub fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(visible(text).as_bytes());
}

/// The text without anything that would command a terminal: names and files come from anywhere.
fn visible(text: &str) -> Cow<'_, str> {
    let commands = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if commands(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Rows as aligned columns, two blanks between them; the last column is never padded.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    rows.iter().map(|row| aligned(row, &widths)).collect()
}

fn aligned(row: &[String], widths: &[usize]) -> String {
    let cells = row
        .iter()
        .zip(widths)
        .map(|(cell, &width)| format!("{cell:<width$}"));
    let line = cells.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}

/// Words as lines of at most [`WIDTH`] characters, each behind `indent`.
pub fn wrapped(words: &str, indent: &str) -> String {
    let mut text = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let letters = word.chars().count();
        if length == 0 || length + 1 + letters > WIDTH {
            text.push_str(if length == 0 { "" } else { "\n" });
            text.push_str(indent);
            length = indent.chars().count();
        } else {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += letters;
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(columns(&[row(["a", "b"]), row(["löss", ""])]), "a     b\nlöss\n");
    }

    #[test]
    fn nothing_that_commands_a_terminal_reaches_it() {
        assert_eq!(visible("a\tb\nö"), "a\tb\nö");
        assert_eq!(visible("\u{1b}[31mred\u{7}\r"), "\\u{1b}[31mred\\u{7}\\r");
    }

    #[test]
    fn wrapped_words_never_pass_the_width() {
        let words = "word ".repeat(60);
        let text = wrapped(&words, "    ");
        assert!(
            text.lines()
                .all(|line| line.len() <= WIDTH && line.starts_with("    word"))
        );
        assert_eq!(text.split_whitespace().count(), 60);
    }
}
