//! Promises about the library and the parameter table that take the real engine to check; no figure is judged here.

#[path = "../../sim-core/tests/laws/books.rs"]
mod books;
mod library;
mod parameters;
#[path = "../../sim-core/tests/laws/watch.rs"]
mod watch;
