//! Approximate Bayesian computation: from a simulator and an observation to draws of what may have made it. Knows no engine.
//!
//! Parameters are normal scores: the prior of each is standard normal, independent of the others. One round of draws from
//! the prior is followed by rounds around what came nearest (population Monte Carlo); every draw of every round counts, with
//! the weight of the prior over the mixture of all rounds. Figures are reduced to one for each parameter, the regression of
//! the parameter on them. Noise is added to observation and simulations alike before draws are accepted and adjusted.

use rand_chacha::ChaCha8Rng;

use super::linear::{Linear, mean, root_of_covariance, whitened};
use super::prior::score;
use crate::keyed::{generator, unit};
use crate::sampling::scrambled_sobol;
use crate::statistics::normal_quantile;

/// How many draws are made when, and how many are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Draws from the prior.
    pub first: u32,
    /// Rounds around what came nearest.
    pub rounds: u32,
    /// Draws of each such round.
    pub each: u32,
}

impl Schedule {
    /// All draws together.
    pub fn simulations(&self) -> u64 {
        u64::from(self.first) + u64::from(self.rounds) * u64::from(self.each)
    }
}

/// Share of all draws that is nearest to the observation and accepted at the end.
const ACCEPTED_SHARE: f64 = 0.2;

/// Share of all draws around which a round draws.
const CENTRES_SHARE: f64 = 0.05;

/// Share of all draws, the nearest, from which the reduction of figures is learned in the end.
const LEARNING_SHARE: f64 = 0.5;

/// Share of a round that is drawn from the prior again, so that nothing is ever out of sight (Hesterberg 1995).
const FROM_PRIOR: f64 = 0.1;

/// Standard deviation of the noise that is added to each reduced figure, relative to what the parameter still varies by at
/// given figures: it widens ranges by about 2 %.
const NOISE: f64 = 0.2;

/// Largest distance from the mean that a standardised figure counts with.
const FARTHEST: f64 = 5.0;

/// Ridge of the reduction, relative to the variance of a standardised figure.
const RIDGE: f64 = 1e-3;

/// Largest factor by which the spread of a draw is adjusted.
const MOST_STRETCH: f64 = 3.0;

/// A draw of the parameters, with its weight.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draw {
    /// Normal scores.
    pub(super) scores: Vec<f64>,
    /// Weight; all of them add up to 1.
    pub(super) weight: f64,
}

/// What was inferred.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Inferred {
    /// Draws from the posterior.
    pub(super) draws: Vec<Draw>,
    /// Figures of the draws from the prior.
    pub(super) prior_figures: Vec<Vec<f64>>,
    /// Distance within which draws were accepted, in standard deviations of what is left open.
    pub(super) tolerance: f64,
    /// Draws whose simulation failed.
    pub(super) failed: u64,
}

/// Scores to figures, for many draws at once; a draw that cannot be simulated has none. `None` to stop.
pub(super) type Simulate<'a> = dyn FnMut(&[Vec<f64>]) -> Option<Vec<Option<Vec<f64>>>> + 'a;

#[derive(Debug, Default)]
struct Population {
    scores: Vec<Vec<f64>>,
    figures: Vec<Vec<f64>>,
}

/// Draws of what may have made `observed`; `None` if somebody stopped, or nothing could be simulated.
pub(super) fn infer(
    dimensions: usize,
    observed: &[f64],
    schedule: Schedule,
    seed: u64,
    simulate: &mut Simulate,
) -> Option<Inferred> {
    let mut random = generator(seed, b"calibrat", 0);
    let first = (0..schedule.first).map(|index| {
        let place = |dimension| score(scrambled_sobol(index, dimension, seed));
        (0..dimensions).map(place).collect()
    });
    let mut population = Population::default();
    let mut failed = population.extend(first.collect(), simulate)?;
    if population.scores.len() < 2 {
        return None;
    }
    let prior_figures = population.figures.clone();
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut weights = vec![1.0; population.scores.len()];
    for _ in 0..schedule.rounds {
        let nearness = Reduction::focused(&population, &weights, observed).nearness(&population, observed);
        proposals.push(Proposal::around(&population, &weights, &nearness));
        let latest = proposals.last()?;
        let drawn = (0..schedule.each).map(|_| latest.draw(&mut random, dimensions));
        failed += population.extend(drawn.collect(), simulate)?;
        weights = mixture_weights(&population.scores, &proposals, schedule);
    }
    let reduction = Reduction::focused(&population, &weights, observed);
    let (draws, tolerance) = accepted(&population, &weights, &reduction, observed, &mut random);
    Some(Inferred {
        draws,
        prior_figures,
        tolerance,
        failed,
    })
}

