//! What happened in an event, in words: who did what, why it came to this, and what would have been instead.

use experiments::story::Told;
use sim_core::events::{Event, EventKind, PUT_FIRST};

use super::month;
use crate::figures::{counted_noun, number};
use crate::sentences::listed;

/// The parts of a sentence.
pub(super) struct Happened {
    /// `team 7 of safe`.
    pub(super) who: String,
    /// `shipped an item that brings 0.3 team-week costs a week`.
    pub(super) did: String,
    /// `, asked for by sales, never tested`; empty if the log has no cause.
    pub(super) because: String,
    /// `had it been thrown away instead`.
    pub(super) without: &'static str,
}

/// An event of the arm `name`.
pub(super) fn happened(told: &Told, name: &str) -> Happened {
    let (did, without) = did(told);
    Happened {
        who: who(told, name),
        did,
        because: because(told),
        without,
    }
}

fn who(told: &Told, name: &str) -> String {
    let line = told.line + 1;
    match (told.event.kind, told.event.detail.as_str()) {
        (EventKind::SponsorLeft, _) => format!("the sponsor of the change in {name}"),
        (EventKind::Resigned, CHIEF) => format!("the company under {name}"),
        (EventKind::Resigned, HEAD) | (EventKind::MandateAnnounced | EventKind::LineAdvanced, _) => {
            format!("product line {line} of {name}")
        }
        _ => format!("team {} of {name}", told.event.team),
    }
}

/// Leaders as the log has them.
const CHIEF: &str = "chief product officer";
const HEAD: &str = "head of product";

/// What was done, and what a world without it would have been.
fn did(told: &Told) -> (String, &'static str) {
    let event = &told.event;
    match event.kind {
        EventKind::Shipped => (shipped(told), "had it been thrown away instead"),
        EventKind::Heard => (learned(told), "had the team never learned of it"),
        EventKind::Killed if event.detail.contains("built") => (
            "gave up an idea that a test had shown cannot be built".to_owned(),
            "had it kept the idea",
        ),
        EventKind::Killed => (
            "gave up an idea that no longer looked worth it after its tests".to_owned(),
            "had it kept the idea",
        ),
        EventKind::PlanChanged => (
            "changed its plan and put a request first".to_owned(),
            "had it refused",
        ),
        EventKind::Blocked => (waited(event), "had the item needed nobody else"),
        EventKind::ReleaseFailed if told.items > 1 => (
            format!("and others saw a release of {} items fail", told.items),
            "had it worked at the first try",
        ),
        EventKind::ReleaseFailed => ("saw a release fail".to_owned(), "had it worked at the first try"),
        EventKind::RolledBack => (
            "took an item back after its effect had been measured".to_owned(),
            "had it stayed live",
        ),
        EventKind::DateMissed => (missed(event), "had nobody minded"),
        EventKind::Left => ("lost one of its people".to_owned(), "had nobody left that week"),
        EventKind::Resigned => (resigned(event), "had nobody resigned there that week"),
        EventKind::MandateAnnounced => (announced(event), "had it never been announced"),
        EventKind::SponsorLeft => ("left".to_owned(), "had the sponsor not left then"),
        EventKind::Advanced => (went_over(event), "had it gone no further"),
        EventKind::LineAdvanced => (went_over(event), "had it gone no further"),
        EventKind::Reverted => (
            "went back to the old way of working".to_owned(),
            "had it kept to the new one that week",
        ),
        kind => (kind.word().replace('-', " "), "without it"),
    }
}

fn shipped(told: &Told) -> String {
    let rate = told.event.rate_at_launch().unwrap_or(0.0);
    let size = number(rate.abs());
    if let Some(mandate) = mandate(told) {
        return format!(
            "delivered its part of the mandate announced in {}",
            month(mandate.week)
        );
    }
    if is_duplicate(&told.event) {
        return "shipped what another team had already built".to_owned();
    }
    if rate < 0.0 {
        format!("shipped an item that does harm, {size} team-week costs a week at first")
    } else {
        format!("shipped an item that brings {size} team-week costs a week at first")
    }
}

fn is_duplicate(event: &Event) -> bool {
    event.detail.contains("duplicate")
}

