"""The schema as a page to read: each address with what it takes and what it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

_METHODS = ("get", "post")
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to send or to read. `shape` names the shape it has, where that has a name."""

    name: str
    kind: str
    shape: str
    words: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A body that can be sent, with what it is for."""

    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    method: str
    path: str
    anchor: str
    summary: str
    words: str
    needs_token: bool
    parameters: tuple[Field, ...]
    body: str
    examples: tuple[Example, ...]
    answers: tuple[tuple[str, str], ...]

    @property
    def can_be_opened(self) -> bool:
        """A browser can go there as it stands."""
        return self.method == "GET" and "{" not in self.path and not self.needs_token


@dataclass(frozen=True, slots=True)
class Shape:
    """One named shape of what is sent or answered."""

    name: str
    words: str
    choices: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All of it."""

    operations: tuple[Operation, ...]
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=4)
def reference(language: str) -> Reference:
    """In the words of `language`; the schema is the same until the next start."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    shapes = schema["components"]["schemas"]
    return Reference(
        operations=tuple(_operations(schema["paths"])),
        shapes=tuple(_shape(name, shapes[name]) for name in sorted(shapes)),
    )


def _operations(paths: dict[str, Any]) -> Iterator[Operation]:
    for path, actions in paths.items():
        for method in _METHODS:
            if method in actions:
                yield _operation(method, path, actions[method])


def _operation(method: str, path: str, said: dict[str, Any]) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    return Operation(
        method=method.upper(),
        path=path,
        anchor=said["operationId"],
        summary=said.get("summary", ""),
        words=said.get("description", ""),
        needs_token={} not in said.get("security", [{}]),
        parameters=tuple(
            _field(
                one["name"],
                one["schema"],
                one.get("description", ""),
                needed=one.get("required", False),
            )
            for one in said.get("parameters", [])
        ),
        body=_shape_of(content),
        examples=tuple(_examples(content)),
        answers=tuple(
            (status, _shape_of(answer.get("content", {})))
            for status, answer in said["responses"].items()
        ),
    )


def _examples(content: dict[str, Any]) -> Iterator[Example]:
    for form in content.values():
        for name, said in form.get("examples", {}).items():
            body = json.dumps(said["value"], indent=2, ensure_ascii=False)
            yield Example(said.get("summary", name), body)


def _shape_of(content: dict[str, Any]) -> str:
    """The name of what is sent, whatever form it is sent in."""
    return next((_name(form.get("schema", {})) for form in content.values()), "")


def _shape(name: str, said: dict[str, Any]) -> Shape:
    needed = said.get("required", [])
    return Shape(
        name=name,
        words=_first_lines(said.get("description", "")),
        choices=tuple(_choices(said)),
        fields=tuple(
            _field(key, value, value.get("description", ""), needed=key in needed)
            for key, value in said.get("properties", {}).items()
        ),
    )


def _choices(said: dict[str, Any]) -> Iterator[str]:
    """Each choice; with its words where the schema lists them under its description."""
    listed = [
        line.removeprefix("* ").replace("`", "")
        for line in said.get("description", "").splitlines()
        if line.startswith("* ")
    ]
    yield from listed or [str(value) for value in said.get("enum", [])]


def _first_lines(words: str) -> str:
    """Without the list of choices under it."""
    return " ".join(line for line in words.splitlines() if line and not line.startswith("* "))


def _field(name: str, schema: dict[str, Any], words: str, *, needed: bool) -> Field:
    shape = _name(schema)
    return Field(name, _kind(schema), shape, _first_lines(words), needed)


def _name(schema: dict[str, Any]) -> str:
    """The name of a shape, of the things in a list, or of one of several."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    inner = [schema.get("items", {}), *schema.get("allOf", []), *schema.get("oneOf", [])]
    return next((name for one in inner if one and (name := _name(one))), "")


def _kind(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if kind == "array":
        inner = _kind(schema.get("items", {}))
        return f"array of {inner}" if inner else "array"
    form = str(schema.get("format", ""))
    return f"{kind}, {form}" if form and form not in ("int64", "double") else kind
