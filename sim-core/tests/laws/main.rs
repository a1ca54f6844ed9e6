//! Laws that every run obeys, whatever its parameters: conservation, identities, bounds, the same world for all; never
//! a figure that could be debated.

mod books;
mod business;
mod conservation;
mod dependencies;
mod fork;
mod likeness;
mod neutral;
mod plausible;
mod same_world;
mod watch;
