"""Time something, print it, and keep it as one JSON object."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("results.jsonl")


@dataclass(frozen=True)
class Figure:
    """`n` runs of one measurement over `claims` claims."""

    name: str
    n: int
    median_ms: float
    p95_ms: float
    per_s: float
    claims: int


def keep(name: str, seconds: Sequence[float], *, claims: int, elapsed: float = 0) -> Figure:
    """Print a figure and add it to the results; `elapsed` where several ran side by side."""
    ordered = sorted(seconds)
    figure = Figure(
        name=name,
        n=len(ordered),
        median_ms=round(statistics.median(ordered) * 1000, 3),
        p95_ms=round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 3),
        per_s=round(len(ordered) / (elapsed or sum(ordered)), 1),
        claims=claims,
    )
    print(
        f"  {name:<44}{figure.n:>6}{figure.median_ms:>11.2f}{figure.p95_ms:>11.2f}"
        f"{figure.per_s:>10.1f}",
        flush=True,
    )
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(figure)) + "\n")
    return figure


def measure(name: str, call: Callable[[], object], *, claims: int, n: int = 40) -> Figure:
    """The time of `call`, run `n` times after three to warm up."""
    for _n in range(3):
        call()
    seconds = []
    for _n in range(n):
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return keep(name, seconds, claims=claims)


def heading(words: str) -> None:
    print(f"\n{words}\n  {'':<44}{'n':>6}{'median ms':>11}{'p95 ms':>11}{'per s':>10}", flush=True)
