//! A slice: one of several parts of an experiment of fixed size, to be run anywhere and joined later.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::block::BLOCK_WORLDS;

/// Most slices of one experiment.
pub const MOST_SLICES: u64 = 10_000;

/// The `number`-th of `of` slices, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    number: u64,
    of: u64,
}

impl Slice {
    /// Everything: the only slice of one.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Slice `number` of `of`; `None` if there is no such slice.
    pub fn new(number: u64, of: u64) -> Option<Self> {
        (of <= MOST_SLICES && (1..=of).contains(&number)).then_some(Self { number, of })
    }

    /// Which one, from 1.
    pub fn number(self) -> u64 {
        self.number
    }

    /// Of how many.
    pub fn of(self) -> u64 {
        self.of
    }

    /// Whether it is everything.
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// Its share of `count` things that are dealt out in runs of neighbours.
    pub fn range(self, count: u64) -> Range<u64> {
        let upto = |slices: u64| (u128::from(count) * u128::from(slices) / u128::from(self.of)) as u64;
        upto(self.number - 1)..upto(self.number)
    }

    /// The number of its `place`-th block, from 0: blocks are dealt out one by one, because it is not known beforehand
    /// how many are needed.
    pub(crate) fn block(self, place: u64) -> Option<u64> {
        place.checked_mul(self.of)?.checked_add(self.number - 1)
    }

    /// Whether a block is dealt to it.
    pub fn holds(self, block: u64) -> bool {
        block % self.of == self.number - 1
    }

    /// How many of the worlds `0..worlds` lie in its blocks.
    pub fn worlds(self, worlds: u64) -> u64 {
        let blocks = worlds.div_ceil(BLOCK_WORLDS);
        let own = (blocks + self.of - self.number) / self.of;
        let is_last = blocks > 0 && self.holds(blocks - 1);
        let missing = if is_last {
            blocks * BLOCK_WORLDS - worlds
        } else {
            0
        };
        own * BLOCK_WORLDS - missing
    }

    /// How many viable companies it finds, so that all slices together hold the first `companies` of them: its share, and
    /// three times its chance deviation more. What is missing in spite of that is simulated when slices are joined.
    pub(crate) fn companies(self, companies: u64) -> u64 {
        if self.is_whole() {
            return companies;
        }
        let share = companies.div_ceil(self.of);
        (share + (3.0 * (share as f64).sqrt()).ceil() as u64).min(companies)
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Slice {
    type Err = String;

    /// Reads `2/4`.
    fn from_str(word: &str) -> Result<Self, String> {
        let numbers = word.split_once('/').and_then(|(number, of)| {
            let whole = |word: &str| word.trim().parse::<u64>().ok();
            Self::new(whole(number)?, whole(of)?)
        });
        numbers.ok_or_else(|| {
            format!("allowed is a slice and how many there are, such as 2/4: from 1/1 to {MOST_SLICES}/{MOST_SLICES}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slices_are_written_and_read_as_two_numbers() {
        let slice: Slice = "2/4".parse().unwrap();
        assert_eq!(
            (slice.number(), slice.of(), slice.to_string()),
            (2, 4, "2/4".to_owned())
        );
        for word in [
            "0/4", "5/4", "2", "2/", "/4", "-1/4", "1/0", "a/b", "1/10001", "1.5/2",
        ] {
            assert!(word.parse::<Slice>().is_err(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn slices_together_are_everything_once(of in 1u64..40, count in 0u64..3000) {
            let slices: Vec<Slice> = (1..=of).filter_map(|number| Slice::new(number, of)).collect();
            let mut next = 0;
            for slice in &slices {
                let range = slice.range(count);
                prop_assert_eq!(range.start, next);
                next = range.end;
            }
            prop_assert_eq!(next, count);
            prop_assert_eq!(slices.iter().map(|slice| slice.worlds(count)).sum::<u64>(), count);
            let blocks = count.div_ceil(BLOCK_WORLDS);
            for block in 0..blocks {
                prop_assert_eq!(slices.iter().filter(|slice| slice.holds(block)).count(), 1);
            }
            prop_assert!(slices.iter().map(|slice| slice.companies(count)).sum::<u64>() >= count);
        }
    }
}
