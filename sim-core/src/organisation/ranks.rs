//! Scores by place, and the best of them in order; never what they stand for.

/// A score, to a part in 10¹¹, and its place; of equal scores the one at the first place ranks higher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The score.
    pub value: f64,
    /// Its place in the list.
    pub place: u32,
}

/// At least so many of the best scores are kept in order, if there are as many.
pub const FEWEST_LEADERS: usize = 8;
/// Most scores that are kept in order.
const MOST_LEADERS: usize = 16;

/// A list of scores, of which the best, the leaders, are kept in order.
///
/// Few scores change in a week, and those that do are mostly among the best and stay near them, so keeping order costs
/// less than finding the best anew. Whatever is no leader ranks below the last of them; leaders are sought anew when too
/// few are left.
#[derive(Debug, Clone)]
pub struct Ranks {
    /// Of every score, by place.
    keys: Vec<f64>,
    /// The highest keys in order, highest first; −∞ behind the last.
    leaders: [f64; MOST_LEADERS],
    /// Number of leaders.
    count: usize,
    /// A key above it is a leader's, and one below it is none: the last leader's key, or −∞ while all may lead.
    bar: f64,
}

impl Ranks {
    /// An empty list with room for `room` scores.
    pub fn with_capacity(room: usize) -> Self {
        Self {
            keys: Vec::with_capacity(room),
            leaders: [f64::NEG_INFINITY; MOST_LEADERS],
            count: 0,
            bar: f64::NEG_INFINITY,
        }
    }

    /// Makes room for `more` scores.
    pub fn reserve(&mut self, more: usize) {
        self.keys.reserve(more);
    }

    /// The best scores in order, best first: all of them, or at least [`FEWEST_LEADERS`].
    #[inline]
    pub fn leaders(&self) -> impl ExactSizeIterator<Item = Ranked> {
        self.leaders[..self.count].iter().copied().map(ranked)
    }

    /// The scores that rank below the leaders, by place.
    pub fn others(&self) -> impl Iterator<Item = Ranked> {
        let others = self.keys.iter().copied().filter(|key| *key < self.bar);
        others.map(ranked)
    }

    /// All scores in order, best first; those behind the leaders are sought one by one.
    pub fn in_order(&self) -> impl Iterator<Item = Ranked> {
        let next = |last: &f64| {
            let below = self.keys.iter().copied().filter(|key| key < last);
            below.reduce(higher)
        };
        let behind = core::iter::successors(next(&self.bar), next);
        self.leaders().chain(behind.map(ranked))
    }

    /// Adds a score at the end.
    #[inline]
    pub fn push(&mut self, value: f64) {
        let key = key(value, self.keys.len());
        self.keys.push(key);
        self.admit(key);
    }

    /// Changes the score at a place; true if that made it higher.
    #[inline]
    pub fn set(&mut self, place: usize, value: f64) -> bool {
        let new = key(value, place);
        let old = core::mem::replace(&mut self.keys[place], new);
        if old < self.bar {
            self.admit(new);
        } else {
            let others_wait = self.bar > f64::NEG_INFINITY;
            self.replace(old, new);
            if others_wait && self.leaders[self.count - 1] == new {
                // Others may rank above it.
                self.remove(new);
                self.close();
            }
        }
        new > old
    }

    /// Takes the score at a place out; the last one takes its place.
    pub fn swap_remove(&mut self, place: usize) {
        let taken = self.keys.swap_remove(place);
        if taken >= self.bar {
            self.remove(taken);
        }
        if let Some(moved) = self.keys.get_mut(place) {
            let old = core::mem::replace(moved, key(*moved, place));
            let new = *moved;
            if old >= self.bar {
                self.replace(old, new);
            } else {
                self.admit(new);
            }
        }
        self.close();
    }

    /// Makes a key a leader if it ranks above one, or if all the others are.
    #[inline]
    fn admit(&mut self, key: f64) {
        if key > self.bar {
            self.insert(key);
        }
    }

    /// Makes a key a leader; what is then one too many is none any more.
    #[inline(never)]
    fn insert(&mut self, key: f64) {
        self.leaders = with(&self.leaders, key);
        self.count = (self.count + 1).min(MOST_LEADERS);
        self.set_bar();
    }

    /// Takes the key of a leader out.
    #[inline(never)]
    fn remove(&mut self, key: f64) {
        self.leaders = without(&self.leaders, key);
        self.count -= 1;
    }

    /// Gives a leader another key.
    #[inline(never)]
    fn replace(&mut self, old: f64, new: f64) {
        self.leaders = with(&without(&self.leaders, old), new);
        self.set_bar();
    }

