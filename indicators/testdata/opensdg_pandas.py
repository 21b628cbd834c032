"""The bare formula of opensdg_progress with pandas: what it says, and how long it takes.

The first line of the input is, as JSON, a series (its years in order, none of them
missing) with base year, target, year of the target and direction, 1 or -1; the answer is
progress and status. Each further line is a number of calls, answered by the seconds that
they take.
"""

import json
import sys
import timeit

import pandas


def growth(start, end, years):
    return (end / start) ** (1 / years) - 1


def opensdg_progress(data, base_year, target_year, target, direction):
    window = data[data["Year"] >= base_year]
    base, current = window.iloc[0], window.iloc[-1]
    observed = growth(base["Value"], current["Value"], current["Year"] - base["Year"])
    required = growth(base["Value"], target, target_year - base["Year"])
    progress = direction * observed / abs(required)
    if direction * (current["Value"] - target) >= 0:
        return progress, "target_achieved"
    for least, status in (0.95, "substantial_progress"), (0.6, "moderate_progress"), (0, "limited_progress"):
        if progress >= least:
            return progress, status
    return progress, "deterioration"


asked = json.loads(sys.stdin.readline())
data = pandas.DataFrame({"Year": asked.pop("years"), "Value": asked.pop("values")})
progress, status = opensdg_progress(data, **asked)
print(json.dumps({"progress": progress, "status": status}), flush=True)
for calls in sys.stdin:
    print(timeit.timeit(lambda: opensdg_progress(data, **asked), number=int(calls)), flush=True)
