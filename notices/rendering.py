"""The words of a mail: templates/email/<event>.subject.txt and .txt, in the reader's language.

Words stand once, as plain text: paragraphs apart by an empty line, list lines beginning with
"- ", an address alone on its line. The HTML part is laid out from the same text by
templates/email/base.html, unless the event has a .html of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates
from django.template.loader import get_template
from django.utils import translation

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Words:
    """One mail, worded."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list or a link of the HTML part."""

    kind: str
    lines: list[str]


def has_words(event: str) -> bool:
    """Whether the mail of this event is written."""
    try:
        _plain().get_template(f"email/{event}.subject.txt")
        _plain().get_template(f"email/{event}.txt")
    except TemplateDoesNotExist:
        return False
    return True


def render(event: str, context: dict[str, Any], *, language: str) -> Words:
    """The mail for `event` with the facts in `context`.

    Raises: TemplateDoesNotExist for an event without words.
    """
    with translation.override(language):
        subject = _plain().get_template(f"email/{event}.subject.txt").render(context)
        text = _plain().get_template(f"email/{event}.txt").render(context)
        text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
        one_line = " ".join(subject.split())
        laid_out = {**context, "subject": one_line, "blocks": blocks(text)}
        html = _html(event).render(laid_out)
    return Words(subject=one_line, text=text, html=html)


def blocks(text: str) -> list[Block]:
    """The paragraphs, lists and links of a plain text."""
    found = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        if all(line.startswith("- ") for line in lines):
            found.append(Block(kind="list", lines=[line[2:] for line in lines]))
        elif len(lines) == 1 and _ADDRESS.fullmatch(lines[0]):
            found.append(Block(kind="link", lines=lines))
        else:
            found.append(Block(kind="paragraph", lines=lines))
    return found


def tame(value: Any) -> Any:
    """`value` without line breaks and control characters, so that facts cannot write mails."""
    if isinstance(value, str):
        return _CONTROL.sub(" ", value).strip()
    if isinstance(value, dict):
        return {str(key): tame(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [tame(one) for one in value]
    return value


@lru_cache(maxsize=1)
def _plain() -> DjangoTemplates:
    # Plain text has nothing to escape: "Ann's" must not become "Ann&#x27;s".
    params = {
        "NAME": "plain",
        "DIRS": settings.TEMPLATES[0]["DIRS"],
        "APP_DIRS": False,
        "OPTIONS": {"autoescape": False},
    }
    return DjangoTemplates(params)


def _html(event: str) -> Any:
    try:
        return get_template(f"email/{event}.html")
    except TemplateDoesNotExist:
        return get_template("email/base.html")
