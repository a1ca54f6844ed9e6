//! The output of one run.

use reports::single_run::{event_log_csv, event_log_text, weekly_series_csv};
use sim_core::events::{Event, EventKind};
use sim_core::outcomes::Series;

fn events() -> Vec<Event> {
    let event = |number, week, kind, need, detail: &str, cause| Event {
        number,
        week,
        team: 11,
        kind,
        need,
        detail: detail.to_owned(),
        cause,
    };
    let need = Some(4_000_000_017);
    vec![
        event(
            0,
            -104,
            EventKind::Committed,
            need,
            "estimate 3.5 team-weeks",
            None,
        ),
        event(1, 3, EventKind::Started, need, "", Some(0)),
        event(2, 12, EventKind::DateMissed, None, "", Some(1)),
        event(3, 12, EventKind::Refused, None, "", None),
    ]
}

#[test]
fn the_event_log_names_causes() {
    insta::assert_snapshot!(event_log_text(&events()));
}

#[test]
fn the_event_table_leaves_unknown_cells_empty() {
    let bytes = event_log_csv(&events()).expect("memory");
    insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
}

#[test]
fn an_empty_event_log_says_so() {
    assert_eq!(event_log_text(&[]), "No events.\n");
}

#[test]
fn weekly_series_have_units_in_their_names() {
    let weeks = [[0.5; Series::COUNT], [f64::NAN; Series::COUNT]];
    let bytes = weekly_series_csv(&weeks).expect("memory");
    insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
}
