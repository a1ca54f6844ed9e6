//! What live items of a product line bring, and what of it has not reached anybody yet.

/// Value rates, good and harmful apart because they wear apart \[team-week costs per week\].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rates {
    /// Of items that help.
    pub good: f64,
    /// Of items that harm, as positive numbers.
    pub harm: f64,
}

impl Rates {
    /// An item goes live.
    pub fn add(&mut self, rate: f64) {
        if rate >= 0.0 {
            self.good += rate;
        } else {
            self.harm -= rate;
        }
    }

    /// Good less harm.
    pub fn net(&self) -> f64 {
        self.good - self.harm
    }

    fn wear(&mut self, (good, harm): (f64, f64)) {
        self.good *= good;
        self.harm *= harm;
    }
}

/// Live items of a line. Those whom launch work reaches use an item at once; of the others a share comes by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Live {
    /// What everybody together would bring.
    pub all: Rates,
    /// What those would bring who are still to come.
    pub coming: Rates,
    /// What those would bring who never come.
    pub absent: Rates,
}

/// How an item reaches users: the share that launch work reaches at once, and the share of the others that comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Share reached at once.
    pub reached: f64,
    /// Share of the others that comes in time.
    pub unaided: f64,
}

impl Reach {
    /// Share of all who are still to come on the day of the launch.
    fn coming(self) -> f64 {
        (1.0 - self.reached) * self.unaided
    }

    /// Share of all who never come.
    fn absent(self) -> f64 {
        (1.0 - self.reached) * (1.0 - self.unaided)
    }
}

impl Live {
    /// An item with this rate at full reach goes live.
    pub fn add(&mut self, rate: f64, reach: Reach) {
        self.all.add(rate);
        self.coming.add(rate * reach.coming());
        self.absent.add(rate * reach.absent());
    }

    /// An item is taken back: `rate` as worn by now, `waiting` the share of those to come who have not come yet.
    pub fn take_back(&mut self, rate: f64, reach: Reach, waiting: f64) {
        let take = |rates: &mut Rates, part: f64| {
            if part >= 0.0 {
                rates.good -= part;
            } else {
                rates.harm += part;
            }
        };
        take(&mut self.all, rate);
        take(&mut self.coming, rate * reach.coming() * waiting);
        take(&mut self.absent, rate * reach.absent());
    }

    /// A week passes: everything wears, and of those to come only the share `waiting` has not come yet.
    pub fn age(&mut self, wear: (f64, f64), waiting: f64) {
        self.all.wear(wear);
        self.coming.wear((wear.0 * waiting, wear.1 * waiting));
        self.absent.wear(wear);
    }

    /// What is missing because not everybody has been reached.
    pub fn unreached(&self) -> f64 {
        self.coming.net() + self.absent.net()
    }

    /// What the live items bring now.
    pub fn realised(&self) -> f64 {
        self.all.net() - self.unreached()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_builds_up_as_its_closed_form_says() {
        let reach = Reach {
            reached: 0.3,
            unaided: 0.6,
        };
        let (wear, waiting) = ((0.99, 0.95), 0.9);
        let mut live = Live::default();
        live.add(2.0, reach);
        for week in 1..60 {
            live.age(wear, waiting);
            let share = 0.3 + 0.7 * 0.6 * (1.0 - 0.9_f64.powi(week));
            let expected = 2.0 * 0.99_f64.powi(week) * share;
            assert!((live.realised() - expected).abs() < 1e-12, "week {week}");
        }
        live.take_back(2.0 * 0.99_f64.powi(59), reach, 0.9_f64.powi(59));
        assert!(live.realised().abs() < 1e-12 && live.unreached().abs() < 1e-12);
    }
}
