//! A pair of product people: where nothing stands between them it is one chooser with the hours of both and the mean of
//! two judgements; what lies between follows closed forms.

use sim_core::outcomes::Outcome;
use sim_core::policy::Policy;
use sim_core::simulation::{Request, Span};

use super::belief::Needs;
use super::setting::{loaded, pulling, sample, world};
use super::{Comparison, Effort, mean_and_error};
use crate::theory::hand_offs;

const SPAN: Span = Span {
    warm_up_weeks: 26,
    horizon_weeks: 104,
};

/// Two people between whom nothing is lost: full trust from the start, clear roles, the same view.
const AT_ONE: &[&str] = &[
    "roles.structure=pair",
    "roles.owners_per_manager=1",
    "roles.role_clarity=1",
    "roles.candour=1",
    "roles.ritual_hours=0",
    "roles.artefact_hours=0",
    "company.fist_to_five=5",
    "behaviour.owner_view=1",
];

/// One person with the same hours.
const ONE: &[&str] = &["roles.structure=one", "roles.role_clarity=1"];

/// Hours for every duty, hand-offs that lose nothing, as those of the pair, and people who stay as they are and are alike.
const EASY: &[&str] = &[
    "roles.product_people_per_team=2",
    "behaviour.retention=1",
    "company.influence_craft=0",
    "company.craft_spread=0",
    "behaviour.product_attrition_per_year=0",
    "behaviour.practice_hours=inf",
    "behaviour.forgetting_half_life_weeks=inf",
    "careers.training_share=0",
    "careers.mentoring_hours=0",
    "careers.shadowing_hours=0",
];

fn model(name: &str, changes: &[&[&str]]) -> sim_core::parameters::Parameters {
    loaded(name, &changes.concat())
}

/// A pair in full accord, in which the owner decides, beside one person with the hours of both.
pub fn of_one_mind() -> Vec<Comparison> {
    let figures = [
        Outcome::ShippedValue,
        Outcome::DiscoveryHours,
        Outcome::StakeholderTrust,
        Outcome::Morale,
        Outcome::LeadTimeWeeks,
    ];
    let of_model = |name: &'static str| {
        let run = |changes: &[&str]| {
            let parameters = model(name, &[EASY, changes, &["roles.manager_say=0"]]);
            world(&parameters, SPAN, 0, Request::default()).outcomes
        };
        let (one, pair) = (run(ONE), run(AT_ONE));
        figures.map(|outcome| {
            let value = |outcomes: &sim_core::outcomes::Outcomes| outcomes.get(outcome).unwrap_or(f64::NAN);
            Comparison::exact(
                format!("a pair of one mind in {name}: {}", outcome.row().name),
                outcome.row().unit,
                value(&one),
                value(&pair),
            )
        })
    };
    ["safe", "empowered"].into_iter().flat_map(of_model).collect()
}

/// Judgement of two who count alike: as sharp as that of one person whose error is the mean of two errors, and worth as
/// much.
pub fn two_minds(effort: Effort) -> Vec<Comparison> {
    const NOISE: f64 = 3.0;
    let mut checks: Vec<Comparison> = [0.0, 0.4, 1.0]
        .into_iter()
        .map(|shared| sharpness(NOISE, shared, 100_000 * u64::from(effort.0)))
        .collect();
    let averaged = format!(
        "behaviour.first_estimate_noise={}",
        NOISE * core::f64::consts::FRAC_1_SQRT_2
    );
    let noise = format!("behaviour.first_estimate_noise={NOISE}");
    let one = model("safe", &[EASY, ONE, &[&averaged]]);
    let pair = model(
        "safe",
        &[
            EASY,
            AT_ONE,
            &[&noise, "behaviour.shared_error=0", "roles.manager_say=0.5"],
        ],
    );
    let worlds = 60 * effort.0;
    for outcome in [Outcome::ShippedValue, Outcome::JudgementRhoBeforeEvidence] {
        let [two, one] = [&pair, &one].map(|parameters| sample(parameters, SPAN, worlds, outcome));
        let gaps: Vec<f64> = two.iter().zip(&one).map(|(two, one)| two - one).collect();
        checks.push(Comparison::of_sample(
            format!("two minds less one of averaged judgement: {}", outcome.row().name),
            outcome.row().unit,
            0.0,
            &gaps,
        ));
    }
    checks
}

