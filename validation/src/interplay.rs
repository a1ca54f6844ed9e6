//! The section on complementarity: whether craft, access, incentives and clarity bring more together than one by one.

use sim_core::outcomes::Outcome;

use crate::arms::{Arm, values};
use crate::facts::{SEED, WORLDS};
use crate::limits::mean_and_error;
use crate::page::{Page, with_error};

const LEVERS: [(&str, &[&str], &[&str]); 4] = [
    (
        "craft",
        &["company.discovery_craft=0.2"],
        &["company.discovery_craft=0.7"],
    ),
    (
        "access",
        &[
            "customer_access.product_people=0.15",
            "customer_access.engineers=0.05",
        ],
        &[
            "customer_access.product_people=0.7",
            "customer_access.engineers=0.5",
        ],
    ),
    (
        "incentives",
        &[
            "incentives.outcome_weight=0.2",
            "incentives.manager_outcome_weight=0.2",
        ],
        &[
            "incentives.outcome_weight=0.8",
            "incentives.manager_outcome_weight=0.7",
        ],
    ),
    ("clarity", &["strategy.clarity=0.2"], &["strategy.clarity=0.8"]),
];

/// Writes the section.
pub fn write(page: &mut Page) {
    page.section("Craft, access, incentives and clarity help one another");
    page.say(
        "*Imposed* for craft × access at an exponent far below 1, *emergent* for all else. `empowered` with each lever low \
         or high: what all four bring together, less the sum of what each brings alone (shipped value, paired worlds).",
    );
    let mut rows = Vec::new();
    for exponent in ["-5", "0", "1"] {
        rows.push(interplay(exponent, &[0, 1, 2, 3], "all four"));
        rows.push(interplay(exponent, &[0, 1], "craft and access"));
        rows.push(interplay(exponent, &[1, 2], "access and incentives"));
        rows.push(interplay(exponent, &[0, 2], "craft and incentives"));
    }
    page.table(
        &[
            "CES exponent",
            "levers",
            "together",
            "sum of single effects",
            "interplay",
            "settled",
        ],
        rows,
    );
}

/// Value of `empowered` with the levers in `raised` high and the others low.
fn with_levers(exponent: &str, raised: &[usize]) -> Vec<f64> {
    let exponent = format!("behaviour.craft_access_exponent={exponent}");
    let mut changes = vec![exponent.as_str()];
    for (place, (_, low, high)) in LEVERS.iter().enumerate() {
        changes.extend(if raised.contains(&place) { *high } else { *low });
    }
    values(
        &Arm::of("empowered", &changes).outcomes(SEED, WORLDS),
        Outcome::ShippedValue,
    )
}

fn interplay(exponent: &str, levers: &[usize], name: &str) -> Vec<String> {
    let base = with_levers(exponent, &[]);
    let all = with_levers(exponent, levers);
    let singles: Vec<Vec<f64>> = levers
        .iter()
        .map(|lever| with_levers(exponent, &[*lever]))
        .collect();
    let gain = |sample: &[f64], world: usize| sample[world] - base[world];
    let together: Vec<f64> = (0..base.len()).map(|world| gain(&all, world)).collect();
    let summed: Vec<f64> = (0..base.len())
        .map(|world| singles.iter().map(|single| gain(single, world)).sum())
        .collect();
    let extra: Vec<f64> = together.iter().zip(&summed).map(|(all, sum)| all - sum).collect();
    let (interplay, error) = mean_and_error(&extra);
    vec![
        exponent.to_owned(),
        name.to_owned(),
        with_error(mean_and_error(&together)),
        with_error(mean_and_error(&summed)),
        with_error((interplay, error)),
        match interplay / error {
            size if size > 3.0 => "complements",
            size if size < -3.0 => "substitutes",
            _ => "not settled",
        }
        .to_owned(),
    ]
}
