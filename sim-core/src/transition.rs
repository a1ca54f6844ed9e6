//! The way from one operating model to another: every mix of the two that a team may work by, and the constants of the
//! change; worked out once per run, never any state.

use crate::costs::{self, WEEKS_PER_YEAR};
use crate::math::exp;
use crate::organisation::Craft;
use crate::parameters::{
    Group, Parameters, TRANSFORMATION_GROUP, Transformation, Value, WaveOf, find, operating_model_groups,
};
use crate::policy::Policy;

/// Steps in which what is left of training is told apart.
const TRAINING_STEPS: u32 = 3;
/// Hours a week in training.
const TRAINING_HOURS_PER_WEEK: f64 = 8.0;

/// What a team has reached: how far it has gone itself, how far its line has, and what is left of its training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reached {
    /// Stages that the team has behind it.
    pub team: u32,
    /// Stages that most of its line has behind it.
    pub line: u32,
    /// 0 without training; 1 when nothing of it is left, and one more for each step that is.
    pub training: u32,
}

/// Constants of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// The levers and rates themselves.
    pub parameters: Transformation,
    /// Weeks after adoption at which stages are reached, ascending, and the share of learning that each asks for.
    pub stages: Vec<(f64, f64)>,
    /// Levels of training that are told apart.
    levels: u32,
    /// Teams, or product lines, that a wave has at most.
    per_wave: u32,
    /// Teams of a line.
    teams_per_line: u32,
    /// Share of its rate that resistance leaves to adoption and learning.
    pub willing: f64,
    /// Share of teams whose learning experienced leaders look after.
    pub looked_after: f64,
    /// Share of a loss by learning that is left a week later.
    pub learning: f64,
    /// Share of unused training that is left a week later.
    pub forgetting: f64,
    /// Weeks of training.
    pub training_weeks: i32,
    /// Hours of a team's product people that training takes in each of them.
    pub training_hours: f64,
    /// Fees for the training and the certificates of a team \[team-week costs\].
    pub fee: f64,
    /// What the change costs every week, wherever it stands \[team-week costs\].
    pub weekly_cost: f64,
}

impl Transition {
    /// Works out the change that `parameters` ask for, and every policy that a team may have on the way, the start
    /// first; `None` if they ask for none.
    pub fn new(parameters: &Parameters) -> Option<(Self, Vec<Policy>)> {
        let target = parameters.target.as_deref()?;
        let change = &parameters.transformation;
        let stages = stages(parameters, target);
        let trains = change.training > 0.0 || change.certification > 0.0;
        let lines = f64::from(parameters.lines());
        let teams = f64::from(parameters.company.teams);
        let pay = 1.0 / parameters.company.people_per_team;
        let product_pay =
            parameters.roles.product_people_per_team * parameters.company.product_person_cost * pay;
        let reached = change.leader_reach * change.experienced_leaders * lines / teams;
        let looked_after = reached.min(1.0);
        let willing = 1.0 - resistance(parameters, target);
        let transition = Self {
            stages,
            levels: if trains { TRAINING_STEPS + 2 } else { 1 },
            per_wave: parameters.parts_per_wave(),
            teams_per_line: parameters.company.teams_per_line,
            willing,
            looked_after,
            learning: exp(-2.0 * (1.0 + looked_after) * willing / change.learning_weeks),
            forgetting: exp(-change.training_decay_per_year * (1.0 - looked_after) / WEEKS_PER_YEAR),
            training_weeks: if trains {
                (change.training_hours / TRAINING_HOURS_PER_WEEK).ceil() as i32
            } else {
                0
            },
            training_hours: change.training
                * TRAINING_HOURS_PER_WEEK.min(change.training_hours)
                * parameters.roles.product_people_per_team,
            fee: product_pay
                * (change.training * change.training_fee + change.certification * change.certification_fee),
            weekly_cost: lines * change.experienced_leaders * change.leader_pay * pay
                + change.c_suite_ownership * change.ownership_cost
                + teams * f64::from(u8::from(change.published_framework)) * change.framework_cost
                + teams * change.one_ladder * change.ladder_cost * product_pay,
            parameters: change.clone(),
        };
        let policies = transition.mixes(parameters, target);
        Some((transition, policies))
    }

    /// Index of the policy that belongs to what a team has reached.
    pub fn policy(&self, reached: Reached) -> u32 {
        let stages = self.stages.len() as u32 + 1;
        (reached.team * stages + reached.line) * self.levels + reached.training
    }

    /// Week, counted from the start of the change, in which a team is invited.
    pub fn invited(&self, team: usize) -> i32 {
        let part = match self.parameters.wave_of {
            WaveOf::Lines => team as u32 / self.teams_per_line,
            WaveOf::Teams => team as u32,
        };
        (part / self.per_wave * self.parameters.wave_weeks) as i32
    }

    /// Stages that a team has behind it so many weeks after its adoption.
    pub fn stage(&self, weeks: i32) -> u32 {
        let passed = |(offset, _): &&(f64, f64)| *offset <= f64::from(weeks);
        self.stages.iter().take_while(passed).count() as u32
    }

    /// Level of training of a team of which the share `left` is left.
    pub fn level(&self, left: f64) -> u32 {
        1 + (left * f64::from(TRAINING_STEPS)).round() as u32
    }

