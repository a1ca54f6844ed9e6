//! A backlog: the ideas a team may choose from, with what ranks and judges them kept apart and packed.

use super::Idea;
use super::ranks::{FEWEST_LEADERS, Ranked, Ranks};
use crate::world::Source;

/// What is thought and said of an idea, beside what is true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Judgement of choosers now \[value units\].
    pub now: f64,
    /// Their judgement before any own evidence \[value units\].
    pub first: f64,
    /// True value \[value units\].
    pub truth: f64,
    /// What stakeholders claim \[team-week costs per week\]; `None` if none of them has asked for it.
    pub claim: Option<f64>,
}

/// Ideas in no order. What many of them are compared by lies in lists of its own, so that comparing does not have to
/// fetch the ideas.
#[derive(Debug, Clone, Default)]
pub struct Backlog {
    ideas: Vec<Idea>,
    scores: Ranks,
    views: Vec<View>,
    /// Beliefs with their sign turned round, so that the lowest is the highest.
    doubts: Vec<f64>,
    limit: usize,
}

impl Backlog {
    /// How many of the best ideas are always at hand in order, if there are as many.
    pub const FEWEST_LEADERS: usize = FEWEST_LEADERS;

    /// An empty backlog that holds at most `limit` ideas.
    pub fn new(limit: usize) -> Self {
        let room = limit.min(128);
        Self {
            ideas: Vec::with_capacity(room),
            scores: Ranks::with_capacity(room),
            views: Vec::with_capacity(room),
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

    /// The score of an idea.
    #[inline]
    pub fn score(&self, place: usize) -> f64 {
        self.scores.at(place)
    }

    /// What is thought and said of the ideas, in their order.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// An idea to change; what it is ranked and judged by follows with [`Self::rank`].
    #[inline]
    pub fn idea_mut(&mut self, place: usize) -> &mut Idea {
        &mut self.ideas[place]
    }

    /// Sets what an idea is ranked and judged by.
    #[inline]
    pub fn rank(&mut self, place: usize, score: f64) {
        let idea = &self.ideas[place];
        self.scores.set(place, score);
        self.doubts[place] = -idea.belief;
        self.views[place].now = idea.judgement() / idea.unit;
    }

    /// Adds an idea with the score that `rate` gives it; if there is no room for one more, the one of the lowest belief,
    /// perhaps this one, leaves and is returned.
    #[inline]
    pub fn add(&mut self, idea: Idea, rate: impl FnOnce(&Idea) -> f64) -> Option<Idea> {
        if self.ideas.len() >= self.limit {
            let score = rate(&idea);
            return self.replace_weakest(idea, score);
        }
        self.ideas.push(idea);
        let idea = &self.ideas[self.ideas.len() - 1];
        self.scores.push(rate(idea));
        self.doubts.push(-idea.belief);
        self.views.push(view(idea));
        None
    }

    #[cold]
    fn replace_weakest(&mut self, idea: Idea, score: f64) -> Option<Idea> {
        let Some(place) = highest(&self.doubts).filter(|place| -idea.belief <= self.doubts[*place]) else {
            return Some(idea);
        };
        self.scores.set(place, score);
        self.doubts[place] = -idea.belief;
        self.views[place] = view(&idea);
        Some(core::mem::replace(&mut self.ideas[place], idea))
    }

    /// Takes an idea out; the last one takes its place.
    pub fn take(&mut self, place: usize) -> Idea {
        self.scores.swap_remove(place);
        self.doubts.swap_remove(place);
        self.views.swap_remove(place);
        self.ideas.swap_remove(place)
    }

    /// The best ideas in the order of their scores, best first; of equal scores the first. These are all ideas, or at
    /// least [`Self::FEWEST_LEADERS`].
    #[inline]
    pub fn leaders(&self) -> &[Ranked] {
        self.scores.leaders()
    }

    /// The scores of all ideas that are not among the leaders.
    pub fn others(&self) -> impl Iterator<Item = Ranked> {
        self.scores.others()
    }
}

/// Place of the first of the highest values, sought in lanes that do not wait for one another.
fn highest(values: &[f64]) -> Option<usize> {
    const LANES: usize = 8;
    let larger = |a: f64, b: f64| if a > b { a } else { b };
    let (blocks, rest) = values.as_chunks::<LANES>();
    let lanes = blocks.iter().fold([f64::NEG_INFINITY; LANES], |most, block| {
        core::array::from_fn(|lane| larger(block[lane], most[lane]))
    });
    let most = lanes
        .iter()
        .chain(rest)
        .fold(f64::NEG_INFINITY, |most, value| larger(*value, most));
    values.iter().position(|value| *value == most)
}

fn view(idea: &Idea) -> View {
    View {
        now: idea.judgement() / idea.unit,
        first: idea.first_judgement / idea.unit,
        truth: idea.value / idea.unit,
        claim: (idea.source != Source::Search).then_some(idea.claim),
    }
}
