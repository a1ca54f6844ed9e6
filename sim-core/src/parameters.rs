//! The one parameter table: every number an organisation is made of, with unit, range and provenance.
//!
//! Each group is a plain struct in a file of its own; the `group!` declaration that makes the struct also makes its
//! rows of the table, so a parameter is written down once. The table feeds validation, documentation, the command line
//! and the draws of plausible companies.

mod behaviour;
mod careers;
mod commitment;
mod company;
mod customer_access;
mod discovery;
mod environment;
mod governance;
mod incentives;
mod launch;
mod mandates;
mod release;
mod roles;
mod setting;
mod strategy;
mod transformation;

pub use behaviour::Behaviour;
pub use careers::{Careers, Ladder};
pub use commitment::{Commitment, Style};
pub use company::Company;
pub use customer_access::CustomerAccess;
pub use discovery::{Aim, Discovery};
pub use environment::{EffortShape, Environment};
pub use governance::{DatePolicy, Funding, Governance};
pub use incentives::Incentives;
pub use launch::{IssuesOwner, Launch, LaunchOwner};
pub use mandates::Mandates;
pub use release::Release;
pub use roles::{Reporting, Roles, Structure};
pub use setting::{Parameter, Provenance, Role, Setting, SettingError, Value};
pub use strategy::Strategy;
pub use transformation::{Transformation, WaveOf};

/// A complete set of parameters: everything a run depends on besides its world.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parameters {
    /// What the organisation has, shared by all arms.
    pub company: Company,
    /// The market, the work and its costs, shared by all arms.
    pub environment: Environment,
    /// Work that must be live by a date.
    pub mandates: Mandates,
    /// How people and work behave: constants of nature as far as they are known.
    pub behaviour: Behaviour,
    /// When work is promised, and how much.
    pub commitment: Commitment,
    /// Who looks for evidence, and what it may change.
    pub discovery: Discovery,
    /// Who hears customers.
    pub customer_access: CustomerAccess,
    /// What is rewarded.
    pub incentives: Incentives,
    /// How clear the direction is.
    pub strategy: Strategy,
    /// Who does what, through how many hands.
    pub roles: Roles,
    /// How product people learn, rise, are chosen and are led.
    pub careers: Careers,
    /// Whose claims count, and what becomes of requests and dates.
    pub governance: Governance,
    /// How finished work reaches customers.
    pub release: Release,
    /// How what is live reaches users.
    pub launch: Launch,
    /// How the organisation goes over to [`Self::target`].
    pub transformation: Transformation,
    /// The operating model that a transformation leads to; only its groups of operating models count. `None` if the
    /// organisation stays as it is.
    pub target: Option<Box<Parameters>>,
}

/// A group of parameters: its key in files, and what it sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Key of the group in scenario files and on the command line.
    pub name: &'static str,
    /// One sentence: what the group sets.
    pub meaning: &'static str,
    /// The group's rows of the table.
    pub parameters: &'static [Parameter],
}

/// The groups, in the order in which they are documented.
pub const GROUPS: &[Group] = &[
    company::GROUP,
    environment::GROUP,
    mandates::GROUP,
    behaviour::GROUP,
    commitment::GROUP,
    discovery::GROUP,
    customer_access::GROUP,
    incentives::GROUP,
    strategy::GROUP,
    roles::GROUP,
    careers::GROUP,
    governance::GROUP,
    release::GROUP,
    launch::GROUP,
    transformation::GROUP,
];

/// Groups that an environment file sets; all others but [`TRANSFORMATION_GROUP`] belong to operating models.
pub const ENVIRONMENT_GROUPS: &[&str] = &["company", "environment", "mandates", "behaviour"];

/// The group that a transformation file sets.
pub const TRANSFORMATION_GROUP: &str = "transformation";

/// The groups that make up an operating model.
pub fn operating_model_groups() -> impl Iterator<Item = &'static Group> {
    GROUPS
        .iter()
        .filter(|group| !ENVIRONMENT_GROUPS.contains(&group.name) && group.name != TRANSFORMATION_GROUP)
}

/// All parameters, group by group.
pub fn table() -> impl Iterator<Item = &'static Parameter> {
    GROUPS.iter().flat_map(|group| group.parameters)
}

/// The parameter called `group.name`, if there is one.
pub fn find(group: &str, name: &str) -> Option<&'static Parameter> {
    GROUPS
        .iter()
        .find(|candidate| candidate.name == group)?
        .parameters
        .iter()
        .find(|candidate| candidate.name == name)
}

impl Parameters {
    /// Checks every value against its range, and the few rules that tie parameters to one another.
    ///
    /// # Errors
    /// The first parameter that is out of its range, not a number, or at odds with another one.
    pub fn check(&self) -> Result<(), SettingError> {
        let mut copy = self.clone();
        for parameter in table() {
            parameter.set(&mut copy, parameter.get(self))?;
        }
        self.check_together()
    }