impl Population {
    /// Adds what can be simulated of `scores`; gives how many cannot.
    fn extend(&mut self, scores: Vec<Vec<f64>>, simulate: &mut Simulate) -> Option<u64> {
        let figures = simulate(&scores)?;
        let mut failed = 0;
        for (scores, figures) in scores.into_iter().zip(figures) {
            match figures {
                Some(figures) => {
                    self.scores.push(scores);
                    self.figures.push(figures);
                }
                None => failed += 1,
            }
        }
        Some(failed)
    }
}

/// A mixture of normal distributions around draws, twice as wide as those are spread (Beaumont, Cornuet, Marin and Robert
/// 2009, Biometrika 96:983).
#[derive(Debug)]
struct Proposal {
    /// Whitened centres with the weight up to and including each.
    centres: Vec<(Vec<f64>, f64)>,
    root: nalgebra::DMatrix<f64>,
    log_scale: f64,
}

impl Proposal {
    fn around(population: &Population, weights: &[f64], nearness: &[f64]) -> Self {
        let count = (CENTRES_SHARE * population.scores.len() as f64) as usize;
        let near = nearest(nearness, count.max(50));
        let scores: Vec<Vec<f64>> = near.iter().map(|i| population.scores[*i].clone()).collect();
        let own: Vec<f64> = near.iter().map(|i| weights[*i]).collect();
        let root = root_of_covariance(&scores, &own, 1e-6) * std::f64::consts::SQRT_2;
        let log_scale = (0..root.nrows()).map(|i| libm::log(root[(i, i)])).sum();
        let (total, mut sum) = (own.iter().sum::<f64>(), 0.0);
        let centres = scores.iter().zip(&own).map(|(scores, weight)| {
            sum += weight / total;
            (whitened(&root, scores), sum)
        });
        Self {
            centres: centres.collect(),
            root,
            log_scale,
        }
    }

    fn draw(&self, random: &mut ChaCha8Rng, dimensions: usize) -> Vec<f64> {
        let normal = |random: &mut ChaCha8Rng| normal_quantile(unit(random));
        if unit(random) < FROM_PRIOR {
            return (0..dimensions).map(|_| normal(random)).collect();
        }
        let luck = unit(random);
        let place = self.centres.partition_point(|(_, sum)| *sum < luck);
        let centre = &self.centres[place.min(self.centres.len() - 1)].0;
        let white: Vec<f64> = centre.iter().map(|at| at + normal(random)).collect();
        (0..dimensions)
            .map(|i| (0..=i).map(|j| self.root[(i, j)] * white[j]).sum())
            .collect()
    }

    /// Density, relative to (2π)^(−d/2).
    fn density(&self, scores: &[f64]) -> f64 {
        let white = whitened(&self.root, scores);
        let mut before = 0.0;
        let mixture: f64 = self
            .centres
            .iter()
            .map(|(centre, sum)| {
                let weight = sum - before;
                before = *sum;
                weight * libm::exp(-0.5 * squared_distance(centre, &white))
            })
            .sum();
        FROM_PRIOR * prior_density(scores) + (1.0 - FROM_PRIOR) * mixture * libm::exp(-self.log_scale)
    }
}

fn prior_density(scores: &[f64]) -> f64 {
    libm::exp(-0.5 * scores.iter().map(|score| score * score).sum::<f64>())
}

fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Prior over the mixture of everything that draws came from (deterministic mixture: Owen and Zhou 2000, Journal of the
/// American Statistical Association 95:135; Cornuet, Marin, Mira and Robert 2012, Scandinavian Journal of Statistics 39:798).
/// Weights are bounded, as the prior is part of the mixture.
fn mixture_weights(scores: &[Vec<f64>], proposals: &[Proposal], schedule: Schedule) -> Vec<f64> {
    let all = f64::from(schedule.first) + f64::from(schedule.each) * proposals.len() as f64;
    let weight = |scores: &Vec<f64>| {
        let prior = prior_density(scores);
        let drawn: f64 = proposals.iter().map(|proposal| proposal.density(scores)).sum();
        all * prior / (f64::from(schedule.first) * prior + f64::from(schedule.each) * drawn)
    };
    scores.iter().map(weight).collect()
}

/// Places of the `count` smallest distances.
fn nearest(distances: &[f64], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..distances.len()).collect();
    places.sort_by(|a, b| distances[*a].total_cmp(&distances[*b]));
    places.truncate(count.min(distances.len()));
    places
}

