//! A ledger reads the same on the terminal and on the page, and its table keeps every bit.

use experiments::ledger::{ClaimVerdict, Estimate, Exception, Finding, Share};
use reports::ledger::{LedgerEntry, claim_object, claims_csv, closing_words, entry_words, page};
use scenarios::Claim;
use sim_core::parameters::find;

fn estimate(mean: f64, low: f64, high: f64) -> Option<Estimate> {
    Some(Estimate {
        mean,
        interval: Some((low, high)),
    })
}

/// A claim that depends, one that holds everywhere and turns round without its mechanism, and one without companies.
fn entries() -> Vec<LedgerEntry> {
    let entry = |name: &str, finding: Finding| LedgerEntry {
        claim: Claim::load(name).expect("the library has it"),
        finding,
    };
    let depends = Finding {
        horizon_weeks: 156,
        companies: 930,
        left_out: 2,
        baseline_mean: Some(1_920.0),
        effect: estimate(77.4, 27.5, 127.0),
        smallest_gap: 32.4,
        share: Some(Share {
            share: 0.7,
            interval: (0.61, 0.78),
        }),
        left: estimate(0.415, -5.0, 6.0),
        exception: Some(Exception {
            parameter: find("discovery", "hours").expect("the table has it"),
            arm: Some(0),
            threshold: 3.04,
            holds_below: 0.93,
            holds_above: 0.44,
        }),
        verdict: ClaimVerdict::Depends,
    };
    let holds = Finding {
        share: Some(Share {
            share: 1.0,
            interval: (0.97, 1.0),
        }),
        left: estimate(-40.0, -50.0, -30.0),
        exception: None,
        verdict: ClaimVerdict::Holds,
        ..depends.clone()
    };
    let unknown = Finding {
        horizon_weeks: 312,
        companies: 0,
        left_out: 3,
        baseline_mean: None,
        effect: None,
        smallest_gap: 0.0,
        share: None,
        left: None,
        exception: None,
        verdict: ClaimVerdict::TooFewCompanies,
    };
    vec![
        entry("stories-leave-no-time", depends),
        entry("order-takers", holds),
        entry("two-minds", unknown),
    ]
}

#[test]
fn words_stay_as_they_are() {
    let entries = entries();
    let words: Vec<String> = entries
        .iter()
        .map(|entry| entry_words(entry).join("\n"))
        .collect();
    insta::assert_snapshot!(words.join("\n\n") + "\n\n" + &closing_words(&entries, 39));
}

#[test]
fn the_page_stays_as_it_is() {
    insta::assert_snapshot!(page(&entries(), 39, 1000, "a command"));
}

#[test]
fn a_share_that_may_be_nearly_anything_is_not_told() {
    let said = |interval| {
        let mut entry = entries().remove(0);
        entry.finding.share = Some(Share { share: 1.0, interval });
        let page = page(std::slice::from_ref(&entry), 39, 1000, "a command");
        (entry_words(&entry).join("\n"), page)
    };
    let (words, page) = said((0.0, 1.0));
    assert!(words.contains("cannot be told (930 companies tried)"), "{words}");
    assert!(page.contains("| cannot be told |"), "{page}");
    assert!(!words.contains("olds in") && !page.contains("(0 to 100"));
    let (words, page) = said((0.1, 1.0));
    assert!(
        words.contains("Holds in 100 of 100 plausible companies (10 to 100"),
        "{words}"
    );
    assert!(page.contains("| 100 (10 to 100) |"), "{page}");
}

#[test]
fn what_a_mechanism_does_not_carry_is_told_from_what_cannot_be_left() {
    let said = |mean| {
        let mut entry = entries().remove(0);
        entry.finding.left = estimate(mean, mean - 5.0, mean + 5.0);
        entry
    };
    let not_carried = "this mechanism does not carry it";
    let words = |entry: &LedgerEntry| entry_words(entry).join("\n");
    assert!(words(&said(0.95 * 77.4)).contains(not_carried));
    assert!(!words(&said(0.5 * 77.4)).contains(not_carried));
    let mut alike = said(0.0);
    alike.claim.without[0] = alike.claim.without[1].clone();
    let words = words(&alike);
    let page = page(&[alike], 39, 1000, "a command");
    assert!(!words.contains(" is left"), "{words}");
    for text in [words, page] {
        assert!(text.contains("the arms differ in nothing else"), "{text}");
    }
}

#[test]
fn the_table_keeps_every_figure_and_leaves_unknown_ones_empty() {
    let table = String::from_utf8(claims_csv(&entries()).expect("memory")).expect("words");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(
        lines[1].starts_with("stories-leave-no-time,depends,emergent,"),
        "{}",
        lines[1]
    );
    assert!(
        lines[1].contains(",discovery.hours,baseline,3.04,0.93,0.44,"),
        "{}",
        lines[1]
    );
    assert!(lines[3].contains(",0,3,,,,,0,,,,,,,,,"), "{}", lines[3]);
    let object = claim_object(&entries()[2]);
    assert!(
        object["share"].is_null() && object["effect"]["mean"].is_null(),
        "{object}"
    );
}
