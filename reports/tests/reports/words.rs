//! The verdict for the terminal.

use experiments::statistics::IntervalRule;
use reports::sentences::{primary_view, split_of_20};
use reports::verdict::verdict_text;
use sim_core::outcomes::Outcome;

use crate::fixture;

#[test]
fn verdicts_stay_as_they_are() {
    for (name, comparison) in fixture::all() {
        insta::assert_snapshot!(format!("verdict_{name}"), verdict_text(&comparison));
    }
}

#[test]
fn no_line_is_wider_than_100_columns_and_only_plain_characters_are_used() {
    for (name, comparison) in fixture::all() {
        for line in verdict_text(&comparison).lines() {
            assert!(
                line.chars().count() <= 100 || !line.trim_start().contains(' '),
                "{name}: {line}"
            );
            let is_plain =
                |character: char| character.is_ascii() || matches!(character, '\u{2212}' | '\u{b1}');
            assert!(line.chars().all(is_plain), "{name}: {line}");
        }
    }
}

#[test]
fn two_arms_on_both_bases_fit_in_35_lines() {
    assert!(verdict_text(&fixture::typical()).lines().count() <= 35);
}

#[test]
fn no_winner_is_named_when_the_interval_holds_zero() {
    let text = verdict_text(&fixture::unsettled());
    assert!(text.contains("not settled: "), "{text}");
    assert!(!text.contains("is better"), "{text}");
}

#[test]
fn the_same_arm_twice_is_the_same_in_every_world() {
    let text = verdict_text(&fixture::same());
    assert!(text.contains("the same in every world"), "{text}");
    assert!(!text.contains("better in"), "{text}");
}

#[test]
fn no_verdict_is_given_when_many_worlds_failed() {
    let text = verdict_text(&fixture::failed())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(!text.contains("better in"), "{text}");
    assert!(text.contains("no verdict: 40 of 400 worlds failed"), "{text}");
    assert!(text.contains("40 worlds missing because a run failed"), "{text}");
}

#[test]
fn twenty_worlds_divide_into_better_worse_and_same() {
    for (name, comparison) in fixture::all() {
        for pair in &comparison.settings.pairs {
            for (outcome, difference) in &pair.outcomes {
                let split = split_of_20(difference, *outcome);
                assert_eq!(split.arm + split.baseline + split.same, 20, "{name}");
            }
        }
    }
    let lower = fixture::lower_is_better();
    let view = primary_view(&lower, &lower.settings, 1, 0).expect("both have a lead time");
    assert_eq!(view.split().arm, 20, "shorter lead time is better");
    let (_, ties) = &fixture::ties().settings.pairs[0].outcomes[0];
    let split = split_of_20(ties, Outcome::ShippedValue);
    assert_eq!(split.same, 10);
}

#[test]
fn nothing_is_said_over_plausible_companies_if_nearly_all_are_dropped() {
    let text = verdict_text(&fixture::dropped());
    let (_, plausible) = text.split_once("Over plausible companies").expect("both bases");
    let plausible = plausible.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        plausible.contains("no verdict: only 32 of 4,400 plausible companies are viable"),
        "{plausible}"
    );
    assert!(plausible.contains("--no-uncertain"), "{plausible}");
    for word in ["better in", "mean difference", "is better"] {
        assert!(!plausible.contains(word), "{word}: {plausible}");
    }
}

#[test]
fn an_interval_for_a_number_fixed_beforehand_is_never_called_valid_at_any_time() {
    let text = |interval_rule| {
        let mut comparison = fixture::unsettled();
        comparison.settings.interval_rule = interval_rule;
        verdict_text(&comparison)
    };
    assert!(text(IntervalRule::AnyTime).contains("valid at any time"));
    // It ended at the cap, and still the number was fixed beforehand.
    assert!(!text(IntervalRule::FixedNumber).contains("any time"));
}

#[test]
fn many_arms_are_shown_against_the_first_alone_and_the_rest_is_counted() {
    let pairs = |comparison| {
        let text = verdict_text(&comparison);
        let (_, below) = text.split_once("Under these settings").expect("the settings");
        let shown = below.lines().filter(|line| line.contains(" against "));
        (shown.count(), text.contains("more pairs are in differences.csv"))
    };
    assert_eq!(pairs(fixture::three()), (3, false));
    assert_eq!(pairs(fixture::five()), (4, true));
}
