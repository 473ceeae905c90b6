"""Refusals that speak of rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import BadInput, StateConflict


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a document: the rule it is in, the place, and what to do about it."""

    rule: str
    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.rule or self.where}: {self.problem} {self.remedy}"


class TariffRefused(BadInput):
    """A document that cannot be published. `faults` lists everything that was found."""

    code = "tariff_refused"
    default_message = _("These rates cannot be published yet. Put right what is listed.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(None, faults=[asdict(fault) for fault in self.faults])


class AlreadyPublished(StateConflict):
    """A version starts on that day already; published versions are never edited."""

    code = "tariff_already_published"
    default_message = _(
        "Rates from that day are published already, and published rates are never changed. "
        "Choose another first day."
    )


class DraftChanged(StateConflict):
    """Somebody else saved the draft since it was read. `revision` is what it is at now."""

    code = "rates_draft_changed"
    default_message = _(
        "Somebody else saved these rates while you were writing. Yours are not saved yet."
    )


class DraftExists(StateConflict):
    """The venue has a draft from that day already."""

    code = "rates_draft_exists"
    default_message = _("There is a draft from that day already. Open it, or choose another day.")


class DraftGone(StateConflict):
    """The draft was published or discarded meanwhile."""

    code = "rates_draft_gone"
    default_message = _("These rates are no draft any more: they were published or thrown away.")


class NotAsked(BadInput):
    """An answer to a question that the rates of this venue do not have. `known`: those they do."""

    code = "answer_not_asked"
    default_message = _("The prices of this venue do not depend on that. Leave that answer out.")

    def __init__(self, known: Iterable[str], *, name: str) -> None:
        super().__init__(None, field=f"answers.{name}", known=sorted(known))


class AnswerRefused(BadInput):
    """An answer that is none of those its question has. `name` is the question, `remedy` what to
    answer instead."""

    code = "answer_refused"

    def __init__(self, name: str, remedy: str) -> None:
        self.name, self.remedy = name, remedy
        message = _("The answer to “%(name)s” cannot be read. %(remedy)s")
        super().__init__(message % {"name": name, "remedy": remedy}, field=f"answers.{name}")