    fn check_together(&self) -> Result<(), SettingError> {
        let sources = [
            self.environment.sales_share,
            self.environment.executive_share,
            self.environment.engineering_share,
        ];
        let sum: f64 = sources.iter().sum();
        if sum > 1.0 + 1e-9 {
            return Err(SettingError::AtOdds {
                first: "environment.sales_share",
                second: "environment.engineering_share",
                reason: format!(
                    "the shares of sales, executives and engineers add up to {sum:.3}; at most 1 is left for customers"
                ),
            });
        }
        if self.commitment.slack_weeks >= self.commitment.cadence_weeks {
            return Err(SettingError::AtOdds {
                first: "commitment.slack_weeks",
                second: "commitment.cadence_weeks",
                reason: format!(
                    "{} slack weeks leave no week to work in a cadence of {}",
                    self.commitment.slack_weeks, self.commitment.cadence_weeks
                ),
            });
        }
        if self.company.base_contribution > self.company.base_revenue {
            return Err(SettingError::AtOdds {
                first: "company.base_contribution",
                second: "company.base_revenue",
                reason: format!(
                    "of {} that the company takes, {} cannot be left after other costs",
                    self.company.base_revenue, self.company.base_contribution
                ),
            });
        }
        self.check_mandates()?;
        self.check_product_people()?;
        self.check_transformation()
    }

    fn check_mandates(&self) -> Result<(), SettingError> {
        let mandates = &self.mandates;
        let named = [
            ("mandates.line", mandates.line),
            ("mandates.second_line", mandates.second_line),
        ];
        for (first, line) in named {
            if line > self.lines() {
                return Err(SettingError::AtOdds {
                    first,
                    second: "company.teams",
                    reason: format!(
                        "there is no product line {line}: {} teams, {} to a line, make {} lines",
                        self.company.teams,
                        self.company.teams_per_line,
                        self.lines()
                    ),
                });
            }
        }
        let same_line = mandates.line > 0 && mandates.line == mandates.second_line;
        if same_line && mandates.deadline_week == mandates.second_deadline_week {
            return Err(SettingError::AtOdds {
                first: "mandates.second_deadline_week",
                second: "mandates.deadline_week",
                reason: format!(
                    "two mandates of product line {} are due in week {}; give one of them another week or line, or \
                     describe both as one with the work of both",
                    mandates.line, mandates.deadline_week
                ),
            });
        }
        Ok(())
    }

    /// The structure of roles and the people there are for it must agree.
    fn check_product_people(&self) -> Result<(), SettingError> {
        let people = self.roles.product_people_per_team;
        let refuse = |second: &'static str, reason: String| {
            Err(SettingError::AtOdds {
                first: "roles.structure",
                second,
                reason,
            })
        };
        match self.roles.structure {
            Structure::One => Ok(()),
            Structure::None if people > 0.0 => refuse(
                "roles.product_people_per_team",
                format!(
                    "there are {people} product people for each team; set them to 0, or name who they are"
                ),
            ),
            Structure::None => Ok(()),
            Structure::OwnerOnly | Structure::Pair | Structure::Chain if people == 0.0 => refuse(
                "roles.product_people_per_team",
                "there are no product people; give each team some, or say \"none\"".to_owned(),
            ),
            Structure::Pair | Structure::Chain if self.behaviour.exact_belief => refuse(
                "behaviour.exact_belief",
                "exact belief is a check for one chooser; switch it off, or say \"one\"".to_owned(),
            ),
            Structure::OwnerOnly | Structure::Pair | Structure::Chain => Ok(()),
        }
    }

    fn check_transformation(&self) -> Result<(), SettingError> {
        let Some(target) = &self.target else {
            return Ok(());
        };
        if self.commitment.shared_backlog || target.commitment.shared_backlog {
            return Err(SettingError::AtOdds {
                first: "commitment.shared_backlog",
                second: "transformation.waves",
                reason: "teams that share a backlog cannot go over one by one; compare such models with --fork-week"
                    .to_owned(),
            });
        }
        Ok(())
    }

    /// Number of product lines; the last may have fewer teams than the others \[lines\].
    pub fn lines(&self) -> u32 {
        self.company.teams.div_ceil(self.company.teams_per_line)
    }

    /// Lines, or teams, that a wave of the transformation has at most.
    pub fn parts_per_wave(&self) -> u32 {
        self.parts().div_ceil(self.transformation.waves)
    }

    /// Waves that the transformation has here: as many as it asks for, if there are lines, or teams, for each \[waves\].
    pub fn waves(&self) -> u32 {
        self.parts().div_ceil(self.parts_per_wave())
    }

    /// Lines, or teams, that waves consist of.
    fn parts(&self) -> u32 {
        match self.transformation.wave_of {
            WaveOf::Lines => self.lines(),
            WaveOf::Teams => self.company.teams,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_pass_their_own_check() {
        Parameters::default()
            .check()
            .expect("defaults are within their ranges");
    }

    #[test]
    fn every_parameter_reads_back_its_default_and_has_words() {
        let parameters = Parameters::default();
        for parameter in table() {
            assert_eq!(
                parameter.get(&parameters),
                parameter.default,
                "{}",
                parameter.path()
            );
            assert!(
                parameter.meaning.ends_with('.'),
                "{} needs a sentence",
                parameter.path()
            );
            assert!(!parameter.unit.is_empty(), "{} needs a unit", parameter.path());
            if let Some((low, high)) = parameter.plausible {
                let mode = parameter.default.as_number().expect("only numbers are uncertain");
                assert!(low <= mode && mode <= high && low < high, "{}", parameter.path());
                assert!(
                    parameter.low <= low && high <= parameter.high,
                    "{}",
                    parameter.path()
                );
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut paths: Vec<String> = table().map(Parameter::path).collect();
        paths.sort();
        let count = paths.len();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }

    #[test]
    fn not_a_number_is_refused_everywhere() {
        for parameter in table() {
            let mut parameters = Parameters::default();
            assert!(
                parameter.set(&mut parameters, Value::Number(f64::NAN)).is_err(),
                "{}",
                parameter.path()
            );
            assert_eq!(parameters, Parameters::default());
        }
    }
}
