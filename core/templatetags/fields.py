"""What the form templates need to know about a field: how to draw it, and where its error is."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.forms import DatePartsWidget

register = template.Library()

_CLASSES = {
    "input": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "checkboxes": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
}


class ErrorLink(NamedTuple):
    """One line of the error summary; no target where no single box is to blame."""

    target: str
    message: str


@register.filter
def drawn_as(field: BoundField) -> str:
    """Which part of field.html draws this field."""
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (DatePartsWidget, "date"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    widget = field.field.widget
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control itself, with the classes of its kind and of its errors."""
    kind = drawn_as(field)
    own = field.field.widget.attrs.get("class", "")
    # A placeholder is no label: it vanishes when typing starts. False leaves an attribute out.
    attrs: dict[str, Any] = {"placeholder": False}
    if kind == "date":
        attrs["wrong_parts"] = _wrong_parts(field)
    else:
        css = _CLASSES[kind]
        if field.errors and kind in {"input", "select", "textarea", "file"}:
            css = f"{css} {css}--error"
        attrs["class"] = f"{css} {own}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def options(field: BoundField) -> list[dict[str, Any]]:
    """Each radio or checkbox of a field: its control and label."""
    kind = drawn_as(field)
    drawn = []
    for option in field.subwidgets:
        # The group is wrong, not each of its boxes: ARIA has no aria-invalid for them.
        option.data["attrs"] = {
            **option.data["attrs"],
            "class": _CLASSES[kind],
            "aria-invalid": False,
        }
        drawn.append({"id": option.id_for_label, "tag": option.tag(), "label": option.choice_label})
    return drawn


@register.filter
def error_words(field: BoundField) -> list[str]:
    """What is wrong with a field; an answer left out is asked for by the question's name."""
    return [
        _asked_again(field) if _is_plain_required(error) else message
        for error in field.form.errors.as_data().get(field.name, [])
        for message in error.messages
    ]


@register.simple_tag
def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Every error of a form in the order of its fields, each with the id of the box to mend."""
    links = [ErrorLink("", str(message)) for message in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else _first_wrong_id(field)
        links += [ErrorLink(target, message) for message in error_words(field)]
    return links


def _is_plain_required(error: ValidationError) -> bool:
    plain = forms.Field.default_error_messages["required"]
    return error.code == "required" and error.message == plain


def _asked_again(field: BoundField) -> str:
    sentence = {
        "checkbox": _("Tick “%(question)s”"),
        "checkboxes": _("Choose an answer to “%(question)s”"),
        "radios": _("Choose an answer to “%(question)s”"),
        "select": _("Choose an answer to “%(question)s”"),
    }.get(drawn_as(field), _("Fill in “%(question)s”"))
    return sentence % {"question": field.label}


def _wrong_parts(field: BoundField) -> list[str]:
    parts: list[str] = []
    for error in field.form.errors.as_data().get(field.name, []):
        parts += (error.params or {}).get("parts", [])
    return parts or (["day", "month", "year"] if field.errors else [])


def _first_wrong_id(field: BoundField) -> str:
    kind = drawn_as(field)
    if kind == "date":
        return f"{field.auto_id}_{_wrong_parts(field)[0]}" if field.errors else ""
    if kind in {"radios", "checkboxes"}:
        return f"{field.auto_id}_0"
    return field.id_for_label
