//! Laws that every run obeys, whatever its parameters: conservation, identities, bounds, the same world for all; never
//! a figure that could be debated.

mod books;
mod conservation;
mod dependencies;
mod fork;
mod likeness;
mod neutral;
mod pairs;
mod plausible;
mod same_world;
mod watch;
