//! The story of one world: its events with what each was worth, as words, table and JSON; never a figure that is not in
//! the story.
//!
//! The model has no calendar: week 0 is taken for the first week of January of year 1.

mod sentence;

use std::io;

use experiments::story::{Story, Told};
use serde_json::{Map, Value, json};
use sim_core::events::Event;

use crate::figures::{count, counted_noun, gap_size, gap_words, number, quantity, unit_words};
use crate::sentences::{WHAT_IF, label};
use crate::sheet::Sheet;
use crate::tables::figure;
use crate::words::Words;

/// A story with what it is called.
#[derive(Debug, Clone, Copy)]
pub struct StoryReport<'a> {
    /// What was found.
    pub story: &'a Story,
    /// Names of baseline and arm.
    pub names: [&'a str; 2],
    /// Which world it is: `the typical one of 400 worlds`.
    pub world: &'a str,
    /// The commands that show the same world event by event, for the arms that have one.
    pub commands: &'a [String],
}

/// Two figures of a value: the third would say more than one run without an event can.
pub(crate) fn rough(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// Weeks of a year.
const YEAR: i32 = 52;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `March of year 2`.
pub(crate) fn month(week: i32) -> String {
    let month = MONTHS[(week.rem_euclid(YEAR) * 12 / YEAR) as usize];
    match week.div_euclid(YEAR) + 1 {
        year @ 1.. => format!("{month} of year {year}"),
        0 => format!("{month} of the year before the start"),
        year => format!(
            "{month}, {} before the start",
            counted_noun((1 - year).unsigned_abs().into(), "year", "years")
        ),
    }
}

impl StoryReport<'_> {
    /// Who came out ahead in this world, and by how much.
    pub fn headline(&self) -> String {
        let [baseline, arm] = self.story.values;
        let [first, other] = self.names;
        let outcome = self.story.outcome;
        let (unit, what) = (outcome.row().unit, label(outcome));
        if baseline == arm {
            return format!(
                "In this world {first} and {other} come out the same: {what} {}.",
                quantity(arm, unit)
            );
        }
        let (more, most, less, least) = if arm > baseline {
            (other, arm, first, baseline)
        } else {
            (first, baseline, other, arm)
        };
        let gap = if gap_words(unit) == unit_words(unit) {
            number(most - least)
        } else {
            gap_size(most - least, unit)
        };
        format!(
            "In this world {what} of {more} is {}, {gap} more than that of {less}.",
            quantity(most, unit)
        )
    }

    /// `shipped value of safe would have been about 40 team-week costs lower`.
    fn otherwise(&self, told: &Told) -> String {
        let direction = if told.effect > 0.0 { "lower" } else { "higher" };
        format!(
            "{} of {} would have been about {} {direction}",
            label(self.story.outcome),
            self.names[told.arm],
            gap_size(rough(told.effect), self.story.outcome.row().unit)
        )
    }

    /// `In March of year 2, team 7 of safe …, asked for by sales; without it, shipped value of safe would have been …`.
    pub fn sentence(&self, told: &Told) -> String {
        let what = sentence::happened(told, self.names[told.arm]);
        format!(
            "In {}, {} {}{}; {}, {}.",
            month(told.event.week),
            what.who,
            what.did,
            what.because,
            what.without,
            self.otherwise(told)
        )
    }

    /// A few words for a picture: `safe: team 7 ships an item that harms`, with what led to it and without.
    pub(crate) fn labels(&self, told: &Told) -> [String; 2] {
        sentence::short(told).map(|words| format!("{}: {words}", self.names[told.arm]))
    }

    /// How much an event usually changes: `Half of the 122 events tried changed it by less than 13 team-week costs.`
    pub(crate) fn usual(&self) -> String {
        format!(
            "Half of the {} events that were tried changed it by less than {}.",
            count(self.story.tried),
            gap_size(rough(self.story.usual_effect), self.story.outcome.row().unit)
        )
    }

    /// What the events that are told did to the gap of this world; nothing where only one arm is told, or there is no gap.
    fn on_gap(&self) -> Option<String> {
        let [baseline, arm] = self.story.values;
        let arms = |arm: usize| self.story.told.iter().any(|told| told.arm == arm);
        if !(arms(0) && arms(1)) || baseline == arm {
            return None;
        }
        let wider = |told: &&Told| (Self::on_difference(told) > 0.0) == (arm > baseline);
        let wider = self.story.told.iter().filter(wider).count();
        let all = self.story.told.len();
        let events = match all - wider {
            0 => "All of these events made the gap of this world wider".to_owned(),
            narrower if narrower == all => {
                "All of these events made the gap of this world narrower".to_owned()
            }
            _ => {
                format!("{wider} of these {all} events made the gap of this world wider, the others narrower")
            }
        };
        Some(format!(
            "{events}; it comes from everything that happened, not from these alone."
        ))
    }

    /// Effect on the difference between arm and baseline.
    fn on_difference(told: &Told) -> f64 {
        if told.arm == 0 { -told.effect } else { told.effect }
    }

    /// `safe runs out of cash in March of year 2, and the company ends.`, for every arm that does.
    fn ends(&self) -> Vec<String> {
        let ends = self.names.iter().zip(self.story.insolvent);
        ends.filter_map(|(name, week)| Some((name, week?)))
            .map(|(name, week)| {
                format!(
                    "{name} runs out of cash in {}: from then on nothing it shipped brings value.",
                    month(week)
                )
            })
            .collect()
    }

    /// What was found, in words.
    pub fn words(&self) -> Words {
        let story = self.story;
        let mut words = Words::default();
        words.title(format!(
            "World {} of seed {}, {}: why do {} and {} come out as they do?",
            story.key.replication, story.key.seed, self.world, self.names[0], self.names[1]
        ));
        words.gap();
        words.headline(self.headline());
        self.ends().into_iter().for_each(|end| words.say(end));
        words.gap();
        if story.told.is_empty() {
            words.say("A quiet world: no event that was taken away changed anything.");
        } else {
            words.say("What mattered most, the largest effect first:");
        }
        for (place, told) in story.told.iter().enumerate() {
            words.item(format!("{}. {}", place + 1, self.sentence(told)));
        }
        self.on_gap().into_iter().for_each(|sentence| words.say(sentence));
        words.gap();
        words.say(format!(
            "Each effect is that of one event in this one world: the same world was run again without it, everything else with \
             the same luck, and all that followed counts, by chance too. In another world the same event may be worth \
             something else, and effects do not add up. {} Of {} events that can be taken away, those were tried that have \
             most at stake at first sight.",
            self.usual(),
            count(story.candidates)
        ));
        if story.failed > 0 {
            words.say(format!(
                "{} broke off without its event, so its effect is not known and it is not told.",
                counted_noun(story.failed, "run", "runs")
            ));
        }
        words.say("Week 0 is taken for the first week of January of year 1. Teams have the numbers of the event log.");
        if !self.commands.is_empty() {
            words.say("Every event of this world, with its causes:");
            self.commands.iter().for_each(|line| words.item(line.clone()));
        }
        words.say(WHAT_IF);
        words
    }

    /// `story.csv`: the events, the largest effect first.
    ///
    /// # Errors
    /// Only if memory cannot be had.
    pub fn csv(&self) -> io::Result<Vec<u8>> {
        let mut sheet = Sheet::new([
            "rank",
            "arm",
            "week",
            "month",
            "team",
            "event",
            "need",
            "detail",
            "outcome",
            "unit",
            "with",
            "without",
            "effect",
            "effect_on_difference",
            "sentence",
        ]);
        let row = self.story.outcome.row();
        for (place, told) in self.story.told.iter().enumerate() {
            sheet.row([
                (place + 1).to_string(),
                self.names[told.arm].to_owned(),
                told.event.week.to_string(),
                month(told.event.week),
                told.event.team.to_string(),
                told.event.kind.word().to_owned(),
                told.event.need.map_or_else(String::new, |need| need.to_string()),
                told.event.detail.clone(),
                row.name.to_owned(),
                row.unit.to_owned(),
                figure(self.story.values[told.arm]),
                figure(told.without),
                figure(told.effect),
                figure(Self::on_difference(told)),
                self.sentence(told),
            ]);
        }
        sheet.csv()
    }

    /// The keys of the JSON object.
    pub fn object(&self) -> Map<String, Value> {
        let story = self.story;
        let told = story.told.iter().enumerate().map(|(place, told)| {
            json!({
                "rank": place + 1,
                "arm": self.names[told.arm],
                "week": told.event.week,
                "month": month(told.event.week),
                "team": told.event.team,
                "event": told.event.kind.word(),
                "need": told.event.need.map(|need| need.to_string()),
                "detail": told.event.detail,
                "causes": told.causes.iter().map(cause).collect::<Vec<_>>(),
                "instead": told.event.instead(),
                "with": story.values[told.arm],
                "without": told.without,
                "effect": told.effect,
                "effect_on_difference": Self::on_difference(told),
                "sentence": self.sentence(told),
            })
        });
        let arms = (0..2).map(|arm| {
            json!({
                "name": self.names[arm],
                "value": story.values[arm],
                "insolvent_in_week": story.insolvent[arm],
            })
        });
        let pairs = [
            ("replication", json!(story.key.replication)),
            ("world", json!(self.world)),
            ("arms", arms.collect()),
            ("headline", json!(self.headline())),
            ("events", told.collect()),
            ("events_that_can_be_taken_away", json!(story.candidates)),
            ("events_tried", json!(story.tried)),
            ("usual_effect", json!(story.usual_effect)),
            ("runs_failed", json!(story.failed)),
            ("commands", json!(self.commands)),
        ];
        pairs
            .map(|(key, value)| (key.to_owned(), value))
            .into_iter()
            .collect()
    }
}

fn cause(event: &Event) -> Value {
    json!({ "week": event.week, "event": event.kind.word(), "detail": event.detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_told_with_two_figures() {
        assert_eq!([231.4, -1_449.0, 0.0567].map(rough), [230.0, -1_400.0, 0.057]);
        assert_eq!(rough(0.0), 0.0);
    }

    #[test]
    fn weeks_have_months_of_years() {
        assert_eq!(month(0), "January of year 1");
        assert_eq!(month(51), "December of year 1");
        assert_eq!(month(61), "March of year 2");
        assert_eq!(month(-1), "December of the year before the start");
        assert_eq!(month(-53), "December, 2 years before the start");
    }
}
