//! A backlog: the ideas a team may choose from, with what ranks them kept beside their handles and packed.

use super::IdeaId;
use super::ranks::{FEWEST_LEADERS, Ranked, Ranks, higher, key, place_of};

/// Most ideas for which room is made at once.
const USUAL_ROOM: usize = 128;

/// What an idea is compared by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Its score.
    pub score: f64,
    /// What choosers believe \[team-week costs per week\].
    pub belief: f64,
    /// What stakeholders claim \[team-week costs per week\]; `None` if none of them has asked for it.
    pub claim: Option<f64>,
}

/// Ideas in no order. What many of them are compared by lies in lists of its own, so that comparing does not have to
/// fetch the ideas.
#[derive(Debug, Clone)]
pub struct Backlog {
    ids: Vec<IdeaId>,
    scores: Ranks,
    /// Keys of beliefs with their sign turned round, so that the lowest is the highest.
    doubts: Vec<f64>,
    /// Keys of claims; below all claims where there is none.
    claims: Vec<f64>,
    limit: usize,
}

impl Backlog {
    /// How many of the best ideas are always at hand in order, if there are as many.
    pub const FEWEST_LEADERS: usize = FEWEST_LEADERS;

    /// An empty backlog that holds at most `limit` ideas.
    pub fn new(limit: usize) -> Self {
        let room = limit.min(USUAL_ROOM);
        Self {
            ids: Vec::with_capacity(room),
            scores: Ranks::with_capacity(room),
            doubts: Vec::with_capacity(room),
            claims: Vec::with_capacity(room),
            limit,
        }
    }

    /// Number of ideas.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nothing to choose from.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Handles of the ideas, by their places.
    pub fn ids(&self) -> &[IdeaId] {
        &self.ids
    }

    /// Sets what an idea is ranked by; true if its score is higher than before.
    #[inline]
    pub fn rank(&mut self, place: usize, score: f64, belief: f64) -> bool {
        self.doubts[place] = key(-belief, place);
        self.scores.set(place, score)
    }

    /// Adds an idea; if there is no room for one more, the one of the lowest belief, perhaps this one, leaves and is
    /// returned.
    #[inline]
    pub fn add(&mut self, id: IdeaId, standing: Standing) -> Option<IdeaId> {
        if self.ids.len() >= self.limit {
            return self.replace_weakest(id, standing);
        }
        let place = self.ids.len();
        self.doubts.push(key(-standing.belief, place));
        self.claims.push(claim_key(standing, place));
        self.scores.push(standing.score);
        self.ids.push(id);
        None
    }

    fn replace_weakest(&mut self, id: IdeaId, standing: Standing) -> Option<IdeaId> {
        let most = highest(&self.doubts);
        let place = place_of(most);
        if self.is_empty() || key(-standing.belief, place) > most {
            return Some(id);
        }
        self.rank(place, standing.score, standing.belief);
        self.claims[place] = claim_key(standing, place);
        Some(core::mem::replace(&mut self.ids[place], id))
    }

    /// Makes room for so many ideas, or as many as are usual.
    pub fn reserve(&mut self, ideas: usize) {
        let more = ideas.min(USUAL_ROOM).saturating_sub(self.ids.len());
        self.ids.reserve(more);
        self.scores.reserve(more);
        self.doubts.reserve(more);
        self.claims.reserve(more);
    }

    /// Sets how many ideas it may hold from now on.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes out the idea of the lowest belief if there are more than it may hold.
    pub fn drop_excess(&mut self) -> Option<IdeaId> {
        (self.len() > self.limit).then(|| self.take(place_of(highest(&self.doubts))))
    }

    /// Takes an idea out; the last one takes its place.
    pub fn take(&mut self, place: usize) -> IdeaId {
        self.scores.swap_remove(place);
        for keys in [&mut self.doubts, &mut self.claims] {
            keys.swap_remove(place);
            if let Some(moved) = keys.get_mut(place) {
                *moved = key(*moved, place);
            }
        }
        self.ids.swap_remove(place)
    }

    /// Place of the idea for which its source claims most; `None` if nobody has asked for any.
    pub fn loudest(&self) -> Option<usize> {
        let most = highest(&self.claims);
        (most > NO_CLAIM / 2.0).then(|| place_of(most))
    }

    /// The best ideas in the order of their scores, best first; of equal scores the first. These are all ideas, or at
    /// least [`Self::FEWEST_LEADERS`].
    #[inline]
    pub fn leaders(&self) -> impl ExactSizeIterator<Item = Ranked> {
        self.scores.leaders()
    }

    /// The scores of all ideas in order, best first.
    pub fn in_order(&self) -> impl Iterator<Item = Ranked> {
        self.scores.in_order()
    }

    /// The scores of all ideas that are not among the leaders.
    pub fn others(&self) -> impl Iterator<Item = Ranked> {
        self.scores.others()
    }
}

/// Stands for the claim that nobody makes.
const NO_CLAIM: f64 = -1e300;

fn claim_key(standing: Standing, place: usize) -> f64 {
    key(standing.claim.unwrap_or(NO_CLAIM), place)
}

/// The highest of some numbers, sought in lanes that do not wait for one another; −∞ if there is none.
fn highest(numbers: &[f64]) -> f64 {
    const LANES: usize = 8;
    let (blocks, rest) = numbers.as_chunks::<LANES>();
    let lanes = blocks.iter().fold([f64::NEG_INFINITY; LANES], |most, block| {
        core::array::from_fn(|lane| higher(block[lane], most[lane]))
    });
    lanes.iter().chain(rest).copied().fold(f64::NEG_INFINITY, higher)
}
