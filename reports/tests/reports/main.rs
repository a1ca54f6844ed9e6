//! What reports promise: the bytes of tables, JSON and words, and what every plot keeps to.

mod decisions;
mod fixture;
mod ledger;
mod plots;
mod sensitivity;
mod single_run;
mod story;
mod sweep;
mod tables;
mod words;
