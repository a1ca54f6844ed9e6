//! Scenario discovery: the box in which something happens most often, by peeling (PRIM); knows nothing of companies.
//!
//! Friedman and Fisher 1999 (Statistics and Computing 9:123); coverage, density and quasi-p values after Bryant and
//! Lempert 2010 (Technological Forecasting and Social Change 77:34). Where there are hundreds of axes, peeling follows luck
//! along most of them, so only those are peeled along which cases of interest gather.

use crate::statistics::{mid_ranks, normal_cumulative, rank_correlation};

/// A place of a search and whether what is sought happened there.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// One coordinate for each axis, in the axis's own unit.
    pub place: Vec<f64>,
    /// Whether this is a case of interest.
    pub is_sought: bool,
    /// What makes it one: the further to one side, the more clearly. Axes are screened by its rank.
    pub score: f64,
}

/// How a box is sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peeling {
    /// Share of the peeled axes that may be there by luck alone.
    pub axes_by_luck: f64,
    /// Share of the cases left that one peel takes off.
    pub peel: f64,
    /// Smallest share of all cases that a box may hold.
    pub smallest_mass: f64,
    /// Largest quasi-p value of a limit that is told.
    pub largest_quasi_p: f64,
}

impl Default for Peeling {
    /// 5 % a peel and 5 % of all cases at least: patient, as Friedman and Fisher advise.
    fn default() -> Self {
        Self {
            axes_by_luck: 0.1,
            peel: 0.05,
            smallest_mass: 0.05,
            largest_quasi_p: 0.05,
        }
    }
}

/// Limits of a box along one axis; a missing limit does not bind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Least value.
    pub low: Option<f64>,
    /// Largest value.
    pub high: Option<f64>,
}

impl Limits {
    /// Whether `value` lies within.
    pub fn hold(&self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }

    /// Whether there is a limit at all.
    pub fn bind(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}

/// A box: limits for each axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// One for each axis.
    pub limits: Vec<Limits>,
}

impl Region {
    /// The box that holds everything.
    pub fn everything(axes: usize) -> Self {
        Self {
            limits: vec![Limits::default(); axes],
        }
    }

    /// Whether `place` lies within.
    pub fn holds(&self, place: &[f64]) -> bool {
        self.limits
            .iter()
            .zip(place)
            .all(|(limits, value)| limits.hold(*value))
    }

    /// Axes with a limit.
    pub fn restricted(&self) -> impl Iterator<Item = usize> {
        let bound = self.limits.iter().enumerate().filter(|(_, limits)| limits.bind());
        bound.map(|(axis, _)| axis)
    }

    /// The same without limits on `axis`.
    pub fn freed(&self, axis: usize) -> Self {
        let mut freed = self.clone();
        freed.limits[axis] = Limits::default();
        freed
    }
}

/// How good a box is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Cases in the box.
    pub cases: usize,
    /// Cases of interest in it.
    pub sought: usize,
    /// Cases of interest in the box as a share of all of them.
    pub coverage: f64,
    /// Share of the cases in the box that are of interest.
    pub density: f64,
    /// Share of all cases that the box holds.
    pub mass: f64,
}

/// A box on the way from everything to the smallest one, with its quality in the cases it was found in.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The box.
    pub region: Region,
    /// Its quality.
    pub quality: Quality,
}

/// Quality of `region` among `cases`.
pub fn quality(cases: &[Case], region: &Region) -> Quality {
    let all_sought = cases.iter().filter(|case| case.is_sought).count();
    let inside = cases.iter().filter(|case| region.holds(&case.place));
    let (mut count, mut sought) = (0, 0);
    for case in inside {
        count += 1;
        sought += usize::from(case.is_sought);
    }
    let share = |part: usize, whole: usize| {
        if whole > 0 {
            part as f64 / whole as f64
        } else {
            0.0
        }
    };
    Quality {
        cases: count,
        sought,
        coverage: share(sought, all_sought),
        density: share(sought, count),
        mass: share(count, cases.len()),
    }
}

/// A box that is worth telling.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The box.
    pub region: Region,
    /// For each restricted axis its quasi-p value among the cases that the box was sought in.
    pub quasi_p: Vec<(usize, f64)>,
}