/// Figures reduced to one for each parameter: its regression on them and their squares, learned from simulations (semi-automatic
/// summaries: Fearnhead and Prangle 2012, Journal of the Royal Statistical Society B 74:419).
#[derive(Debug)]
struct Reduction {
    centre: Vec<f64>,
    scale: Vec<f64>,
    maps: Vec<Linear>,
    /// Standard deviation of what each regression leaves open.
    open: Vec<f64>,
}

impl Reduction {
    fn learn(population: &Population, weights: &[f64]) -> Self {
        let width = population.figures[0].len();
        let column = |place: usize| population.figures.iter().map(move |figures| figures[place]);
        let centre: Vec<f64> = (0..width).map(|place| mean(column(place), weights)).collect();
        let scale: Vec<f64> = (0..width)
            .map(|place| {
                let squares = column(place).map(|figure| (figure - centre[place]).powi(2));
                libm::sqrt(mean(squares, weights)).max(1e-9)
            })
            .collect();
        let mut reduction = Self {
            centre,
            scale,
            maps: Vec::new(),
            open: Vec::new(),
        };
        let features: Vec<Vec<f64>> = population
            .figures
            .iter()
            .map(|figures| reduction.features(figures))
            .collect();
        for dimension in 0..population.scores[0].len() {
            let targets: Vec<f64> = population.scores.iter().map(|scores| scores[dimension]).collect();
            let map = Linear::fit(&features, &targets, weights, RIDGE);
            let squares = features
                .iter()
                .zip(&targets)
                .map(|(features, target)| (target - map.at(features)).powi(2));
            reduction.open.push(libm::sqrt(mean(squares, weights)).max(1e-6));
            reduction.maps.push(map);
        }
        reduction
    }

    /// Learned from all draws, then again from those that the first reduction finds nearest to the observation.
    fn focused(population: &Population, weights: &[f64], observed: &[f64]) -> Self {
        let nearness = Self::learn(population, weights).nearness(population, observed);
        let count = (LEARNING_SHARE * nearness.len() as f64) as usize;
        let near = nearest(&nearness, count.max(2));
        let part = Population {
            scores: near.iter().map(|i| population.scores[*i].clone()).collect(),
            figures: near.iter().map(|i| population.figures[*i].clone()).collect(),
        };
        let own: Vec<f64> = near.iter().map(|i| weights[*i]).collect();
        Self::learn(&part, &own)
    }

    fn features(&self, figures: &[f64]) -> Vec<f64> {
        let standard = figures.iter().zip(&self.centre).zip(&self.scale);
        let standard: Vec<f64> = standard
            .map(|((figure, centre), scale)| ((figure - centre) / scale).clamp(-FARTHEST, FARTHEST))
            .collect();
        let squares = standard.iter().map(|value| value * value);
        standard.iter().copied().chain(squares).collect()
    }

    /// The reduced figures, in units of what each leaves open.
    fn at(&self, figures: &[f64]) -> Vec<f64> {
        let features = self.features(figures);
        let reduced = self.maps.iter().zip(&self.open);
        reduced.map(|(map, open)| map.at(&features) / open).collect()
    }

    /// Distance of each draw from the observation.
    fn nearness(&self, population: &Population, observed: &[f64]) -> Vec<f64> {
        let observed = self.at(observed);
        let distance = |figures: &Vec<f64>| libm::sqrt(squared_distance(&self.at(figures), &observed));
        population.figures.iter().map(distance).collect()
    }
}

