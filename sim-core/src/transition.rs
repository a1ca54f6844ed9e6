//! The way from one operating model to another: every mix of the two that a team may work by, and the constants of the
//! change; worked out once per run, never any state.

use crate::math::exp;
use crate::parameters::{
    Group, Parameter, Parameters, TRANSFORMATION_GROUP, Transformation, Value, WaveOf, find,
    operating_model_groups,
};
use crate::policy::{HOURS_PER_WEEK, Policy};

/// Most hours a week in training.
const TRAINING_HOURS_PER_WEEK: f64 = 8.0;

/// What a team has reached: how far it has gone itself, and how far its line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reached {
    /// Stages that the team has behind it.
    pub team: u32,
    /// Stages that most of its line has behind it.
    pub line: u32,
}

/// Groups of parameters that change together.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Weeks after adoption at which it is reached.
    pub after_weeks: f64,
    /// Share of all groups that change, and so of what there is to learn.
    pub learning: f64,
    /// Groups in which teams change, each for itself.
    pub of_teams: Vec<&'static str>,
    /// Groups in which whole product lines change.
    pub of_lines: Vec<&'static str>,
}

/// Constants of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// The levers and rates themselves.
    pub parameters: Transformation,
    /// What changes, in the order in which it does.
    pub stages: Vec<Stage>,
    /// Teams, or product lines, that a wave has at most.
    per_wave: u32,
    /// Teams of a line.
    teams_per_line: u32,
    /// Share of its rate that resistance leaves to adoption and learning.
    pub willing: f64,
    /// Share of teams whom experienced leaders look after.
    pub looked_after: f64,
    /// Share of a loss by learning that is left a week later.
    pub learning: f64,
    /// Weeks of training.
    pub training_weeks: i32,
    /// Hours that training takes in each of them \[hours per person\].
    pub training_hours: f64,
    /// The same training in working weeks, by which what it teaches is measured.
    pub weeks_taught: f64,
    /// Fee for a training \[team-week costs per person\].
    pub training_fee: f64,
    /// What a certificate costs \[team-week costs per person\].
    pub certification_fee: f64,
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
        let lines = f64::from(parameters.lines());
        let teams = f64::from(parameters.company.teams);
        let pay = 1.0 / parameters.company.people_per_team;
        let product_pay = parameters.company.product_person_cost * pay;
        let product_people = teams * parameters.roles.product_people_per_team;
        let training_weeks = (change.training_hours / TRAINING_HOURS_PER_WEEK).ceil();
        let looked_after = 1.0 - exp(-change.leader_reach * change.experienced_leaders * lines / teams);
        let willing = 1.0 - resistance(parameters, target);
        let transition = Self {
            stages,
            per_wave: parameters.parts_per_wave(),
            teams_per_line: parameters.company.teams_per_line,
            willing,
            looked_after,
            learning: exp(-2.0 * (1.0 + looked_after) * willing / change.learning_weeks),
            training_weeks: training_weeks as i32,
            training_hours: change.training_hours / training_weeks.max(1.0),
            weeks_taught: change.training_hours / HOURS_PER_WEEK,
            training_fee: product_pay * change.training_fee,
            certification_fee: product_pay * change.certification_fee,
            weekly_cost: lines * change.experienced_leaders * change.leader_pay * pay
                + change.c_suite_ownership * change.ownership_cost
                + teams * f64::from(u8::from(change.published_framework)) * change.framework_cost
                + product_people * change.one_ladder * change.ladder_cost * product_pay,
            parameters: change.clone(),
        };
        let policies = transition.mixes(parameters, target);
        Some((transition, policies))
    }

    /// Index of the policy that belongs to what a team has reached.
    pub fn policy(&self, reached: Reached) -> u32 {
        let stages = self.stages.len() as u32 + 1;
        reached.team * stages + reached.line
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
        let passed = |stage: &&Stage| stage.after_weeks <= f64::from(weeks);
        self.stages.iter().take_while(passed).count() as u32
    }

    /// Every policy, in the order of [`Self::policy`].
    fn mixes(&self, start: &Parameters, target: &Parameters) -> Vec<Policy> {
        let stages = 0..=self.stages.len();
        let reached = stages
            .clone()
            .flat_map(|team| stages.clone().map(move |line| (team, line)));
        reached
            .map(|(team, line)| Policy::new(&self.mix(start, target, team, line)))
            .collect()
    }

    fn mix(&self, start: &Parameters, target: &Parameters, team: usize, line: usize) -> Parameters {
        let mut mix = Parameters {
            target: None,
            ..start.clone()
        };
        for group in operating_model_groups() {
            let offset = offset(start, group);
            let switched = |stage: usize| stage > 0 && offset <= self.stages[stage - 1].after_weeks;
            for parameter in group.parameters {
                let of_line = is_of_line(parameter.group, parameter.name);
                if switched(if of_line { line } else { team }) {
                    let value = self.on_the_way(group, parameter.get(start), parameter.get(target));
                    // Both ends are within the range of the parameter, so everything between is too.
                    let _ = parameter.set(&mut mix, value);
                }
            }
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

/// Parameters of a group that are not the same at the target.
fn differing<'a>(
    start: &'a Parameters,
    target: &'a Parameters,
    group: &'static Group,
) -> impl Iterator<Item = &'static Parameter> + 'a {
    let rows = group.parameters.iter();
    rows.filter(|parameter| parameter.get(start) != parameter.get(target))
}

/// Groups that differ, by when they change.
fn stages(start: &Parameters, target: &Parameters) -> Vec<Stage> {
    let all = operating_model_groups().count() as f64;
    let mut stages: Vec<Stage> = Vec::new();
    for group in operating_model_groups() {
        let after_weeks = offset(start, group);
        let rows = || differing(start, target, group);
        if rows().next().is_none() || !after_weeks.is_finite() {
            continue;
        }
        let known = stages.iter().position(|stage| stage.after_weeks == after_weeks);
        let place = known.unwrap_or_else(|| {
            stages.push(Stage {
                after_weeks,
                learning: 0.0,
                of_teams: Vec::new(),
                of_lines: Vec::new(),
            });
            stages.len() - 1
        });
        let stage = &mut stages[place];
        stage.learning += 1.0 / all;
        let of_line = |parameter: &Parameter| is_of_line(parameter.group, parameter.name);
        if rows().any(|parameter| !of_line(parameter)) {
            stage.of_teams.push(group.name);
        }
        if rows().any(of_line) {
            stage.of_lines.push(group.name);
        }
    }
    stages.sort_by(|a, b| a.after_weeks.total_cmp(&b.after_weeks));
    stages
}

/// Share of adoption that managers block whose roles are at risk: none if roles stay, if the C-suite owns the change, or
/// if everybody has a place on the ladder.
fn resistance(start: &Parameters, target: &Parameters) -> f64 {
    let change = &start.transformation;
    let at_risk = operating_model_groups().any(|group| {
        let differs = differing(start, target, group).next().is_some();
        group.name == "roles" && differs && offset(start, group).is_finite()
    });
    if at_risk {
        change.resistance * (1.0 - change.c_suite_ownership) * (1.0 - change.one_ladder)
    } else {
        0.0
    }
}
