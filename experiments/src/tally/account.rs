//! What is known of one arm, and of one arm against another, over the worlds so far.

use sim_core::outcomes::{Direction, Outcome, Outcomes};

use crate::block::Row;
use crate::statistics::{EXACT_WORLDS, Moments, PairMoments, Sketch, Values};

/// Values are stored in steps of so many, so that memory is never twice what is needed.
const GROWTH: usize = 4096;

/// One arm: moments of every outcome, and its values (not-a-number where missing) or their sketch.
#[derive(Debug, Clone)]
pub(super) struct ArmAccount {
    moments: [Moments; Outcome::COUNT],
    stores: Vec<Store>,
    worlds: usize,
}

/// Values of an outcome, world by world.
#[derive(Debug, Clone)]
enum Store {
    /// The same value in so many worlds: what a mechanism that is switched off reports, or does not, takes no room.
    Same(f64, usize),
    Exact(Vec<f64>),
    Sketched(Sketch),
}

impl Default for ArmAccount {
    fn default() -> Self {
        let stores = Outcome::ALL.iter().map(|_| Store::Same(f64::NAN, 0)).collect();
        Self {
            moments: [Moments::default(); Outcome::COUNT],
            stores,
            worlds: 0,
        }
    }
}

impl ArmAccount {
    pub(super) fn add(&mut self, outcomes: &Outcomes) {
        self.worlds += 1;
        for outcome in Outcome::ALL {
            let place = *outcome as usize;
            let value = outcomes.get(*outcome);
            if let Some(value) = value {
                self.moments[place].add(value);
            }
            self.stores[place].add(value);
        }
    }

    pub(super) fn moments(&self, outcome: Outcome) -> &Moments {
        &self.moments[outcome as usize]
    }

    /// Whether one more world would exceed what is stored exactly.
    pub(super) fn is_full(&self) -> bool {
        self.worlds == EXACT_WORLDS
    }

    pub(super) fn start_sketches(&mut self) {
        for store in &mut self.stores {
            if !matches!(store, Store::Sketched(_)) {
                *store = Store::Sketched(Sketch::of(store.exact().filter(|value| !value.is_nan())));
            }
        }
    }

    pub(super) fn values(&self, outcome: Outcome) -> Values {
        match &self.stores[outcome as usize] {
            Store::Sketched(sketch) => Values::Sketched(sketch.clone()),
            store => Values::exact(store.exact().filter(|value| !value.is_nan()).collect()),
        }
    }

    fn exact(&self, outcome: Outcome) -> impl Iterator<Item = f64> {
        self.stores[outcome as usize].exact()
    }
}

impl Store {
    fn add(&mut self, value: Option<f64>) {
        let number = value.unwrap_or(f64::NAN);
        match self {
            Self::Same(same, count) if *count == 0 || same.to_bits() == number.to_bits() => {
                (*same, *count) = (number, *count + 1);
            }
            Self::Same(same, count) => {
                let mut values = vec![*same; *count];
                values.reserve_exact(GROWTH);
                values.push(number);
                *self = Self::Exact(values);
            }
            Self::Exact(values) => {
                if values.len() == values.capacity() {
                    values.reserve_exact(GROWTH);
                }
                values.push(number);
            }
            Self::Sketched(sketch) => {
                if let Some(value) = value {
                    sketch.add(value);
                }
            }
        }
    }

    /// The values, not-a-number where missing; none any more once they are sketched.
    fn exact(&self) -> impl Iterator<Item = f64> {
        let (same, values): (_, &[f64]) = match self {
            Self::Same(value, count) => ((*value, *count), &[]),
            Self::Exact(values) => ((f64::NAN, 0), values),
            Self::Sketched(_) => ((f64::NAN, 0), &[]),
        };
        core::iter::repeat_n(same.0, same.1).chain(values.iter().copied())
    }
}

/// One arm against one baseline.
#[derive(Debug, Clone)]
pub(super) struct PairAccount {
    pub(super) arm: usize,
    pub(super) baseline: usize,
    outcomes: Vec<DifferenceAccount>,
}

