//! The plain Rust peer as a program: it asks `plain_rust.rs` for replications and holds no rule itself.

mod plain_rust;
mod protocol;

use protocol::Arguments;

fn main() {
    let arguments = Arguments::of_this_process();
    let arm = match arguments.arm {
        protocol::Arm::Quarterly => plain_rust::Arm::Quarterly,
        protocol::Arm::Continuous => plain_rust::Arm::Continuous,
    };
    arguments.report("plain Rust", env!("CARGO_PKG_VERSION"), |replication| {
        let (value, shipped, lead_time_weeks) = plain_rust::replication(arguments.seed, replication, arm);
        [value, f64::from(shipped), lead_time_weeks]
    });
}
