//! Weekly series over many worlds: sums and counts that merge block by block; never the records themselves.

use sim_core::outcomes::{Series, WeekRecord};

use crate::result::{Band, QUANTILE_LEVELS};
use crate::statistics::Sketch;
use crate::statistics::sketch::{are_counts, bucket_of, counted};

/// Worlds whose weekly series are asked for; bands rest on at most so many.
///
/// The probability below an estimated 5 % quantile then has a standard error of 0.3 percentage points, and neither
/// memory nor study folders grow with further worlds.
pub const WEEKLY_WORLDS: u64 = 4_000;

/// Weekly series of one arm in the worlds of a block. A cell is a series in a week; cells come week by week from week 0,
/// all series of a week together, and lie behind each other, so that a block of thousands takes three pieces of memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeeklyBlock {
    /// For each cell the sum over worlds, in their order.
    sums: Vec<f64>,
    /// For each cell the number of its buckets.
    lengths: Vec<u32>,
    /// Buckets of a [`Sketch`] and how many values each has: those of the first cell, those of the second, …
    buckets: Vec<(i32, u32)>,
}

impl WeeklyBlock {
    /// Counts the records of these worlds, in order. What is not finite counts nowhere.
    pub fn of(worlds: &[Vec<WeekRecord>]) -> Self {
        let weeks = worlds.iter().map(Vec::len).max().unwrap_or(0);
        let cells = weeks * Series::COUNT;
        let mut block = Self {
            sums: Vec::with_capacity(cells),
            lengths: Vec::with_capacity(cells),
            buckets: Vec::with_capacity(cells * worlds.len()),
        };
        let mut keys = Vec::with_capacity(worlds.len());
        for week in 0..weeks {
            for series in 0..Series::COUNT {
                let values = worlds.iter().filter_map(|records| records.get(week));
                let known = values
                    .map(|record| record[series])
                    .filter(|value| value.is_finite());
                keys.clear();
                let sum = known.inspect(|value| keys.push(bucket_of(*value))).sum();
                block.push(sum, counted(&mut keys));
            }
        }
        block.buckets.shrink_to_fit();
        block
    }

    /// Restores a block from its parts; `None` if they are none.
    pub fn from_parts(sums: Vec<f64>, lengths: Vec<u32>, buckets: Vec<(i32, u32)>) -> Option<Self> {
        let all: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
        let fits = sums.len() == lengths.len()
            && sums.len().is_multiple_of(Series::COUNT)
            && all == buckets.len() as u64;
        let block = Self {
            sums,
            lengths,
            buckets,
        };
        (fits && block.cells().all(|(_, counts)| are_counts(counts))).then_some(block)
    }

    /// For each cell its sum over worlds and the counts of its values, by rising bucket.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (f64, &[(i32, u32)])> {
        let mut rest = &self.buckets[..];
        self.sums.iter().zip(&self.lengths).map(move |(sum, length)| {
            let (own, others) = rest.split_at(*length as usize);
            rest = others;
            (*sum, own)
        })
    }

    /// Number of buckets of all cells.
    pub fn buckets(&self) -> usize {
        self.buckets.len()
    }

    fn push(&mut self, sum: f64, counts: impl Iterator<Item = (i32, u32)>) {
        let before = self.buckets.len();
        self.buckets.extend(counts);
        self.sums.push(sum);
        self.lengths.push((self.buckets.len() - before) as u32);
    }
}

/// One series in one week over worlds.
#[derive(Debug, Clone, PartialEq, Default)]
struct Cell {
    /// Sum over worlds, in their order.
    sum: f64,
    /// Counts of values; its count is the number of worlds.
    sketch: Sketch,
}

/// Weekly series of one arm over all worlds so far: a cell for each week from 0 and each series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeeklyTally {
    /// Week by week, the cells of all series.
    cells: Vec<Cell>,
}

impl WeeklyTally {
    /// Adds the next block of worlds.
    pub fn add(&mut self, next: &WeeklyBlock) {
        let cells = next.cells();
        if self.cells.len() < cells.len() {
            self.cells.resize_with(cells.len(), Default::default);
        }
        for (mine, (sum, counts)) in self.cells.iter_mut().zip(cells) {
            mine.sum += sum;
            mine.sketch.add_counts(counts);
        }
    }

    /// Bands of every week and series; not-a-number where no world has a value.
    pub fn bands(&self) -> Vec<[Band; Series::COUNT]> {
        let (weeks, _) = self.cells.as_chunks::<{ Series::COUNT }>();
        weeks.iter().map(|cells| cells.each_ref().map(band)).collect()
    }
}

fn band(cell: &Cell) -> Band {
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
            merged.add(&WeeklyBlock::of(block));
        }
        let bands = merged.bands();
        assert_eq!(bands.len(), 3);
        assert_eq!(bands[1][0].mean, 59.5);
        assert!((bands[1][0].quantiles[3] - 59.5).abs() < 0.25);
    }

    #[test]
    fn parts_that_do_not_fit_are_no_block() {
        let whole = WeeklyBlock::of(&worlds(3));
        let parts = |block: &WeeklyBlock| (block.sums.clone(), block.lengths.clone(), block.buckets.clone());
        let (sums, lengths, buckets) = parts(&whole);
        let restored = WeeklyBlock::from_parts(sums.clone(), lengths.clone(), buckets.clone());
        assert_eq!(restored.as_ref(), Some(&whole));
        assert_eq!(
            WeeklyBlock::from_parts(sums[1..].to_vec(), lengths.clone(), buckets.clone()),
            None
        );
        assert_eq!(
            WeeklyBlock::from_parts(sums.clone(), lengths.clone(), buckets[1..].to_vec()),
            None
        );
        let mut falling = buckets.clone();
        falling.swap(0, 1);
        assert_eq!(WeeklyBlock::from_parts(sums, lengths, falling), None);
    }
}