fn sharpness(noise: f64, shared: f64, needs: u64) -> Comparison {
    let changes = [
        "environment.value_location=0",
        "environment.value_maximum=1",
        "behaviour.prior_weight=0",
        "roles.manager_say=0.5",
        "roles.product_people_per_team=1",
    ];
    let figures = [
        format!("behaviour.first_estimate_noise={noise}"),
        format!("behaviour.shared_error={shared}"),
    ];
    let figures = figures.each_ref().map(String::as_str);
    let choosers = Needs::new(&pulling(&[&changes[..], AT_ONE, &figures].concat()));
    let squares: Vec<f64> = (0..needs)
        .map(|ordinal| {
            let (need, idea) = choosers.idea(ordinal);
            let error = (idea.belief - need.value) / need.unit;
            error * error
        })
        .collect();
    let (found, standard_error) = mean_and_error(&squares);
    Comparison {
        what: format!("squared error of two judgements whose errors correlate by {shared}"),
        unit: "value units²",
        theory: noise * noise * 0.5 * (1.0 + shared),
        found,
        standard_error: Some(standard_error),
    }
}

/// What reaches those who build through chains of product people: at middling trust each link keeps what any hand-off
/// keeps, at full trust all of it.
pub fn relays() -> Vec<Comparison> {
    let fit = |fist: f64, links: u32, hand_offs: u32| {
        let (structure, analysts) = if links == 1 {
            ("roles.structure=pair", "roles.analysts=1".to_owned())
        } else {
            ("roles.structure=chain", format!("roles.analysts={}", links - 1))
        };
        let parameters = pulling(&[
            structure,
            &analysts,
            "roles.product_people_per_team=1",
            "roles.artefact_hours=0",
            "behaviour.tacit_share=1",
            "behaviour.retention=0.7",
            "customer_access.engineers=0",
            &format!("company.fist_to_five={fist}"),
            &format!("roles.hand_offs={hand_offs}"),
        ]);
        Policy::new(&parameters).fit
    };
    let mut checks = Vec::new();
    for links in 1..=5 {
        for hand_offs in [links, links + 2] {
            for (fist, hands) in [(3.0, hand_offs), (5.0, hand_offs - links)] {
                checks.push(Comparison::exact(
                    format!("knowledge kept over {hand_offs} hand-offs, {links} between product people who answer {fist}"),
                    "share",
                    hand_offs::share_retained(0.7, hands as i32),
                    fit(fist, links, hand_offs),
                ));
            }
        }
    }
    checks
}

/// Where trust settles between talks, conflicts and what is usual, and how long decisions wait at a trust that does not
/// move.
pub fn trust(effort: Effort) -> Vec<Comparison> {
    const STILL: &[&str] = &[
        "roles.structure=pair",
        "roles.product_people_per_team=2",
        "roles.candour=1",
        "roles.owners_per_manager=2",
        "roles.artefact_hours=0",
        "roles.escalation_weeks=520",
    ];
    let settles = |talk_hours: f64, clarity: f64| {
        let parameters = model(
            "safe",
            &[
                STILL,
                &[
                    &format!("roles.ritual_hours={}", 2.0 * talk_hours),
                    &format!("roles.role_clarity={clarity}"),
                    "company.fist_to_five=3",
                    "roles.reporting=same",
                ],
            ],
        );
        let behaviour = &parameters.behaviour;
        let (step, back) = (behaviour.trust_step, behaviour.trust_return);
        let talk = step * (1.0 - (-talk_hours / behaviour.ritual_reach).exp());
        let conflicts = behaviour.boundary_conflicts_per_quarter * (1.0 - clarity);
        let kept = (1.0 - back) * (1.0 - step * (1.0 - (-conflicts / 13.0).exp()));
        let span = Span {
            warm_up_weeks: 520,
            horizon_weeks: 104,
        };
        Comparison::of_sample(
            format!("trust of pairs with {talk_hours} hours of talk a week and role clarity {clarity}"),
            "0-1",
            (kept * talk + back * 0.5) / (1.0 - kept * (1.0 - talk)),
            &sample(&parameters, span, 8 * effort.0, Outcome::DyadTrust),
        )
    };
    let waits = |fist: f64| {
        let parameters = model(
            "safe",
            &[
                STILL,
                &[
                    "roles.ritual_hours=0",
                    "roles.role_clarity=1",
                    &format!("company.fist_to_five={fist}"),
                ],
            ],
        );
        Comparison::of_sample(
            format!("weeks that decisions wait between two who answer {fist}"),
            "weeks",
            2.0 * parameters.behaviour.decision_weeks * (1.0 - (fist - 1.0) / 4.0),
            &sample(&parameters, SPAN, 20 * effort.0, Outcome::DecisionDelayWeeks),
        )
    };
    vec![
        settles(0.0, 0.2),
        settles(0.5, 0.5),
        settles(2.0, 0.9),
        waits(2.5),
        waits(3.7),
    ]
}
