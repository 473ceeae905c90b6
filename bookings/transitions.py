"""The transition table: for each step of a date who may take it, and what follows from it.

`docs/transitions.md` is made from this table and a test walks every pair of states.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from bookings.errors import StepNotPossible
from bookings.models import Occurrence, State


class Who(StrEnum):
    """Who may take a step."""

    HIRER = "hirer"
    VENUE = "venue"
    CLOCK = "clock"


class Claims(StrEnum):
    """What a step does to the claims of the date."""

    HOLD = "hold"
    TAKE = "take"
    KEEP = "keep"
    RELEASE = "release"


class Money(StrEnum):
    """What a step does to the price that was quoted."""

    QUOTE = "quote"
    AGREE = "agree"
    DROP = "drop"
    BY_TERMS = "by_terms"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Step:
    """`before` empty: the step makes the date. `notice`: the event the hirer is told of."""

    name: str
    before: frozenset[State]
    after: State
    who: Who
    claims: Claims
    money: Money
    notice: str | None


def _step(
    name: str,
    before: tuple[State, ...],
    after: State,
    who: Who,
    claims: Claims,
    money: Money,
    notice: str | None,
) -> Step:
    return Step(name, frozenset(before), after, who, claims, money, notice)


_OPEN = (State.REQUESTED, State.HELD, State.CONFIRMED)

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        _step("ask", (), State.REQUESTED, Who.HIRER, Claims.HOLD, Money.QUOTE, "booking_requested"),
        _step("hold", (), State.HELD, Who.HIRER, Claims.HOLD, Money.QUOTE, None),
        _step(
            "book", (), State.CONFIRMED, Who.HIRER, Claims.TAKE, Money.AGREE, "booking_confirmed"
        ),
        _step(
            "approve",
            (State.REQUESTED,),
            State.CONFIRMED,
            Who.VENUE,
            Claims.TAKE,
            Money.AGREE,
            "booking_confirmed",
        ),
        _step(
            "confirm_hold",
            (State.HELD,),
            State.CONFIRMED,
            Who.HIRER,
            Claims.TAKE,
            Money.AGREE,
            "booking_confirmed",
        ),
        _step(
            "decline",
            (State.REQUESTED, State.HELD),
            State.DECLINED,
            Who.VENUE,
            Claims.RELEASE,
            Money.DROP,
            "booking_declined",
        ),
        _step(
            "lapse",
            (State.REQUESTED, State.HELD),
            State.EXPIRED,
            Who.CLOCK,
            Claims.RELEASE,
            Money.DROP,
            "booking_expired",
        ),
        _step(
            "cancel_by_hirer",
            _OPEN,
            State.CANCELLED_BY_HIRER,
            Who.HIRER,
            Claims.RELEASE,
            Money.BY_TERMS,
            "booking_cancelled",
        ),
        _step(
            "cancel_by_venue",
            _OPEN,
            State.CANCELLED_BY_VENUE,
            Who.VENUE,
            Claims.RELEASE,
            Money.BY_TERMS,
            "booking_cancelled",
        ),
        _step(
            "attend",
            (State.CONFIRMED, State.NO_SHOW),
            State.ATTENDED,
            Who.VENUE,
            Claims.KEEP,
            Money.KEEP,
            None,
        ),
        _step(
            "miss",
            (State.CONFIRMED, State.ATTENDED),
            State.NO_SHOW,
            Who.VENUE,
            Claims.KEEP,
            Money.KEEP,
            None,
        ),
    )
}

# The states whose dates hold claims; all others hold none.
LIVE = frozenset({State.REQUESTED, State.HELD, State.CONFIRMED, State.ATTENDED, State.NO_SHOW})
WAITING = frozenset({State.REQUESTED, State.HELD})


def allows(step: Step, state: str) -> bool:
    """Whether a date in `state` may take `step`."""
    return state in step.before


def require(step: Step, occurrence: Occurrence) -> None:
    """Raises: StepNotPossible, with words, where the table does not allow the step."""
    if not allows(step, occurrence.state):
        message = _("This date is “%(state)s” now, so that cannot be done.") % {
            "state": occurrence.get_state_display()
        }
        raise StepNotPossible(message, state=occurrence.state, step=step.name)


def table() -> str:
    """The table as it stands in docs/transitions.md."""
    lines = [
        "| step | from | to | who | claims | money | notice |",
        "|---|---|---|---|---|---|---|",
    ]
    for step in STEPS.values():
        before = ", ".join(sorted(state.value for state in step.before)) or "nothing"
        lines.append(
            f"| {step.name} | {before} | {step.after.value} | {step.who.value} "
            f"| {step.claims.value} | {step.money.value} | {step.notice or 'none'} |"
        )
    return "\n".join(lines)
