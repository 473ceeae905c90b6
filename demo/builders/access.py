"""Access facts in an honest mixture: yes, no, not checked yet, with source and date."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from demo.builders.world import BuiltSpace, BuiltVenue, World
from demo.content.access import MEASURES, NOTES, PROFILES
from spaces.access_facts import FACTS, Fact, Kind
from spaces.models import AccessFact

_SOURCES = ("owner", "owner", "owner", "audit", "audit", "check", "visitor")
_YES, _NO, _UNKNOWN = AccessFact.Value.YES, AccessFact.Value.NO, AccessFact.Value.UNKNOWN
# Of the places where one is asked, so many have a visitor who saw it otherwise.
_DIFFERS = 0.03


def build(world: World) -> None:
    """Write what is known of every venue and, where rooms differ, of each room."""
    AccessFact.objects.bulk_create(
        row for venue in world.venues.values() for row in _of_venue(world, venue)
    )


def _of_venue(world: World, venue: BuiltVenue) -> Iterator[AccessFact]:
    rng = random.Random(f"access {venue.row.slug}")
    for code, (yes, no) in PROFILES[venue.spec.access].items():
        fact = FACTS[code]
        if fact.per_space:
            for space in venue.spaces.values():
                value = _value(rng, yes, _no_upstairs(space, code, no))
                yield from _rows(world, rng, venue, space, fact, value)
            continue
        value = _value(rng, yes, no)
        yield from _rows(world, rng, venue, None, fact, value)
        if code == "entrance_step_free" and value == _NO:
            for more in ("entrance_steps", "entrance_step_height_max"):
                yield from _rows(world, rng, venue, None, FACTS[more], _YES)


def _value(rng: random.Random, yes: int, no: int) -> str:
    luck = rng.randrange(100)
    if luck < yes:
        return _YES
    return _NO if luck < yes + no else _UNKNOWN


def _no_upstairs(space: BuiltSpace, code: str, no: int) -> int:
    """Upstairs without a checked lift is more likely a no than a blank."""
    return 60 if code == "internal_route_step_free" and space.spec.floor > 0 and no else no


def _rows(
    world: World,
    rng: random.Random,
    venue: BuiltVenue,
    space: BuiltSpace | None,
    fact: Fact,
    value: str,
) -> Iterator[AccessFact]:
    """One row, none where nobody even asked, or two whose sources disagree."""
    if value == _UNKNOWN:
        if rng.random() < 0.4:
            yield AccessFact(
                venue=venue.row, space=space.row if space else None, code=fact.code, value=value
            )
        return
    source = rng.choice(_SOURCES)
    yield _known(venue, space, fact, value, source, _checked_on(world, rng), rng)
    if source == "owner" and value == _YES and rng.random() < _DIFFERS:
        checked = world.today - timedelta(days=rng.randrange(10, 200))
        yield _known(venue, space, fact, _NO, "visitor", checked, rng)


def _checked_on(world: World, rng: random.Random) -> date | None:
    """Mostly within two years; a few are older, and a few undated."""
    luck = rng.random()
    if luck < 0.06:
        return None
    longest = 1500 if luck < 0.18 else 640
    return world.today - timedelta(days=rng.randrange(15, longest))


def _known(
    venue: BuiltVenue,
    space: BuiltSpace | None,
    fact: Fact,
    value: str,
    source: str,
    checked_on: date | None,
    rng: random.Random,
) -> AccessFact:
    is_yes = value == _YES
    measure = None
    if is_yes and fact.kind is Kind.NUMBER and fact.code in MEASURES:
        measure = Decimal(rng.randint(*MEASURES[fact.code]))
    choices = fact.choices_for(value)
    choice = rng.choice(choices)[0] if choices else ""
    return AccessFact(
        venue=venue.row,
        space=space.row if space else None,
        code=fact.code,
        value=value,
        choice=choice,
        measure=measure,
        unit=fact.unit if measure is not None else "",
        note=NOTES.get(fact.code, "") if is_yes and rng.random() < 0.5 else "",
        source=source,
        checked_on=checked_on,
    )
