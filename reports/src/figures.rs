//! Numbers for people: two or three significant figures, thousands separators, a real minus sign and always a unit;
//! never a number for a machine to read back.

const MINUS: char = '\u{2212}';

/// Factor from stored to shown values, and the words behind them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shown {
    factor: f64,
    unit: &'static str,
    gap_unit: &'static str,
}

/// Units that read better in another form; all other units are shown as they are.
fn shown(unit: &str) -> Option<Shown> {
    match unit {
        "share" => Some(Shown {
            factor: 100.0,
            unit: "%",
            gap_unit: "points",
        }),
        "1/year" => Some(Shown {
            factor: 100.0,
            unit: "% a year",
            gap_unit: "points a year",
        }),
        "0-1" => Some(Shown {
            factor: 1.0,
            unit: "on a scale from 0 to 1",
            gap_unit: "on a scale from 0 to 1",
        }),
        "ratio" => Some(Shown {
            factor: 1.0,
            unit: "times",
            gap_unit: "times",
        }),
        "correlation" => Some(Shown {
            factor: 1.0,
            unit: "(correlation)",
            gap_unit: "(correlation)",
        }),
        _ => None,
    }
}

/// Factor by which a value in `unit` is multiplied before it is shown: 100 for shares.
pub fn factor(unit: &str) -> f64 {
    shown(unit).map_or(1.0, |shown| shown.factor)
}

/// Words behind a value in `unit`: `%` for shares.
pub fn unit_words(unit: &str) -> &str {
    shown(unit).map_or(unit, |shown| shown.unit)
}

/// Words behind a difference of two values in `unit`: percentage `points` for shares.
pub fn gap_words(unit: &str) -> &str {
    shown(unit).map_or(unit, |shown| shown.gap_unit)
}

/// `value` with at most three significant figures: `1,230`, `0.12`, `−4.5`, `1.23 billion`.
///
/// Not-a-number reads `unknown`: such a value should not have come so far, and must not pass for a figure.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "unknown".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            "infinite".to_owned()
        } else {
            format!("{MINUS}infinite")
        };
    }
    let words = magnitude(value.abs());
    if value < 0.0 && words != "0" {
        format!("{MINUS}{words}")
    } else {
        words
    }
}

/// Like [`number`], with a plus sign before positive values.
pub fn signed(value: f64) -> String {
    let words = number(value);
    if value > 0.0 && words != "0" {
        format!("+{words}")
    } else {
        words
    }
}

/// A value in `unit`: `34 %`, `1,230 team-week costs`, `1 week`.
pub fn quantity(value: f64, unit: &str) -> String {
    let words = number(value * factor(unit));
    let behind = counted(&words, unit_words(unit));
    format!("{words} {behind}")
}

/// A difference in `unit`, with its sign: `+6 points`, `−120 team-week costs`.
pub fn gap(value: f64, unit: &str) -> String {
    let words = signed(value * factor(unit));
    let behind = counted(words.trim_start_matches(['+', MINUS]), gap_words(unit));
    format!("{words} {behind}")
}

/// The size of a difference in `unit`, without sign: `120 team-week costs`.
pub fn gap_size(value: f64, unit: &str) -> String {
    let words = number((value * factor(unit)).abs());
    let behind = counted(&words, gap_words(unit));
    format!("{words} {behind}")
}

/// Two values in `unit`, without the unit: `28 to 40`.
pub fn range(low: f64, high: f64, unit: &str) -> String {
    between(&number(low * factor(unit)), &number(high * factor(unit)))
}

/// Two differences in `unit`, without the unit: `−12 to +40`.
pub fn gap_range(low: f64, high: f64, unit: &str) -> String {
    between(&signed(low * factor(unit)), &signed(high * factor(unit)))
}

/// Two figures; a word such as `billion` that both have is said once.
fn between(low: &str, high: &str) -> String {
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((figure, word)), Some((_, same))) if word == same => format!("{figure} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// A whole number with thousands separators.
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A number of things with its noun in the right form: `1 world`, `400 worlds`.
pub fn counted_noun(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(value), if value == 1 { one } else { many })
}

