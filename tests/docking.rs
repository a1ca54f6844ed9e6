//! Docking: independent implementations of the reference model beside one another; no arithmetic of its own.

mod oracle;
#[path = "../benches/peers/plain_rust.rs"]
mod plain_rust;

use oracle::{Estimate, Pair, Setting, Tally};
use plain_rust::Arm;

/// Every comparison of two means below uses this limit; both sides together lie beyond it with probability 5.7e-7.
const LIMIT_STANDARD_ERRORS: f64 = 5.0;
const ORACLE_SEED: u64 = 20_261_121;

/// Value, ideas shipped and mean lead time of a replication, as numbers that can be compared.
type Figures = [f64; 3];
const NAMES: [&str; 3] = ["value", "ideas shipped", "lead time"];

fn figures(tally: &Tally) -> Figures {
    [
        tally.value,
        f64::from(tally.shipped),
        tally.lead_time_weeks().expect("something was shipped"),
    ]
}

fn estimates(replications: &[Figures]) -> [Estimate; 3] {
    [0, 1, 2].map(|figure| Estimate::of(&replications.iter().map(|all| all[figure]).collect::<Vec<_>>()))
}

fn assert_agreement(what: &str, found: &[Figures], expected: &[Figures]) {
    for ((name, found), expected) in NAMES.iter().zip(estimates(found)).zip(estimates(expected)) {
        let distance = found.distance_in_standard_errors(&expected);
        assert!(
            distance < LIMIT_STANDARD_ERRORS,
            "{what}, {name}: {found:?} is not {expected:?}"
        );
    }
}

/// Six comparisons: a false-alarm rate of 3.4e-6 for a new seed.
#[test]
fn the_plain_rust_peer_does_the_work_on_which_speed_is_compared() {
    let pairs = oracle::replications(&Setting::default(), ORACLE_SEED, 300);
    let peer = |arm| -> Vec<Figures> {
        let replication = |number| plain_rust::replication(7, number, arm);
        (0..600)
            .map(replication)
            .map(|(value, shipped, age)| [value, f64::from(shipped), age])
            .collect()
    };
    let arm = |tally: fn(&Pair) -> &Tally| pairs.iter().map(|pair| figures(tally(pair))).collect::<Vec<_>>();
    assert_agreement("quarterly", &peer(Arm::Quarterly), &arm(|pair| &pair.quarterly));
    assert_agreement(
        "continuous",
        &peer(Arm::Continuous),
        &arm(|pair| &pair.continuous),
    );
}
