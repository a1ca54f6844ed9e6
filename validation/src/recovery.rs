//! The chapter on calibrating a company: planted parameters are found again, as often as ranges promise.

use std::sync::atomic::AtomicBool;

use experiments::Simulator;
use experiments::calibration::{
    Calibration, CalibrationPlan, FEWEST_FINISHED, Historian, Holds, Informed, Observed, Others, Prior,
    calibrate, seen, usual_priors,
};
use experiments::plausible::Companies;
use rayon::prelude::*;
use scenarios::Scenario;
use sim_core::parameters::Value;
use sim_core::random::Key;
use sim_core::simulation::WorldKey;

use crate::page::Page;

const TRIALS: usize = 200;
const TEAMS: u32 = 6;
const WEEKS: u32 = 78;
const SEED: u64 = 4242;

/// What a range promises to hold.
const PROMISED: f64 = 0.9;

/// Writes the chapter.
pub fn write(page: &mut Page) {
    page.chapter("Calibration of a company: planted parameters are found again");
    let trials = trials();
    page.say(format!(
        "{TRIALS} companies of {TEAMS} teams, their parameters drawn from what `orgsim calibrate` holds possible and all else \
         from plausible companies (`safe@enterprise`), each simulated for {WEEKS} weeks. Their histories, with everything \
         known, are calibrated with the quick schedule ({} simulations each); companies with fewer than {FEWEST_FINISHED} \
         finished items are refused and others drawn in their place, {} in all. A range of 90 % should hold the planted \
         value in 85 to 95 % of trials; the standard error of a share is 2.1 points.",
        CalibrationPlan::QUICK.simulations(),
        trials.refused
    ));
    let priors = usual_priors(&holds(1.0));
    let rows = priors
        .iter()
        .enumerate()
        .map(|(place, prior)| row(&trials.found, place, prior));
    page.table(
        &[
            "parameter",
            "held possible",
            "90 % range holds it",
            "in 85 to 95 %",
            "50 % range holds it",
            "width of the 90 % range, share of the prior's",
            "told much, a little, nothing",
        ],
        rows,
    );
    let alarms = trials
        .found
        .iter()
        .filter(|trial| trial.found.is_out_of_reach())
        .count();
    let effective: f64 = trials.found.iter().map(|trial| trial.found.effective_draws).sum();
    page.say(format!(
        "All histories were made by the model; the alarm for those that it cannot make went off {alarms} times in {TRIALS}. \
         What was accepted was worth {:.0} independent draws on average.",
        effective / TRIALS as f64
    ));
}

struct Trial {
    /// Share of the prior below each planted value.
    planted: Vec<f64>,
    found: Calibration,
}

struct Trials {
    found: Vec<Trial>,
    refused: usize,
}

/// Trials run side by side, each on one thread; the first that are not refused count.
fn trials() -> Trials {
    let scenario = match scenarios::load::<&str>("safe", None, &[]) {
        Ok(scenario) => scenario,
        Err(error) => panic!("a setting of the validation does not load: {error}"),
    };
    let (mut found, mut number, mut refused) = (Vec::new(), 0, 0);
    while found.len() < TRIALS {
        let batch = (number..number + 20).into_par_iter();
        let tried: Vec<Option<Trial>> = batch.map(|number| trial(&scenario, number)).collect();
        number += 20;
        for trial in tried {
            match trial {
                _ if found.len() == TRIALS => {}
                Some(trial) => found.push(trial),
                None => refused += 1,
            }
        }
        eprintln!("         {} of {TRIALS} calibrations", found.len());
    }
    Trials { found, refused }
}

fn holds(effect_share: f64) -> Holds {
    Holds {
        effect_share,
        ..Holds::EVERYTHING
    }
}

/// One planted company and its calibration; none if it finishes too little.
fn trial(scenario: &Scenario, number: u64) -> Option<Trial> {
    let priors = usual_priors(&holds(1.0));
    let luck = Key(SEED).child(number);
    let planted: Vec<f64> = (0..priors.len())
        .map(|place| luck.uniform(place as u64))
        .collect();
    let plan = |observed: Observed| CalibrationPlan {
        scenario: scenario.clone(),
        priors: priors.clone(),
        others: Others::Drawn,
        observed,
        schedule: CalibrationPlan::QUICK,
        seed: 10_000 + number,
        threads: 1,
    };
    let companies = Companies::new(std::slice::from_ref(scenario), SEED).ok()?;
    let mut parameters = companies.company(number).ok()?.arms.swap_remove(0);
    for (prior, share) in priors.iter().zip(&planted) {
        let value = Value::Number(prior.value(*share));
        prior.parameter.set(&mut parameters, value).ok()?;
    }
    parameters.company.teams = TEAMS;
    let key = WorldKey {
        seed: SEED,
        replication: number,
    };
    let stop = AtomicBool::new(false);
    let empty = Observed {
        items: Vec::new(),
        weeks: WEEKS,
        teams: TEAMS,
        holds: holds(1.0),
    };
    let items = Simulator.history(&parameters, plan(empty.clone()).span(), key, &stop)?;
    let visible = seen(&items, WEEKS, &holds(1.0));
    let finished = visible.iter().filter(|item| item.finished.is_some());
    let known = finished.clone().filter(|item| item.effect.is_some()).count();
    let observed = Observed {
        holds: holds(known as f64 / finished.count().max(1) as f64),
        items,
        ..empty
    };
    let found = calibrate(&plan(observed), &Simulator, &mut |_: u64, _: u64| (), &stop);
    Some(Trial {
        planted,
        found: found.ok()?,
    })
}

fn row(trials: &[Trial], place: usize, prior: &Prior) -> Vec<String> {
    let inferences = || {
        trials
            .iter()
            .map(|trial| (&trial.found.parameters[place], trial.planted[place]))
    };
    let holds = |ends: (f64, f64), share: f64| (ends.0..=ends.1).contains(&prior.value(share));
    let count = trials.len() as f64;
    let of_90 = inferences()
        .filter(|(row, share)| holds(row.ci90, *share))
        .count() as f64
        / count;
    let of_50 = inferences()
        .filter(|(row, share)| holds(row.ci50, *share))
        .count() as f64
        / count;
    let width = inferences()
        .map(|(row, _)| prior.share_below(row.ci90.1) - prior.share_below(row.ci90.0))
        .sum::<f64>()
        / count
        / PROMISED;
    let told = [Informed::Yes, Informed::Weakly, Informed::No].map(|informed| {
        inferences()
            .filter(|(row, _)| row.informed == informed)
            .count()
            .to_string()
    });
    vec![
        format!("`{}`", prior.parameter.path()),
        format!("{} to {}", prior.low, prior.high),
        format!("{:.1} %", 100.0 * of_90),
        if (0.85..=0.95).contains(&of_90) {
            "yes"
        } else {
            "NO"
        }
        .to_owned(),
        format!("{:.1} %", 100.0 * of_50),
        format!("{width:.2}"),
        told.join(", "),
    ]
}
