//! What happens across settings, as tables, as a JSON object and in plain words.

use std::io;

use experiments::evaluation::Evaluated;
use experiments::sweep::{PointResult, Spread, Swept};
use scenarios::plan::{Factor, Level, Target};
use serde_json::{Map, Value, json};
use sim_core::outcomes::{Direction, Outcome};
use sim_core::simulation::Span;

use crate::figures::{count, counted_noun, factor, gap_range, gap_words, number, range, signed, unit_words};
use crate::rows::{Cell, Column, Format, Kind, TableWriter};
use crate::sentences::{WHAT_IF, label};
use crate::sheet::Sheet;
use crate::words::Words;

/// Everything that a report on a sweep shows.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepReport {
    /// Names of the arms; the first is the one others are compared with. Factors name arms by them.
    pub arms: Vec<String>,
    /// What was looked at.
    pub outcome: Outcome,
    /// Seed.
    pub seed: u64,
    /// Weeks.
    pub span: Span,
    /// Name of the design.
    pub design: &'static str,
    /// What differs between points.
    pub factors: Vec<Factor>,
    /// Each point's level of each factor.
    pub levels: Vec<Vec<Level>>,
    /// What was found.
    pub swept: Swept,
}

/// Points of which the terminal shows each.
const SHOWN: usize = 40;

impl SweepReport {
    /// What an arm is called in words: its name, unless its operating model is a factor, so that it has none to keep.
    pub(crate) fn arm(&self, arm: usize) -> String {
        let changing: Vec<usize> = (0..self.arms.len()).filter(|arm| self.changes(*arm)).collect();
        match changing.as_slice() {
            [only] if *only == arm => "the model of the point".to_owned(),
            several if several.contains(&arm) => format!("the model of the point for {}", self.arms[arm]),
            _ => self.arms[arm].clone(),
        }
    }

    /// Whether the operating model of an arm is a factor.
    fn changes(&self, arm: usize) -> bool {
        let models = self
            .factors
            .iter()
            .filter(|factor| factor.target == Target::OperatingModel);
        let last = self.arms.len() - 1;
        models
            .map(|factor| factor.arm.as_ref())
            .any(|named| named.map_or(arm == last, |named| *named == self.arms[arm]))
    }

    /// The level of a factor at a point in few words.
    pub(crate) fn level(&self, point: usize, factor: usize) -> String {
        match &self.levels[point][factor] {
            Level::Value(value) => value.as_number().map_or_else(|| value.to_string(), number),
            Level::Name(name) => name.clone(),
        }
    }

