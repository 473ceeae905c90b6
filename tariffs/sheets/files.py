"""Tariffs as YAML: read with limits and line numbers, written so that they read back the same."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tariffs.sheets.limits import DEEPEST, MOST_NODES, measure, refused, too_deep

_MOST_CHARACTERS = 1_000_000
# The reader that comes with the library in C, where it is there: ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,8})\Z")
_YES_NO = {"true": True, "false": False, "yes": True, "no": False}
Path = tuple[Hashable, ...]


@dataclass(slots=True)
class SheetFile:
    """What a file says, and on which line each part of it stands."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of a place, or of the nearest around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> SheetFile:
    """A YAML text as plain data. Figures stay as they are written; nothing becomes a float.

    Raises: TariffRefused where it is no YAML, too long, too deep, or grows by its aliases.
    """
    if len(text) > _MOST_CHARACTERS:
        raise refused(1, _("The file is too long."), _("Keep it under one million characters."))
    try:
        measure(yaml.parse(text, Loader=_Loader))
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise refused(
            mark.line + 1 if mark else 1,
            _("This is not YAML: %(problem)s.") % {"problem": getattr(error, "problem", "") or "?"},
            _("Look for a missing colon or space; put words with , : ? # or {} in quotes."),
        ) from error
    except UnicodeEncodeError as error:
        raise refused(1, _("This is no text."), _("Save the file as UTF-8.")) from error
    if root is None:
        raise refused(1, _("The file is empty."), _("Give at least one rule."))
    reader = _Reader()
    return SheetFile(reader.value(root, (), 0), reader.lines)


class _Reader:
    """Nodes to plain data, counting what it makes."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.made = 0

    def value(self, node: yaml.Node, path: Path, depth: int) -> Any:
        line = node.start_mark.line + 1
        self.lines[path] = line
        self.made += 1
        if self.made > MOST_NODES:
            raise refused(line, _("The file grows too large."), _("Write fewer, plainer rules."))
        if depth > DEEPEST:
            raise too_deep(line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(child, (*path, number), depth + 1)
                for number, child in enumerate(node.value)
            ]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise refused(
                    line, _("A name must be a word."), _("Write a word before the colon.")
                )
            key = key_node.value
            if key in found:
                raise refused(
                    line,
                    _("“%(word)s” stands here twice.") % {"word": key},
                    _("Keep one of them."),
                )
            found[key] = self.value(value_node, (*path, key), depth + 1)
            self.lines[*path, key] = line
        return found


def _scalar(node: yaml.Node) -> Any:
    """Words stay words, figures stay as written; only whole numbers and yes/no become values."""
    text: str = node.value
    if not isinstance(node, yaml.ScalarNode) or node.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null"):
        return None
    if text in _YES_NO:
        return _YES_NO[text]
    return int(text) if _WHOLE.match(text) else text


def write_yaml(document: Any) -> str:
    """A document as YAML that reads back the same; text that looks like a figure is quoted."""
    return yaml.dump(
        document,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=None,
    )


class _Dumper(yaml.SafeDumper):
    """Quotes what would read as something else, and writes twice what is said twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    is_word = text[:1].isalpha() and text not in _YES_NO and text not in ("null",)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_word else '"')


_Dumper.add_representer(str, _text)
