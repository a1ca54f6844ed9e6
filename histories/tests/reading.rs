//! Histories as trackers export them: what is read, what is told, what is refused; nothing breaks the reading.

use experiments::calibration::Scale;
use histories::{Column, DayOrder, History, HistoryError, Options, Unit, read};
use proptest::prelude::*;
use sim_core::history::{Effect, Item};

fn options() -> Options {
    Options::default()
}

fn found(text: &str) -> History {
    read(text.as_bytes(), &options()).expect("it can be read")
}

fn refusal(text: &str, options: &Options) -> String {
    read(text.as_bytes(), options)
        .expect_err("it is refused")
        .to_string()
}

/// A row each week: created on Monday, started on Tuesday, finished on the Friday `weeks` later.
fn weekly(rows: usize, heading: &str, row: impl Fn(usize, &str, &str, &str) -> String) -> String {
    let day = |week: usize, day: usize| {
        let first = jiff::civil::date(2025, 1, 6);
        let days = i64::try_from(7 * week + day).expect("few days");
        (first + jiff::Span::new().days(days)).to_string()
    };
    let body: Vec<String> = (0..rows)
        .map(|number| row(number, &day(number, 0), &day(number, 1), &day(number + 2, 4)))
        .collect();
    format!("{heading}\n{}\n", body.join("\n"))
}

#[test]
fn a_plain_history_is_read_to_weeks() {
    let history = found(&weekly(
        40,
        "team,created,started,finished,estimate,effort,outcome",
        |number, created, started, finished| {
            let open = number >= 36;
            let finished = if open { "" } else { finished };
            format!(
                "T{},{created},{started},{finished},1.5,2,{}",
                number % 3,
                if open { "" } else { "helped" }
            )
        },
    ));
    let (observed, holds) = (&history.observed, history.observed.holds);
    assert_eq!((observed.teams, observed.weeks, history.rows), (3, 39, 40));
    assert_eq!(
        observed.items[4],
        Item {
            team: 1,
            created: 4,
            started: Some(4),
            finished: Some(6),
            dropped: None,
            estimate: Some(1.5),
            effort: Some(2.0),
            effect: Some(Effect::Helped),
        }
    );
    assert!(holds.started && holds.unfinished && holds.teams && !holds.dropped);
    assert_eq!((holds.estimate, holds.effort), (Scale::Absolute, Scale::Absolute));
    assert!((holds.effect_share - 1.0).abs() < 1e-12);
    assert!(
        history.troubles.is_empty() && history.notes.is_empty(),
        "{:?}",
        history.notes
    );
}

