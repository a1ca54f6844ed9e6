//! A lever at neutral changes nothing: once a mechanism is switched off, what belongs to it has no effect at all.

use crate::likeness::first_difference;
use sim_core::outcomes::Outcomes;
use sim_core::parameters::{Parameters, find};
use sim_core::simulation::{Request, Span, WorldKey, run};

const SPAN: Span = Span {
    warm_up_weeks: 30,
    horizon_weeks: 80,
};

/// A mechanism switched off by `off`, and changes that must then be without effect, each told as on the command line.
struct Mechanism {
    off: &'static [&'static str],
    without_effect: &'static [&'static str],
}

const MECHANISMS: &[Mechanism] = &[
    Mechanism {
        off: &["environment.coupling=0"],
        without_effect: &[
            "environment.dependency_effort=3",
            "behaviour.dependency_hours=0.2",
            "behaviour.missed_dependency_effort=5",
            "behaviour.dependency_escalation_weeks=1",
        ],
    },
    Mechanism {
        off: &[
            "incentives.outcome_weight=1",
            "governance.sales_weight=0",
            "governance.executive_weight=0",
            "governance.engineering_weight=0",
            "governance.customer_weight=0",
            "environment.requests_per_team_quarter=0",
        ],
        without_effect: &[
            "behaviour.sales_claim_noise=0.1",
            "behaviour.executive_claim_noise=30",
            "behaviour.engineering_claim_noise=0.1",
            "behaviour.customer_claim_noise=30",
            "behaviour.claim_inflation=9",
            "behaviour.incentive_crowding=1",
            "environment.sales_share=0.6",
        ],
    },
    Mechanism {
        // Another function that does launch work is one more pair of hands.
        off: &["roles.hand_offs=0", "launch.owner=product"],
        without_effect: &[
            "behaviour.tacit_share=0.9",
            "behaviour.retention=0.1",
            "behaviour.iteration_closure=0.1",
            "behaviour.iteration_effort_share=1.5",
        ],
    },
    Mechanism {
        off: &["behaviour.tacit_share=0", "behaviour.story_hours_per_item=0"],
        without_effect: &[
            "roles.hand_offs=0",
            "roles.hand_offs=9",
            "behaviour.retention=0.1",
        ],
    },
    Mechanism {
        off: &["customer_access.data=0"],
        without_effect: &[
            "release.rollback=false",
            "behaviour.rollback_threshold=0",
            "behaviour.measure_weeks=20",
            "environment.test_information=1000",
            "behaviour.iteration_closure=0.1",
        ],
    },
    Mechanism {
        off: &["roles.structure=one"],
        without_effect: &[
            "roles.owners_per_manager=7",
            "roles.analysts=4",
            "roles.manager_say=0",
            "roles.reporting=same",
            "roles.ritual_hours=9",
            "roles.artefact_hours=9",
            "roles.escalation_weeks=0",
            "roles.candour=1",
            "company.fist_to_five=1",
            "behaviour.owner_view=0",
            "behaviour.manager_view=0",
            "behaviour.shared_error=0",
            "behaviour.ritual_reach=9",
            "behaviour.artefact_reach=9",
            "behaviour.decision_weeks=9",
            "behaviour.boundary_conflicts_per_quarter=90",
            "behaviour.separate_lines_conflicts=9",
            "behaviour.escalation_effort=2",
        ],
    },
    Mechanism {
        off: &["roles.structure=pair", "roles.owners_per_manager=1"],
        without_effect: &["behaviour.manager_view=0", "roles.analysts=4"],
    },
    Mechanism {
        off: &["roles.structure=pair", "roles.reporting=same"],
        without_effect: &["behaviour.separate_lines_conflicts=9"],
    },
    Mechanism {
        off: &["roles.structure=chain", "roles.role_clarity=1"],
        without_effect: &[
            "behaviour.boundary_conflicts_per_quarter=90",
            "roles.reporting=same",
        ],
    },
    Mechanism {
        off: &["roles.structure=pair", "behaviour.decision_weeks=0"],
        without_effect: &["roles.escalation_weeks=1", "behaviour.escalation_effort=2"],
    },
    Mechanism {
        off: &["roles.structure=owner-only"],
        without_effect: &["roles.manager_say=0", "roles.ritual_hours=9", "roles.candour=1"],
    },
    Mechanism {
        off: &["environment.infeasible_share=0"],
        without_effect: &[
            "behaviour.feasibility_test_power=1",
            "behaviour.infeasible_effort_share=0.9",
        ],
    },
    Mechanism {
        off: &["environment.date_asks_per_team_quarter=0"],
        without_effect: &[
            "governance.date_policy=never",
            "governance.date_policy=always",
            "behaviour.date_effort_share=0.9",
        ],
    },
    Mechanism {
        off: &[
            "environment.requests_per_team_quarter=0",
            "behaviour.morale_driver_weight=0",
        ],
        without_effect: &["governance.request_acceptance=1", "roles.role_clarity=1"],
    },
    Mechanism {
        // Those who move to another product line are new there too.
        off: &[
            "behaviour.attrition_per_year=0",
            "behaviour.product_attrition_per_year=0",
            "careers.training_share=0",
            "governance.reallocation_cadence_weeks=0",
        ],
        without_effect: &[
            "behaviour.attrition_morale_effect=5",
            "behaviour.newcomer_output=0",
            "behaviour.ramp_weeks=90",
        ],
    },
    Mechanism {
        off: &[
            "behaviour.product_attrition_per_year=0",
            "careers.training_share=0",
        ],
        without_effect: &[
            "behaviour.held_back_effect=3",
            "behaviour.outside_effect=5",
            "behaviour.hiring_accuracy=1",
            "behaviour.hours_per_candidate=200",
            "behaviour.certificate_effect=0.9",
            "careers.selected_share=0.1",
            "careers.certificate_weight=0.9",
            "careers.certification=1",
            "behaviour.opting_out=1",
            "behaviour.training_week_effect=0.5",
            "behaviour.training_half_life_weeks=5",
            "behaviour.rooting_hours=0.5",
            "careers.training_weeks=3",
        ],
    },
    Mechanism {
        off: &["careers.mentoring_hours=0", "careers.shadowing_hours=0"],
        without_effect: &["behaviour.watching_hours=20"],
    },
    Mechanism {
        off: &[
            "company.backlog_craft=0.5",
            "company.craft_spread=0",
            "behaviour.practice_hours=inf",
            "behaviour.forgetting_half_life_weeks=inf",
            "careers.certification=0",
            "behaviour.newcomer_output=1",
        ],
        without_effect: &["behaviour.story_craft_effect=1"],
    },
    Mechanism {
        off: &["behaviour.integration_risk=0"],
        without_effect: &["behaviour.rework_share=1", "behaviour.rework_weeks=9"],
    },
    Mechanism {
        off: &["discovery.hours=0", "discovery.team_share=0"],
        without_effect: &[
            "discovery.search_share=1",
            "discovery.aim=score",
            "discovery.kill_threshold=0",
            "behaviour.hours_per_test=1",
            "behaviour.engineer_tests_per_week=50",
            "behaviour.search_hours_per_need=1",
            "behaviour.evidence_noise=0.1",
            "behaviour.craft_access_exponent=-10",
            "behaviour.feasibility_test_power=1",
            "behaviour.incentive_crowding=0",
        ],
    },
    Mechanism {
        off: &["behaviour.shortcut_gain=0"],
        without_effect: &["behaviour.shortcut_debt=5", "incentives.manager_outcome_weight=1"],
    },
    Mechanism {
        off: &["incentives.manager_outcome_weight=1"],
        without_effect: &["behaviour.shortcut_debt=5", "behaviour.shortcut_gain=1"],
    },
    Mechanism {
        off: &["environment.loud_share=1"],
        without_effect: &["environment.loudness_value_correlation=0.8"],
    },
    Mechanism {
        off: &["environment.loud_share=1", "behaviour.iteration_closure=0"],
        without_effect: &["behaviour.search_hours_per_need=0.1"],
    },
    Mechanism {
        off: &["commitment.style=pull"],
        without_effect: &[
            "commitment.load_factor=0.1",
            "commitment.slack_weeks=3",
            "commitment.pull_when_empty=false",
        ],
    },
    Mechanism {
        off: &["commitment.wip_limit=1"],
        without_effect: &["behaviour.switching_loss=0.5"],
    },
    Mechanism {
        // Who knows the business also sees what mandates put at stake, and where one more team brings most.
        off: &[
            "environment.delight_spread=0",
            "company.craft_salary_premium=0",
            "mandates.line=0",
            "mandates.second_line=0",
            "governance.reallocation_cadence_weeks=0",
        ],
        without_effect: &["environment.delight_share=0", "strategy.acumen_sought=1"],
    },
    Mechanism {
        off: &[
            "environment.local_share=1",
            "environment.local_spread=0",
            "environment.overlap_share=0",
        ],
        without_effect: &["behaviour.alignment_hours=0.2"],
    },
    Mechanism {
        off: &["behaviour.trust_step=0"],
        without_effect: &["behaviour.trust_return=1"],
    },
    Mechanism {
        off: &[
            "behaviour.morale_driver_weight=0",
            "behaviour.morale_event_step=0",
        ],
        without_effect: &[
            "behaviour.morale_weeks=2",
            "behaviour.morale_output_effect=1",
            "behaviour.attrition_morale_effect=4",
        ],
    },
    Mechanism {
        off: &["customer_access.engineers=1", "launch.owner=product"],
        without_effect: &["behaviour.tacit_share=0.9", "behaviour.retention=0"],
    },
    Mechanism {
        off: &[
            "behaviour.debt_growth=0",
            "behaviour.shortcut_debt=0",
            "company.initial_debt=0",
        ],
        without_effect: &["behaviour.debt_drag=4", "behaviour.debt_repayment=9"],
    },
    Mechanism {
        off: &["behaviour.launch_hours_per_item=0", "launch.hours=0"],
        without_effect: &[
            "behaviour.unaided_reach=0.1",
            "behaviour.reach_half_life_weeks=99",
            "launch.owner=nobody",
        ],
    },
    Mechanism {
        off: &["environment.issues_per_team_quarter=0"],
        without_effect: &[
            "launch.issues_owner=product",
            "launch.issues_owner=nobody",
            "behaviour.issue_hours=80",
        ],
    },
    Mechanism {
        off: &["environment.line_spread=0"],
        without_effect: &["environment.line_shift_weeks=10"],
    },
    Mechanism {
        off: &["governance.reallocation_cadence_weeks=0"],
        without_effect: &["behaviour.allocation_noise=0", "behaviour.allocation_cost=1"],
    },
    Mechanism {
        off: &[
            "mandates.line=0",
            "mandates.second_line=0",
            "mandates.per_line_year=0",
        ],
        without_effect: &[
            "mandates.deadline_week=20",
            "mandates.second_deadline_week=66",
            "mandates.notice_weeks=5",
            "mandates.effort=99",
            "mandates.stake=1",
        ],
    },
];

