//! The embedded typeface: how wide words are, how they are drawn and how they are cut to fit; asks the system for no font.

use std::convert::Infallible;
use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, PxScale, point};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendTextStyle, FontFamily, FontStyle};

use super::picture::{Align, Colour};
use crate::sentences::unbroken;

/// Name of the typeface in SVG.
pub const FAMILY: &str = "Inter, Helvetica, Arial, sans-serif";

/// Height of the letters above the baseline that positions are counted from, in sizes; SVG text is drawn with the same.
const ASCENT: f64 = 0.76;

/// Factor that the SVG backend takes off again.
const SIZE_FACTOR: f64 = 1.24;

static REGULAR: LazyLock<FontRef<'static>> =
    LazyLock::new(|| embedded(include_bytes!("../../fonts/Inter-Regular.ttf")));
static BOLD: LazyLock<FontRef<'static>> =
    LazyLock::new(|| embedded(include_bytes!("../../fonts/Inter-Bold.ttf")));

fn embedded(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the embedded typeface is whole")
}

/// Thickness of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For headings and names.
    Bold,
}

impl Weight {
    fn font(self) -> &'static FontRef<'static> {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        }
    }
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size of the letters \[points\].
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
    /// Colour of the letters.
    pub colour: Colour,
}

impl Style {
    /// The same in another colour.
    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Width of `words` \[points\].
    pub fn width(self, words: &str) -> f64 {
        let font = self.weight.font();
        words
            .chars()
            .map(|letter| advance(font, font.glyph_id(letter), self.size))
            .sum()
    }

    /// Distance from the baseline to the middle of small figures \[points\].
    pub fn half_height(self) -> f64 {
        0.36 * self.size
    }

    /// `words`, or their beginning and end with dots between, so that they are not wider than `limit`.
    pub fn fitted(self, words: &str, limit: f64) -> String {
        if self.width(words) <= limit {
            return words.to_owned();
        }
        let letters: Vec<char> = words.chars().collect();
        let cut = |kept: usize| {
            let (head, tail) = (&letters[..kept.div_ceil(2)], &letters[letters.len() - kept / 2..]);
            head.iter().chain(&['…']).chain(tail).collect::<String>()
        };
        (0..letters.len())
            .rev()
            .map(cut)
            .find(|shorter| self.width(shorter) <= limit)
            .unwrap_or_default()
    }

    /// The first of two texts if it is not wider than `limit`, else the second: so that no figure is ever cut.
    pub fn first_fitting(self, [long, short]: [String; 2], limit: f64) -> String {
        if self.width(&long) <= limit { long } else { short }
    }

    /// `words` in lines not wider than `limit`, broken where [`unbroken`] lets them.
    pub fn broken(self, words: &str, limit: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in unbroken(words).iter().map(|word| self.fitted(word, limit)) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= limit => {
                    line.push(' ');
                    line.push_str(&word);
                }
                _ => lines.push(word),
            }
        }
        lines
    }
}

fn advance(font: &FontRef, glyph: GlyphId, size: f64) -> f64 {
    let units = font.units_per_em().map_or(1.0, f64::from);
    f64::from(font.h_advance_unscaled(glyph)) / units * size
}

/// How one text is drawn: in SVG by name, in pixels letter by letter.
///
/// The library's own text style leaves out the space before each letter and rounds every letter to whole pixels.
#[derive(Clone, Copy)]
pub struct Lettering {
    style: Style,
    size: f64,
    colour: BackendColor,
    align: Align,
}

impl Lettering {
    /// Letters of `style`, enlarged `scale` times.
    pub fn new(style: Style, align: Align, scale: f64) -> Self {
        let Colour(red, green, blue) = style.colour;
        let colour = BackendColor {
            alpha: 1.0,
            rgb: (red, green, blue),
        };
        Self {
            style,
            size: style.size * scale,
            colour,
            align,
        }
    }

    /// Upper edge of a text with its baseline at `baseline`; positions are given to the backend by it.
    pub fn top(&self, baseline: f64) -> f64 {
        baseline - ASCENT * self.size
    }
}

impl BackendTextStyle for Lettering {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size * SIZE_FACTOR
    }

    fn style(&self) -> FontStyle {
        match self.style.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let horizontal = match self.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        Pos::new(horizontal, VPos::Top)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let width = (self.style.width(text) * self.size / self.style.size).round() as i32;
        Ok(((0, 0), (width, self.size.round() as i32)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (left, top): BackendCoord,
        mut draw: DrawFunc,
    ) -> Result<Result<(), E>, Infallible> {
        let font = self.style.weight.font();
        let scale =
            PxScale::from(self.size as f32 * font.height_unscaled() / font.units_per_em().unwrap_or(1.0));
        let baseline = (f64::from(top) + ASCENT * self.size).round() as f32;
        let mut x = f64::from(left);
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            if let Some(outline) =
                font.outline_glyph(glyph.with_scale_and_position(scale, point(x as f32, baseline)))
            {
                let corner = outline.px_bounds().min;
                let mut result = Ok(());
                outline.draw(|column, row, cover| {
                    if result.is_ok() && cover > 0.0 {
                        let alpha = self.colour.alpha * f64::from(cover.min(1.0));
                        let colour = BackendColor { alpha, ..self.colour };
                        result = draw(
                            corner.x as i32 + column as i32,
                            corner.y as i32 + row as i32,
                            colour,
                        );
                    }
                });
                if result.is_err() {
                    return Ok(result);
                }
            }
            x += advance(font, glyph, self.size);
        }
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(size: f64, weight: Weight) -> Style {
        Style {
            size,
            weight,
            colour: Colour(0, 0, 0),
        }
    }

    #[test]
    fn width_grows_with_words_and_size() {
        let narrow = style(22.0, Weight::Regular).width("worlds");
        assert!(style(22.0, Weight::Regular).width("worlds of") > narrow);
        assert!(style(44.0, Weight::Regular).width("worlds") > 1.99 * narrow);
        assert!(style(22.0, Weight::Bold).width("worlds") > narrow);
    }

    #[test]
    fn words_that_are_too_wide_lose_their_middle() {
        let bold = style(24.0, Weight::Bold);
        let short = bold.fitted("our-own-way-of-working.toml@enterprise", 200.0);
        assert!(bold.width(&short) <= 200.0);
        assert!(
            short.starts_with("our-own") && short.ends_with("rise") && short.contains('…'),
            "{short}"
        );
        assert_eq!(bold.fitted("safe", 200.0), "safe");
        assert_eq!(bold.fitted("safe", 0.0), "");
    }

    #[test]
    fn lines_are_broken_at_blanks_and_lose_no_word() {
        let bold = style(40.0, Weight::Bold);
        let words = "In 16 of 20 worlds empowered ships more value than the other way";
        let lines = bold.broken(words, 500.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), words);
        assert!(lines.iter().all(|line| bold.width(line) <= 500.0));
    }

    #[test]
    fn every_character_of_the_plots_has_a_letter() {
        for letter in "−±·…–→ ×%,.()+AZaz09äéßøł".chars() {
            for weight in [Weight::Regular, Weight::Bold] {
                assert_ne!(weight.font().glyph_id(letter), GlyphId(0), "{letter}");
            }
        }
    }

    #[test]
    fn no_line_begins_with_the_sign_of_a_figure() {
        let bold = style(40.0, Weight::Bold);
        let words = "of the rest, value scale explains 30 %.";
        let limit = bold.width("of the rest, value scale explains 30") + 1.0;
        assert_eq!(
            bold.broken(words, limit),
            ["of the rest, value scale explains", "30 %."]
        );
    }
}
