//! One line of a text with the part that is meant; never the whole text.

use std::ops::Range;

/// A place in a text: where it is, the line itself and the part of the line that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The file as it was called, `library/…` for a file of the library, or `--set`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line, without its end.
    pub text: String,
    /// The part that is meant, in bytes of `text`.
    pub span: Range<usize>,
}

impl Excerpt {
    /// The excerpt of `text` around the bytes `span`; of a span over several lines, its first line.
    pub(crate) fn new(file: &str, text: &str, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let line_text = text[line_start..].lines().next().unwrap_or("");
        let end = floor(text, span.end).max(start) - line_start;
        let span = (start - line_start).min(line_text.len())..end.min(line_text.len());
        Self {
            file: file.to_owned(),
            line: text[..line_start].matches('\n').count() + 1,
            column: line_text[..span.start].chars().count() + 1,
            text: line_text.to_owned(),
            span,
        }
    }

    /// File and line, or only the name where there are no lines: `my-company.toml:12`, `--set`.
    pub fn place(&self) -> String {
        if self.file == "--set" {
            self.file.clone()
        } else {
            format!("{}:{}", self.file, self.line)
        }
    }
}

/// The end of the last whole character within the first `index` bytes.
fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn columns_count_characters_and_lines_end_where_they_end() {
        let text = "[ä]\r\nöl = 3\r\n";
        let excerpt = Excerpt::new("a.toml", text, 8..9);
        assert_eq!(
            (excerpt.line, excerpt.column, excerpt.text.as_str()),
            (2, 2, "öl = 3")
        );
        let end = Excerpt::new("a.toml", text, 900..901);
        assert_eq!((end.line, end.column, end.text.as_str()), (3, 1, ""));
    }

    #[test]
    fn a_span_over_several_lines_ends_with_its_first_line() {
        let excerpt = Excerpt::new("a.toml", "one = [\n2]\n", 6..10);
        assert_eq!((excerpt.line, excerpt.span), (1, 6..7));
    }
}
