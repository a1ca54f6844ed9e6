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

#[derive(Debug, Clone)]
enum Store {
    Exact(Vec<f64>),
    Sketched(Sketch),
}

impl Default for ArmAccount {
    fn default() -> Self {
        let stores = Outcome::ALL.iter().map(|_| Store::Exact(Vec::new())).collect();
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
            if let Store::Exact(values) = store {
                *store = Store::Sketched(Sketch::of(values.iter().copied().filter(|value| !value.is_nan())));
            }
        }
    }

    pub(super) fn values(&self, outcome: Outcome) -> Values {
        match &self.stores[outcome as usize] {
            Store::Exact(values) => {
                Values::exact(values.iter().copied().filter(|value| !value.is_nan()).collect())
            }
            Store::Sketched(sketch) => Values::Sketched(sketch.clone()),
        }
    }

    fn exact(&self, outcome: Outcome) -> &[f64] {
        match &self.stores[outcome as usize] {
            Store::Exact(values) => values,
            Store::Sketched(_) => &[],
        }
    }
}

impl Store {
    fn add(&mut self, value: Option<f64>) {
        match (self, value) {
            (Self::Exact(values), value) => {
                if values.len() == values.capacity() {
                    values.reserve_exact(GROWTH);
                }
                values.push(value.unwrap_or(f64::NAN));
            }
            (Self::Sketched(sketch), Some(value)) => sketch.add(value),
            (Self::Sketched(_), None) => {}
        }
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
            .iter()
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
