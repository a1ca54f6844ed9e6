//! What every plot keeps to, seen from outside.

use reports::plots::plots;

use crate::fixture;

#[test]
fn the_same_result_gives_the_same_bytes() {
    let comparison = fixture::typical();
    let (first, second) = (
        plots(&comparison).expect("drawn"),
        plots(&comparison).expect("drawn"),
    );
    assert!(first == second);
    let names: Vec<&str> = first.iter().map(|plot| plot.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "how-it-ends",
            "value-over-time",
            "what-happened-to-the-work",
            "flow",
            "how-it-ends-plausible"
        ]
    );
}

#[test]
fn no_result_is_too_odd_to_be_drawn() {
    for (name, comparison) in fixture::all() {
        for plot in plots(&comparison).unwrap_or_else(|error| panic!("{name}: {error}")) {
            assert!(plot.png.starts_with(b"\x89PNG"), "{name} {}", plot.name);
            assert!(
                plot.png.len() < 600_000,
                "{name} {} has {} bytes",
                plot.name,
                plot.png.len()
            );
        }
    }
}

#[test]
fn values_that_are_not_finite_do_not_stop_a_plot() {
    let mut comparison = fixture::typical();
    for (_, summary) in &mut comparison.settings.arms[1].outcomes {
        summary.quantiles = [f64::NAN; 7];
        summary.marks = [f64::INFINITY; 20];
    }
    for band in comparison.settings.arms[1].weekly.iter_mut().flatten() {
        band.quantiles = [f64::NAN; 7];
    }
    assert_eq!(plots(&comparison).expect("drawn").len(), 5);
}

#[test]
fn a_plot_is_described_in_words_and_carries_its_typeface() {
    for plot in plots(&fixture::unsettled()).expect("drawn") {
        let document = String::from_utf8(plot.svg).expect("SVG is UTF-8");
        assert!(document.contains("<title>"), "{}", plot.name);
        assert!(document.contains("@font-face"), "{}", plot.name);
        assert!(!plot.description.is_empty(), "{}", plot.name);
    }
}
