//! Where a claim holds and where not: the one uncertainty that separates companies best, confirmed on companies kept apart.

use sim_core::parameters::Parameter;

use crate::plausible::Companies;
use crate::statistics::normal_cumulative;

/// Fewest companies in a cell for its share to say something.
const FEWEST: u64 = 10;

/// An uncertainty on which it depends whether a claim holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// What separates.
    pub parameter: &'static Parameter,
    /// Which of the two arms it is a setting of; `None` if of both.
    pub arm: Option<usize>,
    /// Its median: companies lie below or above.
    pub threshold: f64,
    /// Share of the companies below in which the claim holds, of those that were kept apart.
    pub holds_below: f64,
    /// The same above.
    pub holds_above: f64,
}

impl Exception {
    /// Whether the claim holds in most companies on one side and in less than half on the other.
    pub fn decides(&self) -> bool {
        (self.holds_below > 0.5) != (self.holds_above > 0.5)
    }
}

/// Companies below and above, and in how many of them a claim holds.
#[derive(Debug, Clone, Copy, Default)]
struct Halves {
    /// Below, above.
    count: [u64; 2],
    held: [u64; 2],
}

impl Halves {
    fn of(companies: &[(bool, &[f64])], dimension: usize) -> Self {
        let mut halves = Self::default();
        for (holds, uniforms) in companies {
            let half = usize::from(uniforms[dimension] >= 0.5);
            halves.count[half] += 1;
            halves.held[half] += u64::from(*holds);
        }
        halves
    }

    fn share(&self, half: usize) -> f64 {
        self.held[half] as f64 / self.count[half] as f64
    }

    /// How much larger the share is above; nothing if too few companies are on one side.
    fn step(&self) -> f64 {
        if self.count.iter().any(|count| *count < FEWEST) {
            0.0
        } else {
            self.share(1) - self.share(0)
        }
    }

    /// Probability of a step of this size towards `sign` by luck (two proportions with a pooled variance, one-sided).
    fn by_luck(&self, sign: f64) -> f64 {
        let total = (self.count[0] + self.count[1]) as f64;
        let pooled = (self.held[0] + self.held[1]) as f64 / total;
        let variance = pooled * (1.0 - pooled) * (1.0 / self.count[0] as f64 + 1.0 / self.count[1] as f64);
        if self.step() == 0.0 || variance <= 0.0 {
            return 1.0;
        }
        1.0 - normal_cumulative(sign * self.step() / variance.sqrt())
    }
}

/// Looks for what separates best in every other company, and reports it if the others confirm it beyond `miss`.
///
/// Looking in one half and confirming in the other makes it one test, however many uncertainties are looked at.
pub(super) fn exception(companies: &Companies, holding: &[(u64, bool)], miss: f64) -> Option<Exception> {
    let places: Vec<(bool, Vec<f64>)> = holding
        .iter()
        .map(|(number, holds)| (*holds, companies.standing(*number)))
        .collect();
    let half = |remainder: usize| -> Vec<(bool, &[f64])> {
        let places = places.iter().skip(remainder).step_by(2);
        places
            .map(|(holds, uniforms)| (*holds, uniforms.as_slice()))
            .collect()
    };
    let (looked_at, kept_apart) = (half(0), half(1));
    let step = |dimension: usize| Halves::of(&looked_at, dimension).step();
    let dimensions = companies.dimensions();
    let best = (0..dimensions.len()).max_by(|one, other| step(*one).abs().total_cmp(&step(*other).abs()))?;
    let confirming = Halves::of(&kept_apart, best);
    if step(best) == 0.0 || confirming.by_luck(step(best).signum()) > miss {
        return None;
    }
    let dimension = &dimensions[best];
    Some(Exception {
        parameter: dimension.parameter,
        arm: match dimension.arms.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        threshold: companies.median(best)?,
        holds_below: confirming.share(0),
        holds_above: confirming.share(1),
    })
}

#[cfg(test)]
impl Exception {
    pub(super) fn example() -> Self {
        Self {
            parameter: sim_core::parameters::table()
                .next()
                .expect("the table is not empty"),
            arm: None,
            threshold: 1.0,
            holds_below: 0.2,
            holds_above: 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenarios::load;

    fn companies() -> Companies {
        let none: [&str; 0] = [];
        let arms = ["safe", "empowered"].map(|name| load(name, None, &none).unwrap());
        Companies::new(&arms, 7).unwrap()
    }

    fn place(companies: &Companies, path: &str) -> usize {
        let mut dimensions = companies.dimensions().iter();
        dimensions
            .position(|dimension| dimension.parameter.path() == path)
            .unwrap()
    }

    #[test]
    fn what_decides_is_found_and_what_does_not_is_not() {
        let companies = companies();
        let coupling = place(&companies, "environment.coupling");
        let decided: Vec<(u64, bool)> = (0..400)
            .map(|number| (number, companies.standing(number)[coupling] < 0.5))
            .collect();
        let found = exception(&companies, &decided, 0.001).unwrap();
        assert_eq!(found.parameter.path(), "environment.coupling");
        assert_eq!(
            (found.holds_below, found.holds_above, found.arm),
            (1.0, 0.0, None)
        );
        // A pattern in the numbers of companies has nothing to do with what they are; the seed is fixed, and a false alarm
        // comes in one of a thousand seeds.
        let by_chance: Vec<(u64, bool)> = (0..400).map(|number| (number, number % 7 < 4)).collect();
        assert_eq!(exception(&companies, &by_chance, 0.001), None);
        assert_eq!(exception(&companies, &[], 0.001), None);
    }
}
