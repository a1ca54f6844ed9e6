//! A backlog: the ideas a team may choose from, with what ranks them kept apart and packed.

use super::Idea;

/// Ideas in no order, with score and belief of each in lists of their own, for fast ranking.
#[derive(Debug, Clone, Default)]
pub struct Backlog {
    ideas: Vec<Idea>,
    scores: Vec<f64>,
    beliefs: Vec<f64>,
    limit: usize,
}

impl Backlog {
    /// An empty backlog that holds at most `limit` ideas.
    pub fn new(limit: usize) -> Self {
        let room = limit.saturating_add(1).min(128);
        Self {
            ideas: Vec::with_capacity(room),
            scores: Vec::with_capacity(room),
            beliefs: Vec::with_capacity(room),
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
        self.beliefs[place] = self.ideas[place].belief;
    }

    /// Adds an idea; if there is then one too many, the one of the lowest belief leaves and is returned.
    pub fn add(&mut self, idea: Idea, score: f64) -> Option<Idea> {
        self.scores.push(score);
        self.beliefs.push(idea.belief);
        self.ideas.push(idea);
        if self.ideas.len() <= self.limit {
            return None;
        }
        lowest(&self.beliefs).map(|place| self.take(place))
    }

    /// Takes an idea out; the last one takes its place.
    pub fn take(&mut self, place: usize) -> Idea {
        self.scores.swap_remove(place);
        self.beliefs.swap_remove(place);
        self.ideas.swap_remove(place)
    }

    /// Place of the highest score; of equal scores the first.
    pub fn best(&self) -> Option<usize> {
        highest(&self.scores)
    }

    /// Place of the idea with the highest score among those that `allowed` lets pass.
    pub fn best_where(&self, allowed: impl Fn(&Idea) -> bool) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (place, idea) in self.ideas.iter().enumerate() {
            if best.is_none_or(|best| self.scores[place] > self.scores[best]) && allowed(idea) {
                best = Some(place);
            }
        }
        best
    }

    /// Places of the highest scores, best first; returns how many were found.
    pub fn best_few(&self, places: &mut [usize]) -> usize {
        let mut count = 0;
        if places.is_empty() {
            return 0;
        }
        let mut bar = f64::NEG_INFINITY;
        for (place, &score) in self.scores.iter().enumerate() {
            if count == places.len() && score <= bar {
                continue;
            }
            let mut slot = count.min(places.len() - 1);
            while slot > 0 && self.scores[places[slot - 1]] < score {
                places[slot] = places[slot - 1];
                slot -= 1;
            }
            places[slot] = place;
            count = (count + 1).min(places.len());
            bar = self.scores[places[count - 1]];
        }
        count
    }
}

fn highest(values: &[f64]) -> Option<usize> {
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = place;
        }
    }
    (!values.is_empty()).then_some(best)
}

fn lowest(values: &[f64]) -> Option<usize> {
    let mut least = 0;
    for (place, value) in values.iter().enumerate() {
        if *value < values[least] {
            least = place;
        }
    }
    (!values.is_empty()).then_some(least)
}