/// Seeks a box: screens axes, peels along those that are left, drops from every step the limits that luck may explain,
/// and takes the step that then sets most apart. Gives the way of the peeling, and the box if it has any limit.
///
/// Limits are dropped before the choice: the step that is best with all its limits is often one that loses all of them.
pub fn searched(cases: &[Case], peeling: Peeling) -> (Vec<Step>, Option<Told>) {
    let axes = telling_axes(cases, peeling.axes_by_luck);
    let trajectory = peeled(cases, &axes, peeling);
    // Each of the axes may be restricted by luck, so they share what luck is allowed.
    let largest = peeling.largest_quasi_p / axes.len().max(1) as f64;
    let pruned: Vec<Step> = trajectory
        .iter()
        .map(|step| self::step(cases, pruned(cases, &step.region, largest)))
        .collect();
    let told = telling(&pruned).filter(|step| step.region.restricted().next().is_some());
    let told = told.map(|step| Told {
        quasi_p: quasi_p_values(cases, &step.region),
        region: step.region.clone(),
    });
    (trajectory, told)
}

/// Axes along which the score rises or falls by rank more than luck explains: with the largest number of smallest p
/// values that keeps the expected share of those there `by_luck` (Benjamini and Hochberg 1995, Journal of the Royal
/// Statistical Society B 57:289). Where no axis matters, any is kept with this probability.
fn telling_axes(cases: &[Case], by_luck: f64) -> Vec<usize> {
    let axes = cases.first().map_or(0, |case| case.place.len());
    let ranks = |value: &dyn Fn(&Case) -> f64| mid_ranks(&cases.iter().map(value).collect::<Vec<f64>>());
    let scores = ranks(&|case| case.score);
    let p_value = |axis: usize| {
        let correlation = rank_correlation(&ranks(&|case| case.place[axis]), &scores)?;
        // Nearly normal from a dozen cases on.
        let score = correlation.abs() * (cases.len() as f64 - 1.0).sqrt();
        Some((2.0 * normal_cumulative(-score), axis))
    };
    let mut p_values: Vec<(f64, usize)> = (0..axes).filter_map(p_value).collect();
    p_values.sort_by(|one, other| one.0.total_cmp(&other.0));
    let allowed = |rank: usize| by_luck * (rank + 1) as f64 / p_values.len() as f64;
    let last = (0..p_values.len()).rfind(|rank| p_values[*rank].0 <= allowed(*rank));
    let mut kept: Vec<usize> = p_values[..last.map_or(0, |last| last + 1)]
        .iter()
        .map(|(_, axis)| *axis)
        .collect();
    kept.sort_unstable();
    kept
}

/// Peels from everything downwards: every step takes the slice along one of the axes off whose loss raises the density
/// most, or lowers it least, as an outermost slice may hold many cases of interest by luck; until the box would hold less
/// than the smallest mass, or holds cases of one kind only. The first step is everything.
fn peeled(cases: &[Case], axes: &[usize], peeling: Peeling) -> Vec<Step> {
    let all_axes = cases.first().map_or(0, |case| case.place.len());
    let fewest = ((peeling.smallest_mass * cases.len() as f64).ceil() as usize).max(1);
    let mut steps = vec![step(cases, Region::everything(all_axes))];
    let mut inside: Vec<&Case> = cases.iter().collect();
    while let Some(Step { region, quality }) = steps.last() {
        let next = best_slice(&inside, axes, region, quality, peeling.peel, fewest);
        let Some((_, region)) = next else {
            return steps;
        };
        inside.retain(|case| region.holds(&case.place));
        steps.push(step(cases, region));
    }
    steps
}

fn step(cases: &[Case], region: Region) -> Step {
    Step {
        quality: quality(cases, &region),
        region,
    }
}