    /// `environment.coupling 0.3, discovery.hours (empowered) 6`.
    fn place(&self, point: usize) -> String {
        let words =
            |(index, factor): (usize, &Factor)| format!("{} {}", factor.name(), self.level(point, index));
        self.factors
            .iter()
            .enumerate()
            .map(words)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// One sentence for each arm but the first, or for the only one.
    pub fn headlines(&self) -> Vec<String> {
        match self.arms.len() {
            1 => vec![self.of_one()],
            arms => (1..arms).map(|arm| self.of_pair(arm)).collect(),
        }
    }

    fn of_one(&self) -> String {
        let unit = self.outcome.row().unit;
        let spread = |point: &PointResult| point.arms[0];
        match self.extremes(spread) {
            None => format!("{} is known at no point.", label(self.outcome)),
            Some((low, high)) => {
                let of = |point: usize| {
                    let found = cell(&spread(&self.swept.points[point]), unit);
                    format!("{found} at {}", self.place(point))
                };
                format!(
                    "{} runs from {} to {}.",
                    capital(&label(self.outcome)),
                    of(low),
                    of(high)
                )
            }
        }
    }

    /// At how many points the arm is better, worse, or neither can be said.
    fn of_pair(&self, arm: usize) -> String {
        let (mut better, mut worse) = (0, 0);
        for point in &self.swept.points {
            match self.sign(&point.differences[arm - 1]) {
                1 => better += 1,
                -1 => worse += 1,
                _ => {}
            }
        }
        let (name, first, points) = (self.arm(arm), self.arm(0), self.swept.points.len());
        let open = points - better - worse;
        let [better_word, worse_word] = match self.outcome.row().direction {
            Direction::Neutral => ["higher", "lower"],
            _ => ["better", "worse"],
        };
        let all = counted_noun(points as u64, "point", "points");
        let sentence = match (better, worse, open) {
            (_, 0, 0) => format!("{name} is {better_word} than {first} at all {all}."),
            (0, _, 0) => format!("{name} is {worse_word} than {first} at all {all}."),
            (0, 0, _) => format!("{name} and {first} cannot be told apart at any of {all}."),
            _ => format!(
                "{name} is {better_word} than {first} at {better} of {all} and {worse_word} at {worse}; {open} cannot be told \
                 apart."
            ),
        };
        if self.changes(arm) {
            capital(&sentence)
        } else {
            sentence
        }
    }

    /// 1 if the interval of a difference is good for the arm, −1 if bad, 0 if it holds zero or is not known.
    pub(crate) fn sign(&self, difference: &Spread) -> i32 {
        let sign = match difference.ci95 {
            Some((low, _)) if low > 0.0 => 1,
            Some((_, high)) if high < 0.0 => -1,
            _ => 0,
        };
        if self.outcome.row().direction == Direction::Lower {
            -sign
        } else {
            sign
        }
    }

    /// The points with the smallest and the largest mean.
    fn extremes(&self, spread: impl Fn(&PointResult) -> Spread) -> Option<(usize, usize)> {
        let mean = |point: &usize| spread(&self.swept.points[*point]).mean.unwrap_or(f64::NAN);
        let known = || (0..self.swept.points.len()).filter(|point| mean(point).is_finite());
        let order = |one: &usize, other: &usize| mean(one).total_cmp(&mean(other));
        Some((known().min_by(order)?, known().max_by(order)?))
    }

    /// What the sweep was, for footers and titles.
    pub(crate) fn words(&self) -> Vec<String> {
        vec![
            format!(
                "{} of {}",
                self.design,
                counted_noun(self.swept.points.len() as u64, "point", "points")
            ),
            counted_noun(self.swept.worlds, "world each", "worlds each"),
            counted_noun(self.span.horizon_weeks.into(), "week", "weeks"),
            format!("seed {}", self.seed),
        ]
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The verdict in words.
pub fn sweep_words(report: &SweepReport) -> Words {
    let unit = report.outcome.row().unit;
    let mut words = Words::default();
    words.title(format!(
        "{} of {}",
        capital(&label(report.outcome)),
        (0..report.arms.len())
            .map(|arm| report.arm(arm))
            .collect::<Vec<_>>()
            .join(" and ")
    ));
    words.say(format!(
        "{}, {} of warm-up",
        report.words().join(", "),
        count(report.span.warm_up_weeks.into())
    ));
    words.gap();
    report
        .headlines()
        .into_iter()
        .for_each(|sentence| words.headline(sentence));
    for arm in 1..report.arms.len() {
        let spread = |point: &PointResult| point.differences[arm - 1];
        if let Some((low, high)) = report.extremes(spread) {
            let of = |point: usize| {
                format!(
                    "{} at {}",
                    gap_cell(&spread(&report.swept.points[point]), unit),
                    report.place(point)
                )
            };
            words.say(format!(
                "{} minus {}: from {}",
                report.arm(arm),
                report.arm(0),
                of(low)
            ));
            words.item(format!("to {} [{}]", of(high), gap_words(unit)));
        }
    }
    words.gap();
    say_points(&mut words, report);
    if let Some((number, reason)) = &report.swept.first_failure {
        words.say(format!(
            "{} of {} failed and are rows without a value in the table of runs.",
            count(report.swept.runs_failed),
            counted_noun(report.swept.runs, "run", "runs")
        ));
        words.item(format!("the first, run {number}: {reason}"));
    }
    words.say(by_chance(report));
    words.say(WHAT_IF);
    words
}

/// What intervals at each point do not say about all points.
fn by_chance(report: &SweepReport) -> String {
    let intervals = report.swept.points.len() * report.arms.len().saturating_sub(1);
    let differences = match intervals {
        0 => String::new(),
        1..20 => " Where nothing differs, one in twenty stands out by chance.".to_owned(),
        many => format!(
            " Where nothing differs, one in twenty stands out by chance: about {} of these {}.",
            count(many as u64 / 20),
            count(many as u64)
        ),
    };
    let extremes = if report.swept.points.len() > 1 {
        " The smallest and the largest are picked: by chance they lie further apart than they are."
    } else {
        ""
    };
    format!("Intervals: 95 % at each point by itself.{differences}{extremes}")
}

fn say_points(words: &mut Words, report: &SweepReport) {
    let unit = report.outcome.row().unit;
    let mut head: Vec<String> = report.factors.iter().map(Factor::name).collect();
    head.extend((0..report.arms.len()).map(|arm| report.arm(arm)));
    head.extend((1..report.arms.len()).map(|arm| format!("{} minus {}", report.arm(arm), report.arm(0))));
    let mut sheet = Sheet::new(head);
    for (index, point) in report.swept.points.iter().enumerate().take(SHOWN) {
        let mut row: Vec<String> = (0..report.factors.len())
            .map(|factor| report.level(index, factor))
            .collect();
        row.extend(point.arms.iter().map(|spread| cell(spread, unit)));
        row.extend(point.differences.iter().map(|spread| gap_cell(spread, unit)));
        sheet.row(row);
    }
    let units = match (unit_words(unit), gap_words(unit)) {
        (own, gap) if own == gap || report.arms.len() == 1 => own.to_owned(),
        (own, gap) => format!("{own}; differences: {gap}"),
    };
    words.say(format!(
        "{} at each point [{units}]",
        capital(&label(report.outcome))
    ));
    words.table(sheet);
    let left = report.swept.points.len().saturating_sub(SHOWN);
    if left > 0 {
        words.item(format!(
            "and {}, in the table of points",
            counted_noun(left as u64, "more point", "more points")
        ));
    }
}

/// `2,100 (1,980 to 2,220)`.
fn cell(spread: &Spread, unit: &str) -> String {
    let mean = spread
        .mean
        .map_or_else(|| "unknown".to_owned(), |mean| number(factor(unit) * mean));
    spread.ci95.map_or_else(
        || mean.clone(),
        |(low, high)| format!("{mean} ({})", range(low, high, unit)),
    )
}

/// `+120 (+20 to +220)`.
pub(crate) fn gap_cell(spread: &Spread, unit: &str) -> String {
    let mean = spread
        .mean
        .map_or_else(|| "unknown".to_owned(), |mean| signed(factor(unit) * mean));
    spread.ci95.map_or_else(
        || mean.clone(),
        |(low, high)| format!("{mean} ({})", gap_range(low, high, unit)),
    )
}

/// The columns of the factors: what has an order as numbers, the rest as words.
fn factor_columns(factors: &[Factor]) -> impl Iterator<Item = Column> {
    factors.iter().map(|factor| {
        let kind = match factor.target {
            Target::Parameter(parameter) if parameter.default.as_number().is_some() => Kind::Number,
            _ => Kind::Text,
        };
        Column::of(&factor.name(), kind, factor.unit())
    })
}

/// The levels of a point, as words where they are not numbers.
struct Place<'a> {
    levels: &'a [Level],
    words: Vec<String>,
}

impl<'a> Place<'a> {
    fn new(levels: &'a [Level]) -> Self {
        Self {
            levels,
            words: levels.iter().map(ToString::to_string).collect(),
        }
    }

    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.levels
            .iter()
            .zip(&self.words)
            .map(|(level, word)| match level {
                Level::Value(value) => value
                    .as_number()
                    .map_or(Cell::Text(word), |number| Cell::Number(Some(number))),
                Level::Name(_) => Cell::Text(word),
            })
    }
}

/// `points`: each point's outcome in each arm, and each difference to the first arm, one row each.
///
/// # Errors
/// Only if memory for the table cannot be had.
pub fn points_table(report: &SweepReport, format: Format) -> io::Result<Vec<u8>> {
    let row = report.outcome.row();
    let words = ["arm", "baseline", "outcome", "unit"].map(|name| Column::new(name, Kind::Text));
    let figures = ["mean", "standard_error", "ci95_low", "ci95_high"]
        .map(|name| Column::of(name, Kind::Number, row.unit));
    let columns: Vec<Column> = std::iter::once(Column::new("point", Kind::Whole))
        .chain(factor_columns(&report.factors))
        .chain(words)
        .chain([Column::new("worlds", Kind::Whole)])
        .chain(figures)
        .collect();
    let mut table = TableWriter::new(Vec::new(), format, &columns)?;
    for (index, point) in report.swept.points.iter().enumerate() {
        let place = Place::new(&report.levels[index]);
        let own = report
            .arms
            .iter()
            .zip(&point.arms)
            .map(|(arm, spread)| (arm, "", spread));
        let differences = report.arms[1..]
            .iter()
            .zip(&point.differences)
            .map(|(arm, spread)| (arm, report.arms[0].as_str(), spread));
        for (arm, baseline, spread) in own.chain(differences) {
            let words = [arm.as_str(), baseline, row.name, row.unit].map(Cell::Text);
            let figures = [
                spread.mean,
                spread.standard_error,
                spread.ci95.map(|(low, _)| low),
                spread.ci95.map(|(_, high)| high),
            ];
            let cells = std::iter::once(Cell::Whole(index as u64))
                .chain(place.cells())
                .chain(words)
                .chain([Cell::Whole(spread.worlds)])
                .chain(figures.map(Cell::Number));
            table.push(cells)?;
        }
    }
    table.finish()
}

/// The columns of `runs`: one row for each run, world by world, in each the points, in each the arms.
pub fn runs_columns(report: &SweepReport) -> Vec<Column> {
    let first = ["replication", "point"].map(|name| Column::new(name, Kind::Whole));
    let last = [
        Column::new("arm", Kind::Text),
        Column::new("status", Kind::Text),
        Column::of(&report.outcome.column(), Kind::Number, report.outcome.row().unit),
        Column::new("reason", Kind::Text),
    ];
    first
        .into_iter()
        .chain(factor_columns(&report.factors))
        .chain(last)
        .collect()
}

/// Writes the row of one run, by its number.
///
/// # Errors
/// What the table reports.
pub fn push_run<W: io::Write + Send>(
    table: &mut TableWriter<W>,
    report: &SweepReport,
    number: u64,
    evaluated: &Evaluated,
) -> io::Result<()> {
    let (points, arms) = (report.levels.len() as u64, report.arms.len() as u64);
    let (world, point, arm) = (number / (points * arms), number / arms % points, number % arms);
    let place = Place::new(&report.levels[point as usize]);
    let (status, value, reason) = match evaluated {
        Ok(value) => ("ok", value.is_finite().then_some(*value), ""),
        Err(reason) => ("failed", None, reason.as_str()),
    };
    let cells = [world, point]
        .map(Cell::Whole)
        .into_iter()
        .chain(place.cells())
        .chain([
            Cell::Text(&report.arms[arm as usize]),
            Cell::Text(status),
            Cell::Number(value),
            Cell::Text(reason),
        ]);
    table.push(cells)
}

/// The keys of the JSON object.
pub fn sweep_object(report: &SweepReport) -> Map<String, Value> {
    let spread = |spread: &Spread| {
        json!({
            "worlds": spread.worlds,
            "mean": spread.mean,
            "standard_error": spread.standard_error,
            "ci95_low": spread.ci95.map(|(low, _)| low),
            "ci95_high": spread.ci95.map(|(_, high)| high),
        })
    };
    let level = |level: &Level| match level {
        Level::Value(value) => value
            .as_number()
            .map_or_else(|| json!(value.to_string()), |number| json!(number)),
        Level::Name(name) => json!(name),
    };
    let points: Vec<Value> = report
        .swept
        .points
        .iter()
        .zip(&report.levels)
        .map(|(point, levels)| {
            json!({
                "levels": levels.iter().map(level).collect::<Vec<_>>(),
                "arms": point.arms.iter().map(spread).collect::<Vec<_>>(),
                "differences": point.differences.iter().map(spread).collect::<Vec<_>>(),
            })
        })
        .collect();
    let object = json!({
        "verdict": report.headlines().join(" "),
        "design": report.design,
        "factors": report.factors.iter().map(Factor::name).collect::<Vec<_>>(),
        "worlds": report.swept.worlds,
        "runs": report.swept.runs,
        "runs_failed": report.swept.runs_failed,
        "points": points,
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
