//! Results to bytes: tables, JSON, sentences and plots of what a comparison found.
//!
//! Opens no file, runs nothing, and computes no statistic that is not in the result it is given. Read in this order:
//!
//! 1. [`figures`]: numbers for people.
//! 2. [`sentences`]: what may be said about a difference; the terminal and the plots say the same.
//! 3. [`tables`], [`json`]: for machines; [`rows`], [`replications`]: tables of any length, as CSV or Parquet.
//! 4. [`verdict`]: for the terminal.
//! 5. [`plots`]: for the room.
//! 6. [`single_run`]: one run, week by week and event by event.
//! 7. [`sensitivity`], [`sweep`]: what experiments found, as tables, JSON and words.
//! 8. [`words`]: what experiments say, and [`report`]: a page to hand over.
//! 9. [`calibration`]: what a history tells of a company, also as scenario files.
//! 10. [`ledger`]: the claims of the source documents, in words, as a page, a table and JSON.

pub mod attribution;
pub mod breakeven;
pub mod calibration;
pub mod choice;
mod course;
pub mod discovery;
mod estimates;
pub mod figures;
pub mod json;
pub mod ledger;
pub mod plots;
pub mod replications;
pub mod report;
pub mod rows;
pub mod sensitivity;
pub mod sentences;
pub mod sheet;
pub mod single_run;
pub mod story;
pub mod sweep;
pub mod tables;
pub mod verdict;
pub mod words;
