//! The command line of orgsim.
fn main() {}
