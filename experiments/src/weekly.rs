//! Weekly series over many worlds: sums and counts that merge block by block; never the records themselves.

use sim_core::outcomes::{Series, WeekRecord};

use crate::result::{Band, QUANTILE_LEVELS};
use crate::statistics::Sketch;

/// Worlds whose weekly series are asked for; bands rest on at most so many.
///
/// The probability below an estimated 5 % quantile then has a standard error of 0.3 percentage points, and neither
/// memory nor study folders grow with further worlds.
pub const WEEKLY_WORLDS: u64 = 4_000;

/// One series in one week over worlds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeeklyCell {
    /// Sum over worlds, in their order.
    pub sum: f64,
    /// Counts of values; its count is the number of worlds.
    pub sketch: Sketch,
}

/// Weekly series of one arm over worlds: a cell for each week from 0 and each series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeeklyTally {
    /// Week by week, the cells of all series.
    pub weeks: Vec<[WeeklyCell; Series::COUNT]>,
}

impl WeeklyTally {
    /// Counts the records of these worlds, in order.
    pub fn of(worlds: &[Vec<WeekRecord>]) -> Self {
        let length = worlds.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |week: usize, series: usize| {
            let values = worlds
                .iter()
                .filter_map(|records| records.get(week))
                .map(|record| record[series]);
            let known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
            WeeklyCell {
                sum: known.iter().sum(),
                sketch: Sketch::of(known),
            }
        };
        let weeks = (0..length)
            .map(|week| std::array::from_fn(|series| cell(week, series)))
            .collect();
        Self { weeks }
    }

    /// Adds the next block of worlds.
    pub fn merge(&mut self, next: &Self) {
        if self.weeks.len() < next.weeks.len() {
            self.weeks.resize_with(next.weeks.len(), Default::default);
        }
        for (mine, other) in self.weeks.iter_mut().flatten().zip(next.weeks.iter().flatten()) {
            mine.sum += other.sum;
            mine.sketch.merge(&other.sketch);
        }
    }

    /// Bands of every week and series; not-a-number where no world has a value.
    pub fn bands(&self) -> Vec<[Band; Series::COUNT]> {
        self.weeks
            .iter()
            .map(|cells| std::array::from_fn(|series| band(&cells[series])))
            .collect()
    }
}

fn band(cell: &WeeklyCell) -> Band {
    let quantiles = QUANTILE_LEVELS.map(|level| cell.sketch.quantile(level).unwrap_or(f64::NAN));
    Band {
        mean: cell.sum / cell.sketch.count() as f64,
        quantiles,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worlds(count: u32) -> Vec<Vec<WeekRecord>> {
        (0..count)
            .map(|world| {
                (0..3)
                    .map(|week| [f64::from(world + 10 * week); Series::COUNT])
                    .collect()
            })
            .collect()
    }

    #[test]
    fn blocks_merge_to_the_bands_of_all_worlds() {
        let all = worlds(100);
        let mut merged = WeeklyTally::default();
        for block in all.chunks(25) {
            merged.merge(&WeeklyTally::of(block));
        }
        let bands = merged.bands();
        assert_eq!(bands.len(), 3);
        assert_eq!(bands[1][0].mean, 59.5);
        assert!((bands[1][0].quantiles[3] - 59.5).abs() < 0.25);
    }
}
