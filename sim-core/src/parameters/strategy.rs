//! How clear the direction is, and what business sense is sought.

use super::Provenance::Assumed;
use super::setting::group;

group! {
    /// How clear the direction is.
    Strategy strategy "strategy"
    clarity: f64 = 0.4, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Share of the company's interest that choosers see without any joint planning."
    acumen_sought: f64 = 0.2, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "Share of what product people lack in business craft that hiring and leadership make up for."
}
