"""Refusals that speak of rates."""

from __future__ import annotations

from collections.abc import Sequence
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
