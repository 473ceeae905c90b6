"""`python -m bench`: build, measure, print. CLAIMS=400000 gives a quick run."""

from __future__ import annotations

import os
import time

from bench import database
from bench.figures import RESULTS

FULL = 2_000_000
SHORT = 400_000
# A whole region's places: 2,000 venues of two spaces each.
VENUES, ROOMS, THEIR_CLAIMS = 2_000, 2, 400_000


def main() -> None:
    claims = int(os.environ.get("CLAIMS", str(FULL)))
    RESULTS.unlink(missing_ok=True)
    with database.server() as url:
        name = database.database_name(claims)
        database.ensure(url, name)
        database.prepare_django(database.url_of(url, name))
        from bench import growth

        _everything(url, claims)
        if claims > SHORT:
            growth.growth_figures(short=SHORT, full=claims)
    print(f"\nFigures are in {RESULTS}")


def _everything(url: str, claims: int) -> None:
    from bench import booking, http, rates, reading

    if claims > SHORT:
        _ready(url, SHORT)
        reading.search_figures(claims=SHORT)
    _ready(url, claims)
    reading.search_figures(claims=claims)
    reading.week_figures(claims=claims)
    booking.booking_figures(claims=claims)
    http.http_figures(claims=claims)
    reading.print_plans()
    rates.rate_figures(claims=claims)
    _ready(url, THEIR_CLAIMS, venues=VENUES, rooms=ROOMS)
    http.page_figures(venues=VENUES, claims=THEIR_CLAIMS)


def _ready(url: str, claims: int, *, venues: int = 500, rooms: int = 4) -> None:
    """Turn to the database of so many claims and venues, and build it unless it is there."""
    from bench.dataset import Dataset, build, is_built
    from core.clock import today

    name = database.database_name(claims, venues)
    database.ensure(url, name)
    database.switch_to(name)
    dataset = Dataset(claims, today(), venues, rooms)
    if is_built(dataset):
        print(f"{name} is built already", flush=True)
        return
    print(f"Building {name}: {claims:,} claims over {dataset.days} days ...", flush=True)
    began = time.monotonic()
    database.recreate(url, name)
    database.switch_to(name)
    build(dataset)
    print(f"built in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
