//! Scores by place and in order, best first; never what they stand for.

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
        self.value > other.value || (self.value == other.value && self.place < other.place)
    }
}

/// A list of scores that is kept in order.
///
/// In most weeks few scores change, and those that do are among the best and stay near them: keeping order costs less
/// than finding the best anew.
#[derive(Debug, Clone, Default)]
pub struct Ranks {
    values: Vec<f64>,
    order: Vec<Ranked>,
}

impl Ranks {
    /// An empty list with room for `room` scores.
    pub fn with_capacity(room: usize) -> Self {
        Self {
            values: Vec::with_capacity(room),
            order: Vec::with_capacity(room),
        }
    }

    /// The scores by place.
    #[inline]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The scores in order, best first.
    #[inline]
    pub fn order(&self) -> &[Ranked] {
        &self.order
    }

    /// Adds a score at the end.
    #[inline]
    pub fn push(&mut self, value: f64) {
        let added = Ranked {
            value,
            place: self.values.len() as u32,
        };
        self.values.push(value);
        self.order.insert(self.position(&added), added);
    }

    /// Changes the score at a place.
    #[inline]
    pub fn set(&mut self, place: usize, value: f64) {
        self.values[place] = value;
        let place = place as u32;
        // Those that change are mostly among the first.
        if let Some(position) = self.order.iter().position(|ranked| ranked.place == place) {
            self.settle(position, Ranked { value, place });
        }
    }

    /// Takes the score at a place out; the last one takes its place.
    pub fn swap_remove(&mut self, place: usize) {
        let last = self.at(self.values.len() - 1);
        self.order.remove(self.position(&self.at(place)));
        self.values.swap_remove(place);
        if place < self.values.len() {
            let place = place as u32;
            self.settle(self.position(&last), Ranked { place, ..last });
        }
    }

    fn at(&self, place: usize) -> Ranked {
        Ranked {
            value: self.values[place],
            place: place as u32,
        }
    }

    /// How many rank above `ranked`.
    fn position(&self, ranked: &Ranked) -> usize {
        self.order.partition_point(|other| other.ranks_above(ranked))
    }

    /// Moves `ranked` from a position to where it belongs.
    #[inline]
    fn settle(&mut self, mut position: usize, ranked: Ranked) {
        while position > 0 && ranked.ranks_above(&self.order[position - 1]) {
            self.order[position] = self.order[position - 1];
            position -= 1;
        }
        while position + 1 < self.order.len() && self.order[position + 1].ranks_above(&ranked) {
            self.order[position] = self.order[position + 1];
            position += 1;
        }
        self.order[position] = ranked;
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
        fn scores_stand_in_order_whatever_is_added_changed_and_taken(
            steps in prop::collection::vec((0u8..4, 0usize..1000, 0u8..12), 0..120)
        ) {
            let (mut ranks, mut plain) = (Ranks::with_capacity(9), Vec::new());
            for (kind, place, value) in steps {
                let value = f64::from(value) - 6.5;
                if kind < 2 || plain.is_empty() {
                    ranks.push(value);
                    plain.push(value);
                } else if kind == 2 {
                    let place = place % plain.len();
                    ranks.set(place, value);
                    plain[place] = value;
                } else {
                    let place = place % plain.len();
                    ranks.swap_remove(place);
                    plain.swap_remove(place);
                }
                prop_assert_eq!(ranks.values(), &plain[..]);
                prop_assert_eq!(ranks.order(), &sorted(&plain)[..]);
            }
        }
    }
}
