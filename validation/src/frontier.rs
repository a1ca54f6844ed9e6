//! The chapter on the break-even frontier: the companies in which quarterly commitment is the better choice, by search
//! over companies and confirmed on fresh seeds.

use rayon::prelude::*;
use sim_core::costs;
use sim_core::outcomes::Outcome;
use sim_core::random::Key;
use sim_core::simulation::{Request, WorldKey, run};

use crate::arms::Arm;
use crate::axes::{AXES, Arms, moved};
use crate::limits::mean_and_error;
use crate::page::{Page, figure, with_error};
use crate::peeling::{Point, Region, mean, peeled, pruned, within};

const COMPANIES: u64 = 2_000;
const WORLDS: u64 = 8;
const CONFIRMING_WORLDS: u64 = 200;
const SEARCH_SEED: u64 = 31_337;
const FRESH_SEED: u64 = 271_828;
/// Fewest companies that a box may hold.
const FEWEST: usize = 40;

/// Both arms and the worlds they meet in.
struct Search {
    safe: Arm,
    empowered: Arm,
}

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Break-even frontier: where the quarterly model wins");
    page.say(format!(
        "{COMPANIES} companies drawn evenly from the ranges below (seed {SEARCH_SEED}), {WORLDS} worlds each, `safe` and \
         `empowered` in the same worlds. The levers of `empowered` run from its library values down to autonomy without \
         support. The score of a company is the mean gap of shipped value, `safe` less `empowered`, as a share of the team \
         cost over the horizon. Peeling finds the box of at least {FEWEST} companies in which it is largest, and pruning drops limits that hardly matter; the box is then \
         tried on fresh companies in fresh worlds (seed {FRESH_SEED}, {CONFIRMING_WORLDS} worlds, each with a company of \
         its own)."
    ));
    let search = Search {
        safe: Arm::of("safe@enterprise", &[]),
        empowered: Arm::of("empowered@enterprise", &[]),
    };
    for (title, outcome) in [
        ("By shipped value", Outcome::ShippedValue),
        ("By net value", Outcome::NetValue),
    ] {
        page.section(title);
        search.report(page, outcome);
    }
}

impl Search {
    fn report(&self, page: &mut Page, outcome: Outcome) {
        let points = self.sample(outcome);
        let all: Vec<&Point> = points.iter().collect();
        let wins = points.iter().filter(|point| point.score > 0.0).count();
        let region = pruned(&points, &peeled(&points, FEWEST));
        let inside = within(&all, &region);
        let nearest = points
            .iter()
            .map(|point| point.score)
            .fold(f64::NEG_INFINITY, f64::max);
        page.say(format!(
            "In the search `safe` is ahead in {wins} of {COMPANIES} companies; the mean gap over all is {}, the largest gap \
             of one company {} (of {COMPANIES} noisy means the largest is flattered by luck). The best box holds {} companies \
             with a mean gap of {} in the search:",
            figure(mean(&all)),
            figure(nearest),
            inside.len(),
            figure(mean(&inside))
        ));
        let limits = AXES
            .iter()
            .zip(&region)
            .filter(|(_, range)| **range != (0.0, 1.0));
        page.table(
            &["what", "searched", "box"],
            limits.map(|(axis, (low, high))| {
                vec![
                    axis.name.to_owned(),
                    format!("{} to {}", axis.low, axis.high),
                    format!("{} to {}", figure(axis.at(*low)), figure(axis.at(*high))),
                ]
            }),
        );
        self.confirm(page, outcome, &region);
    }

    fn sample(&self, outcome: Outcome) -> Vec<Point> {
        let company = |number: u64| {
            let place = place(SEARCH_SEED, number, None);
            let gaps: Vec<f64> = (0..WORLDS)
                .filter_map(|world| self.gap(&place, key(SEARCH_SEED, number * WORLDS + world), outcome))
                .collect();
            Point {
                score: gaps.iter().sum::<f64>() / gaps.len() as f64,
                place,
            }
        };
        (0..COMPANIES).into_par_iter().map(company).collect()
    }

    /// Gap between both arms in one world, `safe` less `empowered` \[share of team cost\].
    fn gap(&self, place: &[f64], key: WorldKey, outcome: Outcome) -> Option<f64> {
        let value = |arm: &Arm, which: Arms| {
            let parameters = moved(&arm.parameters, place, which);
            let outcomes = run(&parameters, arm.span, key, Request::default()).outcomes;
            Some(outcomes.get(outcome)? / costs::team_cost(&parameters, arm.span))
        };
        Some(value(&self.safe, Arms::Both)? - value(&self.empowered, Arms::Empowered)?)
    }

    fn confirm(&self, page: &mut Page, outcome: Outcome, region: &Region) {
        let fresh = |world: u64| {
            self.gap(
                &place(FRESH_SEED, world, Some(region)),
                key(FRESH_SEED, world),
                outcome,
            )
        };
        let gaps: Vec<f64> = (0..CONFIRMING_WORLDS).into_par_iter().filter_map(fresh).collect();
        let (gap, error) = mean_and_error(&gaps);
        let ahead = gaps.iter().filter(|gap| **gap > 0.0).count();
        let verdict = match gap / error {
            size if size > 3.0 => {
                "confirmed: in this box quarterly commitment is the better choice on average"
            }
            size if size < -3.0 => "not confirmed: even in its best box quarterly commitment is behind",
            _ => "not settled: in its best box neither is ahead",
        };
        page.say(format!(
            "Fresh seeds: `safe` is ahead in {ahead} of {} worlds; mean gap {} of team cost. {verdict}.",
            gaps.len(),
            with_error((gap, error))
        ));
    }
}

fn key(seed: u64, replication: u64) -> WorldKey {
    WorldKey { seed, replication }
}

/// A company drawn evenly, from the whole range or from a region.
fn place(seed: u64, number: u64, region: Option<&Region>) -> Vec<f64> {
    let draws = Key(seed).child(number);
    let coordinate = |axis: usize| {
        let (low, high) = region.map_or((0.0, 1.0), |region| region[axis]);
        low + draws.uniform(axis as u64) * (high - low)
    };
    (0..AXES.len()).map(coordinate).collect()
}
