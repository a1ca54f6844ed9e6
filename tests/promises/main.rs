//! What orgsim promises to whoever uses it, tried on the real program; one file for each promise, no model of its own.

mod calibrate;
mod claims;
mod decisions;
mod documents;
mod folders;
mod forks;
mod formats;
mod golden;
mod help;
mod interruptions;
mod looking;
mod messages;
mod objects;
mod report;
mod rooms;
mod same_figures;
mod sensitivity;
mod slices;
mod story;
mod survival;
mod sweep;
mod terminal;
