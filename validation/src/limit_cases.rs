//! The chapter on limit cases: theory beside simulation, with standard errors.

use crate::limits::{
    Comparison, Effort, beliefs, business, careers, change, exact_beliefs, fat_tails, gates, hand_offs,
    measurements, money, of_one_mind, orders, queues, relays, selection, trust, two_minds,
};
use crate::page::{Page, figure};

/// Five times the work of the tests.
const EFFORT: Effort = Effort(5);

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Limit cases: theory beside simulation");
    page.say(
        "Each case switches off what it does not need, starting from the small reference model or, for belief and money, \
         from library models. The last column is the distance in standard errors; \"exact\" stands where no chance is \
         left and both sides agree to a thousand millionth, \"quadrature\" where two numerical integrations are compared.",
    );
    let groups: [(&str, &str, Vec<Comparison>); 14] = [
        (
            "Queues",
            "Lead time from visible to live of teams that only work off what arrives. Services of whole weeks need no \
             correction (batch arrivals, Geo/G/1). Where leftover capacity is carried over, Pollaczek–Khinchine is \
             corrected by +λ/12 weeks (weeks that turn idle part-way) and −½ week (an item ships in the week in which it is \
             finished).",
            queues(EFFORT),
        ),
        ("Gates", "Waits from the event log.", gates(EFFORT)),
        (
            "Smith's rule",
            "The order in which scores take jobs from a backlog, against the cheapest of all 5,040 orders.",
            orders(Effort(1)),
        ),
        (
            "Hand-offs",
            "Value where every idea is good, relative to no hand-off.",
            hand_offs(),
        ),
        (
            "Belief",
            "Conjugate updating, and the calibration of the first belief.",
            beliefs(EFFORT),
        ),
        (
            "Exact belief",
            "Against an independent quadrature.",
            exact_beliefs(),
        ),
        (
            "Fat tails",
            "Azevedo et al. 2020, under exact belief.",
            fat_tails(EFFORT),
        ),
        (
            "Selection",
            "Breeder's equation. Truth in the engine is not normal; compared are values cut at one spread and judgements \
             much noisier than truth, for which the equation is a good approximation. Under fat tails it is no limit case.",
            selection(EFFORT),
        ),
        (
            "Pairs of product people",
            "In full accord a pair is one person with the hours of both, and judges like one whose error is the mean of two; \
             knowledge kept over links; where trust settles between talks and conflicts; how long decisions wait.",
            [of_one_mind(), two_minds(EFFORT), relays(), trust(EFFORT)].concat(),
        ),
        (
            "Craft and careers",
            "Learning curve, forgetting and training of one person; craft of seats as the mean of a renewal process; hiring \
             by a noisy signal (breeder's equation).",
            careers(EFFORT),
        ),
        ("Measurement after release", "", measurements(EFFORT)),
        ("Money", "", money()),
        ("Business", "", business()),
        (
            "Transformations",
            "Adoption among many teams (Bass 1969, in weekly steps), output lost while teams learn, and the time to a \
             sponsor's leaving.",
            change(EFFORT),
        ),
    ];
    for (title, words, comparisons) in groups {
        page.section(title);
        if !words.is_empty() {
            page.say(words);
        }
        page.table(
            &["what", "unit", "theory", "found", "standard error", "distance"],
            comparisons.iter().map(row),
        );
    }
}

fn row(comparison: &Comparison) -> Vec<String> {
    let (error, distance) = match comparison.standard_error {
        None => ("none".to_owned(), "exact".to_owned()),
        Some(error) if comparison.what.starts_with("exact belief") => {
            (figure(error), "quadrature".to_owned())
        }
        Some(error) => (figure(error), format!("{:.1}", comparison.distance())),
    };
    let distance = if comparison.standard_error.is_none() && comparison.distance() > 1.0 {
        "DIFFERS".to_owned()
    } else {
        distance
    };
    vec![
        comparison.what.clone(),
        comparison.unit.to_owned(),
        figure(comparison.theory),
        figure(comparison.found),
        error,
        distance,
    ]
}
