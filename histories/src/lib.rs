//! Histories of work items: what trackers export, read to what a calibration takes; and simulated ones, written alike.
//!
//! Text in, plain data out: opens no file, computes no statistic. Read in this order:
//!
//! 1. [`columns`]: what may be in a history, and what trackers call it.
//! 2. `table`: text to rows, whatever separates their cells; [`dates`] and [`cells`]: what a cell says.
//! 3. [`mod@read`]: rows to a history in weeks, with a list of what could not be read; `window` and `teams`: the days and
//!    the teams that count; `notes`: what else is worth knowing.
//! 4. [`mod@write`]: a simulated history as a table of the same columns.

pub mod cells;
pub mod columns;
pub mod dates;
pub mod error;
mod notes;
pub mod read;
mod table;
mod teams;
mod window;
pub mod write;

/// A history made by the simulator with known parameters, which its first lines name.
pub const EXAMPLE: &str = include_str!("../example.csv");

pub use cells::Unit;
pub use columns::Column;
pub use dates::DayOrder;
pub use error::{Dated, HistoryError};
pub use read::{History, Options, Trouble, read};
pub use write::write;