/// Base settings that between them use every mechanism.
const BASES: &[&[&str]] = &[
    &["discovery.search_share=0.5"],
    &[
        "commitment.style=pull",
        "commitment.cadence_weeks=4",
        "discovery.hours=8",
        "discovery.team_share=0.05",
        "discovery.kill_threshold=-0.2",
        "release.cadence_weeks=0",
        "governance.date_policy=high-integrity",
        "company.discovery_craft=0.6",
        "behaviour.story_hours_per_item=4",
        "customer_access.data=0.6",
        "careers.mentoring_hours=1",
    ],
    &[
        "behaviour.launch_hours_per_item=20",
        "launch.hours=6",
        "environment.issues_per_team_quarter=1",
        "environment.line_spread=0.5",
        "governance.reallocation_cadence_weeks=13",
        "mandates.line=1",
        "mandates.deadline_week=30",
        "mandates.second_line=2",
        "mandates.second_deadline_week=50",
        "mandates.notice_weeks=15",
        "mandates.effort=40",
    ],
];

/// Settings in which what product people are to one another matters; too special to switch other mechanisms off in.
const PAIRED: &[&[&str]] = &[
    &[
        "roles.structure=pair",
        "behaviour.decision_weeks=4",
        "roles.escalation_weeks=2",
    ],
    &[
        "roles.structure=chain",
        "roles.hand_offs=5",
        "roles.manager_say=0.9",
    ],
    &["roles.structure=owner-only"],
    &["roles.structure=pair", "roles.ritual_hours=16"],
];

