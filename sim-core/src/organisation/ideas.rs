//! Where all live ideas lie: lists hold handles, so that an idea never moves from its first day to its last.

use core::ops::{Index, IndexMut};

use super::Idea;

/// Names a live idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdeaId(u32);

/// All live ideas of an organisation; room that an idea leaves is used again.
#[derive(Debug, Clone, Default)]
pub struct Ideas {
    slots: Vec<Idea>,
    free: Vec<IdeaId>,
}

impl Ideas {
    /// No ideas, with room for `room`.
    pub fn with_capacity(room: usize) -> Self {
        Self {
            slots: Vec::with_capacity(room),
            free: Vec::with_capacity(room),
        }
    }

    /// Number of live ideas.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether no idea is alive.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes an idea in.
    #[inline]
    pub fn add(&mut self, idea: Idea) -> IdeaId {
        let id = self.free.pop().unwrap_or_else(|| self.grow());
        self[id] = idea;
        id
    }

    #[cold]
    fn grow(&mut self) -> IdeaId {
        self.slots.push(Idea::UNTOUCHED);
        IdeaId(self.slots.len() as u32 - 1)
    }

    /// All live ideas, in no order, and what is left of some that ended.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Idea> {
        self.slots.iter_mut()
    }

    /// An idea ends; from now on its handle names nothing.
    #[inline]
    pub fn remove(&mut self, id: IdeaId) {
        self.free.push(id);
    }
}

impl Index<IdeaId> for Ideas {
    type Output = Idea;

    #[inline]
    fn index(&self, id: IdeaId) -> &Idea {
        &self.slots[id.0 as usize]
    }
}

impl IndexMut<IdeaId> for Ideas {
    #[inline]
    fn index_mut(&mut self, id: IdeaId) -> &mut Idea {
        &mut self.slots[id.0 as usize]
    }
}
