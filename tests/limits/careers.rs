//! Craft and careers: the law of growth, who stays and who is hired, against closed forms.

use sim_core::events::EventKind;
use sim_core::growth::{Growth, Hours, STEP_WEEKS};
use sim_core::organisation::{Craft, Level, Person};
use sim_core::outcomes::Outcome;
use sim_core::parameters::Parameters;
use sim_core::simulation::Span;

use super::setting::{events, loaded, sample};
use super::{Comparison, Effort};
use crate::theory::careers::{expected_of_hired, forgotten, left_of_training, practised, stationary};

const STEPS: u32 = 26;
const START: f64 = 0.35;
const WEEKLY_HOURS: f64 = 6.0;
const YEARLY_ATTRITION: f64 = 0.6;

/// Laws of growth without chance, and craft, attrition and hiring of whole companies.
pub fn careers(effort: Effort) -> Vec<Comparison> {
    let mut checks = vec![learning_curve(), half_life()];
    checks.extend([0.0, 1.0].map(training));
    checks.push(turnover(effort));
    checks.push(attrition(effort));
    checks.extend([(1.0, 0.0), (0.3, 0.0), (0.1, 0.5)].map(|(share, weight)| hiring(effort, share, weight)));
    checks
}

/// The reference market, with people who neither learn nor leave unless told so; craft 0.35 for all.
fn company(changes: &[&str]) -> Parameters {
    let base = [
        "company.discovery_craft=0.35",
        "company.business_craft=0.35",
        "incentives.outcome_weight=1",
        "discovery.hours=6",
        "behaviour.hours_per_test=400",
    ];
    loaded("reference-continuous", &[&base, changes].concat())
}

fn person() -> Person {
    Person {
        craft: Craft {
            discovery: START,
            ..Craft::default()
        },
        fresh: Craft::default(),
        gap: 0.0,
        level: Level::Associate,
        joined: 0,
        ordinal: 0,
        trained: false,
    }
}

fn after(parameters: &Parameters, person: &mut Person, hours: f64) -> f64 {
    let hours = Hours {
        practice: Craft {
            discovery: hours,
            ..Craft::default()
        },
        ..Hours::default()
    };
    for _ in 0..STEPS {
        Growth::new(parameters).step(person, &hours, None);
    }
    person.knows().discovery
}

fn weeks() -> f64 {
    f64::from(STEPS) * f64::from(STEP_WEEKS)
}

fn learning_curve() -> Comparison {
    let parameters = company(&["behaviour.practice_hours=1000"]);
    Comparison::exact(
        "craft after two years with six hours of practice a week, e-fold in 1,000 hours",
        "0-1",
        practised(START, WEEKLY_HOURS * weeks(), 1000.0),
        after(&parameters, &mut person(), WEEKLY_HOURS),
    )
}

fn half_life() -> Comparison {
    let parameters = company(&["behaviour.forgetting_half_life_weeks=80"]);
    Comparison::exact(
        "craft after two years without practice, half-life of 80 weeks",
        "0-1",
        forgotten(START, weeks(), 80.0),
        after(&parameters, &mut person(), 0.0),
    )
}

/// What two years leave of a week of training, with all the practice that it takes to root or with none.
fn training(practice: f64) -> Comparison {
    let parameters = company(&[
        "behaviour.training_week_effect=0.2",
        "behaviour.training_half_life_weeks=55",
    ]);
    let mut trained = person();
    Growth::new(&parameters).train(&mut trained, 1.0);
    let lift = 0.2 * (1.0 - START);
    let hours = practice * parameters.behaviour.rooting_hours;
    Comparison::exact(
        format!("lift of a week of training after two years, practice rooting {practice} of it"),
        "0-1",
        left_of_training(lift, weeks(), 55.0, practice),
        after(&parameters, &mut trained, hours) - START,
    )
}

/// Learning, forgetting and leaving at once: the mean of a renewal process.
fn turnover(effort: Effort) -> Comparison {
    let (practice_hours, half_life) = (800.0, 150.0);
    let parameters = company(&[
        "behaviour.practice_hours=800",
        "behaviour.forgetting_half_life_weeks=150",
        &format!("behaviour.product_attrition_per_year={YEARLY_ATTRITION}"),
    ]);
    let weeks = f64::from(STEP_WEEKS);
    let missing = (-WEEKLY_HOURS * weeks / practice_hours).exp();
    let learnt = (1.0 - missing, missing * 0.5_f64.powf(weeks / half_life));
    Comparison::of_sample(
        "craft of seats in the long run under practice, forgetting and turnover",
        "0-1",
        stationary(START, leaving(), learnt),
        &sample(&parameters, long(), 40 * effort.0, Outcome::Craft),
    )
}

fn attrition(effort: Effort) -> Comparison {
    let parameters = company(&[&format!(
        "behaviour.product_attrition_per_year={YEARLY_ATTRITION}"
    )]);
    Comparison::of_sample(
        "product people who leave in a year at a rate of 0.6, at most one from a seat in four weeks",
        "1/year",
        leaving() * 52.0 / f64::from(STEP_WEEKS),
        &sample(
            &parameters,
            long(),
            40 * effort.0,
            Outcome::ProductAttritionPerYear,
        ),
    )
}

/// Probability that somebody leaves in a step.
fn leaving() -> f64 {
    1.0 - (-YEARLY_ATTRITION * f64::from(STEP_WEEKS) / 52.0).exp()
}

fn long() -> Span {
    Span {
        warm_up_weeks: 1040,
        horizon_weeks: 520,
    }
}

/// Craft of the hired, as far as it exceeds that of candidates.
fn hiring(effort: Effort, share: f64, weight: f64) -> Comparison {
    let (accuracy, spread) = (0.6, 0.1);
    let parameters = company(&[
        "company.discovery_craft=0.5",
        "company.business_craft=0.5",
        "behaviour.product_attrition_per_year=2",
        &format!("company.craft_spread={spread}"),
        &format!("behaviour.hiring_accuracy={accuracy}"),
        &format!("careers.selected_share={share}"),
        &format!("careers.certificate_weight={weight}"),
    ]);
    let effective = accuracy * (1.0 - weight) / ((1.0 - weight) * (1.0 - weight) + weight * weight).sqrt();
    let worlds = 0..8 * u64::from(effort.0);
    let hired: Vec<f64> = worlds
        .flat_map(|world| events(&parameters, long(), world))
        .filter(|event| event.kind == EventKind::Hired)
        .filter_map(|event| event.detail.rsplit(' ').next()?.parse::<f64>().ok())
        .map(|craft| (craft - 0.5) / spread)
        .collect();
    Comparison::of_sample(
        format!("craft of the hired, best {share} of candidates, certificates weighing {weight}: ρ·i"),
        "standard deviations",
        if share < 1.0 {
            expected_of_hired(effective, share)
        } else {
            0.0
        },
        &hired,
    )
}
