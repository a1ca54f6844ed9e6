//! A posterior in the form that scenario files hold: a PERT distribution with the same median and 90 % range.

use crate::plausible::Pert;

/// Rounds of the search; each brings the quantiles closer.
const ROUNDS: usize = 200;

/// Probabilities at which posterior and distribution agree.
const AT: [f64; 3] = [0.05, 0.5, 0.95];

/// Ends and most likely value, in this order: low, most likely, high.
///
/// Found by moving each of the three by what its quantile is off, within `allowed`. Where no PERT distribution has such
/// quantiles, as when a posterior leans on the end of what is allowed, it is the nearest that was found.
pub fn pert_with(quantiles: [f64; 3], allowed: (f64, f64)) -> Option<(f64, f64, f64)> {
    let [low, middle, high] = quantiles;
    let width = high - low;
    if !(width > 0.0 && low <= middle && middle <= high && width.is_finite()) {
        return None;
    }
    let inside = |value: f64| value.clamp(allowed.0, allowed.1);
    let mut tried = [
        inside(low - 0.4 * (middle - low)),
        middle,
        inside(high + 0.4 * (high - middle)),
    ];
    let mut best: Option<(f64, [f64; 3])> = None;
    for _ in 0..ROUNDS {
        let pert = Pert::new(tried[0], tried[1], tried[2])?;
        let off: Vec<f64> = quantiles
            .iter()
            .zip(AT)
            .map(|(wanted, at)| wanted - pert.quantile(at))
            .collect();
        let error = off.iter().map(|off| off.abs()).fold(0.0, f64::max) / width;
        if best.is_none_or(|(least, _)| error < least) {
            best = Some((error, tried));
        }
        if error < 1e-4 {
            break;
        }
        let mode = tried[1] + off[1];
        let ends = [inside(tried[0] + off[0]), inside(tried[2] + off[2])];
        let least = 1e-6 * width;
        let ends = [ends[0].min(middle - least), ends[1].max(middle + least)];
        tried = [ends[0], mode.clamp(ends[0], ends[1]), ends[1]];
    }
    best.map(|(_, [low, mode, high])| (low, mode, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_of_a_pert_distribution_give_it_back() {
        for (low, mode, high) in [
            (0.0, 0.5, 1.0),
            (1.0, 1.4, 4.0),
            (-2.0, 0.9, 1.0),
            (0.1, 0.11, 0.3),
        ] {
            let pert = Pert::new(low, mode, high).unwrap();
            let quantiles = AT.map(|at| pert.quantile(at));
            let found = pert_with(quantiles, (-10.0, 10.0)).unwrap();
            let again = Pert::new(found.0, found.1, found.2).unwrap();
            for (wanted, at) in quantiles.iter().zip(AT) {
                let off = (again.quantile(at) - wanted).abs() / (quantiles[2] - quantiles[0]);
                assert!(off < 0.02, "{low} {mode} {high}: {found:?} is {off} off at {at}");
            }
        }
    }

    #[test]
    fn ends_stay_within_what_is_allowed() {
        let (low, mode, high) = pert_with([0.01, 0.1, 0.5], (0.0, 10.0)).unwrap();
        assert!(0.0 <= low && low <= mode && mode <= high, "{low} {mode} {high}");
        assert_eq!(pert_with([1.0, 1.0, 1.0], (0.0, 2.0)), None);
    }
}
