//! Two product people instead of one: what they divide, and what follows from their trust; never any state.

use super::QUARTER_WEEKS;
use crate::math::{exp, power};
use crate::parameters::{Parameters, Reporting, Structure};
use crate::sight::{Ability, Outlook, Perception, View};

/// What a pair, or a chain, of product people is made of, as far as it does not change during a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairing {
    /// Hand-overs between product people on the way to the team: 1 in a pair, more in a chain.
    pub links: u32,
    /// Share of product people who are managers.
    pub managers: f64,
    /// Share of the manager's picture of strategy and business that the owner sees.
    pub owner_view: f64,
    /// Share of what a need is worth by itself that the manager sees.
    pub manager_view: f64,
    /// Share of what they have to say to one another that shared documents carry without any trust.
    pub documented: f64,
    /// Trust at the start, and what it goes back to \[0-1\].
    pub usual_trust: f64,
    /// How often talks reach a common understanding in a week of full attention, as a rate \[1/week\].
    pub talk_rate: f64,
    /// The share of a step by which they raise trust in such a week.
    pub talked_over: f64,
    /// Probability of a conflict about who decides, in a week.
    pub conflict: f64,
    /// Share of tacit knowledge that other hand-offs keep, before and after the pair.
    pub kept_elsewhere: f64,
    /// Hours of a team's owners for talks and documents \[hours/week\].
    pub owner_hours: f64,
    /// Hours of a team's part of its manager for talks and documents \[hours/week\].
    pub manager_hours: f64,
}

/// What follows from the trust of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accord {
    /// Share of what the one has to say that reaches the other, over all links \[0-1\].
    pub share: f64,
    /// Share of a need's worth that survives on its way to those who build it.
    pub fit: f64,
    /// Weeks that an open decision waits \[weeks\].
    pub decision_weeks: f64,
}

impl Pairing {
    /// The pair of an operating model, if it has one.
    pub fn new(parameters: &Parameters) -> Option<Self> {
        let (roles, behaviour) = (&parameters.roles, &parameters.behaviour);
        let links = match roles.structure {
            Structure::Pair => 1,
            Structure::Chain => 1 + roles.analysts,
            Structure::One | Structure::OwnerOnly | Structure::None => return None,
        };
        let owners = roles.owners_per_manager;
        let managers = 1.0 / (1.0 + owners);
        let documented = 1.0 - exp(-roles.artefact_hours / behaviour.artefact_reach);
        let with_documents = |view: f64| 1.0 - (1.0 - view) * (1.0 - documented);
        let of_many = with_documents(behaviour.manager_view);
        // Hours of talk that each owner has with the manager if the manager has the time.
        let talk_hours = roles.ritual_hours / owners;
        let talk_rate = talk_hours / behaviour.ritual_reach;
        let people = roles.product_people_per_team;
        let elsewhere = roles.hand_offs.saturating_sub(links);
        Some(Self {
            links,
            managers,
            owner_view: with_documents(behaviour.owner_view),
            manager_view: of_many + (1.0 - of_many) * (1.0 / owners).min(1.0),
            documented,
            usual_trust: 0.25 * (parameters.company.fist_to_five - 1.0),
            talk_rate,
            talked_over: 1.0 - exp(-talk_rate),
            conflict: 1.0 - exp(-conflicts_per_quarter(parameters) / QUARTER_WEEKS),
            kept_elsewhere: power(behaviour.retention, f64::from(elsewhere)),
            owner_hours: people * (1.0 - managers) * (roles.artefact_hours + talk_hours),
            manager_hours: people * managers * (roles.artefact_hours + roles.ritual_hours),
        })
    }

    /// What follows from trust: trust or documents carry what the two have to say to one another, link by link.
    pub fn at(&self, parameters: &Parameters, trust: f64) -> Accord {
        let behaviour = &parameters.behaviour;
        let lost = (1.0 - trust) * (1.0 - self.documented);
        // A pair of middling trust keeps what any hand-off keeps.
        let kept = (1.0 - 2.0 * (1.0 - behaviour.retention) * lost).max(0.0);
        Accord {
            share: over(self.links, 1.0 - lost),
            fit: super::fit(parameters, self.kept_elsewhere * over(self.links, kept)),
            decision_weeks: f64::from(self.links) * 2.0 * behaviour.decision_weeks * lost,
        }
    }

    /// What manager and owner of this ability see of needs together: the manager counts by right or by influence, as far
    /// as the one reaches the other.
    pub fn perception(
        &self,
        parameters: &Parameters,
        outlook: &Outlook,
        ability: &Ability,
        accord: &Accord,
    ) -> Perception {
        let owner = View::new(parameters, outlook, ability, self.owner_view);
        let manager = View {
            local: self.manager_view,
            ..View::new(parameters, outlook, ability, 1.0)
        };
        let rights = parameters.roles.manager_say;
        let say = rights + ability.craft.influence * (0.5 - rights);
        Perception::of_two(parameters, outlook, (owner, manager), say * accord.share)
    }
}

fn conflicts_per_quarter(parameters: &Parameters) -> f64 {
    let behaviour = &parameters.behaviour;
    let lines = match parameters.roles.reporting {
        Reporting::Same => 1.0,
        Reporting::Separate => behaviour.separate_lines_conflicts,
    };
    behaviour.boundary_conflicts_per_quarter * (1.0 - parameters.roles.role_clarity) * lines
}

/// What is left of a share that is kept in each of some links.
fn over(links: u32, kept: f64) -> f64 {
    (0..links).fold(1.0, |left, _| left * kept)
}
