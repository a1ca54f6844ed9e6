//! What may be said about a difference, in words: one wording for the terminal and for every plot; never a figure that
//! is not in the result.

use experiments::result::{BasisResult, Comparison, Difference, Stopped, Verdict};
use sim_core::outcomes::{Direction, Outcome};
use sim_core::parameters::Parameter;

use crate::figures::{count, counted_noun, factor, gap, gap_range, gap_size, gap_words, number, quantity};
use crate::tables::interval_word;

/// Below so many worlds a count of 20 would often be off by more than one.
pub const WORLDS_FOR_A_COUNT: u64 = 200;

/// Below so many worlds there are no 20 to speak of: what is counted is the worlds themselves.
pub const WORLDS_FOR_ANY_COUNT: u64 = 20;

/// One pair on one outcome: everything a sentence needs.
#[derive(Debug, Clone, Copy)]
pub struct PairView<'a> {
    /// Name of the arm.
    pub arm: &'a str,
    /// Name of the baseline.
    pub baseline: &'a str,
    /// The outcome.
    pub outcome: Outcome,
    /// Arm minus baseline.
    pub difference: &'a Difference,
    /// The basis it was found on.
    pub basis: &'a BasisResult,
    /// What its interval is, as in [`interval_word`].
    pub interval: &'static str,
    /// Smallest gap worth naming, in units of the primary outcome.
    pub smallest_gap: f64,
}

/// How 20 worlds divide; the three numbers add up to 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Worlds of 20 in which the arm is better (neutral outcomes: has more).
    pub arm: u32,
    /// Worlds of 20 in which the baseline is better (neutral outcomes: has more).
    pub baseline: u32,
    /// Worlds of 20 in which they are equal.
    pub same: u32,
}

/// Divides 20 worlds by the marks of the difference.
///
/// Without ties the count is the result's own `better_in_20`: a mark between two worlds, one on each side of zero, may
/// fall on either side.
pub fn split_of_20(difference: &Difference, outcome: Outcome) -> Split {
    let marks = difference.summary.marks;
    let positive = marks.iter().filter(|mark| **mark > 0.0).count() as u32;
    let negative = marks.iter().filter(|mark| **mark < 0.0).count() as u32;
    let same = 20 - positive - negative;
    match (same, difference.better_in_20) {
        (0, Some(arm)) => Split {
            arm: arm.min(20),
            baseline: 20 - arm.min(20),
            same,
        },
        _ if outcome.row().direction == Direction::Lower => Split {
            arm: negative,
            baseline: positive,
            same,
        },
        _ => Split {
            arm: positive,
            baseline: negative,
            same,
        },
    }
}

/// The view of a pair on the primary outcome, if both arms have it.
pub fn primary_view<'a>(
    comparison: &'a Comparison,
    basis: &'a BasisResult,
    arm: usize,
    baseline: usize,
) -> Option<PairView<'a>> {
    view(comparison, basis, arm, baseline, comparison.primary)
}

/// The view of a pair on any outcome, if both arms have it.
pub fn view<'a>(
    comparison: &'a Comparison,
    basis: &'a BasisResult,
    arm: usize,
    baseline: usize,
    outcome: Outcome,
) -> Option<PairView<'a>> {
    let pair = basis
        .pairs
        .iter()
        .find(|pair| pair.arm == arm && pair.baseline == baseline)?;
    let (_, difference) = pair
        .outcomes
        .iter()
        .find(|(candidate, _)| *candidate == outcome)?;
    Some(PairView {
        arm: &basis.arms.get(arm)?.name,
        baseline: &basis.arms.get(baseline)?.name,
        outcome,
        difference,
        basis,
        interval: interval_word(comparison.primary, outcome, basis.interval_rule, difference),
        smallest_gap: comparison.smallest_gap,
    })
}

