//! A backlog: the ideas a team may choose from, with what ranks them kept apart and packed.

use super::Idea;

/// Ideas in no order, with score and belief of each in lists of their own, for fast ranking.
#[derive(Debug, Clone, Default)]
pub struct Backlog {
    ideas: Vec<Idea>,
    scores: Vec<f64>,
    /// Beliefs with their sign turned round, so that the lowest is the highest.
    doubts: Vec<f64>,
    limit: usize,
}

impl Backlog {
    /// An empty backlog that holds at most `limit` ideas.
    pub fn new(limit: usize) -> Self {
        let room = limit.saturating_add(1).min(128);
        Self {
            ideas: Vec::with_capacity(room),
            scores: Vec::with_capacity(room),
            doubts: Vec::with_capacity(room),
            limit,
        }
    }

    /// Number of ideas.
    pub fn len(&self) -> usize {
        self.ideas.len()
    }

    /// Whether there is nothing to choose from.
    pub fn is_empty(&self) -> bool {
        self.ideas.is_empty()
    }

    /// The ideas.
    pub fn ideas(&self) -> &[Idea] {
        &self.ideas
    }

    /// The scores, in the order of the ideas.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// An idea to change; its score and belief are set by [`Self::rank`].
    pub fn idea_mut(&mut self, place: usize) -> &mut Idea {
        &mut self.ideas[place]
    }

    /// Sets what an idea is ranked by.
    pub fn rank(&mut self, place: usize, score: f64) {
        self.scores[place] = score;
        self.doubts[place] = -self.ideas[place].belief;
    }

    /// Adds an idea; if there is then one too many, the one of the lowest belief leaves and is returned.
    pub fn add(&mut self, idea: Idea, score: f64) -> Option<Idea> {
        self.scores.push(score);
        self.doubts.push(-idea.belief);
        self.ideas.push(idea);
        if self.ideas.len() <= self.limit {
            return None;
        }
        highest(&self.doubts).map(|place| self.take(place))
    }

    /// Takes an idea out; the last one takes its place.
    pub fn take(&mut self, place: usize) -> Idea {
        self.scores.swap_remove(place);
        self.doubts.swap_remove(place);
        self.ideas.swap_remove(place)
    }

    /// Place of the highest score; of equal scores the first.
    pub fn best(&self) -> Option<usize> {
        highest(&self.scores)
    }

    /// Places of the `N` highest scores, best first, and how many there are.
    pub fn best_few<const N: usize>(&self) -> ([usize; N], usize) {
        let mut places = [0; N];
        let mut highest = [f64::NEG_INFINITY; N];
        let mut start = 0;
        for block in self.scores.chunks(BLOCK) {
            // Most blocks hold nothing that belongs among the best, which their maximum tells at once.
            if maximum(block) > highest[N - 1] {
                for (place, &score) in (start..).zip(block) {
                    if score > highest[N - 1] {
                        insert(&mut places, &mut highest, place, score);
                    }
                }
            }
            start += BLOCK;
        }
        (places, self.scores.len().min(N))
    }
}

/// Scores that are looked at together.
const BLOCK: usize = 8;

/// Puts a score into its place among the highest; the lowest of them leaves.
#[inline]
fn insert<const N: usize>(places: &mut [usize; N], highest: &mut [f64; N], place: usize, score: f64) {
    let mut slot = N - 1;
    while slot > 0 && highest[slot - 1] < score {
        highest[slot] = highest[slot - 1];
        places[slot] = places[slot - 1];
        slot -= 1;
    }
    highest[slot] = score;
    places[slot] = place;
}

/// The larger of two numbers, in the form that processors know.
#[inline]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The largest of some numbers, in four lanes that do not wait for one another; −∞ for none.
#[inline]
fn maximum(values: &[f64]) -> f64 {
    let mut lanes = [f64::NEG_INFINITY; 4];
    let mut blocks = values.chunks_exact(4);
    for block in &mut blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane = larger(*value, *lane);
        }
    }
    let rest = blocks
        .remainder()
        .iter()
        .fold(f64::NEG_INFINITY, |most, value| larger(*value, most));
    larger(
        larger(lanes[0], lanes[1]),
        larger(larger(lanes[2], lanes[3]), rest),
    )
}

/// Place of the first of the highest values.
fn highest(values: &[f64]) -> Option<usize> {
    let most = maximum(values);
    values.iter().position(|value| *value == most)
}
