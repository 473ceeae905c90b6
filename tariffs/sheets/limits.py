"""How large a file may be: found out as it is read, so that too large a one costs no time."""

from __future__ import annotations

from collections.abc import Iterable

import yaml
from django.utils.translation import gettext as _

from tariffs.errors import Fault, TariffRefused
from tariffs.rules.schema import MOST_RULES

MOST_NODES = 100_000
DEEPEST = 20
_MOST_ALIASES = 500
# rules:, and rules: in each of versions:.
_RULES_AT = (("rules",), ("versions", "", "rules"))


def measure(events: Iterable[yaml.Event]) -> None:
    """Stop at the first event that is too deep or one too many.

    Raises: TariffRefused with the line; yaml.YAMLError from the events.
    """
    size = _Size()
    for event in events:
        size.add(event)


class _Size:
    """What has been read so far, and where in it we are."""

    def __init__(self) -> None:
        self.nodes = self.aliases = self.rules = 0
        # The key of each list or mapping around; in a mapping, whether a key is to come.
        self.keys: list[str] = []
        self.is_mapping: list[bool] = []
        self.wants_key: list[bool] = []

    def add(self, event: yaml.Event) -> None:
        """Count one event."""
        if isinstance(event, yaml.CollectionEndEvent):
            self.keys.pop()
            self.is_mapping.pop()
            self.wants_key.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)

    def _node(self, event: yaml.NodeEvent) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        self.nodes += 1
        self.aliases += isinstance(event, yaml.AliasEvent)
        if self._is_rule():
            self.rules += 1
        self._limits(line)
        is_key = bool(self.wants_key) and self.is_mapping[-1] and self.wants_key[-1]
        if self.wants_key:
            self.wants_key[-1] = not is_key
        if is_key:
            self.keys[-1] = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if isinstance(event, yaml.CollectionStartEvent):
            self.keys.append("")
            self.is_mapping.append(isinstance(event, yaml.MappingStartEvent))
            self.wants_key.append(True)
            if len(self.keys) > DEEPEST:
                raise too_deep(line)

    def _is_rule(self) -> bool:
        inside_list = bool(self.is_mapping) and not self.is_mapping[-1]
        return inside_list and tuple(self.keys[:-1]) in _RULES_AT

    def _limits(self, line: int) -> None:
        if self.rules > MOST_RULES:
            raise refused(
                line,
                _("There are more than %(most)d rules.") % {"most": MOST_RULES},
                _("One rule can name several kinds of hirer and days; a grid holds many prices."),
            )
        if self.nodes > MOST_NODES:
            raise refused(line, _("The file grows too large."), _("Write fewer, plainer rules."))
        if self.aliases > _MOST_ALIASES:
            raise refused(
                line, _("There are too many aliases."), _("Write out what they stand for.")
            )


def refused(line: int, problem: str, remedy: str) -> TariffRefused:
    """A file that is not read, with the line that says so."""
    where = _("line %(n)d") % {"n": line}
    return TariffRefused([Fault("", where, problem, remedy)])


def too_deep(line: int) -> TariffRefused:
    """Lists within lists without end."""
    return refused(line, _("It is nested too deeply."), _("Write it in fewer levels."))
