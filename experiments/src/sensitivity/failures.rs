//! A map of what failed: how many units of a design were lost, where, and why.

use super::Point;

/// Failed points kept one by one.
const KEPT: usize = 1000;

/// Fewest lost units whose place says something.
const LOCATED: u64 = 5;

/// Standard errors by which the mean place of failed points must be off the middle to say something: by luck one of 200
/// coordinates is in one design of a hundred.
const FAR: f64 = 4.0;

/// A point whose runs did not all succeed.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedPoint {
    /// Trajectory or row.
    pub unit: u64,
    /// Number of the world.
    pub world: u64,
    /// What went wrong.
    pub reason: String,
}

/// What failed in one round of an experiment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Failures {
    /// Trajectories or rows of the design.
    pub units: u64,
    /// Of these, lost because a point failed.
    pub units_lost: u64,
    /// Points that failed.
    pub points: u64,
    /// The first of them.
    pub first: Vec<FailedPoint>,
    /// Parameters in whose low or high part failures gather, in words.
    pub gather: Vec<String>,
    sums: Vec<f64>,
    last_unit: Option<u64>,
}

impl Failures {
    pub(super) fn new(units: u64) -> Self {
        Self {
            units,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, unit: u64, point: Point, reason: String) {
        self.points += 1;
        if self.last_unit != Some(unit) {
            self.last_unit = Some(unit);
            self.units_lost += 1;
        }
        self.sums.resize(point.place.len(), 0.0);
        for (sum, coordinate) in self.sums.iter_mut().zip(&point.place) {
            *sum += coordinate - 0.5;
        }
        if self.first.len() < KEPT {
            self.first.push(FailedPoint {
                unit,
                world: point.world,
                reason,
            });
        }
    }

    /// Names the coordinates in which failed points lie far off the middle.
    pub(super) fn locate(&mut self, name: impl Fn(usize) -> String) {
        if self.units_lost < LOCATED {
            return;
        }
        // Points of one trajectory or row share most coordinates, so they count as one that is as many times as heavy.
        let weight = self.points as f64 / self.units_lost as f64;
        let error = weight * (self.units_lost as f64 / 12.0).sqrt();
        let mut far: Vec<(f64, usize)> = self
            .sums
            .iter()
            .enumerate()
            .filter(|(_, sum)| sum.abs() > FAR * error)
            .map(|(coordinate, sum)| (*sum, coordinate))
            .collect();
        far.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()));
        let words = |(sum, coordinate): &(f64, usize)| {
            let side = if *sum > 0.0 { "high" } else { "low" };
            format!("{} is {side}", name(*coordinate))
        };
        self.gather = far.iter().take(3).map(words).collect();
    }
}
