//! Draws every made-up result of the tests into a folder, to be looked at: `cargo run -p reports --example draw -- DIR`.

#[path = "../tests/reports/fixture/mod.rs"]
mod fixture;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to draw into")?);
    std::fs::create_dir_all(&folder)?;
    for (name, comparison) in fixture::all() {
        for plot in reports::plots::plots(&comparison)? {
            std::fs::write(folder.join(format!("{name}--{}.png", plot.name)), plot.png)?;
            std::fs::write(folder.join(format!("{name}--{}.svg", plot.name)), plot.svg)?;
        }
    }
    for (name, (screening, explained)) in [
        ("sensitivity", fixture::sensitivity()),
        ("all-chance", fixture::all_chance()),
    ] {
        let report = reports::sensitivity::SensitivityReport {
            arms: vec!["safe".to_owned(), "empowered".to_owned()],
            outcome: sim_core::outcomes::Outcome::ShippedValue,
            seed: 2026,
            span: sim_core::simulation::Span::default(),
            ranking: experiments::sensitivity::indices::Ranking::Values,
            screening,
            explained,
        };
        for plot in reports::plots::sensitivity_plots(&report)? {
            std::fs::write(folder.join(format!("{name}--{}.png", plot.name)), plot.png)?;
            std::fs::write(folder.join(format!("{name}--{}.svg", plot.name)), plot.svg)?;
        }
    }
    for (number, (arms, factors, levels, swept)) in fixture::sweeps().into_iter().enumerate() {
        let report = reports::sweep::SweepReport {
            arms,
            outcome: sim_core::outcomes::Outcome::ShippedValue,
            seed: 2026,
            span: sim_core::simulation::Span::default(),
            design: "grid",
            factors,
            levels,
            swept,
        };
        for plot in reports::plots::sweep_plots(&report)? {
            std::fs::write(
                folder.join(format!("sweep-{number}--{}.png", plot.name)),
                plot.png,
            )?;
            std::fs::write(
                folder.join(format!("sweep-{number}--{}.svg", plot.name)),
                plot.svg,
            )?;
        }
    }
    for (number, told) in fixture::story::told().chunks(7).enumerate() {
        let story = fixture::story::story(told.to_vec());
        let plot = reports::plots::timeline(&reports::story::StoryReport {
            story: &story,
            names: ["safe", "empowered"],
            world: "the typical one of 400 worlds",
            commands: &[],
        })?;
        std::fs::write(folder.join(format!("{}-{number}.png", plot.name)), plot.png)?;
        std::fs::write(folder.join(format!("{}-{number}.svg", plot.name)), plot.svg)?;
    }
    for name in ["safe", fixture::decisions::LONG] {
        let plots = [
            Some(reports::plots::waterfall(&fixture::decisions::attribution(name))),
            Some(reports::plots::break_even_map(&fixture::decisions::break_even(
                name,
            ))),
            reports::plots::race(&fixture::decisions::choice(name)),
            reports::plots::trade_off(&fixture::decisions::discovery(name).0),
        ];
        for plot in plots.into_iter().flatten() {
            let plot = plot?;
            std::fs::write(
                folder.join(format!("{}--{}.png", plot.name, name.len())),
                plot.png,
            )?;
        }
    }
    Ok(())
}
