//! Screening by elementary effects: trajectories through the unit cube that move one coordinate at a time.
//!
//! Morris 1991, Technometrics 33:161; mean of absolute effects after Campolongo, Cariboni and Saltelli 2007, Environmental
//! Modelling and Software 22:1509.

use crate::keyed::{below, generator, shuffle};
use crate::statistics::{Bootstrapped, bootstrap};

/// Levels of each coordinate.
const LEVELS: usize = 4;

/// Step of a coordinate: ⅔, which makes all levels equally likely.
pub const STEP: f64 = 2.0 / 3.0;

/// A walk from corner to corner: each coordinate moves once, by [`STEP`].
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// Coordinates of the first place, on levels 0, ⅓, ⅔ and 1.
    start: Vec<f64>,
    /// The coordinates in the order in which they move.
    order: Vec<usize>,
}

impl Trajectory {
    /// Trajectory `number` of `dimensions` coordinates under `seed`.
    pub fn new(dimensions: usize, seed: u64, number: u64) -> Self {
        let mut generator = generator(seed, b"morris.4", number);
        let level = |_| below(&mut generator, LEVELS) as f64 / (LEVELS - 1) as f64;
        let start = (0..dimensions).map(level).collect();
        let mut order: Vec<usize> = (0..dimensions).collect();
        shuffle(&mut generator, &mut order);
        Self { start, order }
    }

    /// Place `step` of the walk, from 0 to the number of coordinates.
    pub fn place(&self, step: usize) -> Vec<f64> {
        let mut place = self.start.clone();
        for moved in &self.order[..step] {
            place[*moved] += self.direction(*moved) * STEP;
        }
        place
    }

    /// Where a coordinate moves: up from the lower two levels, down from the upper two.
    fn direction(&self, coordinate: usize) -> f64 {
        if self.start[coordinate] < 0.5 { 1.0 } else { -1.0 }
    }

    /// The elementary effect of each coordinate: change of the value over change of the coordinate.
    pub fn effects(&self, values: &[f64]) -> Vec<f64> {
        let mut effects = vec![0.0; self.start.len()];
        for (step, moved) in self.order.iter().enumerate() {
            effects[*moved] = (values[step + 1] - values[step]) / (self.direction(*moved) * STEP);
        }
        effects
    }
}

/// The elementary effects of all coordinates along one trajectory, in two worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects(pub [Vec<f64>; 2]);

/// What screening says of one coordinate. Effects are changes of the value over the whole length of the coordinate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screened {
    /// Mean effect μ: its direction.
    pub mean: Bootstrapped,
    /// Mean of absolute effects μ*, chance included.
    pub mean_absolute: f64,
    /// Standard deviation of effects σ, chance included: curved or dependent on others.
    pub deviation: f64,
    /// Root mean square of the effect without chance; 0 where chance explains all of it.
    pub size: Bootstrapped,
}

/// Screens every coordinate; `None` below two trajectories, or if a value is not finite.
///
/// Chance enlarges |effect|, so μ* alone ranks by luck too. The effects e, e′ of one step in two worlds share only what
/// does not depend on luck, so E\[e·e′\] is the mean square of the effect on the mean over worlds.
pub fn screened(trajectories: &[Effects], seed: u64) -> Option<Vec<Screened>> {
    let dimensions = trajectories.first()?.0[0].len();
    if trajectories.len() < 2 {
        return None;
    }
    let found = bootstrap(trajectories.len(), seed, |rows| {
        let of_coordinate = |coordinate| {
            [
                mean(trajectories, rows, coordinate),
                size(trajectories, rows, coordinate),
            ]
        };
        (0..dimensions).flat_map(of_coordinate).collect()
    });
    let of_coordinate = |(coordinate, pair): (usize, &[Option<Bootstrapped>])| {
        let (mean, size) = (pair[0]?, pair[1]?);
        let worlds = trajectories.iter().flat_map(|effects| &effects.0);
        let effects: Vec<f64> = worlds.map(|world| world[coordinate]).collect();
        let count = effects.len() as f64;
        let squares: f64 = effects
            .iter()
            .map(|effect| (effect - mean.value) * (effect - mean.value))
            .sum();
        Some(Screened {
            mean,
            mean_absolute: effects.iter().map(|effect| effect.abs()).sum::<f64>() / count,
            deviation: (squares / (count - 1.0)).sqrt(),
            size,
        })
    };
    found.chunks(2).enumerate().map(of_coordinate).collect()
}

fn mean(trajectories: &[Effects], rows: &[usize], coordinate: usize) -> f64 {
    let sums = rows.iter().map(|row| {
        let [one, other] = &trajectories[*row].0;
        one[coordinate] + other[coordinate]
    });
    sums.sum::<f64>() / (2.0 * rows.len() as f64)
}

fn size(trajectories: &[Effects], rows: &[usize], coordinate: usize) -> f64 {
    let products = rows.iter().map(|row| {
        let [one, other] = &trajectories[*row].0;
        one[coordinate] * other[coordinate]
    });
    (products.sum::<f64>() / rows.len() as f64).max(0.0).sqrt()
}