    /// After leaders have left: seeks them anew if too few are left, and sets the bar.
    fn close(&mut self) {
        if self.count < FEWEST_LEADERS.min(self.keys.len()) {
            self.leaders = [f64::NEG_INFINITY; MOST_LEADERS];
            self.count = 0;
            for place in 0..self.keys.len() {
                let key = self.keys[place];
                if key > self.leaders[MOST_LEADERS - 1] {
                    self.insert(key);
                }
            }
        }
        self.set_bar();
    }

    fn set_bar(&mut self) {
        let all_may_lead = self.count == self.keys.len() && self.count < MOST_LEADERS;
        self.bar = match self.count.checked_sub(1) {
            Some(last) if !all_may_lead => self.leaders[last],
            _ => f64::NEG_INFINITY,
        };
    }
}

// Where a key stands among the leaders cannot be foreseen: to pass over all of them costs less than to look for it.

/// Keys in order and one more: each position gets what stood before it if that ranks below the key, what stood there if
/// that ranks above it, and the key in between.
#[inline(always)]
fn with(keys: &[f64; MOST_LEADERS], key: f64) -> [f64; MOST_LEADERS] {
    core::array::from_fn(|position| match position {
        0 => higher(keys[0], key),
        _ => higher(keys[position], lower(keys[position - 1], key)),
    })
}

/// Keys in order but for one of them: what ranks above it stays, the others move up.
#[inline(always)]
fn without(keys: &[f64; MOST_LEADERS], key: f64) -> [f64; MOST_LEADERS] {
    core::array::from_fn(|position| {
        let next = keys.get(position + 1).copied().unwrap_or(f64::NEG_INFINITY);
        if keys[position] > key {
            keys[position]
        } else {
            next
        }
    })
}

/// Bits of a key that hold a place: lists of up to 16,384 scores.
const PLACE_BITS: u64 = (1 << 14) - 1;

/// Score and place in one number that orders as they do: the last bits of the score, a part in 10¹¹, give way to the
/// place, so that putting scores in order compares single numbers.
#[inline]
pub fn key(value: f64, place: usize) -> f64 {
    // Adding zero makes both zeros one.
    let bits = (value + 0.0).to_bits();
    // Of equal scores the first place is the highest: above zero by the largest bits, below zero by the smallest.
    let low = if value < 0.0 {
        place as u64
    } else {
        PLACE_BITS - place as u64
    };
    f64::from_bits(bits & !PLACE_BITS | low)
}

/// The place in a key.
#[inline]
pub fn place_of(key: f64) -> usize {
    let low = key.to_bits() & PLACE_BITS;
    (if key < 0.0 { low } else { PLACE_BITS - low }) as usize
}

#[inline]
fn ranked(key: f64) -> Ranked {
    Ranked {
        value: f64::from_bits(key.to_bits() & !PLACE_BITS),
        place: place_of(key) as u32,
    }
}

/// The higher of two numbers.
#[inline]
pub fn higher(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[inline]
fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What [`Ranks`] must agree with: a sorted copy, equal scores in the order of their places.
    fn sorted(values: &[f64]) -> Vec<Ranked> {
        let mut all: Vec<Ranked> = (0..)
            .zip(values)
            .map(|(place, &value)| Ranked { value, place })
            .collect();
        all.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.place.cmp(&b.place)));
        all
    }

    proptest! {
        #[test]
        fn the_best_scores_stand_in_order_whatever_is_added_changed_and_taken(
            steps in prop::collection::vec((0u8..9, 0usize..1000, 0u8..40), 0..600)
        ) {
            let (mut ranks, mut plain) = (Ranks::with_capacity(9), Vec::new());
            for (kind, place, value) in steps {
                let value = f64::from(value) - 20.5;
                if kind < 4 || plain.is_empty() {
                    ranks.push(value);
                    plain.push(value);
                } else if kind < 6 {
                    let place = place % plain.len();
                    ranks.set(place, value);
                    plain[place] = value;
                } else {
                    let place = place % plain.len();
                    ranks.swap_remove(place);
                    plain.swap_remove(place);
                }
                let (expected, leaders) = (sorted(&plain), ranks.leaders().collect::<Vec<_>>());
                prop_assert!(leaders.len() >= FEWEST_LEADERS.min(plain.len()));
                prop_assert_eq!(&leaders[..], &expected[..leaders.len()]);
                let mut others: Vec<Ranked> = expected[leaders.len()..].to_vec();
                others.sort_by_key(|ranked| ranked.place);
                prop_assert_eq!(ranks.in_order().take(30).collect::<Vec<_>>(), &expected[..expected.len().min(30)]);
                prop_assert_eq!(ranks.others().collect::<Vec<_>>(), others);
            }
        }
    }
}
