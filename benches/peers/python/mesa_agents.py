"""The reference model with Mesa: a team is an agent, the model steps all teams week by week and keeps the tally."""

from dataclasses import dataclass
from math import exp
from operator import attrgetter

import mesa
import numpy as np
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


class Team(mesa.Agent):
    """What all teams do: hear of ideas and keep the best sixty-four. Luck is drawn at birth, as arrays."""

    def __init__(self, model):
        super().__init__(model)
        self.backlog = []
        arrivals = model.rng.poisson(0.8, WEEKS)
        count = arrivals.sum()
        values = 0.2 + model.rng.standard_t(3, count)
        efforts = model.rng.lognormal(0.5, 0.6, count)
        estimates = values + model.rng.normal(0.0, 2.0, count)
        born = np.repeat(np.arange(WEEKS), arrivals)
        self.arrivals = arrivals.tolist()
        self.news = map(Idea, values.tolist(), efforts.tolist(), estimates.tolist(), born.tolist())
        self.capacities = model.rng.lognormal(0.0, 0.2, WEEKS).tolist()

    def step(self):
        for _ in range(self.arrivals[self.model.week]):
            self.backlog.append(next(self.news))
            if len(self.backlog) > 64:
                self.backlog.remove(min(self.backlog, key=ESTIMATE))
        self.work(self.capacities[self.model.week])


class QuarterlyTeam(Team):
    def __init__(self, model):
        super().__init__(model)
        self.plan = []

    def work(self, capacity):
        if self.model.week % 12 == 0:
            self.refill_plan()
        if self.plan:
            head = self.plan[0]
            head.remaining -= capacity
            if head.remaining <= 0:
                self.model.ship(self.plan.pop(0))

    def refill_plan(self):
        self.backlog.sort(key=SCORE)
        load = sum(idea.remaining for idea in self.plan)
        while load < 10.2 and self.backlog:
            idea = self.backlog.pop()
            self.plan.append(idea)
            load += idea.effort


class ContinuousTeam(Team):
    def __init__(self, model):
        super().__init__(model)
        self.in_work = None
        self.errors = iter(model.test_rng.normal(0.0, 1.5, 3 * WEEKS).tolist())

    def work(self, capacity):
        self.backlog.sort(key=SCORE, reverse=True)
        for idea in self.backlog[:3]:
            idea.observe(idea.value + next(self.errors))
        if self.in_work is None and self.backlog:
            best = max(self.backlog, key=SCORE)
            if best.estimate > 0:
                self.backlog.remove(best)
                self.in_work = best
        if self.in_work is not None:
            self.in_work.remaining -= 0.75 * capacity
            if self.in_work.remaining <= 0:
                self.model.ship(self.in_work)
                self.in_work = None


class Organisation(mesa.Model):
    def __init__(self, team, seed, replication):
        super().__init__(rng=[seed, replication])
        self.test_rng = np.random.default_rng([seed, replication, 1])
        self.week, self.value, self.shipped, self.age = 0, 0.0, 0, 0
        team.create_agents(self, TEAMS)

    def step(self):
        self.agents.do("step")
        self.week += 1

    def ship(self, idea):
        age = self.week - idea.born
        self.value += idea.value * exp(-age / 52) * (WEEKS - 1 - self.week)
        self.shipped += 1
        self.age += age


def replication(team, seed, number):
    organisation = Organisation(team, seed, number)
    for _ in range(WEEKS):
        organisation.step()
    return organisation.value, organisation.shipped, organisation.age / organisation.shipped


def simulate(arm, replications, seed):
    team = QuarterlyTeam if arm == "quarterly" else ContinuousTeam
    return [replication(team, seed, number) for number in range(replications)]


if __name__ == "__main__":
    report("Mesa", f"{mesa.__version__}, {python()}", simulate)
