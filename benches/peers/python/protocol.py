"""What every Python peer is asked and says: its arguments and the one line it prints; never a rule of the model."""

import argparse
import json
import math
import resource
import sys
import time

TEAMS, WEEKS = 12, 156


def report(peer, version, simulate, prepare=lambda arm: None):
    """Run `simulate` and print what came out and what it cost, its own time alone.

    `simulate(arm, replications, seed)` returns value, ideas shipped and mean lead time [weeks] of each replication.
    `prepare(arm)` runs before the clock starts: compilation is not simulation.
    """
    parser = argparse.ArgumentParser(
        description="Runs one arm of the reference model and prints its results and its cost as one line of JSON."
    )
    parser.add_argument("--arm", choices=["quarterly", "continuous"], required=True)
    parser.add_argument("--replications", type=int, required=True, help="at least 2")
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    if arguments.replications < 2:
        parser.error("--replications must be at least 2")

    prepare(arguments.arm)
    wall, cpu = time.perf_counter(), time.process_time()
    results = simulate(arguments.arm, arguments.replications, arguments.seed)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall

    line = {"peer": peer, "version": version, "arm": arguments.arm, "replications": arguments.replications}
    for name, column in zip(("value", "shipped", "lead_time"), zip(*results)):
        line[f"{name}_mean"], line[f"{name}_se"] = estimate(column)
    line["team_weeks"] = arguments.replications * TEAMS * WEEKS
    line["cpu_seconds"], line["wall_seconds"] = cpu, wall
    line["peak_memory_bytes"] = peak_memory_bytes()
    print(json.dumps(line))


def estimate(column):
    """Mean and its standard error; not a number becomes null, which is not agreement."""
    count = len(column)
    mean = math.fsum(column) / count
    error = math.sqrt(math.fsum((one - mean) ** 2 for one in column) / (count - 1) / count)
    return tuple(float(figure) if math.isfinite(figure) else None for figure in (mean, error))


def peak_memory_bytes():
    """Most memory that this process ever had, the interpreter and its libraries included."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def python():
    """The interpreter, for the version of a peer."""
    return "Python " + ".".join(map(str, sys.version_info[:3]))
