"""Entrances, lifts, hallways, toilets and rooms, the ways between them, and what is broken."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core.clock import at, london
from core.forms import DateParts, TimeText
from spaces.forms.groups import GroupedForm
from spaces.models import AccessFault, AccessNode, Venue
from spaces.services.ways import DoorHours

_ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not checked yet"))]
_DAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")),
    (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
]  # fmt: skip
_SPANS = (1, 2)
_INLINE = {"class": "govuk-radios--inline"}
_END_OF_DAY = time(23, 59)


class PlaceForm(forms.Form, GroupedForm):
    """A place on the ways. A new one is joined at once to those it leads to."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=AccessNode.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("What do people call it?"),
        max_length=80,
        required=False,
        help_text=_("Like “Side door” or “Lift”. A room keeps its own name."),
    )
    room = forms.ChoiceField(label=_("Which room?"), required=False)
    usable = forms.ChoiceField(
        label=_("Can a wheelchair user get in or through?"),
        choices=_ANSWERS,
        initial="unknown",
        widget=forms.RadioSelect(attrs=_INLINE),
        help_text=_("For a door, a lift or a toilet."),
    )
    note = forms.CharField(label=_("In a few words"), max_length=300, required=False)

    def __init__(self, *args: Any, venue: Venue, node: AccessNode | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.node = node
        places = venue.access_nodes.order_by("position", "pk")
        others = [(row.pk, row.name) for row in places if node is None or row.pk != node.pk]
        self._hours(node)
        if node is not None:
            self._change(node)
            return
        drawn = {row.space_id for row in places}
        rooms = [one for one in venue.spaces.order_by("position", "name") if one.pk not in drawn]
        self.rooms = {str(one.pk): one for one in rooms}
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them")), *((key, one.name) for key, one in self.rooms.items())
        ]  # fmt: skip
        if others:
            self.fields["joined"] = forms.TypedMultipleChoiceField(
                label=_("Which places can you reach from it without steps?"),
                required=False,
                coerce=int,
                choices=others,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Only where a way leads straight there. Add other ways later."),
            )

    def _change(self, node: AccessNode) -> None:
        for name in ("kind", "room", "usable"):
            del self.fields[name]
        self.fields["name"].initial, self.fields["note"].initial = node.name, node.note
        if node.space_id:
            del self.fields["name"]
        if node.kind != AccessNode.Kind.ENTRANCE:
            for name in [one for one in self.fields if one.startswith("hours")]:
                del self.fields[name]

    def _hours(self, node: AccessNode | None) -> None:
        self.fields["hours"] = forms.ChoiceField(
            label=_("If it is a door: when is it open?"),
            choices=AccessNode.Hours.choices,
            initial=node.hours if node else AccessNode.Hours.VENUE,
            widget=forms.RadioSelect,
        )
        held = self._held_hours(node)
        for n in _SPANS:
            days, opens, closes = held.get(n, ([], None, None))
            self.fields[f"hours_days_{n}"] = forms.TypedMultipleChoiceField(
                label=_g("Its own times %(n)d: days") % {"n": n}, required=False, coerce=int,
                choices=_DAYS, initial=days, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[f"hours_opens_{n}"] = TimeText(
                label=_g("Opens %(n)d") % {"n": n}, required=False, initial=opens
            )
            self.fields[f"hours_closes_{n}"] = TimeText(
                label=_g("Closes %(n)d") % {"n": n}, required=False, initial=closes
            )

    @staticmethod
    def _held_hours(node: AccessNode | None) -> dict[int, tuple[list[int], time, time]]:
        if node is None:
            return {}
        spans: dict[tuple[time, time], list[int]] = {}
        for row in node.hours_rows.all():
            spans.setdefault((row.opens, row.closes), []).append(row.weekday)
        return {n: (days, *span) for n, (span, days) in zip(_SPANS, spans.items(), strict=False)}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        hours = [self[name] for name in self.fields if name.startswith("hours")]
        rest = [self[name] for name in self.fields if not name.startswith("hours")]
        return [("", rest), (_g("When a door is open"), hours)] if hours else [("", rest)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_room = cleaned.get("kind") == AccessNode.Kind.SPACE
        if "kind" in self.fields and is_room and not cleaned.get("room"):
            self.add_error("room", _("Choose the room"))
        if "name" in self.fields and not is_room and not cleaned.get("name"):
            self.add_error("name", _("Say what people call it"))
        if cleaned.get("hours") == AccessNode.Hours.OWN:
            for n in _SPANS:
                self._clean_span(cleaned, n)
        return cleaned

    def _clean_span(self, cleaned: dict[str, Any], n: int) -> None:
        given = {name: cleaned.get(f"hours_{name}_{n}") for name in ("days", "opens", "closes")}
        said = {name for name, value in given.items() if value not in (None, [], "")}
        for name in given.keys() - said if said else ():
            if f"hours_{name}_{n}" not in self.errors:
                self.add_error(f"hours_{name}_{n}", _("Say the days, and both times"))

    def door_hours(self) -> list[DoorHours]:
        """Its own times; midnight as the closing time is the end of the day."""
        cleaned = self.cleaned_data
        if cleaned.get("hours") != AccessNode.Hours.OWN:
            return []
        return [
            DoorHours(day, opens, _END_OF_DAY if closes == time(0) else closes)
            for n in _SPANS
            for day in cleaned.get(f"hours_days_{n}") or ()
            for opens, closes in [(cleaned[f"hours_opens_{n}"], cleaned[f"hours_closes_{n}"])]
        ]


class WayForm(forms.Form, GroupedForm):
    """A way between two places."""

    one = forms.TypedChoiceField(label=_("From"), coerce=int)
    other = forms.TypedChoiceField(label=_("To"), coerce=int)
    step_free = forms.ChoiceField(
        label=_("Is it free of steps?"),
        choices=_ANSWERS,
        initial="unknown",
        widget=forms.RadioSelect(attrs=_INLINE),
    )
    note = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    headings = (("", ("one", "other", "step_free", "note")),)

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = {row.pk: row for row in venue.access_nodes.order_by("position", "pk")}
        for name in ("one", "other"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", _("Choose a place")),
                *((row.pk, row.name) for row in self.nodes.values()),
            ]


class FaultForm(forms.Form, GroupedForm):
    """What is out of order, where, and for how long."""

    what = forms.ChoiceField(
        label=_("What is out of order?"),
        choices=AccessFault.What.choices,
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label=_("Which one?"), required=False)
    starts_on = DateParts(label=_("Since which day?"))
    until_on = DateParts(
        label=_("When will it work again?"),
        required=False,
        help_text=_("Leave empty if nobody knows yet."),
    )
    note = forms.CharField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        help_text=_("Everybody can read this. For example, what people can use instead."),
    )
    headings = (("", ("what", "place", "starts_on", "until_on", "note")),)

    def __init__(self, *args: Any, venue: Venue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venue, self.today = venue, today
        self.fields["starts_on"].initial = today
        kinds = (AccessNode.Kind.ENTRANCE, AccessNode.Kind.LIFT, AccessNode.Kind.TOILET)
        self.nodes = {
            f"node-{row.pk}": row
            for row in venue.access_nodes.filter(kind__in=kinds).order_by("position", "pk")
        }
        rooms = venue.spaces.order_by("position", "name")
        self.rooms = {f"space-{row.pk}": row for row in rooms}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", _("All of them, or the only one")),
            *((key, row.name) for key, row in self.nodes.items()),
            *((key, row.name) for key, row in self.rooms.items()),
        ]

    def begin_with(self, before: AccessFault | None) -> None:
        """Ask again about the same thing, which was meant to work by now."""
        if before is not None:
            place = ""
            if before.node_id or before.space_id:
                place = f"node-{before.node_id}" if before.node_id else f"space-{before.space_id}"
            self.initial = {
                **self.initial,
                "what": before.what,
                "place": place,
                "note": before.note,
            }

    def fault(self, *, now: datetime) -> AccessFault:
        """From now where it begins today; until the end of the day before it works again."""
        said = self.cleaned_data
        starts = now if said["starts_on"] == london(now).date() else at(said["starts_on"], time(0))
        until = said["until_on"]
        return AccessFault(
            venue=self.venue,
            node=self.nodes.get(said["place"]),
            space=self.rooms.get(said["place"]),
            what=said["what"],
            note=said["note"],
            starts_at=starts,
            until=at(until, time(0)) if until else None,
        )
