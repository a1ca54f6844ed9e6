"""The reference model with numpy: every step of a week is done at once for all teams of many replications."""

import numpy as np
from protocol import TEAMS, WEEKS, python, report

LIMIT = 64
# Replications side by side, enough to hide the interpreter, few enough to stay in the caches.
BATCH = 128


class Backlogs:
    """The backlogs of all rows, a row being a team of a replication; an empty place has a score of minus infinity."""

    def __init__(self, rows):
        self.score = np.full((rows, LIMIT), -np.inf)
        self.value, self.effort, self.estimate, self.precision, self.born = np.zeros((5, rows, LIMIT))
        self.count = np.zeros(rows, dtype=np.intp)

    def receive(self, rows, value, effort, estimate, week):
        """Gives each of `rows` one idea; a full backlog loses its lowest estimate, which may be the new one."""
        place = self.count[rows]
        full = np.flatnonzero(place == LIMIT)
        if full.size:
            place[full] = self.estimate[rows[full]].argmin(axis=1)
            keep = np.ones(rows.size, dtype=bool)
            keep[full] = self.estimate[rows[full], place[full]] < estimate[full]
            rows, place, value, effort, estimate = (
                column[keep] for column in (rows, place, value, effort, estimate)
            )
        self.value[rows, place], self.effort[rows, place] = value, effort
        self.estimate[rows, place], self.precision[rows, place] = estimate, 0.25
        self.born[rows, place], self.score[rows, place] = week, estimate / effort
        self.count[rows] = np.minimum(self.count[rows] + 1, LIMIT)

    def take(self, rows, place):
        """Takes an idea out of each of `rows`, the last one moving to its place; returns value, effort and birth."""
        taken = self.value[rows, place], self.effort[rows, place], self.born[rows, place]
        self.count[rows] -= 1
        last = self.count[rows]
        for field in (self.value, self.effort, self.estimate, self.precision, self.born, self.score):
            field[rows, place] = field[rows, last]
        self.score[rows, last] = -np.inf
        return taken

    def test_best(self, rng):
        """Observes the three best ideas of every row, as far as there are any."""
        best = self.score.argpartition(LIMIT - 3, axis=1)[:, -3:]
        first_place = LIMIT * np.arange(self.count.size)[:, None]
        place = (first_place + best)[best < self.count[:, None]]
        error = rng.normal(0.0, 1.5, place.size)
        precision = self.precision.take(place)
        weighted = precision * self.estimate.take(place) + (self.value.take(place) + error) / 2.25
        precision += 1 / 2.25
        estimate = weighted / precision
        self.precision.put(place, precision)
        self.estimate.put(place, estimate)
        self.score.put(place, estimate / self.effort.take(place))


class Plans:
    """First in, first out: what each row has promised, in a ring. The continuous arm has at most one idea in it."""

    def __init__(self, rows):
        self.value, self.remaining, self.born = np.zeros((3, rows, 2 * LIMIT))
        self.head, self.count = np.zeros((2, rows), dtype=np.intp)

    def append(self, rows, value, effort, born):
        place = (self.head[rows] + self.count[rows]) % (2 * LIMIT)
        self.value[rows, place], self.remaining[rows, place], self.born[rows, place] = value, effort, born
        self.count[rows] += 1

    def work(self, capacity, week):
        """The heads lose `capacity`; returns the rows that ship with the value and the age of what they ship."""
        rows = np.flatnonzero(self.count)
        self.remaining[rows, self.head[rows]] -= capacity[rows]
        rows = rows[self.remaining[rows, self.head[rows]] <= 0]
        place = self.head[rows]
        age = week - self.born[rows, place]
        value = self.value[rows, place] * np.exp(-age / 52) * (WEEKS - 1 - week)
        # What has left the plan is no load.
        self.remaining[rows, place] = 0.0
        self.head[rows] = (place + 1) % (2 * LIMIT)
        self.count[rows] -= 1
        return rows, value, age


def refill(plans, backlogs):
    load = plans.remaining.sum(axis=1)
    rows = np.flatnonzero((load < 10.2) & (backlogs.count > 0))
    while rows.size:
        value, effort, born = backlogs.take(rows, backlogs.score[rows].argmax(axis=1))
        plans.append(rows, value, effort, born)
        load[rows] += effort
        rows = rows[(load[rows] < 10.2) & (backlogs.count[rows] > 0)]


def start(plans, backlogs):
    rows = np.flatnonzero((plans.count == 0) & (backlogs.count > 0))
    place = backlogs.score[rows].argmax(axis=1)
    good = backlogs.score[rows, place] > 0
    rows, place = rows[good], place[good]
    plans.append(rows, *backlogs.take(rows, place))


def batch(arm, replications, rng, test_rng):
    rows = replications * TEAMS
    backlogs, plans = Backlogs(rows), Plans(rows)
    result = np.zeros((3, rows))
    for week in range(WEEKS):
        arrivals = rng.poisson(0.8, rows)
        for number in range(arrivals.max()):
            hearing = np.flatnonzero(arrivals > number)
            value = 0.2 + rng.standard_t(3, hearing.size)
            effort = rng.lognormal(0.5, 0.6, hearing.size)
            backlogs.receive(hearing, value, effort, value + rng.normal(0.0, 2.0, hearing.size), week)
        capacity = rng.lognormal(0.0, 0.2, rows)
        if arm == "quarterly":
            if week % 12 == 0:
                refill(plans, backlogs)
        else:
            backlogs.test_best(test_rng)
            start(plans, backlogs)
            capacity *= 0.75
        shipping, value, age = plans.work(capacity, week)
        result[:, shipping] += value, np.ones_like(value), age
    value, shipped, age = result.reshape(3, replications, TEAMS).sum(axis=2)
    return np.column_stack((value, shipped, age / shipped))


def simulate(arm, replications, seed):
    results = []
    for first in range(0, replications, BATCH):
        rng, test_rng = (np.random.default_rng([seed, first, stream]) for stream in (0, 1))
        results.extend(batch(arm, min(BATCH, replications - first), rng, test_rng).tolist())
    return results


if __name__ == "__main__":
    report("numpy", f"{np.__version__}, {python()}", simulate)
