"""What somebody looks for, and what is found, as values for the page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from accounts.models import HirerCategory
from bookings.finder.radius import SEARCH_RADIUS_M, walk_minutes
from core.intervals import Span
from spaces.access_facts import NEEDS, State
from spaces.models import Space, Venue
from spaces.places import FoundPlace
from spaces.timetable import Pattern

PAGE_SIZE = 20


class Unknowns(StrEnum):
    """Places of which something that matters is not known: size, opening hours or a need."""

    SHOW = "show"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindQuery:
    """Empty fields ask nothing. `needs`: slugs of `spaces.access_facts.NEEDS`. `page` from 1.

    `text`: a kind of place, a name, an activity. `layout`: how `people` would sit or stand.
    `most_an_hour`: pounds, by guide price; `ask_price`: places that say no price too.
    `with_facets`: also count what the list could be narrowed by, which reads every place found.
    """

    text: str = ""

    pattern: Pattern | None = None
    people: int | None = None
    near: str = ""
    radius_m: int = SEARCH_RADIUS_M
    needs: tuple[str, ...] = ()
    category: str = HirerCategory.COMMUNITY
    venue_kinds: tuple[str, ...] = ()
    space_kinds: tuple[str, ...] = ()
    council_id: int | None = None
    marks: tuple[str, ...] = ()
    layout: str = ""
    most_an_hour: int | None = None
    ask_price: bool = False
    unknowns: Unknowns = Unknowns.SHOW
    with_facets: bool = False
    page: int = 1

    @property
    def asks_for_traits(self) -> bool:
        """Whether what a list can be narrowed by has to be known (bookings/finder/traits.py)."""
        return bool(
            self.with_facets
            or self.venue_kinds
            or self.space_kinds
            or self.marks
            or self.layout
            or self.most_an_hour is not None
        )


class WhyNot(StrEnum):
    """Why one date cannot be had; the codes are those of the refusals when booking."""

    TAKEN = "taken"
    OUTSIDE_HOURS = "outside_hours"
    HOURS_UNKNOWN = "hours_unknown"
    BEYOND_HORIZON = "beyond_horizon"
    IN_THE_PAST = "in_the_past"
    TOO_LITTLE_NOTICE = "too_little_notice"
    TOO_FAR_AHEAD = "too_far_ahead"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """One wanted date at one space; free where `reasons` is empty."""

    span: Span
    reasons: tuple[WhyNot, ...]

    @property
    def is_free(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """Whether a place meets one need; unknown is shown as not yet checked.

    `why`: what decides it, in a sentence: the weakest link, or the door that is a yes.
    """

    slug: str
    state: State
    why: str = ""

    @property
    def label(self) -> str:
        return str(NEEDS[self.slug].label)


class PriceKind(StrEnum):
    QUOTE = "quote"
    GUIDE = "guide"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """What a place costs this kind of hirer.

    QUOTE: `total` pounds for `dates` dates, `each` where all cost the same; an estimate where
    rates for a date are not published. GUIDE: `an_hour` pounds at the least. ASK: the venue says.
    """

    kind: PriceKind
    total: Decimal | None = None
    each: Decimal | None = None
    an_hour: Decimal | None = None
    dates: int = 0
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class AlsoHere:
    """Another space of the same venue that suits."""

    space: Space
    free_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpace:
    """A venue by its best-fitting space, with the venue's other spaces that suit in `also`."""

    venue: Venue
    space: Space
    metres: float | None
    dates: tuple[DateAnswer, ...]
    needs: tuple[NeedAnswer, ...]
    price: ShownPrice
    also: tuple[AlsoHere, ...]
    faults: tuple[str, ...] = ()

    @property
    def free_count(self) -> int:
        return sum(date.is_free for date in self.dates)

    @property
    def not_free(self) -> tuple[DateAnswer, ...]:
        return tuple(date for date in self.dates if not date.is_free)

    @property
    def walk_minutes(self) -> int | None:
        return None if self.metres is None else walk_minutes(self.metres)

    @property
    def is_for_the_venue_to_say(self) -> bool:
        """Nothing stands in the way, but nobody has said when it opens."""
        return WhyNot.HOURS_UNKNOWN in {why for date in self.dates for why in date.reasons}


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueToAsk:
    """A place that suits but is not booked here; its page says how to ask."""

    venue: Venue
    metres: float | None
    needs: tuple[NeedAnswer, ...]

    @property
    def walk_minutes(self) -> int | None:
        return None if self.metres is None else walk_minutes(self.metres)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A place that would suit but for `needs`, each a known no with the reason."""

    space: Space
    needs: tuple[NeedAnswer, ...]

    @property
    def venue(self) -> Venue:
        return self.space.venue


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Leaving out one wish would bring back `venues` venues.

    `wish`: the slug of a need or a mark, or "words", "people", "near", "times", "kinds", "rooms",
    "layout" or "price".
    """

    wish: str
    venues: int


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `count` places would remain with it."""

    value: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices: "kinds", "rooms", "needs", "marks", "layout", "price", "ask_price"."""

    slug: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindResult:
    """One page of places, best first; `on_every_date` of the `count` are free on each date asked.

    `place` is where distances are from; `is_place_unknown`: the words meant nothing to us, and
    the whole installation was searched. Where nothing was found, `emptied_by` is the wish that
    removed the last places, and `relaxed` what each wish keeps away, most first.
    `ruled_out`: some of the `ruled_out_count` places that would suit but for a need; of
    `unsure_count` more a need is not known. `facets` are empty unless they were asked for.
    """

    query: FindQuery
    place: FoundPlace | None
    is_place_unknown: bool
    spans: tuple[Span, ...]
    count: int
    on_every_date: int
    places: tuple[FoundSpace, ...]
    to_ask: tuple[VenueToAsk, ...]
    to_ask_count: int
    emptied_by: str = ""
    relaxed: tuple[Relaxed, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    ruled_out_count: int = 0
    unsure_count: int = 0
    facets: tuple[Facet, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))
