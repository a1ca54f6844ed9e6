//! A history in a few figures: the same function for what was observed and for what was simulated.

use sim_core::history::{Effect, Item};
use sim_core::random::Key;

use crate::statistics::quantile_of_sorted;

/// What a history says of the size of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Nothing.
    #[default]
    Unknown,
    /// How large items are relative to one another, as story points do.
    Relative,
    /// Team-weeks.
    Absolute,
}

/// What a history holds; what it does not hold is hidden in simulated ones, too.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Holds {
    /// Whether it is known when work started.
    pub started: bool,
    /// Whether items that are not finished are in it.
    pub unfinished: bool,
    /// Whether items that were given up are told apart.
    pub dropped: bool,
    /// Whether it is known which team an item belongs to.
    pub teams: bool,
    /// What the estimated size says.
    pub estimate: Scale,
    /// Share of finished items whose estimate is known.
    pub estimate_share: f64,
    /// What the size that was measured afterwards says.
    pub effort: Scale,
    /// Share of finished items whose measured size is known.
    pub effort_share: f64,
    /// Share of finished items whose effect is known.
    pub effect_share: f64,
}

impl Holds {
    /// A history that holds everything of every item.
    pub const EVERYTHING: Self = Self {
        started: true,
        unfinished: true,
        dropped: true,
        teams: true,
        estimate: Scale::Absolute,
        estimate_share: 1.0,
        effort: Scale::Absolute,
        effort_share: 1.0,
        effect_share: 1.0,
    };

    /// Whether effects are known of any item.
    pub fn effects(&self) -> bool {
        self.effect_share > 0.0
    }
}

/// A history that was observed: items of a window, in weeks from its start.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The items; those created outside of the window do not count.
    pub items: Vec<Item>,
    /// Length of the window \[weeks\].
    pub weeks: u32,
    /// Teams that worked during it.
    pub teams: u32,
    /// What the history holds.
    pub holds: Holds,
}

/// One figure of a history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Fixed word of files.
    pub name: &'static str,
    /// One plain phrase.
    pub meaning: &'static str,
    /// Unit in which [`Self::shown`] gives it.
    pub unit: &'static str,
    scale: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// As it is.
    Plain,
    /// The figure is the logarithm of what is shown.
    Exponential,
    /// The figure is the logarithm of what is shown and half a week.
    Weeks,
}

impl Summary {
    const fn new(name: &'static str, meaning: &'static str, unit: &'static str, scale: Shown) -> Self {
        Self {
            name,
            meaning,
            unit,
            scale,
        }
    }

    /// The figure in its unit, for people.
    pub fn shown(&self, figure: f64) -> f64 {
        match self.scale {
            Shown::Plain => figure,
            Shown::Exponential => libm::exp(figure),
            Shown::Weeks => (libm::exp(figure) - HALF_WEEK).max(0.0),
        }
    }
}

/// Times are whole weeks; half a week is added before logarithms are taken.
const HALF_WEEK: f64 = 0.5;

/// Weeks over which finished items are counted for how even the flow is.
const PERIOD_WEEKS: u32 = 4;

/// What of a history may be seen through its window: items created in it, and of their dates those in it. Simulated and
/// observed histories are cut alike, so neither end of the window biases anything.
pub fn seen(items: &[Item], weeks: u32, holds: &Holds) -> Vec<Item> {
    let end = i32::try_from(weeks).unwrap_or(i32::MAX);
    let before_end = |week: Option<i32>| week.filter(|week| *week < end);
    items
        .iter()
        .filter(|item| (0..end).contains(&item.created))
        .map(|item| {
            // A history that does not tell what was given up shows it as done.
            let given_up = item.dropped.filter(|_| !holds.dropped);
            let finished = before_end(item.finished.or(given_up));
            Item {
                started: before_end(item.started).filter(|_| holds.started),
                finished,
                dropped: before_end(item.dropped).filter(|_| holds.dropped),
                effort: item.effort.filter(|_| finished.is_some()),
                effect: item.effect.filter(|_| finished.is_some()),
                ..*item
            }
        })
        .filter(|item| holds.unfinished || item.finished.is_some())
        .collect()
}