/// The smaller box that gains most density for each case it costs, among those that leave at least `fewest` cases.
fn best_slice(
    inside: &[&Case],
    axes: &[usize],
    region: &Region,
    before: &Quality,
    peel: f64,
    fewest: usize,
) -> Option<(f64, Region)> {
    let slices = axes
        .iter()
        .flat_map(|axis| [End::Low, End::High].map(|end| (*axis, end)));
    if before.sought == 0 || before.sought == before.cases {
        return None;
    }
    let candidates = slices.filter_map(|(axis, end)| {
        let smaller = sliced(inside, region, axis, end, peel)?;
        let left = inside.iter().filter(|case| smaller.holds(&case.place));
        let (count, sought) = left.fold((0, 0), |(count, sought), case| {
            (count + 1, sought + usize::from(case.is_sought))
        });
        let gain = sought as f64 / count as f64 - before.density;
        (count >= fewest).then(|| (gain / (before.cases - count) as f64, smaller))
    });
    // Of equal slices the first counts, so that the result does not depend on chance.
    candidates.fold(None, |best: Option<(f64, Region)>, candidate| match best {
        Some(best) if best.0 >= candidate.0 => Some(best),
        _ => Some(candidate),
    })
}

#[derive(Clone, Copy)]
enum End {
    Low,
    High,
}

/// `region` without the outermost share of its cases along one axis; `None` if all have the same value there.
fn sliced(inside: &[&Case], region: &Region, axis: usize, end: End, peel: f64) -> Option<Region> {
    let mut values: Vec<f64> = inside.iter().map(|case| case.place[axis]).collect();
    values.sort_by(f64::total_cmp);
    let off = ((peel * values.len() as f64).round() as usize).max(1);
    let mut smaller = region.clone();
    match end {
        End::Low => {
            let outermost = values[off.min(values.len()) - 1];
            let next = *values.iter().find(|value| **value > outermost)?;
            smaller.limits[axis].low = Some(next);
        }
        End::High => {
            let outermost = values[values.len() - off.min(values.len())];
            let next = *values.iter().rev().find(|value| **value < outermost)?;
            smaller.limits[axis].high = Some(next);
        }
    }
    Some(smaller)
}

/// For each restricted axis the quasi-p value: the probability that a box without this axis's limits would hold at least
/// as many cases of interest among as many cases by chance alone (one-sided binomial test; Bryant and Lempert 2010, §2.4).
///
/// It is called quasi because the limits were chosen with the same cases, which makes it too small.
pub(crate) fn quasi_p_values(cases: &[Case], region: &Region) -> Vec<(usize, f64)> {
    let within = quality(cases, region);
    let p_value = |axis: usize| {
        let freed = quality(cases, &region.freed(axis));
        (axis, upper_tail(within.cases, within.sought, freed.density))
    };
    region.restricted().map(p_value).collect()
}

/// Probability of at least `hits` in `trials` of chance `share`.
fn upper_tail(trials: usize, hits: usize, share: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let beta = crate::statistics::Beta::new(hits as f64, (trials - hits) as f64 + 1.0);
    // P(X ≥ k) is the regularised incomplete beta function at (k, n − k + 1).
    beta.map_or(1.0, |beta| beta.cumulative(share))
}

/// `region` without limits whose quasi-p value is above `largest`, the worst first.
fn pruned(cases: &[Case], region: &Region, largest: f64) -> Region {
    let mut region = region.clone();
    loop {
        let worst = quasi_p_values(cases, &region).into_iter().fold(
            (None, largest),
            |(worst, p), (axis, p_value)| {
                if p_value > p {
                    (Some(axis), p_value)
                } else {
                    (worst, p)
                }
            },
        );
        match worst {
            (Some(axis), _) => region = region.freed(axis),
            (None, _) => return region,
        }
    }
}

/// The step that sets most cases apart: the largest mass · (density − density of everything), the weighted relative
/// accuracy of Lavrač, Flach and Zupan 1999 (Lecture Notes in Computer Science 1634:174).
///
/// Bryant and Lempert leave the choice to the user; where nobody can be asked, this weighs how much a box holds against
/// how far it differs, and does not favour everything where most cases are sought.
fn telling(steps: &[Step]) -> Option<&Step> {
    let everything = steps.first()?.quality.density;
    let accuracy = |step: &Step| step.quality.mass * (step.quality.density - everything);
    steps
        .iter()
        .max_by(|one, other| accuracy(one).total_cmp(&accuracy(other)))
}