/// Noisy acceptance and regression adjustment. Noise of one distribution is added to the reduced figures of the observation
/// and of every simulation, which makes ranges hold what they promise at any tolerance (noisy ABC: Fearnhead and Prangle
/// 2012; exact under such an error of the model: Wilkinson 2013, Statistical Applications in Genetics and Molecular Biology
/// 12:129). The nearest draws, with the weights of Epanechnikov's kernel, are moved to the observation by local-linear
/// regression of mean (Beaumont, Zhang and Balding 2002, Genetics 162:2025) and spread (Blum and François 2010, Statistics
/// and Computing 20:63).
fn accepted(
    population: &Population,
    weights: &[f64],
    reduction: &Reduction,
    observed: &[f64],
    random: &mut ChaCha8Rng,
) -> (Vec<Draw>, f64) {
    let mut noisy = |figures: &[f64]| -> Vec<f64> {
        let reduced = reduction.at(figures).into_iter();
        reduced
            .map(|figure| figure + NOISE * normal_quantile(unit(random)))
            .collect()
    };
    let target = noisy(observed);
    let reduced: Vec<Vec<f64>> = population.figures.iter().map(|figures| noisy(figures)).collect();
    let distances: Vec<f64> = reduced
        .iter()
        .map(|figures| libm::sqrt(squared_distance(figures, &target)))
        .collect();
    let count = (ACCEPTED_SHARE * distances.len() as f64) as usize;
    let near = nearest(&distances, count.max(20));
    let tolerance = near.last().map_or(1.0, |place| distances[*place]).max(1e-12);
    let kernel = |place: &usize| {
        let distance = distances[*place] / tolerance;
        weights[*place] * (1.0 - 0.999 * distance * distance)
    };
    let own: Vec<f64> = near.iter().map(kernel).collect();
    let local: Vec<Vec<f64>> = near.iter().map(|place| reduced[*place].clone()).collect();
    let dimensions = population.scores[0].len();
    let columns: Vec<Vec<f64>> = (0..dimensions)
        .map(|dimension| {
            let values: Vec<f64> = near
                .iter()
                .map(|place| population.scores[*place][dimension])
                .collect();
            adjusted(&local, &values, &own, &target)
        })
        .collect();
    let total: f64 = own.iter().sum();
    let draws = (0..near.len()).map(|place| Draw {
        scores: columns.iter().map(|column| column[place]).collect(),
        weight: own[place] / total,
    });
    (draws.collect(), tolerance)
}

fn adjusted(figures: &[Vec<f64>], values: &[f64], weights: &[f64], target: &[f64]) -> Vec<f64> {
    let centre = Linear::fit(figures, values, weights, 1e-6);
    let rests: Vec<f64> = figures
        .iter()
        .zip(values)
        .map(|(figures, value)| value - centre.at(figures))
        .collect();
    let logs: Vec<f64> = rests.iter().map(|rest| libm::log(rest * rest + 1e-6)).collect();
    let spread = Linear::fit(figures, &logs, weights, 1e-3);
    let (middle, here) = (centre.at(target), spread.at(target));
    let stretch = |figures: &Vec<f64>| {
        libm::exp(0.5 * (here - spread.at(figures))).clamp(1.0 / MOST_STRETCH, MOST_STRETCH)
    };
    figures
        .iter()
        .zip(&rests)
        .map(|(figures, rest)| middle + stretch(figures) * rest)
        .collect()
}

