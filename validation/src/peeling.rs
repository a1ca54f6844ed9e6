//! Scenario discovery: the box in which something happens most often, by peeling (Friedman and Fisher 1999).

/// A point of a search, each coordinate within 0 and 1, and how much of what is sought it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Where it lies, as shares of the ranges searched.
    pub place: Vec<f64>,
    /// What is sought: more is better.
    pub score: f64,
}

/// A box: the range of each coordinate.
pub type Region = Vec<(f64, f64)>;

/// Share of the points that one peel takes off.
const PEEL: f64 = 0.08;

/// Peels the box in which the mean score is highest, until `fewest` points are left in it.
pub fn peeled(points: &[Point], fewest: usize) -> Region {
    let mut region: Region = vec![(0.0, 1.0); points[0].place.len()];
    let mut inside: Vec<&Point> = points.iter().collect();
    loop {
        let before = mean(&inside);
        let candidates = (0..region.len()).flat_map(|axis| {
            [
                cut(&inside, &region, axis, true),
                cut(&inside, &region, axis, false),
            ]
        });
        let best = candidates
            .map(|region| (mean(&within(&inside, &region)), region))
            .filter(|(_, region)| within(&inside, region).len() >= fewest)
            .max_by(|(one, _), (other, _)| one.total_cmp(other));
        match best {
            Some((after, smaller)) if after > before => {
                inside = within(&inside, &smaller);
                region = smaller;
            }
            _ => return region,
        }
    }
}

/// Share of its mean score that a region may lose by saying less.
const KEPT: f64 = 0.85;

/// The region without those limits that hardly matter, so that it can be told and is not fitted to luck.
pub fn pruned(points: &[Point], region: &Region) -> Region {
    let all: Vec<&Point> = points.iter().collect();
    let least = KEPT * mean(&within(&all, region));
    let mut region = region.clone();
    loop {
        let limited = (0..region.len()).filter(|axis| region[*axis] != (0.0, 1.0));
        let freed = limited.map(|axis| {
            let mut larger = region.clone();
            larger[axis] = (0.0, 1.0);
            (mean(&within(&all, &larger)), larger)
        });
        match freed.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
            Some((score, larger)) if score >= least => region = larger,
            _ => return region,
        }
    }
}

/// The points of a region.
pub fn within<'a>(points: &[&'a Point], region: &Region) -> Vec<&'a Point> {
    let lies = |point: &&&Point| {
        let mut axes = point.place.iter().zip(region);
        axes.all(|(place, (low, high))| (low..=high).contains(&place))
    };
    points.iter().filter(lies).copied().collect()
}

/// Mean score; −∞ of none.
pub fn mean(points: &[&Point]) -> f64 {
    if points.is_empty() {
        return f64::NEG_INFINITY;
    }
    points.iter().map(|point| point.score).sum::<f64>() / points.len() as f64
}

/// The region without the lowest or the highest points along one axis.
fn cut(points: &[&Point], region: &Region, axis: usize, from_below: bool) -> Region {
    let mut places: Vec<f64> = points.iter().map(|point| point.place[axis]).collect();
    places.sort_by(f64::total_cmp);
    let peel = ((PEEL * places.len() as f64) as usize)
        .max(1)
        .min(places.len() - 1);
    let mut smaller = region.clone();
    if from_below {
        smaller[axis].0 = places[peel];
    } else {
        smaller[axis].1 = places[places.len() - 1 - peel];
    }
    smaller
}
