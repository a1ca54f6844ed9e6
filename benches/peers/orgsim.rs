//! The engine as a peer: the reference scenarios of the library on the engine that runs every other scenario; it holds
//! no rule itself.

mod protocol;

use std::process::ExitCode;

use protocol::{Arguments, Arm};
use sim_core::outcomes::Outcome;
use sim_core::simulation::{Request, Span, WorldKey, run};

const HORIZON_WEEKS: u32 = 156;
const FIGURES: [Outcome; 3] = [
    Outcome::ShippedValue,
    Outcome::ItemsShipped,
    Outcome::LeadTimeWeeks,
];

fn main() -> ExitCode {
    let arguments = Arguments::of_this_process();
    let name = match arguments.arm {
        Arm::Quarterly => "reference-quarterly",
        Arm::Continuous => "reference-continuous",
    };
    let scenario = match scenarios::load::<&str>(name, None, &[]) {
        Ok(scenario) => scenario,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let span = Span {
        warm_up_weeks: scenario.warm_up_weeks,
        horizon_weeks: HORIZON_WEEKS,
    };
    let seed = arguments.seed;
    arguments.report("orgsim", env!("CARGO_PKG_VERSION"), |replication| {
        let key = WorldKey { seed, replication };
        let outcomes = run(&scenario.parameters, span, key, Request::default()).outcomes;
        // What a replication without any result leaves out is not a number, which the comparison refuses.
        FIGURES.map(|figure| outcomes.get(figure).unwrap_or(f64::NAN))
    });
    ExitCode::SUCCESS
}
