//! Scores by place, and the best of them in order; never what they stand for.

use core::cmp::Ordering;

/// A score and its place; of equal scores the one at the first place ranks higher.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The score.
    pub value: f64,
    /// Its place in the list.
    pub place: u32,
}

impl Ranked {
    #[inline]
    fn ranks_above(&self, other: &Self) -> bool {
        // Written so that the usual case takes one comparison.
        if self.value < other.value {
            return false;
        }
        self.value > other.value || self.place < other.place
    }
}

/// At least so many of the best scores are kept in order, if there are as many.
pub const FEWEST_LEADERS: usize = 16;
/// Most scores that are kept in order.
const MOST_LEADERS: usize = 24;

/// A list of scores, of which the best, the leaders, are kept in order.
///
/// Few scores change in a week, and those that do are mostly among the best and stay near them, so keeping order costs
/// less than finding the best anew. Whatever is no leader ranks below the last of them; leaders are sought anew when too
/// few are left.
#[derive(Debug, Clone, Default)]
pub struct Ranks {
    values: Vec<f64>,
    leaders: Vec<Ranked>,
}

impl Ranks {
    /// An empty list with room for `room` scores.
    pub fn with_capacity(room: usize) -> Self {
        Self {
            values: Vec::with_capacity(room),
            leaders: Vec::with_capacity(room.max(MOST_LEADERS + 1)),
        }
    }

    /// The score at a place.
    #[inline]
    pub fn at(&self, place: usize) -> f64 {
        self.values[place]
    }

    /// The best scores in order, best first: all of them, or at least [`FEWEST_LEADERS`].
    #[inline]
    pub fn leaders(&self) -> &[Ranked] {
        &self.leaders
    }

    /// The scores that rank below the leaders, by place.
    pub fn others(&self) -> impl Iterator<Item = Ranked> {
        let all = if self.are_all_leaders() {
            &[]
        } else {
            &self.values[..]
        };
        let last = self.leaders.last();
        (0..)
            .zip(all)
            .map(|(place, &value)| Ranked { value, place })
            .filter(move |ranked| last.is_none_or(|last| last.ranks_above(ranked)))
    }

    /// Adds a score at the end.
    #[inline]
    pub fn push(&mut self, value: f64) {
        let all = self.are_all_leaders();
        let place = self.values.len() as u32;
        self.values.push(value);
        self.admit(Ranked { value, place }, all);
    }

    /// Changes the score at a place.
    #[inline]
    pub fn set(&mut self, place: usize, value: f64) {
        let all = self.are_all_leaders();
        self.values[place] = value;
        let ranked = Ranked {
            value,
            place: place as u32,
        };
        match self.position(ranked.place) {
            Some(position) => {
                let last = self.settle(position, ranked) + 1 == self.leaders.len();
                if last && !all {
                    // Others may rank above it.
                    self.leaders.pop();
                    self.refill();
                }
            }
            None => self.admit(ranked, all),
        }
    }

    /// Takes the score at a place out; the last one takes its place.
    pub fn swap_remove(&mut self, place: usize) {
        let all = self.are_all_leaders();
        if let Some(position) = self.position(place as u32) {
            self.leaders.remove(position);
        }
        let last = self.values.len() as u32 - 1;
        self.values.swap_remove(place);
        if let Some(&value) = self.values.get(place) {
            self.rename(last, place as u32, value, all);
        }
        self.refill();
    }

    /// A score has moved to an earlier place, and so ranks above all that are equal to it in between.
    fn rename(&mut self, from: u32, place: u32, value: f64, all_are_leaders: bool) {
        let renamed = Ranked { value, place };
        let may_lead = all_are_leaders || self.leads(&renamed);
        match self.position(from).filter(|_| may_lead) {
            Some(position) => {
                self.settle(position, renamed);
            }
            None => self.admit(renamed, all_are_leaders),
        }
    }

    fn are_all_leaders(&self) -> bool {
        self.leaders.len() == self.values.len()
    }

    /// Position among the leaders; those that are looked for are mostly among the first.
    #[inline]
    fn position(&self, place: u32) -> Option<usize> {
        self.leaders.iter().position(|ranked| ranked.place == place)
    }

    /// Makes a score a leader if it ranks above one, or if all the others are.
    #[inline]
    fn admit(&mut self, ranked: Ranked, all_others_are: bool) {
        if self.leads(&ranked) {
            self.leaders.truncate(MOST_LEADERS - 1);
            let position = self.leaders.partition_point(|leader| leader.ranks_above(&ranked));
            self.leaders.insert(position, ranked);
        } else if all_others_are && self.leaders.len() < MOST_LEADERS {
            self.leaders.push(ranked);
        }
    }

    /// Whether a score ranks above a leader.
    #[inline]
    fn leads(&self, ranked: &Ranked) -> bool {
        self.leaders.last().is_some_and(|last| ranked.ranks_above(last))
    }

    /// Moves `ranked` from a position to where it belongs, and returns that.
    #[inline]
    fn settle(&mut self, mut position: usize, ranked: Ranked) -> usize {
        let leaders = &mut self.leaders[..];
        while position > 0 && ranked.ranks_above(&leaders[position - 1]) {
            leaders[position] = leaders[position - 1];
            position -= 1;
        }
        while position + 1 < leaders.len() && leaders[position + 1].ranks_above(&ranked) {
            leaders[position] = leaders[position + 1];
            position += 1;
        }
        leaders[position] = ranked;
        position
    }

    /// Seeks the leaders anew if too few are left.
    #[inline]
    fn refill(&mut self) {
        if self.leaders.len() < FEWEST_LEADERS && !self.are_all_leaders() {
            self.seek_leaders();
        }
    }

    fn seek_leaders(&mut self) {
        let best_first = |a: &Ranked, b: &Ranked| {
            if a.ranks_above(b) {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        };
        self.leaders.clear();
        self.leaders.extend(
            (0..)
                .zip(&self.values)
                .map(|(place, &value)| Ranked { value, place }),
        );
        if self.leaders.len() > MOST_LEADERS {
            self.leaders.select_nth_unstable_by(MOST_LEADERS, best_first);
            self.leaders.truncate(MOST_LEADERS);
        }
        self.leaders.sort_unstable_by(best_first);
    }
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
                let (expected, leaders) = (sorted(&plain), ranks.leaders());
                prop_assert!(leaders.len() >= FEWEST_LEADERS.min(plain.len()));
                prop_assert_eq!(leaders, &expected[..leaders.len()]);
                let mut others: Vec<Ranked> = expected[leaders.len()..].to_vec();
                others.sort_by_key(|ranked| ranked.place);
                prop_assert_eq!(ranks.others().collect::<Vec<_>>(), others);
            }
        }
    }
}