#[test]
fn an_export_of_a_tracker_is_read() {
    // Semicolons, a mark, quotes, months as words, points, seconds, headings twice, resolutions.
    let text = weekly(
        40,
        "\u{feff}\"Issue key\";\"Summary\";\"Project name\";\"Sprint\";\"Sprint\";\"Created\";\"Custom field (Start date)\";\
         \"Resolved\";\"Custom field (Story Points)\";\"Time Spent\";\"Resolution\"",
        |number, created, started, finished| {
            let date = |iso: &str| {
                let date: jiff::civil::Date = iso.parse().unwrap();
                date.strftime("%d/%b/%y 10:42 AM").to_string()
            };
            let resolution = if number % 10 == 9 { "Won't Do" } else { "Done" };
            format!(
                "\"ABC-{number}\";\"Fix; it, \"\"now\"\"\";\"Shop\";\"S1\";\"\";\"{}\";\"{}\";\"{}\";\"3,0\";\"288000\";\"{resolution}\"",
                date(created),
                date(started),
                date(finished)
            )
        },
    );
    let history = found(&text);
    let holds = history.observed.holds;
    assert_eq!((holds.estimate, holds.effort), (Scale::Relative, Scale::Absolute));
    assert!(holds.dropped || !holds.unfinished);
    let first = history.observed.items[0];
    // 80 hours of 8 people who work 40 hours a week.
    assert_eq!((first.estimate, first.effort), (Some(3.0), Some(0.25)));
    assert_eq!(history.observed.items[9].finished, None);
    let units: Vec<_> = history
        .columns
        .iter()
        .filter_map(|(column, _, unit)| unit.map(|unit| (*column, unit)))
        .collect();
    assert_eq!(
        units,
        [
            (Column::Estimate, Unit::Points),
            (Column::Effort, Unit::PersonSeconds)
        ]
    );
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_named_by_line() {
    let mut text = weekly(40, "team,created,finished,effort", |_, created, _, finished| {
        format!("A,{created},{finished},1")
    });
    text += "A,soon,,1\nA,2025-03-10,2025-03-01,1\nA,,2025-03-01,1\nA,2025-03-10,,much\nA,2025-03-10\nA,2025-03-10,,1,2\n\
             A,2025-03-10,,1,,\n";
    let history = found(&text);
    assert_eq!(
        (history.rows, history.rows_left_out, history.cells_left_out),
        (47, 5, 1)
    );
    let told: Vec<(u64, &str)> = history
        .troubles
        .iter()
        .map(|trouble| (trouble.line, trouble.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (42, "`soon` is no date (created)"),
            (
                43,
                "it was finished on 2025-03-01, before it was created on 2025-03-10"
            ),
            (44, "it does not say when it was created"),
            (45, "`much` is no size (effort)"),
            (46, "it has 2 cells, the heading has 4: write empty cells, too"),
        ]
    );
    // The last row is fine: nothing stands beyond the headings.
    assert_eq!(history.observed.items.len(), 42);
}

#[test]
fn a_row_that_is_cut_off_is_no_item_and_proves_no_order_of_dates() {
    let text = weekly(40, "team,created,finished", |number, created, _, _| {
        if number == 7 {
            format!("A,{created}")
        } else {
            format!("A,{created},{created}")
        }
    });
    let history = found(&text);
    assert_eq!((history.items, history.rows_left_out), (38, 1));
    assert!(!history.observed.holds.unfinished, "{:?}", history.notes);
    let cut = "team,created,resolved\nA,25/12/2025\nA,03/25/2025,04/26/2025\nA,01/01/2025,01/02/2025\n";
    assert_eq!(found(cut).from.to_string(), "2025-01-01");
}

#[test]
fn headings_that_were_left_are_told() {
    let text = weekly(
        40,
        "created_at,created,team,finished",
        |_, created, _, finished| format!("2020-01-01,{created},A,{finished}"),
    );
    let history = found(&text);
    assert_eq!(history.from.to_string(), "2025-01-06");
    assert!(history.notes[0].contains("created from `created`, not `created_at`"));
}

/// A row each week and then some more, each finished in the same week.
fn with_extra(rows: usize, extra: &str) -> String {
    weekly(rows, "team,created,finished", |number, created, _, _| {
        format!("T{},{created},{created}", number % 3)
    }) + extra
}

#[test]
fn teams_that_finished_hardly_anything_are_told() {
    let stray = "Strai,2025-03-03,2025-03-04\nTo,2025-03-03,\nX,2025-03-03,2025-03-04\nX,2025-03-03,2025-03-05\n\
                 Y,2025-03-03,2025-03-04\n";
    let history = found(&with_extra(40, stray));
    assert_eq!(history.observed.teams, 7);
    assert_eq!(
        history.notes,
        [
            "4 of 7 teams finished fewer than 3 items in the window, `To` (0), `Strai` (1), `Y` (1) and 1 more: each counts as a \
             whole team, so correct names that are wrong and leave out rows that belong to no team"
        ]
    );
    assert!(
        found(&with_extra(40, ""))
            .notes
            .iter()
            .all(|note| !note.contains("teams"))
    );
}

#[test]
fn a_column_that_names_no_teams_is_refused() {
    let keys = weekly(40, "project,created,finished", |number, created, _, _| {
        format!("ABC-{number},{created},{created}")
    });
    assert_eq!(
        refusal(&keys, &options()),
        "the column taken as team, `project`, looks like no team: it has 40 names, and 39 of 39 finished items belong to one \
         that finished fewer than 3; name the right column with --column team=HEADING, or take a longer history; if no column \
         tells the team, rename this one and say how many there were with --teams N"
    );
    // Half of the items in whole teams: that is told, not refused.
    let half = weekly(40, "team,created,finished", |number, created, _, _| {
        let team = if number % 2 == 0 {
            "A".to_owned()
        } else {
            format!("ABC-{number}")
        };
        format!("{team},{created},{created}")
    });
    let notes = found(&half).notes;
    assert!(
        notes.iter().any(|note| note.starts_with("20 of 21 teams")),
        "{notes:?}"
    );
}

#[test]
fn a_date_that_stretches_the_window_is_named_by_line() {
    let far = with_extra(40, "T1,2025-03-03,2062-06-01\n");
    assert_eq!(
        refusal(&far, &options()),
        "its window is 2025-01-06 to 2062-06-02, 1951 whole weeks: at least 8 and at most 520 can be used; it begins with \
         2025-01-06 in line 2 and ends with 2062-06-01 in line 42: correct a date that is wrong, or set its ends with --from and \
         --until"
    );
    let given = Options {
        from: Some(jiff::civil::date(2025, 1, 1)),
        ..options()
    };
    let said = refusal(&far, &given);
    assert!(
        said.contains("it ends with 2062-06-01 in line 42") && !said.contains("line 2:"),
        "{said}"
    );
    let notes = |extra: &str| found(&with_extra(40, extra)).notes.join("; ");
    let late = notes("T1,2025-03-03,2029-06-01\n");
    assert!(
        late.contains(
            "the window ends with 2029-06-01 in line 42, the next date before it is 2025-10-06 in line 41"
        ),
        "{late}"
    );
    let early = notes("T1,2019-03-03,\n");
    assert!(
        early.contains("the window begins with 2019-03-03 in line 42"),
        "{early}"
    );
    assert!(!early.contains("first quarter"), "{early}");
}

#[test]
fn dates_in_an_unknown_order_are_refused_or_proved_or_told() {
    let rows = |extra: &str| {
        let body: String = (1..=12)
            .map(|month| format!("A,03/{month:02}/2025,04/{month:02}/2025\n"))
            .collect();
        format!("team,created,resolved\n{body}{extra}")
    };
    assert!(matches!(
        read(rows("").as_bytes(), &options()),
        Err(HistoryError::AmbiguousDates { line: 2, .. })
    ));
    let by_day = found(&rows("A,25/12/2025,26/12/2025\n"));
    assert_eq!(by_day.from.to_string(), "2025-01-03");
    let by_month = found(&rows("A,03/25/2025,04/26/2025\n"));
    assert_eq!(by_month.from.to_string(), "2025-03-01");
    let told = Options {
        dates: Some(DayOrder::MonthFirst),
        from: Some(jiff::civil::date(2025, 1, 1)),
        ..options()
    };
    assert_eq!(
        read(rows("").as_bytes(), &told).unwrap().observed.items[0].finished,
        Some(12)
    );
    let mixed = refusal(&rows("A,25/12/2025,\nA,03/25/2025,\n"), &options());
    assert!(mixed.contains("line 14") && mixed.contains("line 15"), "{mixed}");
}

#[test]
fn only_what_happened_in_the_window_counts() {
    let text = weekly(40, "team,created,finished", |_, created, _, finished| {
        format!("A,{created},{finished}")
    });
    let window = Options {
        from: Some(jiff::civil::date(2025, 3, 3)),
        until: Some(jiff::civil::date(2025, 6, 25)),
        ..options()
    };
    let history = read(text.as_bytes(), &window).unwrap();
    assert_eq!(
        (history.observed.weeks, history.until.to_string().as_str()),
        (16, "2025-06-23")
    );
    assert_eq!((history.items, history.finished), (16, 14));
    assert!(
        history
            .notes
            .iter()
            .any(|note| note.starts_with("8 items created before"))
    );
    let finished_only = found(&text);
    assert!(!finished_only.observed.holds.unfinished || finished_only.items > finished_only.finished);
}

#[test]
fn what_is_missing_is_said_with_its_remedy() {
    assert!(refusal("", &options()).contains("headings"));
    assert!(refusal("team,created,finished\n", &options()).contains("0 rows"));
    assert!(refusal("created,finished\n2025-01-01,2025-01-02\n", &options()).contains("--teams N"));
    let few = Options {
        teams: Some(1),
        ..options()
    };
    let text = "team,created,finished\nA,2025-01-01,2025-03-02\nB,2025-01-01,2025-03-02\n";
    assert!(refusal(text, &few).contains("`team`, names 2 teams, more than the 1 of --teams"));
    let short = "team,created,finished\nA,2025-01-01,2025-01-20\n";
    assert!(refusal(short, &options()).contains("2 whole weeks"));
}

#[test]
fn a_history_that_is_written_is_read_back() {
    let item = |created: i32| Item {
        team: (created % 2).unsigned_abs(),
        created,
        started: Some(created + 1),
        finished: (created % 5 != 0).then_some(created + 3),
        dropped: (created % 5 == 0).then_some(created + 2),
        estimate: Some(1.25),
        effort: (created % 5 != 0).then_some(2.5),
        effect: (created % 5 != 0).then_some(Effect::Flat),
    };
    let items: Vec<Item> = (-3..30).map(item).collect();
    let bytes = histories::write(&items, 24).unwrap();
    let from_week_0 = Options {
        from: Some(histories::write::FIRST_DAY),
        until: Some(jiff::civil::date(2025, 6, 23)),
        ..options()
    };
    let history = read(&bytes, &from_week_0).unwrap();
    assert_eq!((history.observed.weeks, history.observed.teams), (24, 2));
    let again = experiments::calibration::seen(&history.observed.items, 24, &history.observed.holds);
    let before = experiments::calibration::seen(&items, 24, &history.observed.holds);
    assert_eq!(again, before);
}

proptest! {
    #[test]
    fn nothing_breaks_the_reading(cells in prop::collection::vec("[-0-9/.,;\"a-zé\n\t ]{0,12}", 0..60)) {
        let text = format!("team,created,started,finished,effort\n{}", cells.join(","));
        let _ = read(text.as_bytes(), &Options::default());
    }
}