impl PairView<'_> {
    /// How 20 worlds divide.
    pub fn split(&self) -> Split {
        split_of_20(self.difference, self.outcome)
    }

    /// Whether there are enough worlds, and those that were wanted, to count 20 of them.
    pub fn may_be_counted(&self) -> bool {
        self.difference.summary.replications >= WORLDS_FOR_A_COUNT && no_verdict_because(self.basis).is_none()
    }

    /// Whether arm and baseline are exactly equal in every world.
    pub fn is_same_everywhere(&self) -> bool {
        let summary = &self.difference.summary;
        summary.mean == 0.0
            && summary.standard_error.is_none_or(|error| error == 0.0)
            && summary
                .marks
                .iter()
                .chain(&summary.quantiles)
                .all(|value| *value == 0.0)
    }

    /// The one sentence: who is better in how many of 20 worlds, or why nobody is named.
    pub fn headline(&self) -> String {
        let worlds = self.difference.summary.replications;
        if let Some(reason) = no_verdict_because(self.basis) {
            return format!("No verdict: {reason}.");
        }
        if self.is_same_everywhere() {
            return format!("The same in every world: {} and {}.", self.baseline, self.arm);
        }
        if worlds < WORLDS_FOR_A_COUNT {
            let worlds = counted_noun(worlds, "world", "worlds");
            let words = better_words(self.outcome);
            return match self.difference.verdict {
                Some(Verdict::Better) => format!(
                    "{} {words} in {worlds}: a first impression, not a count.",
                    self.arm
                ),
                Some(Verdict::Worse) => {
                    format!(
                        "{} {words} in {worlds}: a first impression, not a count.",
                        self.baseline
                    )
                }
                _ => format!("Only {worlds}: a first impression, not a count."),
            };
        }
        match self.difference.verdict {
            Some(Verdict::Better) => self.named(self.arm, self.split().arm),
            Some(Verdict::Worse) => self.named(self.baseline, self.split().baseline),
            Some(Verdict::NoPracticalDifference) => {
                format!(
                    "No practical difference between {} and {}.",
                    self.baseline, self.arm
                )
            }
            Some(Verdict::NotSettled) => {
                let split = self.split();
                let (arm, baseline, words) = (split.arm, split.baseline, better_words(self.outcome));
                format!(
                    "Not settled: {} {words} in {arm} of 20 worlds, {} in {baseline}.",
                    self.arm, self.baseline
                )
            }
            None => format!("In {} of 20 worlds {} has more.", self.split().arm, self.arm),
        }
    }

    fn named(&self, winner: &str, worlds: u32) -> String {
        let words = better_words(self.outcome);
        match self.split() {
            Split { same: 0, .. } if worlds < 10 => {
                format!("On average {winner} {words}, but only in {worlds} of 20 worlds.")
            }
            Split { same: 0, .. } => format!("In {worlds} of 20 worlds {winner} {words}."),
            Split { arm, baseline, same } => {
                let (names, other) = ((self.arm, self.baseline), arm + baseline - worlds);
                let loser = if winner == names.0 { names.1 } else { names.0 };
                format!("In {worlds} of 20 worlds {winner} {words}, in {other} {loser}; {same} are equal.")
            }
        }
    }

    /// `empowered better in 16 of 20 worlds`, with the ties if there are any; of fewer worlds, how many of them.
    pub fn count_words(&self) -> String {
        let split = self.split();
        let words = if self.outcome.row().direction == Direction::Neutral {
            "higher"
        } else {
            "better"
        };
        let worlds = self.difference.summary.replications;
        if let Some(share) = self.difference.probability_better
            && worlds < WORLDS_FOR_ANY_COUNT
        {
            let better = number(share * worlds as f64);
            return format!("{} {words} in {better} of {}", self.arm, self::worlds(worlds));
        }
        let ties = if split.same > 0 {
            format!(", the same in {}", split.same)
        } else {
            String::new()
        };
        format!("{} {words} in {} of 20 worlds{ties}", self.arm, split.arm)
    }

    /// The typical gap and the bad tail: `typical gap +123 team-week costs; in 1 world of 10 empowered is 45 worse or more`.
    pub fn gap_and_tail(&self) -> String {
        format!("typical gap {}; {}", self.typical_gap(), self.tail())
    }

    /// The gap of the typical world, with its unit.
    pub fn typical_gap(&self) -> String {
        gap(self.difference.summary.quantiles[3], self.outcome.row().unit)
    }

    /// What the worst of ten worlds holds for the arm, in the unit of [`Self::typical_gap`].
    pub fn tail(&self) -> String {
        let [_, p10, _, _, _, p90, _] = self.difference.summary.quantiles;
        let unit = self.outcome.row().unit;
        let ahead_by = match self.outcome.row().direction {
            Direction::Higher => p10,
            Direction::Lower => -p90,
            Direction::Neutral => return format!("in 8 of 10 worlds {}", gap_range(p10, p90, unit)),
        };
        let size = number((ahead_by * factor(unit)).abs());
        if ahead_by < 0.0 {
            format!("in 1 world of 10 {} is {size} worse or more", self.arm)
        } else if ahead_by > 0.0 {
            format!("in 1 world of 10 {} is ahead by {size} or less", self.arm)
        } else {
            format!("in 1 world of 10 {} is no better or worse", self.arm)
        }
    }

    /// The mean difference and its interval, with the unit.
    pub fn mean_and_interval(&self) -> String {
        let unit = self.outcome.row().unit;
        let mean = gap(self.difference.summary.mean, unit);
        let kind = match self.interval {
            "any time" => ", valid at any time",
            "simultaneous" => ", all outcomes at once",
            "not adjusted" => ", not adjusted",
            _ => "",
        };
        match self.difference.summary.ci95 {
            Some((low, high)) => format!(
                "mean difference {mean} (95 % interval {}{kind})",
                gap_range(low, high, unit)
            ),
            None => format!("mean difference {mean} (interval unknown: too few worlds)"),
        }
    }

    /// What pairing bought.
    pub fn pairing(&self) -> String {
        match self.difference.variance_reduction {
            Some(ratio) if ratio > 1.0 => {
                format!("pairing cut the variance {} times", number(ratio))
            }
            Some(ratio) => format!(
                "pairing did not cut the variance (unpaired over paired {})",
                number(ratio)
            ),
            None => "what pairing bought is unknown".to_owned(),
        }
    }

    /// Over plausible companies: in how many of 20 the arm is better on average, and how much of the spread of the gap
    /// comes from not knowing the company; nothing where neither can be told.
    pub fn company_words(&self) -> Option<String> {
        let better = self.difference.companies_better.map(|share| {
            format!(
                "{} better on average in {} of 20 companies",
                self.arm,
                (20.0 * share).round()
            )
        });
        let ignorance = self.difference.ignorance_share.map(|share| {
            format!(
                "{} of the spread of the gap is between companies, the rest luck",
                quantity(share, "share")
            )
        });
        let words: Vec<String> = [better, ignorance].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// Names a winner, or says why none is named.
    pub fn verdict_words(&self) -> String {
        if let Some(reason) = no_verdict_because(self.basis) {
            return format!("no verdict: {reason}");
        }
        if self.is_same_everywhere() {
            return "the same in every world".to_owned();
        }
        match self.difference.verdict {
            Some(Verdict::Better) => format!("{} is better", self.arm),
            Some(Verdict::Worse) => format!("{} is better", self.baseline),
            Some(Verdict::NoPracticalDifference) => {
                format!("no practical difference: {}", self.below_smallest_gap())
            }
            Some(Verdict::NotSettled) => format!("not settled: {}", self.reason_not_settled()),
            None => "neither direction is better by itself".to_owned(),
        }
    }

    fn below_smallest_gap(&self) -> String {
        format!(
            "the gap is below {}, the smallest worth naming",
            gap_size(self.smallest_gap, self.outcome.row().unit)
        )
    }

    fn reason_not_settled(&self) -> String {
        let unit = self.outcome.row().unit;
        let Some((low, high)) = self.difference.summary.ci95 else {
            return "too few worlds for an interval".to_owned();
        };
        let interval = format!("{} {}", gap_range(low, high, unit), gap_words(unit));
        if low <= 0.0 && 0.0 <= high {
            format!("the interval of the mean difference, {interval}, holds zero")
        } else {
            format!(
                "the interval of the mean difference, {interval}, leaves open whether the gap reaches {}, the smallest worth naming",
                gap_size(self.smallest_gap, unit)
            )
        }
    }
}