    /// Every policy, in the order of [`Self::policy`].
    fn mixes(&self, start: &Parameters, target: &Parameters) -> Vec<Policy> {
        let stages = 0..=self.stages.len();
        let reached = stages
            .clone()
            .flat_map(|team| stages.clone().map(move |line| (team, line)));
        reached
            .flat_map(|(team, line)| (0..self.levels).map(move |level| (team, line, level)))
            .map(|(team, line, level)| {
                let mix = self.mix(start, target, team, line, level);
                self.with_training(Policy::new(&mix), level)
            })
            .collect()
    }

    fn mix(
        &self,
        start: &Parameters,
        target: &Parameters,
        team: usize,
        line: usize,
        level: u32,
    ) -> Parameters {
        let mut mix = Parameters {
            target: None,
            ..start.clone()
        };
        for group in operating_model_groups() {
            let offset = offset(start, group);
            let switched = |stage: usize| stage > 0 && offset <= self.stages[stage - 1].0;
            for parameter in group.parameters {
                let of_line = is_of_line(parameter.group, parameter.name);
                if switched(if of_line { line } else { team }) {
                    let value = self.on_the_way(group, parameter.get(start), parameter.get(target));
                    // Both ends are within the range of the parameter, so everything between is too.
                    let _ = parameter.set(&mut mix, value);
                }
            }
        }
        if level > 0 {
            self.let_choose(&mut mix);
        }
        mix
    }

    /// Access and data go as far as product operations open them; everything else changes whole.
    fn on_the_way(&self, group: &Group, old: Value, new: Value) -> Value {
        match (old, new) {
            (Value::Number(old), Value::Number(new)) if group.name == "customer_access" => {
                Value::Number(old + self.parameters.product_operations * (new - old))
            }
            _ => new,
        }
    }

    /// What is left of training adds to the craft of a team's product people, who earn what people of such craft do.
    fn with_training(&self, policy: Policy, level: u32) -> Policy {
        if level == 0 {
            return policy;
        }
        let change = &self.parameters;
        let left = f64::from(level - 1) / f64::from(TRAINING_STEPS);
        let trained = Craft {
            discovery: 1.0,
            business: 1.0,
            ..Craft::default()
        };
        let gain =
            left * change.training * change.training_gain + change.certification * change.certification_gain;
        let craft_gain = trained.map(|share| share * gain);
        let company = policy.start.ability.craft;
        let knows = company.with(craft_gain, |craft, gain| (craft + gain).min(1.0));
        let parameters = &policy.parameters;
        let people = f64::from(parameters.company.teams) * parameters.roles.product_people_per_team;
        Policy {
            weekly_cost: policy.weekly_cost + costs::of_craft(parameters, people, &knows),
            craft_gain,
            ..policy
        }
    }

    /// After training some have chosen other work, where their pay buys access and data.
    fn let_choose(&self, mix: &mut Parameters) {
        let change = &self.parameters;
        let gone = change.self_selection * change.training * mix.roles.product_people_per_team;
        let pay = gone * mix.company.product_person_cost / mix.company.people_per_team;
        let price = 0.5 * mix.behaviour.access_cost + mix.behaviour.data_cost;
        mix.roles.product_people_per_team -= gone;
        if price > 0.0 {
            let access = &mut mix.customer_access;
            access.product_people = (access.product_people + pay / price).min(1.0);
            access.data = (access.data + pay / price).min(1.0);
        }
    }
}

/// Practices that a whole line has in common: when it plans together, and how it releases.
fn is_of_line(group: &str, name: &str) -> bool {
    match group {
        "release" => true,
        "commitment" => ["cadence_weeks", "slack_weeks", "planning_hours", "joint_share"].contains(&name),
        "roles" => name == "coordinators_per_line",
        "careers" => ["leaders_per_line", "chief"].contains(&name),
        _ => false,
    }
}

/// Weeks after adoption at which a group changes.
fn offset(start: &Parameters, group: &Group) -> f64 {
    let name = format!("{}_after_weeks", group.name);
    let row = find(TRANSFORMATION_GROUP, &name);
    row.and_then(|row| row.get(start).as_number()).unwrap_or(0.0)
}

/// Whether a group is not the same at the target.
fn differs(start: &Parameters, target: &Parameters, group: &Group) -> bool {
    let mut rows = group.parameters.iter();
    rows.any(|parameter| parameter.get(start) != parameter.get(target))
}

/// When groups that differ change, and for each time the share of all groups that do.
fn stages(start: &Parameters, target: &Parameters) -> Vec<(f64, f64)> {
    let all = operating_model_groups().count() as f64;
    let mut stages: Vec<(f64, f64)> = Vec::new();
    for group in operating_model_groups().filter(|group| differs(start, target, group)) {
        let offset = offset(start, group);
        match stages.iter_mut().find(|(known, _)| *known == offset) {
            Some((_, share)) => *share += 1.0 / all,
            None if offset.is_finite() => stages.push((offset, 1.0 / all)),
            None => {}
        }
    }
    stages.sort_by(|a, b| a.0.total_cmp(&b.0));
    stages
}

/// Share of adoption that managers block whose roles are at risk: none if roles stay, if the C-suite owns the change, or
/// if everybody has a place on the ladder.
fn resistance(start: &Parameters, target: &Parameters) -> f64 {
    let change = &start.transformation;
    let at_risk = operating_model_groups().any(|group| {
        group.name == "roles" && differs(start, target, group) && offset(start, group).is_finite()
    });
    if at_risk {
        change.resistance * (1.0 - change.c_suite_ownership) * (1.0 - change.one_ladder)
    } else {
        0.0
    }
}