/// Hides figures of a simulated history until as few are known as in the observed one; `key` names the luck.
pub(super) fn hidden(mut items: Vec<Item>, holds: &Holds, key: Key) -> Vec<Item> {
    let finished = items.iter().filter(|item| item.finished.is_some()).count().max(1) as f64;
    let known = |known: fn(&Item) -> bool| {
        items
            .iter()
            .filter(|item| item.finished.is_some() && known(item))
            .count() as f64
            / finished
    };
    let keep = |wanted: f64, found: f64| if found > 0.0 { wanted / found } else { 0.0 };
    let estimate = keep(holds.estimate_share, known(|item| item.estimate.is_some()));
    let effort = keep(holds.effort_share, known(|item| item.effort.is_some()));
    let effect = keep(holds.effect_share, known(|item| item.effect.is_some()));
    for (place, item) in items.iter_mut().enumerate() {
        let luck = key.child(place as u64);
        item.estimate = item.estimate.filter(|_| luck.uniform(0) < estimate);
        item.effort = item.effort.filter(|_| luck.uniform(1) < effort);
        item.effect = item.effect.filter(|_| luck.uniform(2) < effect);
    }
    items
}

/// The figures of a history that holds `holds`, in the order of [`figures`].
pub fn summaries(holds: &Holds) -> Vec<Summary> {
    use Shown::{Exponential, Plain, Weeks};
    let mut list = Vec::new();
    if holds.unfinished {
        list.push(Summary::new(
            "created",
            "items created",
            "per team and week",
            Exponential,
        ));
    }
    list.push(Summary::new(
        "finished",
        "items finished",
        "per team and week",
        Exponential,
    ));
    list.push(Summary::new(
        "finished_growth",
        "items finished, second half over first",
        "ratio",
        Exponential,
    ));
    list.push(Summary::new(
        "finished_unevenness",
        "finished in four weeks, variance over mean",
        "ratio",
        Exponential,
    ));
    list.push(Summary::new(
        "lead_time",
        "created to finished, typical",
        "weeks",
        Weeks,
    ));
    list.push(Summary::new(
        "lead_time_spread",
        "created to finished, spread",
        "ln weeks",
        Plain,
    ));
    list.push(Summary::new(
        "lead_time_p90",
        "created to finished, slowest tenth",
        "weeks",
        Weeks,
    ));
    if holds.teams {
        list.push(Summary::new(
            "team_spread",
            "items finished, spread of teams",
            "ln items",
            Plain,
        ));
    }
    if holds.started {
        list.push(Summary::new(
            "wait",
            "created to started, typical",
            "weeks",
            Weeks,
        ));
        list.push(Summary::new(
            "cycle_time",
            "started to finished, typical",
            "weeks",
            Weeks,
        ));
        list.push(Summary::new(
            "cycle_time_spread",
            "started to finished, spread",
            "ln weeks",
            Plain,
        ));
        list.push(Summary::new(
            "cycle_time_p90",
            "started to finished, slowest tenth",
            "weeks",
            Weeks,
        ));
    }
    if holds.started && holds.unfinished {
        list.push(Summary::new(
            "in_progress",
            "items in progress",
            "per team",
            Exponential,
        ));
    }
    if holds.started && holds.dropped {
        list.push(Summary::new("dropped", "started items given up", "share", Plain));
    }
    if holds.estimate != Scale::Unknown {
        if holds.estimate == Scale::Absolute {
            list.push(Summary::new(
                "estimate",
                "estimate of finished items, typical",
                "team-weeks",
                Exponential,
            ));
        }
        list.push(Summary::new(
            "estimate_spread",
            "estimate of finished items, spread",
            "ln units",
            Plain,
        ));
    }
    if holds.effort != Scale::Unknown {
        if holds.effort == Scale::Absolute {
            list.push(Summary::new(
                "effort",
                "effort of finished items, typical",
                "team-weeks",
                Exponential,
            ));
        }
        list.push(Summary::new(
            "effort_spread",
            "effort of finished items, spread",
            "ln units",
            Plain,
        ));
        if holds.effort == Scale::Absolute {
            list.push(Summary::new(
                "effort_finished",
                "effort of finished items",
                "per team and week",
                Exponential,
            ));
        }
    }
    if holds.estimate != Scale::Unknown && holds.effort != Scale::Unknown {
        if holds.estimate == Scale::Absolute && holds.effort == Scale::Absolute {
            list.push(Summary::new(
                "overrun",
                "effort over estimate, typical",
                "ratio",
                Exponential,
            ));
        }
        list.push(Summary::new(
            "overrun_spread",
            "effort over estimate, spread",
            "ln units",
            Plain,
        ));
    }
    if holds.started && (holds.estimate != Scale::Unknown || holds.effort != Scale::Unknown) {
        list.push(Summary::new(
            "size_and_cycle_time",
            "size and time in work, correlation",
            "correlation",
            Plain,
        ));
    }
    if holds.effects() {
        list.push(Summary::new("helped", "items that helped", "share", Plain));
        list.push(Summary::new("harmed", "items that harmed", "share", Plain));
    }
    list
}

