"""What people look for, as the facts and ways that decide it; yes, no, or not known.

One definition for pages, search and API. A fact's state comes from its current rows that say
yes or no, those of the space before those of its venue: all alike, that; else not known. A need
is met when all of its facts are yes, not met when one is no, and otherwise not known. A need with
a `way` is answered by the ways of the venue (`spaces/routes`) where somebody has drawn them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spaces.access_facts.shape import Words
from spaces.access_facts.states import FactState, State


class Way(StrEnum):
    """Which way through the venue decides a need."""

    TO_ROOM = "to_room"
    WIDE_TO_ROOM = "wide_to_room"
    TO_TOILET = "to_toilet"
    TO_CHANGING_PLACES = "to_changing_places"


# Wide enough for most wheelchairs and for all doors built today (Approved Document M, 800 mm).
WIDE_MM = 800


@dataclass(frozen=True, slots=True)
class Need:
    """Something people look for: all of `codes` must be yes.

    `kinds`: only these choices will do. `at_least`: each measure is that or more.
    """

    slug: str
    label: Words
    codes: tuple[str, ...]
    way: Way | None = None
    kinds: tuple[str, ...] = ()
    at_least: int = 0

    def state_of(self, known: FactState) -> State:
        """Whether one of its facts meets the need; yes without a measure is not known."""
        if known.state is not State.YES:
            return known.state
        row = known.rows[0] if known.rows else None
        if self.kinds and row is not None:
            if not row.choice:
                return State.UNKNOWN
            return State.YES if set(row.choice.split()) & set(self.kinds) else State.NO
        if self.at_least:
            measures = [row.measure for row in known.rows if row.measure is not None]
            if not measures:
                return State.UNKNOWN
            return State.YES if min(measures) >= self.at_least else State.NO
        return State.YES


_STEPS = ("entrance_step_free", "internal_route_step_free")
_WIDTHS = ("door_clear_width", "narrowest_route_width")
_EASY = ("automatic", "powered_button", "manual_light")

# Kept masks count needs in this order (spaces/services/need_masks.py): new ones go to the end.
NEEDS: Mapping[str, Need] = MappingProxyType(
    {
        need.slug: need
        for need in (
            Need("step_free", gettext_lazy("Step-free"), _STEPS, Way.TO_ROOM),
            Need(
                "accessible_toilet",
                gettext_lazy("Accessible toilet"),
                ("accessible_toilet",),
                Way.TO_TOILET,
            ),
            Need("hearing_loop", gettext_lazy("Hearing loop"), ("hearing_loop",)),
            Need("parking", gettext_lazy("Blue Badge parking"), ("parking_blue_badge_count",)),
            Need("quiet", gettext_lazy("A quiet place to go"), ("quiet_space",)),
            Need(
                "changing_places",
                gettext_lazy("Changing Places toilet"),
                ("changing_places",),
                Way.TO_CHANGING_PLACES,
            ),
            Need(
                "wide_ways",
                gettext_lazy("Doors and ways at least 80 cm wide"),
                _WIDTHS,
                Way.WIDE_TO_ROOM,
                at_least=WIDE_MM,
            ),
            Need(
                "easy_door", gettext_lazy("A door that opens easily"), ("door_opening",),
                kinds=_EASY,
            ),
            Need(
                "step_free_stop",
                gettext_lazy("Step-free from the bus or train"),
                ("stop_route_step_free",),
            ),
            Need(
                "assistance_dogs",
                gettext_lazy("Assistance dogs welcome"),
                ("assistance_dogs_welcome",),
            ),
            Need(
                "soft_light", gettext_lazy("Lights that can be turned down"), ("lighting_control",)
            ),
            Need(
                "way_out",
                gettext_lazy("Help to get out in an emergency"),
                ("emergency_evacuation",),
            ),
        )
    }
)  # fmt: skip


# What a lift, door, toilet, hoist, loop, bay or quiet place that is out of order can take away for
# a while (`spaces.models.AccessFault`); the other needs change only when the building does.
FAULT_NEEDS = (
    "step_free",
    "wide_ways",
    "accessible_toilet",
    "changing_places",
    "hearing_loop",
    "parking",
    "quiet",
)


@dataclass(frozen=True, slots=True)
class NeedState:
    """Whether a need is met. `missing`: its facts that are not known."""

    need: Need
    state: State
    reports_differ: bool = False
    missing: tuple[str, ...] = ()

    def words(self) -> str:
        """Step-free: yes; Step-free: not yet checked; Step-free: reports differ."""
        said = {
            State.YES: _("yes"),
            State.NO: _("no"),
            State.UNKNOWN: _("not yet checked"),
        }[self.state]
        if self.reports_differ:
            said = _("reports differ")
        return _("%(need)s: %(said)s") % {"need": self.need.label, "said": said}


def need_state(need: Need, facts: Mapping[str, FactState]) -> NeedState:
    """Whether `need` is met by these facts; as good as the weakest of them."""
    known = [facts.get(code, FactState(code)) for code in need.codes]
    states = [need.state_of(one) for one in known]
    missing = tuple(
        one.code for one, state in zip(known, states, strict=True) if state is State.UNKNOWN
    )
    if State.NO in states:
        return NeedState(need, State.NO, missing=missing)
    if missing:
        differ = any(one.reports_differ for one in known)
        return NeedState(need, State.UNKNOWN, reports_differ=differ, missing=missing)
    return NeedState(need, State.YES)