/// Cases that no earlier box holds: where the next box is to be sought.
pub fn outside(cases: &[Case], region: &Region) -> Vec<Case> {
    cases
        .iter()
        .filter(|case| !region.holds(&case.place))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sim_core::random::Key;

    const AXES: usize = 8;
    const EVERY_AXIS: [usize; AXES] = [0, 1, 2, 3, 4, 5, 6, 7];

    /// Cases drawn evenly from the unit cube; those in the planted box are sought, but for a share that is turned over.
    fn planted(seed: u64, count: u64, noise: f64) -> Vec<Case> {
        let case = |number: u64| {
            let draws = Key(seed).child(number);
            let place: Vec<f64> = (0..AXES as u64).map(|axis| draws.uniform(axis)).collect();
            let is_turned = draws.uniform(99) < noise;
            let is_sought = (place[1] > 0.7 && place[4] < 0.5) != is_turned;
            Case {
                place,
                is_sought,
                score: f64::from(u8::from(is_sought)),
            }
        };
        (0..count).map(case).collect()
    }

    fn found(cases: &[Case]) -> Region {
        searched(cases, Peeling::default()).1.unwrap().region
    }

    #[test]
    fn a_planted_box_is_found_with_its_limits_and_no_others() {
        for (seed, noise) in [(1, 0.0), (2, 0.1)] {
            let region = found(&planted(seed, 2_000, noise));
            let restricted: Vec<usize> = region.restricted().collect();
            assert_eq!(restricted, [1, 4], "{region:?}");
            let (low, high) = (region.limits[1].low.unwrap(), region.limits[4].high.unwrap());
            assert!(
                (low - 0.7).abs() < 0.05 && (high - 0.5).abs() < 0.05,
                "{low} {high}"
            );
            assert!(region.limits[1].high.is_none() && region.limits[4].low.is_none());
        }
    }

    #[test]
    fn quality_holds_on_cases_that_the_box_was_not_found_in() {
        let region = found(&planted(3, 2_000, 0.05));
        let fresh = quality(&planted(4, 20_000, 0.05), &region);
        assert!(
            fresh.density > 0.85 && (0.12..0.18).contains(&fresh.mass),
            "{fresh:?}"
        );
    }

    #[test]
    fn limits_that_chance_chose_have_large_quasi_p_values() {
        let cases = planted(5, 1_000, 0.0);
        let axes = telling_axes(&cases, 0.1);
        assert!(axes.contains(&1) && axes.contains(&4), "{axes:?}");
        let mut region = Region::everything(AXES);
        region.limits[1].low = Some(0.7);
        region.limits[4].high = Some(0.5);
        region.limits[6].low = Some(0.2);
        let p_values = quasi_p_values(&cases, &region);
        assert!(
            p_values[0].1 < 1e-6 && p_values[1].1 < 1e-6 && p_values[2].1 > 0.05,
            "{p_values:?}"
        );
        assert_eq!(
            pruned(&cases, &region, 0.05).restricted().collect::<Vec<_>>(),
            [1, 4]
        );
    }

    #[test]
    fn the_binomial_tail_is_that_of_the_definition() {
        // P(X ≥ 8), X ~ Bin(10, 0.5) = (45 + 10 + 1)/1024.
        assert!((upper_tail(10, 8, 0.5) - 56.0 / 1024.0).abs() < 1e-12);
        assert_eq!(upper_tail(10, 0, 0.5), 1.0);
        assert!((upper_tail(3, 3, 0.5) - 0.125).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_is_sought_nothing_is_peeled() {
        let mut cases = planted(6, 100, 0.0);
        cases.iter_mut().for_each(|case| case.is_sought = false);
        assert_eq!(peeled(&cases, &EVERY_AXIS, Peeling::default()).len(), 1);
    }

    proptest! {
        #[test]
        fn boxes_shrink_down_to_the_smallest_mass(seed in 0..500_u64, noise in 0.0..0.5_f64) {
            let cases = planted(seed, 200, noise);
            let steps = peeled(&cases, &EVERY_AXIS, Peeling::default());
            prop_assert_eq!(steps[0].quality.mass, 1.0);
            for pair in steps.windows(2) {
                prop_assert!(pair[1].quality.mass < pair[0].quality.mass);
                prop_assert!(pair[1].quality.coverage <= pair[0].quality.coverage);
            }
            prop_assert!(steps.iter().all(|step| step.quality.mass >= 0.05));
        }
    }
}