/// The figures of a history, cut to its window by [`seen`]; always finite. What nothing is known of, because no item was
/// finished, has the figure of the longest time or of no effect.
pub fn figures(items: &[Item], weeks: u32, teams: u32, holds: &Holds) -> Vec<f64> {
    let team_weeks = f64::from(teams.max(1)) * f64::from(weeks.max(1));
    let finished: Vec<&Item> = items.iter().filter(|item| item.finished.is_some()).collect();
    let rate = |count: usize| libm::log((count as f64 + 0.5) / team_weeks);
    let between = |from: fn(&Item) -> Option<i32>, to: fn(&Item) -> Option<i32>| -> Vec<f64> {
        let times = finished.iter().filter_map(|item| {
            let time = f64::from((to(item)? - from(item)?).max(0));
            Some(libm::log(time + HALF_WEEK))
        });
        times.collect()
    };
    let longest = libm::log(f64::from(weeks) + HALF_WEEK);
    let mut figures = Vec::new();
    if holds.unfinished {
        figures.push(rate(items.len()));
    }
    figures.push(rate(finished.len()));
    figures.extend(flow(&finished, weeks, teams));
    let lead = between(|item| Some(item.created), |item| item.finished);
    figures.extend([mean(&lead, longest), spread(&lead), p90(lead, longest)]);
    if holds.teams {
        figures.push(team_spread(&finished, teams));
    }
    if holds.started {
        let wait = between(|item| Some(item.created), |item| item.started);
        let cycle = between(|item| item.started, |item| item.finished);
        figures.push(mean(&wait, longest));
        figures.extend([mean(&cycle, longest), spread(&cycle), p90(cycle, longest)]);
    }
    if holds.started && holds.unfinished {
        figures.push(in_progress(items, weeks, teams));
    }
    if holds.started && holds.dropped {
        let started = items.iter().filter(|item| item.started.is_some()).count();
        let given_up = |item: &&Item| item.started.is_some() && item.dropped.is_some();
        let dropped = items.iter().filter(given_up).count();
        figures.push(dropped as f64 / started.max(1) as f64);
    }
    sizes(&finished, team_weeks, holds, &mut figures);
    if holds.effects() {
        let known: Vec<Effect> = finished.iter().filter_map(|item| item.effect).collect();
        let share = |effect: Effect| {
            let count = known.iter().filter(|known| **known == effect).count();
            (count as f64 + 0.5) / (known.len() as f64 + 1.5)
        };
        figures.extend([share(Effect::Helped), share(Effect::Harmed)]);
    }
    figures
}