/// The paired difference of one outcome, over worlds in which both arms have it.
#[derive(Debug, Clone, Default)]
pub(super) struct DifferenceAccount {
    pub(super) difference: Moments,
    pub(super) arm: Moments,
    pub(super) baseline: Moments,
    pub(super) better: u64,
    pub(super) ties: u64,
    pub(super) twins: PairMoments,
    sketch: Option<Sketch>,
}

impl PairAccount {
    pub(super) fn new(arm: usize, baseline: usize) -> Self {
        Self {
            arm,
            baseline,
            outcomes: vec![DifferenceAccount::default(); Outcome::COUNT],
        }
    }

    pub(super) fn add(&mut self, rows: &[Row], twins: Option<&[Row]>) {
        for outcome in Outcome::ALL {
            let account = &mut self.outcomes[*outcome as usize];
            let Some((arm, baseline)) = both(rows, self.arm, self.baseline, *outcome) else {
                continue;
            };
            account.add(arm, baseline, outcome.row().direction);
            if let Some((twin, twin_baseline)) =
                twins.and_then(|rows| both(rows, self.arm, self.baseline, *outcome))
            {
                account.twins.add(arm - baseline, twin - twin_baseline);
            }
        }
    }

    pub(super) fn start_sketches(&mut self, arms: &[ArmAccount]) {
        for outcome in Outcome::ALL {
            if self.outcomes[*outcome as usize].sketch.is_none() {
                let differences = self.exact_differences(arms, *outcome);
                self.outcomes[*outcome as usize].sketch = Some(Sketch::of(differences));
            }
        }
    }

    pub(super) fn account(&self, outcome: Outcome) -> &DifferenceAccount {
        &self.outcomes[outcome as usize]
    }

    pub(super) fn difference(&self, outcome: Outcome) -> &Moments {
        &self.account(outcome).difference
    }

    /// Values of the difference, derived from those of the arms as long as these are stored.
    pub(super) fn values(&self, arms: &[ArmAccount], outcome: Outcome) -> Values {
        match &self.account(outcome).sketch {
            Some(sketch) => Values::Sketched(sketch.clone()),
            None => Values::exact(self.exact_differences(arms, outcome).collect()),
        }
    }

    fn exact_differences<'v>(
        &self,
        arms: &'v [ArmAccount],
        outcome: Outcome,
    ) -> impl Iterator<Item = f64> + use<'v> {
        let pairs = arms[self.arm]
            .exact(outcome)
            .zip(arms[self.baseline].exact(outcome));
        pairs
            .map(|(arm, baseline)| arm - baseline)
            .filter(|difference| !difference.is_nan())
    }
}

impl DifferenceAccount {
    fn add(&mut self, arm: f64, baseline: f64, direction: Direction) {
        let difference = arm - baseline;
        self.difference.add(difference);
        self.arm.add(arm);
        self.baseline.add(baseline);
        if difference == 0.0 {
            self.ties += 1;
        } else if (difference > 0.0) == (direction == Direction::Higher) {
            self.better += 1;
        }
        if let Some(sketch) = &mut self.sketch {
            sketch.add(difference);
        }
    }
}

fn both(rows: &[Row], arm: usize, baseline: usize, outcome: Outcome) -> Option<(f64, f64)> {
    Some((
        rows[arm].outcomes.get(outcome)?,
        rows[baseline].outcomes.get(outcome)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_gives_back_what_was_put_in_whether_it_changes_or_not() {
        for values in [
            vec![],
            vec![None, None],
            vec![Some(1.0), Some(1.0), Some(1.0)],
            vec![Some(0.0), Some(-0.0)],
            vec![None, None, Some(2.0), None, Some(3.0)],
        ] {
            let mut store = Store::Same(f64::NAN, 0);
            values.iter().for_each(|value| store.add(*value));
            let bits = |value: f64| value.to_bits();
            let expected: Vec<u64> = values
                .iter()
                .map(|value| bits(value.unwrap_or(f64::NAN)))
                .collect();
            assert_eq!(store.exact().map(bits).collect::<Vec<_>>(), expected);
        }
    }
}