/// Why the worlds of `basis` carry no verdict, if they do not.
pub fn no_verdict_because(basis: &BasisResult) -> Option<String> {
    if basis.loses_too_many_worlds() {
        return Some(format!(
            "{} of {} failed",
            count(basis.worlds_failed),
            worlds(basis.replications)
        ));
    }
    basis.drops_too_many_companies().then(|| {
        format!(
            "only {} of {} viable",
            count(basis.replications),
            counted_noun(
                basis.companies_drawn(),
                "plausible company is",
                "plausible companies are"
            )
        )
    })
}

/// Why replication ended, in words that follow "stopped: ".
pub fn stopped_words(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::AsAsked => "as many as asked for",
        Stopped::Settled => "stopped when the verdict was settled",
        Stopped::Precise => "stopped at the precision asked for",
        Stopped::Cap => "stopped at the largest number allowed",
        Stopped::Interrupted => "interrupted",
    }
}

/// `1 world`, `400 worlds`.
pub fn worlds(number: u64) -> String {
    counted_noun(number, "world", "worlds")
}

/// What an outcome is called in sentences: its name without the unit.
pub fn label(outcome: Outcome) -> String {
    match outcome {
        Outcome::ShippedValueYear1 => "shipped value in year 1".to_owned(),
        Outcome::ShippedValueYear3 => "shipped value in 3 years".to_owned(),
        Outcome::LeadTimeWeeks => "lead time".to_owned(),
        Outcome::AttritionPerYear => "attrition".to_owned(),
        Outcome::JudgementRho => "judgement rho, own evidence included".to_owned(),
        Outcome::JudgementRhoBeforeEvidence => "judgement rho before own evidence".to_owned(),
        _ => outcome.row().name.replace('_', " "),
    }
}

