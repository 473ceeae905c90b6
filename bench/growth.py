"""Does history cost? The same questions over few and many days, in turns, so that both data sets
meet the same machine; the best time of each, because a busy machine only ever adds."""

from __future__ import annotations

import time

from bench import database
from bench.figures import keep
from bench.reading import Call, questions

ROUNDS = 6
RUNS = 5


def growth_figures(*, short: int, full: int) -> None:
    """Print how many times longer each question takes over `full` claims than over `short`."""
    seconds: dict[tuple[str, int], list[float]] = {}
    for _n in range(ROUNDS):
        for claims in (short, full):
            database.switch_to(database.database_name(claims))
            for name, call in questions().items():
                seconds.setdefault((name, claims), []).append(_best(call))
    print(f"\nGrowth from {short:,} to {full:,} claims at equal density", flush=True)
    for name in questions():
        before, after = min(seconds[name, short]), min(seconds[name, full])
        keep(f"best of {name}, {short:,}", seconds[name, short], claims=short)
        keep(f"best of {name}, {full:,}", seconds[name, full], claims=full)
        print(f"  {name}: {after / before:.2f} times", flush=True)


def _best(call: Call) -> float:
    call()
    found = []
    for _n in range(RUNS):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return min(found)
