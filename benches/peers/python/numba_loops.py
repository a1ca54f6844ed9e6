"""The reference model with numba: plain loops over small arrays, compiled; one team after the other."""

from math import exp

import numba
import numpy as np
from numba import njit
from protocol import TEAMS, WEEKS, python, report

# Columns of the table that holds one idea in each row.
VALUE, EFFORT, ESTIMATE, PRECISION, REMAINING, SCORE, BORN = range(7)
COLUMNS, LIMIT = 7, 64


@njit
def receive(backlog, count, idea):
    """Puts an idea at the end of the backlog; a full one loses its lowest estimate. Returns the new count."""
    backlog[count] = idea
    if count < LIMIT:
        return count + 1
    backlog[np.argmin(backlog[:, ESTIMATE])] = backlog[count]
    return count


@njit
def draw_idea(rng, week, idea):
    idea[VALUE] = 0.2 + rng.standard_t(3.0)
    idea[EFFORT] = rng.lognormal(0.5, 0.6)
    idea[ESTIMATE] = idea[VALUE] + rng.normal(0.0, 2.0)
    idea[PRECISION] = 0.25
    idea[REMAINING] = idea[EFFORT]
    idea[SCORE] = idea[ESTIMATE] / idea[EFFORT]
    idea[BORN] = week


@njit
def best_of(backlog, count):
    best = 0
    for row in range(1, count):
        if backlog[row, SCORE] > backlog[best, SCORE]:
            best = row
    return best


@njit
def best_three(backlog, count, best):
    """Finds the rows of the highest scores in one pass and returns how many there are, up to three."""
    found = 0
    for row in range(count):
        score = backlog[row, SCORE]
        place = found
        while place > 0 and score > backlog[best[place - 1], SCORE]:
            place -= 1
        if place < 3:
            found = min(found + 1, 3)
            for later in range(found - 1, place, -1):
                best[later] = best[later - 1]
            best[place] = row
    return found


@njit
def test_idea(idea, rng):
    observation = idea[VALUE] + rng.normal(0.0, 1.5)
    precision = idea[PRECISION] + 1.0 / 2.25
    idea[ESTIMATE] = (idea[PRECISION] * idea[ESTIMATE] + observation / 2.25) / precision
    idea[PRECISION] = precision
    idea[SCORE] = idea[ESTIMATE] / idea[EFFORT]


@njit
def ship(idea, week, result):
    age = week - idea[BORN]
    result[0] += idea[VALUE] * exp(-age / 52.0) * (WEEKS - 1 - week)
    result[1] += 1.0
    result[2] += age


@njit
def refill(plan, planned, backlog, count):
    """Moves the best ideas to the end of the plan until it holds its load; returns both counts."""
    load = plan[:planned, REMAINING].sum()
    while load < 10.2 and count > 0:
        best = best_of(backlog, count)
        plan[planned] = backlog[best]
        load += plan[planned, EFFORT]
        count, planned = count - 1, planned + 1
        backlog[best] = backlog[count]
    return planned, count


@njit
def quarterly(rng, result):
    backlog, plan = np.empty((LIMIT + 1, COLUMNS)), np.empty((2 * LIMIT, COLUMNS))
    idea = np.empty(COLUMNS)
    count, head, end = 0, 0, 0
    for week in range(WEEKS):
        for _ in range(rng.poisson(0.8)):
            draw_idea(rng, week, idea)
            count = receive(backlog, count, idea)
        capacity = rng.lognormal(0.0, 0.2)
        if week % 12 == 0:
            carried = end - head
            plan[:carried] = plan[head:end].copy()
            head = 0
            end, count = refill(plan, carried, backlog, count)
        if head < end:
            plan[head, REMAINING] -= capacity
            if plan[head, REMAINING] <= 0.0:
                ship(plan[head], week, result)
                head += 1


@njit
def continuous(rng, test_rng, result):
    backlog, idea, in_work = np.empty((LIMIT + 1, COLUMNS)), np.empty(COLUMNS), np.empty(COLUMNS)
    best = np.empty(3, np.int64)
    count, busy = 0, False
    for week in range(WEEKS):
        for _ in range(rng.poisson(0.8)):
            draw_idea(rng, week, idea)
            count = receive(backlog, count, idea)
        capacity = rng.lognormal(0.0, 0.2)
        for place in range(best_three(backlog, count, best)):
            test_idea(backlog[best[place]], test_rng)
        if not busy and count > 0:
            row = best_of(backlog, count)
            if backlog[row, ESTIMATE] > 0.0:
                in_work[:] = backlog[row]
                count -= 1
                backlog[row] = backlog[count]
                busy = True
        if busy:
            in_work[REMAINING] -= 0.75 * capacity
            if in_work[REMAINING] <= 0.0:
                ship(in_work, week, result)
                busy = False


@njit
def run(is_quarterly, replications, rng, test_rng):
    results = np.zeros((replications, 3))
    for result in results:
        for _ in range(TEAMS):
            if is_quarterly:
                quarterly(rng, result)
            else:
                continuous(rng, test_rng, result)
        result[2] /= result[1]
    return results


def simulate(arm, replications, seed):
    rng, test_rng = (np.random.default_rng([seed, stream]) for stream in (0, 1))
    return run(arm == "quarterly", replications, rng, test_rng).tolist()


if __name__ == "__main__":
    version = f"{numba.__version__}, numpy {np.__version__}, {python()}"
    report("numba", version, simulate, prepare=lambda arm: simulate(arm, 2, 0))