/// What an arm does that is better on an outcome: `ships more value`.
fn better_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::ShippedValue => "ships more value".to_owned(),
        _ => format!("is better on {}", label(outcome)),
    }
}

/// The last words on every result.
pub const WHAT_IF: &str = "A what-if, not a forecast.";

/// Widest line on a terminal \[characters\].
pub const WIDTH: usize = 100;

/// Lines as one text, each broken where it is wider than [`WIDTH`], its rest indented two more.
pub fn wrapped(lines: &[String]) -> String {
    let mut text = lines
        .iter()
        .flat_map(|line| pieces(line))
        .collect::<Vec<_>>()
        .join("\n");
    text.push('\n');
    text
}

/// The line in pieces of at most [`WIDTH`] columns, broken at blanks; what follows is indented under the first.
pub(crate) fn pieces(line: &str) -> Vec<String> {
    let indent = line.chars().take_while(|character| *character == ' ').count();
    let mut pieces = Vec::new();
    let mut piece = String::new();
    if line.chars().count() <= WIDTH {
        return vec![line.to_owned()];
    }
    for word in unbroken(line) {
        if !piece.is_empty() && piece.chars().count() + 1 + word.chars().count() > WIDTH {
            pieces.push(std::mem::replace(&mut piece, " ".repeat(indent + 2)));
            piece.push_str(&word);
        } else if piece.is_empty() {
            piece = format!("{}{word}", " ".repeat(indent));
        } else {
            piece.push(' ');
            piece.push_str(&word);
        }
    }
    pieces.push(piece);
    pieces
}

/// The words of a line, a figure and its `%` as one: a line may break between them.
pub(crate) fn unbroken(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match words.last_mut() {
            Some(figure) if word.starts_with('%') => {
                figure.push(' ');
                figure.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// A name from a file as words: `customer access`.
pub fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// The words with a capital at their start.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `a, b and c`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A parameter in words, with its group: `strategy clarity`.
pub fn parameter_words(parameter: &Parameter) -> String {
    plain(&format!("{} {}", parameter.group, parameter.name))
}