fn sizes(finished: &[&Item], team_weeks: f64, holds: &Holds, figures: &mut Vec<f64>) {
    let log = |size: Option<f64>| size.filter(|size| *size > 0.0).map(libm::log);
    let estimates: Vec<f64> = finished.iter().filter_map(|item| log(item.estimate)).collect();
    let efforts: Vec<f64> = finished.iter().filter_map(|item| log(item.effort)).collect();
    if holds.estimate != Scale::Unknown {
        if holds.estimate == Scale::Absolute {
            figures.push(mean(&estimates, 0.0));
        }
        figures.push(spread(&estimates));
    }
    if holds.effort != Scale::Unknown {
        if holds.effort == Scale::Absolute {
            figures.push(mean(&efforts, 0.0));
        }
        figures.push(spread(&efforts));
        if holds.effort == Scale::Absolute {
            let each =
                efforts.iter().map(|effort| libm::exp(*effort)).sum::<f64>() / efforts.len().max(1) as f64;
            figures.push(libm::log((each * finished.len() as f64 + 0.1) / team_weeks));
        }
    }
    if holds.estimate != Scale::Unknown && holds.effort != Scale::Unknown {
        let ratios = finished
            .iter()
            .filter_map(|item| Some(log(item.effort)? - log(item.estimate)?));
        let ratios: Vec<f64> = ratios.collect();
        if holds.estimate == Scale::Absolute && holds.effort == Scale::Absolute {
            figures.push(mean(&ratios, 0.0));
        }
        figures.push(spread(&ratios));
    }
    if holds.started && (holds.estimate != Scale::Unknown || holds.effort != Scale::Unknown) {
        let size = |item: &Item| match holds.effort {
            Scale::Unknown => log(item.estimate),
            _ => log(item.effort),
        };
        let pairs = finished.iter().filter_map(|item| {
            let time = f64::from((item.finished? - item.started?).max(0));
            Some((size(item)?, libm::log(time + HALF_WEEK)))
        });
        figures.push(correlation(&pairs.collect::<Vec<_>>()));
    }
}

/// Growth of what is finished from the first to the second half, and how uneven it is over periods.
fn flow(finished: &[&Item], weeks: u32, teams: u32) -> [f64; 2] {
    let half = i32::try_from(weeks / 2).unwrap_or(i32::MAX);
    let late = finished
        .iter()
        .filter(|item| item.finished.is_some_and(|week| week >= half))
        .count() as f64;
    let early = finished.len() as f64 - late;
    let periods = (weeks / PERIOD_WEEKS).max(1) as usize;
    let mut counts = vec![0.0; periods];
    for week in finished.iter().filter_map(|item| item.finished) {
        if let Some(count) = counts.get_mut((week.max(0) as u32 / PERIOD_WEEKS) as usize) {
            *count += 1.0;
        }
    }
    let variance = {
        let spread = spread(&counts);
        spread * spread
    };
    let mean = mean(&counts, 0.0);
    let unevenness = (variance + 0.1 * f64::from(teams)) / (mean + 0.1 * f64::from(teams));
    [libm::log((late + 0.5) / (early + 0.5)), libm::log(unevenness)]
}

fn team_spread(finished: &[&Item], teams: u32) -> f64 {
    let mut counts = vec![0.5; teams.max(1) as usize];
    for item in finished {
        if let Some(count) = counts.get_mut(item.team as usize) {
            *count += 1.0;
        }
    }
    let logs: Vec<f64> = counts.iter().map(|count: &f64| libm::log(*count)).collect();
    spread(&logs)
}

/// Items in work at the ends of weeks, on average.
fn in_progress(items: &[Item], weeks: u32, teams: u32) -> f64 {
    let end = i32::try_from(weeks).unwrap_or(i32::MAX);
    let in_work: f64 = items
        .iter()
        .filter_map(|item| {
            let until = item.finished.or(item.dropped).unwrap_or(end);
            Some(f64::from((until - item.started?).max(0)))
        })
        .sum();
    libm::log((in_work + 0.5) / (f64::from(teams.max(1)) * f64::from(weeks.max(1))))
}

