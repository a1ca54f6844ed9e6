//! Shards come back bit for bit, and every damage is seen.

use experiments::block::Row;
use experiments::weekly::WeeklyBlock;
use sim_core::outcomes::{Outcome, Outcomes, Series};

use super::*;

fn block(index: u64) -> Block {
    let mut outcomes = Outcomes::default();
    outcomes.set(Outcome::ShippedValue, 0.1 + 0.2);
    outcomes.set(Outcome::Morale, -0.0);
    let replication = 25 * index;
    let good = Row {
        arm: 0,
        replication,
        status: Ok(()),
        outcomes,
        team_weeks: 12,
    };
    let failed = Row {
        arm: 1,
        replication,
        status: Err("broke".to_owned()),
        outcomes: Outcomes::default(),
        team_weeks: 0,
    };
    let records = vec![
        vec![[1.5; Series::COUNT], [-2.5; Series::COUNT]],
        vec![[0.0; Series::COUNT]; 2],
    ];
    Block {
        basis: Basis::Settings,
        index,
        worlds: 1,
        rows: vec![good.clone(), failed],
        twins: vec![good],
        weekly: vec![WeeklyBlock::of(&records), WeeklyBlock::default()],
        samples: vec![records, Vec::new()],
        redrawn: 3,
        team_weeks: 12,
    }
}

fn bytes() -> Vec<u8> {
    let mut shard = Shard::default();
    for index in [0, 1, 7] {
        shard.insert(&block(index)).unwrap();
    }
    let mut bytes = Vec::new();
    shard.write_to(&mut bytes, 42).unwrap();
    bytes
}

#[test]
fn blocks_come_back_bit_for_bit() {
    let shard = Shard::from_bytes(&bytes(), 42).unwrap();
    for index in [0, 1, 7] {
        let found = shard.block(Basis::Settings, index).unwrap().unwrap();
        assert_eq!(format!("{found:?}"), format!("{:?}", block(index)));
    }
    assert!(shard.block(Basis::Settings, 2).unwrap().is_none());
}

#[test]
fn no_cut_and_no_changed_bit_goes_unseen() {
    let whole = bytes();
    for length in 0..whole.len() {
        assert!(
            Shard::from_bytes(&whole[..length], 42).is_err(),
            "cut to {length}"
        );
    }
    for place in 0..whole.len() {
        // The numbers and lengths before each block are not under a checksum of their own: they must then not fit.
        let mut changed = whole.clone();
        changed[place] ^= 0x40;
        let same = Shard::from_bytes(&changed, 42)
            .is_ok_and(|shard| shard == Shard::from_bytes(&whole, 42).unwrap());
        assert!(!same, "a change at {place} was not seen");
    }
}

#[test]
fn a_shard_of_another_study_is_refused() {
    assert_eq!(
        Shard::from_bytes(&bytes(), 43).unwrap_err(),
        "it belongs to another study"
    );
}