fn set(parameters: &mut Parameters, told: &str) {
    let (path, word) = told.split_once('=').expect("told as on the command line");
    let (group, name) = path.split_once('.').expect("told as on the command line");
    let parameter = find(group, name).unwrap_or_else(|| panic!("there is no {path}"));
    let value = parameter.parse(word).expect("a readable value");
    parameter.set(parameters, value).expect("an allowed value");
}

fn outcomes(told: &[&str]) -> [Outcomes; 2] {
    let mut parameters = Parameters::default();
    for setting in told {
        set(&mut parameters, setting);
    }
    parameters.check().expect("a valid setting");
    let world = |replication| WorldKey {
        seed: 77,
        replication,
    };
    [0, 1].map(|replication| run(&parameters, SPAN, world(replication), Request::default()).outcomes)
}

fn first_difference_in_worlds(one: &[Outcomes; 2], other: &[Outcomes; 2]) -> Option<String> {
    one.iter()
        .zip(other)
        .find_map(|(one, other)| first_difference(one, other))
}

#[test]
fn what_belongs_to_a_mechanism_that_is_off_has_no_effect() {
    let mut effects = Vec::new();
    for mechanism in MECHANISMS {
        for base in BASES {
            let off = [base, mechanism.off].concat();
            let neutral = outcomes(&off);
            for change in mechanism.without_effect {
                let changed = outcomes(&[off.as_slice(), &[change]].concat());
                let difference = first_difference_in_worlds(&neutral, &changed);
                effects.extend(difference.map(|difference| format!("{change} under {off:?}: {difference}")));
            }
        }
    }
    assert!(effects.is_empty(), "{effects:#?}");
}

#[test]
fn the_same_changes_have_an_effect_while_their_mechanism_is_on() {
    let bases = BASES.iter().chain(PAIRED).map(|base| (*base, outcomes(base)));
    let bases: Vec<_> = bases.collect();
    let acts = |change: &&str| {
        bases.iter().any(|(base, before)| {
            let after = outcomes(&[*base, [*change].as_slice()].concat());
            first_difference_in_worlds(before, &after).is_some()
        })
    };
    let changes = MECHANISMS.iter().flat_map(|mechanism| mechanism.without_effect);
    let idle: Vec<_> = changes.filter(|change| !acts(change)).collect();
    assert!(
        idle.is_empty(),
        "without effect anyway, so that neutrality proves nothing: {idle:?}"
    );
}
