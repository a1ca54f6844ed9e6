"""The reference model with SimPy: a team is a process that lives from week to week, all in one environment."""

from dataclasses import dataclass
from math import exp
from operator import attrgetter

import numpy as np
import simpy
from protocol import TEAMS, WEEKS, python, report

SCORE, ESTIMATE = attrgetter("score"), attrgetter("estimate")


@dataclass(slots=True, eq=False)
class Idea:
    value: float
    effort: float
    estimate: float
    born: int
    precision: float = 0.25
    remaining: float = 0.0
    score: float = 0.0

    def __post_init__(self):
        self.remaining = self.effort
        self.score = self.estimate / self.effort

    def observe(self, observation):
        precision = self.precision + 1 / 2.25
        self.estimate = (self.precision * self.estimate + observation / 2.25) / precision
        self.precision = precision
        self.score = self.estimate / self.effort


class Tally:
    """What the teams of one environment have shipped."""

    def __init__(self, environment):
        self.environment = environment
        self.value, self.shipped, self.age = 0.0, 0, 0

    def ship(self, idea):
        age = self.environment.now - idea.born
        self.value += idea.value * exp(-age / 52) * (WEEKS - 1 - self.environment.now)
        self.shipped += 1
        self.age += age


def market(rng):
    """The weeks of one team: for each, the ideas that arrive and the capacity. Luck is drawn at once, as arrays."""
    arrivals = rng.poisson(0.8, WEEKS)
    count = arrivals.sum()
    values = 0.2 + rng.standard_t(3, count)
    efforts = rng.lognormal(0.5, 0.6, count)
    estimates = values + rng.normal(0.0, 2.0, count)
    born = np.repeat(np.arange(WEEKS), arrivals)
    capacities = rng.lognormal(0.0, 0.2, WEEKS).tolist()
    news = map(Idea, values.tolist(), efforts.tolist(), estimates.tolist(), born.tolist())
    for number, capacity in zip(arrivals.tolist(), capacities):
        yield [next(news) for _ in range(number)], capacity


def receive(backlog, ideas):
    for idea in ideas:
        backlog.append(idea)
        if len(backlog) > 64:
            backlog.remove(min(backlog, key=ESTIMATE))


def quarterly_team(environment, rng, _test_rng, tally):
    backlog, plan = [], []
    for ideas, capacity in market(rng):
        receive(backlog, ideas)
        if environment.now % 12 == 0:
            refill(plan, backlog)
        if plan:
            plan[0].remaining -= capacity
            if plan[0].remaining <= 0:
                tally.ship(plan.pop(0))
        yield environment.timeout(1)


def refill(plan, backlog):
    backlog.sort(key=SCORE)
    load = sum(idea.remaining for idea in plan)
    while load < 10.2 and backlog:
        idea = backlog.pop()
        plan.append(idea)
        load += idea.effort


def continuous_team(environment, rng, test_rng, tally):
    backlog, in_work = [], None
    errors = iter(test_rng.normal(0.0, 1.5, 3 * WEEKS).tolist())
    for ideas, capacity in market(rng):
        receive(backlog, ideas)
        backlog.sort(key=SCORE, reverse=True)
        for idea in backlog[:3]:
            idea.observe(idea.value + next(errors))
        if in_work is None and backlog:
            best = max(backlog, key=SCORE)
            if best.estimate > 0:
                backlog.remove(best)
                in_work = best
        if in_work is not None:
            in_work.remaining -= 0.75 * capacity
            if in_work.remaining <= 0:
                tally.ship(in_work)
                in_work = None
        yield environment.timeout(1)


def replication(team, seed, number):
    environment = simpy.Environment()
    tally = Tally(environment)
    for place in range(TEAMS):
        rng, test_rng = (np.random.default_rng([seed, number, place, stream]) for stream in (0, 1))
        environment.process(team(environment, rng, test_rng, tally))
    environment.run(until=WEEKS)
    return tally.value, tally.shipped, tally.age / tally.shipped


def simulate(arm, replications, seed):
    team = quarterly_team if arm == "quarterly" else continuous_team
    return [replication(team, seed, number) for number in range(replications)]


if __name__ == "__main__":
    report("SimPy", f"{simpy.__version__}, {python()}", simulate)
