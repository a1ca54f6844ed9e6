//! Laws that every run obeys, whatever its parameters: conservation, identities, bounds, the same world for all; never
//! a figure that could be debated.

mod books;
mod business;
mod change;
mod conservation;
mod dependencies;
mod fork;
mod history;
mod likeness;
mod neutral;
mod pairs;
mod plausible;
mod prevention;
mod same_world;
mod watch;
