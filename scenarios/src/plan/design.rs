//! A plan as a whole: its arms, its design, how many points and runs that makes.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeTable;

use super::reader::Reader;
use super::{DEFAULT_REPLICATIONS, DESIGNS, DesignKind, Factor, Levels, MOST_POINTS, MOST_RUNS, SweepPlan};
use crate::error::ScenarioError;
use crate::file::found;
use crate::nearest::nearest;

const TOP_KEYS: [&str; 5] = ["arms", "design", "points", "replications", "factor"];

impl Reader<'_> {
    pub(super) fn plan(&mut self, table: &DeTable) -> Option<SweepPlan> {
        self.unknown_keys(table, &TOP_KEYS, "in a sweep plan");
        let design = self.design(table);
        let arms = self.arms(table);
        let replications = self
            .whole(table, "replications", 2, 1_000_000)
            .unwrap_or(u64::from(DEFAULT_REPLICATIONS));
        let asked = self.whole(table, "points", 1, u64::MAX);
        let (design, arms) = (design?, arms?);
        let factors = self.factors(table, design, &arms);
        let points = self.points(table, design, asked, &factors)?;
        let runs = u128::from(points) * u128::from(replications) * arms.len() as u128;
        if runs > u128::from(MOST_RUNS) {
            let place = table.get("replications").map_or(0..0, Spanned::span);
            self.bad(
                place,
                "the sweep is too large",
                &format!(
                    "{points} points × {replications} worlds × {} arms = {runs} runs; at most {MOST_RUNS}",
                    arms.len()
                ),
                "take fewer points or fewer replications",
            );
        }
        Some(SweepPlan {
            arms,
            design,
            points,
            replications: u32::try_from(replications).ok()?,
            factors,
        })
    }

    fn design(&mut self, table: &DeTable) -> Option<DesignKind> {
        let words = DESIGNS.map(|(word, _)| word);
        let Some(node) = table.get("design") else {
            self.bad(
                0..0,
                "the plan has no `design`",
                "",
                &format!("write design = \"grid\"; there are {}", words.join(", ")),
            );
            return None;
        };
        let word = node.get_ref().as_str().unwrap_or_default();
        let kind = DESIGNS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, kind)| *kind);
        if kind.is_none() {
            self.problems.push(ScenarioError::WrongType {
                at: self.page.at(node.span()),
                path: "design".to_owned(),
                found: found(node.get_ref()),
                expected: format!("one of {}", words.map(|word| format!("\"{word}\"")).join(", ")),
                nearest: nearest(word, words).map(|word| format!("\"{}\"", word.replace('_', "-"))),
            });
        }
        kind
    }

    fn arms(&mut self, table: &DeTable) -> Option<Vec<String>> {
        let remedy = "write arms = [\"safe\", \"empowered\"]; the first is the one others are compared with";
        let Some(node) = table.get("arms") else {
            self.bad(0..0, "the plan has no `arms`", "", remedy);
            return None;
        };
        let names = self.names(node, "arms", remedy)?;
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                self.bad(
                    node.span(),
                    &format!("the arm `{name}` is named twice"),
                    "",
                    "name each arm once",
                );
                return None;
            }
        }
        Some(names)
    }

    /// How many points there are, if that is a number that can be run.
    fn points(
        &mut self,
        table: &DeTable,
        design: DesignKind,
        asked: Option<u64>,
        factors: &[Factor],
    ) -> Option<u64> {
        let place = table.get("points").map(Spanned::span);
        let lengths: Vec<usize> = factors
            .iter()
            .filter_map(|factor| match &factor.levels {
                Levels::Listed(levels) => Some(levels.len()),
                Levels::Range(..) => None,
            })
            .collect();
        let count: u128 = match design {
            DesignKind::Grid => lengths.iter().map(|length| *length as u128).product(),
            DesignKind::Table => lengths.first().map_or(0, |length| *length as u128),
            DesignKind::LatinHypercube | DesignKind::Sobol => match asked {
                Some(points) => u128::from(points),
                None => {
                    if !table.contains_key("points") {
                        let what = format!("the {} design has no number of `points`", design.word());
                        self.bad(0..0, &what, "", "write points = 64");
                    }
                    return None;
                }
            },
        };
        if design.takes_values()
            && let Some(place) = place.clone()
        {
            self.bad(
                place,
                &format!(
                    "the factors of a {} design decide its number of points",
                    design.word()
                ),
                "",
                "leave out `points`",
            );
        }
        if design == DesignKind::Table && lengths.iter().any(|length| *length as u128 != count) {
            let words: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let place = table.get("factor").map_or(0..0, Spanned::span);
            self.bad(
                place,
                "the factors of a table have different numbers of values",
                &format!("{} values", words.join(", ")),
                "give each factor one value for each point",
            );
        }
        if design == DesignKind::Table
            && let Some([one, other]) = same_points(factors)
        {
            self.bad(
                table.get("factor").map_or(0..0, Spanned::span),
                &format!("points {} and {} are the same", one + 1, other + 1),
                "they have the same value of every factor",
                "leave out one of them in each factor; for more worlds at each point raise `replications`",
            );
        }
        if count > u128::from(MOST_POINTS) {
            let by: Vec<String> = lengths.iter().map(usize::to_string).collect();
            let product = if by.len() > 1 {
                format!("{} = ", by.join(" × "))
            } else {
                String::new()
            };
            self.bad(
                place
                    .or_else(|| table.get("design").map(Spanned::span))
                    .unwrap_or(0..0),
                "the design has too many points",
                &format!("{product}{count} points; at most {MOST_POINTS}"),
                "take fewer levels, or spread points with design = \"sobol\" and points = 256",
            );
            return None;
        }
        u64::try_from(count).ok()
    }
}

/// Two points of a table that are the same in every factor, counted from 0.
fn same_points(factors: &[Factor]) -> Option<[usize; 2]> {
    let listed = |factor: &Factor| match &factor.levels {
        Levels::Listed(levels) => levels.iter().map(ToString::to_string).collect(),
        Levels::Range(..) => Vec::new(),
    };
    let columns: Vec<Vec<String>> = factors.iter().map(listed).collect();
    let points = columns.iter().map(Vec::len).min().unwrap_or(0);
    let mut seen = BTreeMap::new();
    (0..points).find_map(|point| {
        let levels: Vec<&String> = columns.iter().map(|column| &column[point]).collect();
        seen.insert(levels, point).map(|before| [before, point])
    })
}