/// Share of simulations from the prior that lie as far from their neighbours as the observation does from its own, or
/// farther: the goodness of fit of Lemaire, Jay, Lee, Csilléry and Blum 2016 (arXiv:1601.04096), on whitened figures.
pub(super) fn as_far_off(prior_figures: &[Vec<f64>], observed: &[f64]) -> f64 {
    let ones = vec![1.0; prior_figures.len()];
    let root = root_of_covariance(prior_figures, &ones, 1e-6);
    let white: Vec<Vec<f64>> = prior_figures
        .iter()
        .map(|figures| whitened(&root, figures))
        .collect();
    let neighbours = (prior_figures.len() / 100).max(5);
    let far = |figures: &[f64], without: Option<usize>| {
        let mut distances: Vec<f64> = white
            .iter()
            .enumerate()
            .filter(|(place, _)| Some(*place) != without)
            .map(|(_, other)| squared_distance(figures, other))
            .collect();
        distances.sort_by(f64::total_cmp);
        distances
            .iter()
            .take(neighbours)
            .map(|square| libm::sqrt(*square))
            .sum::<f64>()
    };
    let own = far(&whitened(&root, observed), None);
    let tried = white.len().min(500);
    let farther = (0..tried)
        .filter(|place| far(&white[*place], Some(*place)) >= own)
        .count();
    (farther as f64 + 1.0) / (tried as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule {
        first: 1500,
        rounds: 2,
        each: 500,
    };

    /// Two parameters, each seen through a figure with noise of spread 0.5, and a figure that tells nothing.
    fn toy(scores: &[f64], luck: &mut ChaCha8Rng) -> Vec<f64> {
        let mut normal = || normal_quantile(unit(luck));
        let (first, second, idle) = (0.5 * normal(), 0.5 * normal(), normal());
        vec![scores[0] + first, (scores[0] + scores[1]) + second, idle]
    }

    fn posterior(observed: &[f64], seed: u64) -> Inferred {
        let mut luck = generator(seed, b"toy test", 1);
        let mut simulate =
            |all: &[Vec<f64>]| Some(all.iter().map(|scores| Some(toy(scores, &mut luck))).collect());
        infer(2, observed, SCHEDULE, seed, &mut simulate).unwrap()
    }

    /// Posterior mean and variance of the first two scores by the normal equations.
    fn exact(observed: &[f64]) -> ([f64; 2], [f64; 2]) {
        // Precision: I + 4·AᵀA with A = [[1, 0], [1, 1]].
        let (a, b, c) = (9.0, 4.0, 5.0);
        let determinant = a * c - b * b;
        let right = [4.0 * (observed[0] + observed[1]), 4.0 * observed[1]];
        (
            [
                (c * right[0] - b * right[1]) / determinant,
                (a * right[1] - b * right[0]) / determinant,
            ],
            [c / determinant, a / determinant],
        )
    }

    #[test]
    fn a_normal_posterior_is_found_but_for_the_stated_noise() {
        let observed = [0.8, -0.4, 0.3];
        let (means, variances) = exact(&observed);
        // The added noise moves the centre by a fifth of a standard deviation on average: the mean over seeds is tried.
        let found: Vec<Inferred> = (0..12).map(|seed| posterior(&observed, seed)).collect();
        for dimension in 0..2 {
            let mut centres = 0.0;
            let mut widths = 0.0;
            for inferred in &found {
                let weights: Vec<f64> = inferred.draws.iter().map(|draw| draw.weight).collect();
                let column = || inferred.draws.iter().map(|draw| draw.scores[dimension]);
                let centre = mean(column(), &weights);
                centres += centre / 12.0;
                widths += mean(column().map(|score| (score - centre).powi(2)), &weights) / 12.0;
            }
            let spread = variances[dimension].sqrt();
            assert!(
                (centres - means[dimension]).abs() < 0.25 * spread,
                "{centres} for {means:?}"
            );
            let ratio = (widths / variances[dimension]).sqrt();
            assert!(
                (0.93..1.12).contains(&ratio),
                "spread is {ratio} of the exact one"
            );
        }
    }

    #[test]
    fn ranges_cover_what_was_planted_as_often_as_they_promise() {
        let (trials, mut held) = (200, [0; 2]);
        let mut luck = generator(77, b"toy test", 2);
        for trial in 0..trials {
            let planted: Vec<f64> = (0..2).map(|_| normal_quantile(unit(&mut luck))).collect();
            let inferred = posterior(&toy(&planted, &mut luck), trial);
            for (dimension, held) in held.iter_mut().enumerate() {
                let below: f64 = inferred
                    .draws
                    .iter()
                    .filter(|draw| draw.scores[dimension] < planted[dimension])
                    .map(|draw| draw.weight)
                    .sum();
                *held += u32::from((0.05..0.95).contains(&below));
            }
        }
        // 180 of 200 expected, standard deviation 4.2: 14 away is a false alarm in 1,000 seeds, for either parameter.
        assert!(held.iter().all(|held| held.abs_diff(180) <= 14), "{held:?}");
    }

    #[test]
    fn an_observation_that_nothing_can_make_is_far_off() {
        let mut luck = generator(5, b"toy test", 3);
        let figures: Vec<Vec<f64>> = (0..1000)
            .map(|_| {
                let scores = [normal_quantile(unit(&mut luck)), normal_quantile(unit(&mut luck))];
                toy(&scores, &mut luck)
            })
            .collect();
        assert!(as_far_off(&figures, &[0.1, 0.2, 0.0]) > 0.1);
        // Each figure for itself is usual, but not the two together.
        assert!(as_far_off(&figures, &[2.0, -2.5, 0.0]) < 0.01);
    }
}
