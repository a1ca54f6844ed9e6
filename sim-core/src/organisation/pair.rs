//! A pair of product manager and product owner, or a chain: their trust, and what waits between them.

use super::IdeaId;
use crate::policy::{Accord, Policy};

/// A need that the product manager knows of and the product owner has not taken in yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenDecision {
    /// The idea.
    pub idea: IdeaId,
    /// Week it came up.
    pub opened: i32,
    /// Week in which it is decided.
    pub due: i32,
    /// Whether their leaders decide.
    pub escalated: bool,
}

/// The product people of a team, where there are two of them or more.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Trust between them \[0-1\].
    pub trust: f64,
    /// Their trust when it had last moved noticeably \[0-1\].
    pub noticed_trust: f64,
    /// Share of the talks they wanted for which the manager had time this week.
    pub attention: f64,
    /// What follows from the trust they noticed last.
    pub accord: Accord,
    /// What waits for a decision, in the order in which it came up.
    pub open: Vec<OpenDecision>,
}

impl Pair {
    /// A pair that has just begun; `None` where the operating model has none.
    pub fn new(policy: &Policy) -> Option<Box<Self>> {
        let pairing = policy.pairing.as_ref()?;
        Some(Box::new(Self {
            trust: pairing.usual_trust,
            noticed_trust: pairing.usual_trust,
            attention: 1.0,
            accord: pairing.at(&policy.parameters, pairing.usual_trust),
            open: Vec::with_capacity(32),
        }))
    }
}
