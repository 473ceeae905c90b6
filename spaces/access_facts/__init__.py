"""The 42 access facts, what public records add to them, and the needs they decide."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from spaces.access_facts.current import (
    facts_of_spaces,
    facts_of_venues,
    known_needs,
    needs_met,
)
from spaces.access_facts.inside import GETTING_ABOUT, ROOMS, TOILETS
from spaces.access_facts.needs import (
    FAULT_NEEDS,
    NEEDS,
    WIDE_MM,
    Need,
    NeedState,
    Way,
    need_state,
)
from spaces.access_facts.outside import ARRIVING, ENTERING
from spaces.access_facts.senses import RECORDED, SAFETY, SENSES
from spaces.access_facts.shape import Fact, Kind, Where
from spaces.access_facts.states import (
    FactState,
    State,
    fact_state,
    fresh_state,
    is_stale,
    said_by,
    sentence,
)

__all__ = [
    "FACTS",
    "FAULT_NEEDS",
    "GROUPS",
    "NEEDS",
    "WIDE_MM",
    "Fact",
    "FactState",
    "Kind",
    "Need",
    "NeedState",
    "State",
    "Way",
    "Where",
    "fact_state",
    "facts_of_spaces",
    "facts_of_venues",
    "fresh_state",
    "is_stale",
    "known_needs",
    "need_state",
    "needs_met",
    "said_by",
    "sentence",
]

# In the order in which a visitor meets them: heading, facts.
GROUPS = (
    (_("Getting there"), ARRIVING),
    (_("Getting in"), ENTERING),
    (_("Getting about inside"), GETTING_ABOUT),
    (_("In the room"), ROOMS),
    (_("Toilets"), TOILETS),
    (_("Hearing, light and calm"), SENSES),
    (_("Help and safety"), SAFETY),
    (_("From public records"), RECORDED),
)

FACTS: Mapping[str, Fact] = MappingProxyType(
    {fact.code: fact for _heading, facts in GROUPS for fact in facts}
)
