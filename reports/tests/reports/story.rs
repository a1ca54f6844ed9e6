//! What a story says: a sentence for every kind of event, a table and JSON of the same events.

use reports::story::StoryReport;

use crate::fixture::story::{story, told};

#[test]
fn every_kind_of_event_has_a_sentence() {
    let story = story(told());
    let report = StoryReport {
        story: &story,
        names: ["safe", "empowered"],
        world: "the typical one of 400 worlds",
        commands: &["orgsim run safe --replication 170 --events".to_owned()],
    };
    let sentences: Vec<String> = story.told.iter().map(|told| report.sentence(told)).collect();
    for sentence in &sentences {
        let event_words = ["-avoided", "plan-changed", "need 1"];
        assert!(
            event_words.iter().all(|word| !sentence.contains(word)),
            "{sentence}"
        );
        assert!(
            sentence.starts_with("In ") && sentence.ends_with('.'),
            "{sentence}"
        );
    }
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn words_table_and_json_hold_the_same_events_in_the_same_order() {
    let story = story(told().into_iter().take(7).collect());
    let report = StoryReport {
        story: &story,
        names: ["safe", "empowered"],
        world: "the typical one of 400 worlds",
        commands: &["orgsim run safe --replication 170 --events".to_owned()],
    };
    let text = report.words().text();
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    insta::assert_snapshot!(text);
    let table = String::from_utf8(report.csv().expect("a table")).expect("words");
    assert_eq!(table.lines().count(), 8);
    let object = report.object();
    for (place, (row, told)) in table.lines().skip(1).zip(&story.told).enumerate() {
        assert!(row.starts_with(&format!("{},", place + 1)), "{row}");
        assert!(row.contains(&report.sentence(told)), "{row}");
        assert_eq!(object["events"][place]["effect"], told.effect);
    }
    assert_eq!(object["arms"][1]["insolvent_in_week"], 120);
}

#[test]
fn a_world_in_which_nothing_mattered_is_said_to_be_quiet() {
    let story = story(Vec::new());
    let report = StoryReport {
        story: &story,
        names: ["safe", "empowered"],
        world: "one of 3 worlds",
        commands: &[],
    };
    let text = report.words().text();
    assert!(text.contains("A quiet world: no event"), "{text}");
    assert!(!text.contains("Every event of this world"), "{text}");
    reports::plots::timeline(&report).expect("it is drawn");
}