/// `value` with a fixed number of decimals: for rows of figures that must line up, such as ticks of an axis.
pub fn fixed(value: f64, decimals: usize) -> String {
    let words = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = words.split_once('.').map_or((words.as_str(), ""), |parts| parts);
    let point = if fraction.is_empty() { "" } else { "." };
    let is_zero = words.chars().all(|character| matches!(character, '0' | '.'));
    let sign = if value < 0.0 && !is_zero {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

fn counted<'a>(figure: &str, unit: &'a str) -> &'a str {
    match (figure, unit) {
        ("1", "weeks") => "week",
        ("1", "items") => "item",
        ("1", "items per team") => "item per team",
        ("1", "team-week costs") => "team-week cost",
        ("1", "team-week costs per week") => "team-week cost per week",
        ("1", "points") => "point",
        ("1", "points a year") => "point a year",
        _ => unit,
    }
}

/// Three significant figures of a finite value that is not negative.
fn magnitude(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let (rounded, exponent) = rounded_to_three(value);
    match exponent {
        15.. => scientific(value),
        12..15 => format!("{} trillion", trimmed(rounded / 1e12, 14 - exponent)),
        9..12 => format!("{} billion", trimmed(rounded / 1e9, 11 - exponent)),
        6..9 => format!("{} million", trimmed(rounded / 1e6, 8 - exponent)),
        -4..6 => trimmed(rounded, 2 - exponent),
        _ => scientific(value),
    }
}

/// The value rounded to three significant figures, and its power of ten; by way of its decimal form, so that the
/// result is the same on every machine.
fn rounded_to_three(value: f64) -> (f64, i32) {
    let words = format!("{value:.2e}");
    let exponent = words
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0);
    (words.parse().unwrap_or(value), exponent)
}

fn scientific(value: f64) -> String {
    let words = format!("{value:.1e}");
    words.replace(".0e", "e").replace("e-", &format!("e{MINUS}"))
}

fn trimmed(value: f64, decimals: i32) -> String {
    let words = fixed(value, usize::try_from(decimals).unwrap_or(0));
    if words.contains('.') {
        words.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        words
    }
}

fn grouped(digits: &str) -> String {
    let first = digits.len() % 3;
    let mut words = digits.get(..first).unwrap_or_default().to_owned();
    for start in (first..digits.len()).step_by(3) {
        if !words.is_empty() {
            words.push(',');
        }
        words.push_str(&digits[start..start + 3]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_significant_figures_and_separators() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.1234, "0.123"),
            (0.5, "0.5"),
            (12.34, "12.3"),
            (999.6, "1,000"),
            (1234.5, "1,230"),
            (-123_456.0, "\u{2212}123,000"),
            (999_499.0, "999,000"),
            (4.56e6, "4.56 million"),
            (1.234e9, "1.23 billion"),
            (9.996e8, "1 billion"),
            (45.67e12, "45.7 trillion"),
            (1.5e15, "1.5e15"),
            (2e300, "2e300"),
            (0.000_012, "1.2e\u{2212}5"),
            (f64::NAN, "unknown"),
            (f64::NEG_INFINITY, "\u{2212}infinite"),
        ];
        for (value, words) in cases {
            assert_eq!(number(value), words, "{value:e}");
        }
    }

    #[test]
    fn signs_stand_before_positive_and_negative_but_not_before_zero() {
        assert_eq!(signed(12.0), "+12");
        assert_eq!(signed(-12.0), "\u{2212}12");
        assert_eq!(signed(0.0), "0");
    }

    #[test]
    fn shares_read_as_percent_and_their_differences_as_points() {
        assert_eq!(quantity(0.344, "share"), "34.4 %");
        assert_eq!(gap(-0.06, "share"), "\u{2212}6 points");
        assert_eq!(gap(0.01, "share"), "+1 point");
        assert_eq!(range(0.28, 0.4, "share"), "28 to 40");
        assert_eq!(range(4.78e10, 8.02e10, "items"), "47.8 to 80.2 billion");
        assert_eq!(
            gap_range(-9e8, 1.5e9, "items"),
            "\u{2212}900 million to +1.5 billion"
        );
        assert_eq!(quantity(0.12, "1/year"), "12 % a year");
    }

    #[test]
    fn one_of_a_unit_is_singular() {
        assert_eq!(quantity(1.0, "weeks"), "1 week");
        assert_eq!(quantity(1.5, "weeks"), "1.5 weeks");
        assert_eq!(gap_size(-1.0, "team-week costs"), "1 team-week cost");
        assert_eq!(counted_noun(1, "world", "worlds"), "1 world");
        assert_eq!(counted_noun(1_000_000, "world", "worlds"), "1,000,000 worlds");
    }

    #[test]
    fn fixed_decimals_keep_trailing_zeros() {
        assert_eq!(fixed(1250.0, 1), "1,250.0");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(-2.5, 1), "\u{2212}2.5");
    }
}