/// The mandate that an item is a part of, if it is.
fn mandate(told: &Told) -> Option<&Event> {
    let mut causes = told.causes.iter();
    causes.find(|cause| cause.kind == EventKind::MandateAnnounced)
}

fn learned(told: &Told) -> String {
    let is_improvement = told.causes.iter().any(|cause| cause.kind == EventKind::Shipped);
    match source(&told.event) {
        _ if is_improvement => "saw in its data how an item it had shipped could be better".to_owned(),
        Some("search") => "found a need that nobody had asked about".to_owned(),
        Some(source) => format!("heard of a need from {source}"),
        None => "heard of a need".to_owned(),
    }
}

/// Who brought a need, as the log has it.
fn source(heard: &Event) -> Option<&str> {
    let rest = heard.detail.strip_prefix("from ")?;
    rest.split(',').next()
}

/// `waits for team 2, which nobody had asked`.
fn waited(event: &Event) -> String {
    let partner = event.detail.strip_prefix("waits for ");
    let partner = partner.and_then(|rest| rest.split(',').next());
    format!(
        "had to wait with an item for {}, which nobody had seen coming",
        partner.unwrap_or("another team")
    )
}

fn missed(event: &Event) -> String {
    match event.detail.strip_suffix(" weeks late") {
        Some("1") => "missed a promised date by a week".to_owned(),
        Some(weeks) => format!("missed a promised date by {weeks} weeks"),
        None => "gave up an item with a promised date".to_owned(),
    }
}

/// `senior product manager, craft 0.71, morale 0.52`.
fn resigned(event: &Event) -> String {
    match event.detail.as_str() {
        leader @ (CHIEF | HEAD) => format!("lost its {leader}"),
        detail => match detail.split(',').next() {
            Some("associate") => "lost an associate product manager".to_owned(),
            Some(level) => format!("lost a {level}"),
            None => "lost a product person".to_owned(),
        },
    }
}

/// `incentives, roles`.
fn went_over(event: &Event) -> String {
    let groups: Vec<String> = event
        .detail
        .split(", ")
        .map(|group| group.replace('_', " "))
        .collect();
    format!("went over to the new way in {}", listed(&groups))
}

/// `product line 2, due in week 40`.
fn announced(event: &Event) -> String {
    let due = event.detail.rsplit(' ').next().and_then(|week| week.parse().ok());
    let by = due.map_or_else(String::new, |week| format!(" by {}", month(week)));
    format!("was given a mandate, work that must be live{by}")
}

/// The causes in the log that say most about why it came to this, each after a comma.
fn because(told: &Told) -> String {
    let live = || {
        told.live
            .map(|week| format!("the item live from {} on", month(week)))
    };
    let fate = || Some(live().unwrap_or_else(|| "the item not live by the end".to_owned()));
    let reasons = match told.event.kind {
        EventKind::Left | EventKind::Resigned => Vec::from_iter(mood(&told.event)),
        EventKind::Shipped if mandate(told).is_some() => Vec::new(),
        EventKind::Shipped | EventKind::RolledBack => {
            let all = [origin(told), Some(tests(told)), decision(told)];
            all.into_iter().flatten().collect()
        }
        EventKind::PlanChanged => {
            let all = [origin(told), Some(tests(told)), fate()];
            all.into_iter().flatten().collect()
        }
        EventKind::Heard => Vec::from_iter(fate()),
        EventKind::Blocked => Vec::from_iter(fate()),
        EventKind::Killed => Vec::from_iter(origin(told)),
        EventKind::DateMissed => Vec::from_iter(origin(told).map(|origin| format!("the item {origin}"))),
        _ => Vec::new(),
    };
    reasons.iter().map(|reason| format!(", {reason}")).collect()
}

/// What led to an item since its need was last heard of: an improvement has a history of its own.
fn since_heard(told: &Told) -> &[Event] {
    let heard = told
        .causes
        .iter()
        .rposition(|cause| cause.kind == EventKind::Heard);
    &told.causes[heard.unwrap_or(0)..]
}

