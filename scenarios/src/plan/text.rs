//! A plan as text that reads back to the same plan.

use std::fmt;

use sim_core::parameters::Value;

use super::{Level, Levels, SweepPlan, Target};

impl SweepPlan {
    /// The text of the plan without the number of replications: what decides each single run.
    pub fn without_replications(&self) -> String {
        Text {
            plan: self,
            replications: None,
        }
        .to_string()
    }
}

/// What the plan says, without comments and layout.
impl fmt::Display for SweepPlan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let replications = Some(self.replications);
        Text {
            plan: self,
            replications,
        }
        .fmt(formatter)
    }
}

struct Text<'a> {
    plan: &'a SweepPlan,
    replications: Option<u32>,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan;
        let names = |names: &[String]| {
            names
                .iter()
                .map(|name| quoted(name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        writeln!(formatter, "arms = [{}]", names(&plan.arms))?;
        writeln!(formatter, "design = \"{}\"", plan.design.word())?;
        if !plan.design.takes_values() {
            writeln!(formatter, "points = {}", plan.points)?;
        }
        if let Some(replications) = self.replications {
            writeln!(formatter, "replications = {replications}")?;
        }
        for factor in &plan.factors {
            writeln!(formatter, "[[factor]]")?;
            if let Target::Parameter(parameter) = factor.target {
                writeln!(formatter, "parameter = \"{}\"", parameter.path())?;
            }
            if let Some(arm) = &factor.arm {
                writeln!(formatter, "arm = {}", quoted(arm))?;
            }
            let key = match factor.target {
                Target::Parameter(_) => "values",
                Target::Environment => "environment",
                Target::OperatingModel => "operating_model",
            };
            match &factor.levels {
                Levels::Listed(levels) => {
                    let levels: Vec<String> = levels.iter().map(level_text).collect();
                    writeln!(formatter, "{key} = [{}]", levels.join(", "))?;
                }
                Levels::Range(low, high) => writeln!(formatter, "low = {low:?}\nhigh = {high:?}")?,
            }
        }
        Ok(())
    }
}

fn level_text(level: &Level) -> String {
    match level {
        Level::Value(Value::Number(number)) => format!("{number:?}"),
        Level::Value(Value::Choice(word)) => quoted(word),
        Level::Value(value) => value.to_string(),
        Level::Name(name) => quoted(name),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_back_from_its_text() {
        let plans = [
            super::super::EXAMPLE,
            "arms = [\"safe\"]\ndesign = \"sobol\"\npoints = 8\n[[factor]]\nparameter = \"environment.coupling\"\nlow = 0.1\nhigh = 1e-7\n",
            "arms = [\"safe\", \"my \\\"own\\\".toml\"]\ndesign = \"latin-hypercube\"\npoints = 8\nreplications = 3\n[[factor]]\n\
             parameter = \"company.teams\"\nlow = 1\nhigh = 30\n",
            "arms = [\"safe\"]\ndesign = \"table\"\n[[factor]]\nparameter = \"commitment.style\"\nvalues = [\"plan\", \"pull\"]\n[[factor]]\n\
             operating_model = [\"a b.toml\", \"scrum-po\"]\n",
        ];
        for text in plans {
            let text = text.replace("low = 0.1\nhigh = 1e-7", "low = 1e-7\nhigh = 0.1");
            let plan = SweepPlan::parse("plan.toml", &text).unwrap();
            let again = SweepPlan::parse("text", &plan.to_string());
            assert_eq!(again.unwrap(), plan, "{plan}");
        }
    }
}