fn mean(values: &[f64], otherwise: f64) -> f64 {
    if values.is_empty() {
        return otherwise;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard deviation; nothing below two values, and nothing where all are the same, whatever rounding leaves.
fn spread(values: &[f64]) -> f64 {
    let are_equal = values.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
    if are_equal {
        return 0.0;
    }
    let middle = mean(values, 0.0);
    let squares: f64 = values
        .iter()
        .map(|value| (value - middle) * (value - middle))
        .sum();
    libm::sqrt(squares / (values.len() - 1) as f64)
}

fn p90(mut values: Vec<f64>, otherwise: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile_of_sorted(&values, 0.9).unwrap_or(otherwise)
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let spreads = spread(&first) * spread(&second);
    if spreads <= 0.0 {
        return 0.0;
    }
    let (x, y) = (mean(&first, 0.0), mean(&second, 0.0));
    let products: f64 = pairs.iter().map(|pair| (pair.0 - x) * (pair.1 - y)).sum();
    products / (pairs.len() - 1) as f64 / spreads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(created: i32, started: Option<i32>, finished: Option<i32>) -> Item {
        Item {
            team: 0,
            created,
            started,
            finished,
            dropped: None,
            estimate: Some(1.0),
            effort: finished.map(|_| 2.0),
            effect: None,
        }
    }

    #[test]
    fn a_window_hides_what_happened_outside() {
        let items = [
            item(-3, Some(2), Some(4)),
            item(0, Some(2), Some(12)),
            item(5, Some(11), None),
            item(10, None, None),
        ];
        let seen = seen(&items, 10, &Holds::EVERYTHING);
        assert_eq!(seen.len(), 2);
        assert_eq!(
            (seen[0].started, seen[0].finished, seen[0].effort),
            (Some(2), None, None)
        );
        assert_eq!(seen[1].started, None);
        let finished_only = Holds {
            unfinished: false,
            ..Holds::EVERYTHING
        };
        assert!(super::seen(&items, 10, &finished_only).is_empty());
        assert_eq!(super::seen(&items, 13, &finished_only).len(), 1);
    }

    #[test]
    fn there_is_a_finite_figure_for_every_name_whatever_a_history_holds() {
        let items = [
            item(0, Some(0), Some(3)),
            item(1, Some(2), Some(2)),
            item(4, None, None),
        ];
        for known in 0..64_u32 {
            let scale =
                |bit: u32| [Scale::Unknown, Scale::Relative, Scale::Absolute][(known >> bit) as usize % 3];
            let holds = Holds {
                started: known & 1 > 0,
                unfinished: known & 2 > 0,
                dropped: known & 4 > 0,
                teams: known & 8 > 0,
                estimate: scale(3),
                effort: scale(1),
                effect_share: f64::from(known & 1),
                ..Holds::EVERYTHING
            };
            for items in [&items[..], &[]] {
                let found = figures(items, 8, 2, &holds);
                assert_eq!(found.len(), summaries(&holds).len(), "{holds:?}");
                assert!(
                    found.iter().all(|figure| figure.is_finite()),
                    "{holds:?}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_always_the_same_has_no_spread_and_hangs_together_with_nothing() {
        // The mean of these is not exactly their value.
        let same = [libm::log(3.3); 7];
        assert_eq!((spread(&same), spread(&[]), spread(&[2.0])), (0.0, 0.0, 0.0));
        assert!(spread(&[2.0, 4.0]) > 1.4);
        let pairs: Vec<(f64, f64)> = same
            .iter()
            .zip(1..)
            .map(|(size, time)| (*size, f64::from(time)))
            .collect();
        assert_eq!(correlation(&pairs), 0.0);
    }

    #[test]
    fn figures_are_those_of_a_small_history() {
        let items = [
            item(0, Some(0), Some(3)),
            item(1, Some(2), Some(2)),
            item(4, None, None),
        ];
        let holds = Holds::EVERYTHING;
        let names = summaries(&holds);
        let found = figures(&items, 8, 1, &holds);
        let shown = |name: &str| {
            let place = names.iter().position(|summary| summary.name == name).unwrap();
            names[place].shown(found[place])
        };
        assert!((shown("created") - 3.5 / 8.0).abs() < 1e-12);
        assert!((shown("finished") - 2.5 / 8.0).abs() < 1e-12);
        assert!((shown("cycle_time") - ((3.5_f64 * 0.5).sqrt() - 0.5)).abs() < 1e-12);
        assert!((shown("in_progress") - 3.5 / 8.0).abs() < 1e-12);
        assert!((shown("overrun") - 2.0).abs() < 1e-12);
        assert!(shown("overrun_spread").abs() < 1e-12);
    }
}
