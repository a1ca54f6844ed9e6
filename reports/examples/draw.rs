//! Draws every made-up comparison of the tests into a folder, to be looked at: `cargo run -p reports --example draw -- DIR`.

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