fn origin(told: &Told) -> Option<String> {
    let own = since_heard(told);
    let before = &told.causes[..told.causes.len() - own.len()];
    let live = before.iter().rev().find(|cause| cause.kind == EventKind::Shipped);
    if let Some(live) = live {
        return Some(format!(
            "an improvement of what it shipped in {}",
            month(live.week)
        ));
    }
    Some(match source(own.first()?)? {
        "search" => "found by searching for what nobody had asked about".to_owned(),
        "engineers" => "proposed by engineers".to_owned(),
        source => format!("asked for by {source}"),
    })
}

fn tests(told: &Told) -> String {
    let tests = since_heard(told)
        .iter()
        .filter(|cause| cause.kind == EventKind::Tested)
        .count();
    match tests {
        0 => "never tested".to_owned(),
        1 => "tested once".to_owned(),
        2 => "tested twice".to_owned(),
        tests => format!("tested {}", counted_noun(tests as u64, "time", "times")),
    }
}

fn decision(told: &Told) -> Option<String> {
    let own = since_heard(told);
    let of = |kind: EventKind| own.iter().rev().find(|cause| cause.kind == kind);
    let first = of(EventKind::PlanChanged).filter(|cause| cause.detail == PUT_FIRST);
    let put_first = first.map(|cause| format!("put first on request in {}", month(cause.week)));
    let planned = || of(EventKind::Committed).map(|cause| format!("planned in {}", month(cause.week)));
    let started = || of(EventKind::Started).map(|cause| format!("started in {}", month(cause.week)));
    put_first.or_else(planned).or_else(started)
}

/// Morale below this is low \[0–1\].
const LOW_MORALE: f64 = 0.4;
/// Morale above this is high \[0–1\].
const HIGH_MORALE: f64 = 0.6;

/// `with low morale there`, from the last figure of the detail.
fn mood(event: &Event) -> Option<String> {
    let (_, figure) = event.detail.rsplit_once("morale ")?;
    let morale: f64 = figure.parse().ok()?;
    let words = if morale < LOW_MORALE {
        "with low morale there"
    } else if morale > HIGH_MORALE {
        "although morale there was high"
    } else {
        "with middling morale there"
    };
    Some(words.to_owned())
}

/// A few words for a picture, without the arm: with what led to it or came of it, and without.
pub(super) fn short(told: &Told) -> [String; 2] {
    let (team, line) = (told.event.team, told.line + 1);
    let plain = match (told.event.kind, told.event.detail.as_str()) {
        (EventKind::SponsorLeft, _) => "the sponsor leaves".to_owned(),
        (EventKind::MandateAnnounced, _) => format!("product line {line} is given a mandate"),
        (EventKind::LineAdvanced, _) => format!("product line {line} goes over to the new way"),
        (EventKind::Resigned, CHIEF) => format!("the {CHIEF} resigns"),
        (EventKind::Resigned, HEAD) => format!("product line {line} loses its {HEAD}"),
        _ => format!("team {team} {}", short_of_team(told)),
    };
    let more = match told.event.kind {
        EventKind::Shipped if mandate(told).is_none() => origin(told),
        EventKind::Killed => origin(told),
        EventKind::Heard | EventKind::PlanChanged => {
            told.live.map(|week| format!("live from {}", month(week)))
        }
        _ => None,
    };
    let long = more.map_or_else(|| plain.clone(), |more| format!("{plain}, {more}"));
    [long, plain]
}

fn short_of_team(told: &Told) -> &'static str {
    let rate = told.event.rate_at_launch().unwrap_or(0.0);
    match told.event.kind {
        EventKind::Shipped if mandate(told).is_some() => "delivers its part of a mandate",
        EventKind::Shipped if is_duplicate(&told.event) => "ships a duplicate",
        EventKind::Shipped if rate < 0.0 => "ships an item that harms",
        EventKind::Shipped => "ships an item that helps",
        EventKind::Heard => "hears of a need",
        EventKind::Killed => "gives up an idea",
        EventKind::PlanChanged => "puts a request first",
        EventKind::Blocked => "waits for another team",
        EventKind::ReleaseFailed => "sees a release fail",
        EventKind::RolledBack => "takes an item back",
        EventKind::DateMissed => "misses a date",
        EventKind::Left => "loses one of its people",
        EventKind::Resigned => "loses a product person",
        EventKind::Advanced => "goes over to the new way",
        EventKind::Reverted => "goes back to the old way",
        kind => kind.word(),
    }
}
