"""One row of a list as a venue, by a profile; what is wrong with it stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from spaces.importing import access, kinds, own
from spaces.importing.cells import Cells, postcode_in
from spaces.importing.columns import columns_of
from spaces.importing.geography import from_pair, from_text, metres_between
from spaces.importing.headings import is_room, says_address_too
from spaces.importing.keys import plain_name, short_key
from spaces.importing.profiles import Profile
from spaces.importing.records import SpaceRecord, VenueRecord
from spaces.importing.vocabulary import Target
from spaces.models import Space, Venue, VenueKind

_APART_METRES = 1_000
_NOT_FOR_HIRE = frozenset(
    {"private use", "private", "no", "n", "not for hire", "not_for_hire", "none"}
)


@dataclass(slots=True)
class Reader:
    """A profile at work on one list.

    `sole_uprns`: those that only one row has. `shared_keys`: those of places with other names.
    """

    profile: Profile
    mapping: Mapping[str, str]
    today: date
    sole_uprns: frozenset[str] = frozenset()
    shared_keys: frozenset[str] = frozenset()

    def columns(self, target: str) -> list[str]:
        return columns_of(self.mapping, target)

    def column(self, target: str) -> str:
        """The one column that means it; empty where none does."""
        return next(iter(self.columns(target)), "")

    def name_of(self, cells: Cells) -> str:
        """The place's name, or what stands where it should be."""
        column = self.column(Target.NAME)
        return cells.first_line(column) if says_address_too(column) else cells.raw(column)

    def read(self, cells: Cells) -> VenueRecord | None:
        """The venue, or None where `cells` then holds why not."""
        name = self._name(cells)
        said = self._joined(cells, Target.KIND)
        space_said = cells.raw(self.column(Target.SPACE))
        if not name or (not self.profile.is_own and self._is_left_out(cells, name, said)):
            return None
        kind = self._kind(cells, name, said)
        if kind is None:
            return None
        fields = self._fields(cells, name, kind)
        if self.profile.is_own:
            fields |= own.words(cells)
            space = own.space(cells) if space_said else None
        else:
            space = self._space(cells, space_said, fields)
        return VenueRecord(
            key=self._key(cells, name, fields),
            fields=fields,
            first_fields=self._first_fields(cells, kind),
            space=space,
            ward_name=cells.text(self.column(Target.WARD), longest=100),
            ward_code=cells.text(self.column(Target.WARD_CODE), longest=9),
            facilities=access.facilities(cells, self.mapping),
            facts=access.facts(cells, self.mapping, self.profile.said_of_source),
            checked_on=self._checked_on(cells),
        )

    def _name(self, cells: Cells) -> str:
        column = self.column(Target.NAME)
        name = self.name_of(cells)
        if not name or not re.search(r"[^\W\d_]", name):
            cells.refuse("no_name", column, _("It has no name of a place."), _("Fill it in."))
            return ""
        if len(name) > 150:
            cells.refuse(
                "long_name",
                column,
                _("It has over %(n)d characters.") % {"n": 150},
                _("Shorten it."),
            )
            return ""
        if re.match(r"[=@]|[+-]\D", name):
            words = _("It begins like a formula of a spreadsheet: kept as words.")
            cells.warn("formula", column, words)
        return _sentence_case(name)

    def _is_left_out(self, cells: Cells, name: str, said: str) -> bool:
        """Whether this is no place to hire; `cells` then says why."""
        is_register = self.profile.is_register
        why = kinds.why_never(name, said, is_register=is_register)
        if not why and any(kinds.is_closed(cells.raw(one)) for one in self.columns(Target.STATUS)):
            why = _("It is closed.")
        if not why and any(
            _is_date_of_closing(cells.raw(one)) for one in self.columns(Target.CLOSED)
        ):
            why = _("It is closed.")
        tenure = self._joined(cells, Target.TENURE).casefold()
        if not why and is_register and "vacant" in tenure:
            why = _("It is vacant.")
        if why:
            cells.refuse(
                "not_a_place_to_hire",
                "",
                _("Left out: %(why)s") % {"why": why},
                _("If it is a place that people can use, add it by hand."),
            )
        return bool(why)

    def _kind(self, cells: Cells, name: str, said: str) -> VenueKind | None:
        guess = kinds.guess_kind(
            name, said, default=self.profile.default_kind, is_register=self.profile.is_register
        )
        holding = self._joined(cells, Target.HOLDING).casefold()
        outdoors = guess.kind in {VenueKind.PARK, VenueKind.ALLOTMENT, VenueKind.LEISURE_CENTRE}
        if self.profile.is_register and (
            guess.kind is None or (holding == "land" and not outdoors)
        ):
            cells.refuse(
                "not_a_place_to_hire",
                "",
                _("Left out: nothing in the register says that it is a place people can use."),
                _("If it is one, add it by hand."),
            )
            return None
        if guess.kind is None:
            words = _("The kind of place is not known: taken for a community centre.")
            cells.warn("kind", self.column(Target.KIND), words)
            return VenueKind.COMMUNITY_CENTRE
        is_code = len(said) <= 4 and said.isupper()
        if said and not guess.from_column and not is_code and self.columns(Target.KIND):
            words = _("“%(said)s” is no kind we know: taken for %(kind)s.")
            told = {"said": said[:60], "kind": str(guess.kind.label).lower()}
            cells.warn("kind", self.column(Target.KIND), words % told)
        return guess.kind

    def _fields(self, cells: Cells, name: str, kind: VenueKind) -> dict[str, Any]:
        town = cells.text(self.column(Target.TOWN), longest=80)
        address, found = self._address(cells, town)
        postcode = cells.postcode(self.column(Target.POSTCODE)) or found
        place = self._place(cells)
        return {
            "name": name,
            "kind": str(kind),
            "description": self._description(cells),
            "address": address,
            "town": _sentence_case(town),
            "postcode": postcode,
            "uprn": cells.uprn(self.column(Target.UPRN)),
            "phone": cells.phone(self.column(Target.PHONE)),
            "email": cells.email(self.column(Target.EMAIL)),
            "website": cells.website(self.column(Target.WEBSITE)),
            "latitude": place[0] if place else None,
            "longitude": place[1] if place else None,
        }

    def _address(self, cells: Cells, town: str) -> tuple[str, str]:
        """Street and place without postcode and town; and a postcode found in it."""
        parts = [cells.raw(one).strip(" ,") for one in self.columns(Target.ADDRESS)]
        if says_address_too(self.column(Target.NAME)):
            parts.insert(0, cells.other_lines(self.column(Target.NAME)))
        parts = [one for one in dict.fromkeys(parts) if one and one != "0"]
        number = cells.raw(self.column(Target.NUMBER)).removesuffix(".0")
        if number and parts and number != "0":
            parts[0] = f"{number} {parts[0]}"
        words = ", ".join(parts)
        found = postcode_in(words)
        if found:
            words = re.sub(r"[,\s]*" + found.replace(" ", r"\s*"), "", words, flags=re.IGNORECASE)
        if town:
            words = re.sub(rf"(^|,\s*){re.escape(town)}\s*$", "", words, flags=re.IGNORECASE)
        if len(words) > 200:
            column = self.column(Target.ADDRESS)
            cells.warn("cut", column, _("It was cut to %(n)d characters.") % {"n": 200})
        return _sentence_case(words.strip(" ,"))[:200], found

    def _place(self, cells: Cells) -> tuple[float, float] | None:
        found = [
            from_pair(cells.raw(x), cells.raw(y))
            for x, y in zip(self.columns(Target.X), self.columns(Target.Y), strict=False)
        ]
        column = self.column(Target.X)
        found += [from_text(cells.raw(one)) for one in self.columns(Target.POINT)]
        places = [one.place for one in found if one.place]
        for one in found:
            if one.words:
                cells.warn(one.code, column or self.column(Target.POINT), one.words)
        if len(places) > 1 and metres_between(places[0], places[1]) > _APART_METRES:
            words = _("Its two pairs of coordinates are far apart: the first was taken.")
            cells.warn("coordinates_differ", column, words)
        if not places and found and not any(one.words for one in found):
            cells.warn("no_coordinates", column, _("It has no coordinates, so it is on no map."))
        return places[0] if places else None

    def _description(self, cells: Cells) -> str:
        lines = [cells.raw(one) for one in self.columns(Target.DESCRIPTION)]
        hours = [(one, cells.raw(one)) for one in self.columns(Target.HOURS)]
        hours = [(one, words.replace("00:00-00:00", _("closed"))) for one, words in hours]
        told = [f"{one}: {words}" if len(hours) > 1 else words for one, words in hours if words]
        if told:
            lines.append(_("Opening hours as published: %(hours)s.") % {"hours": "; ".join(told)})
        people = cells.count(self.column(Target.CAPACITY), most=100_000)
        if people and not is_room(self.column(Target.SPACE)):
            lines.append(_("Room for up to %(n)d people.") % {"n": people})
        run_by = cells.raw(self.column(Target.RUN_BY)).strip(" .")
        if run_by:
            lines.append(_("Run by %(who)s.") % {"who": run_by})
        return "\n\n".join(line for line in lines if line)[:4000]

    def _first_fields(self, cells: Cells, kind: VenueKind) -> dict[str, Any]:
        """Nobody has said yet that it can be booked, nor how: that is for whoever runs it."""
        first: dict[str, Any] = {
            "booking_mode": Venue.BookingMode.NOT_KNOWN,
            "confirmation": Venue.Confirmation.REQUEST,
        }
        hire = cells.raw(self.column(Target.HIRE)).casefold()
        if hire in _NOT_FOR_HIRE:
            words = _("The list says “%(said)s”: added as not for hire.") % {"said": hire}
            cells.warn("not_for_hire", self.column(Target.HIRE), words)
            first["booking_mode"] = Venue.BookingMode.NOT_FOR_HIRE
        elif url := cells.website(self.column(Target.BOOKING_URL)):
            first |= {"booking_mode": Venue.BookingMode.ELSEWHERE, "booking_url": url}
        if self.profile.is_register and kind == VenueKind.SCHOOL:
            words = _("A school: added unpublished, until somebody says that it lets rooms.")
            cells.warn("school", "", words)
            first["visibility"] = Venue.Visibility.DRAFT
        return first

    def _space(self, cells: Cells, said: str, fields: dict[str, Any]) -> SpaceRecord | None:
        if not said:
            return None
        kind = kinds.space_kind(said)
        if is_room(self.column(Target.SPACE)):
            people = cells.count(self.column(Target.CAPACITY), most=100_000)
            return SpaceRecord(said[:100].strip(), kind or Space.Kind.ROOM, "", capacity=people)
        if kind is None:
            words = _("“%(said)s” is not hired by the room: named in the description only.")
            cells.warn("space", self.column(Target.SPACE), words % {"said": said[:60]})
            has = _("Has: %(what)s.") % {"what": said[:100].lower()}
            fields["description"] = f"{fields['description']}\n\n{has}".strip()[:4000]
            return None
        one = said[:100].strip()
        name = re.sub(r"(?i)\b(hall|studio|pitch|court|centre|room)(e?s)$", r"\1", one)
        name = re.sub(r"(?i)pitches$", "pitch", name)
        return SpaceRecord(name[:1].upper() + name[1:], kind, access.courts(cells))

    def _key(self, cells: Cells, name: str, fields: Mapping[str, Any]) -> str:
        """The list's own number; else a UPRN that no other row has; else name and place."""
        said = cells.raw(self.column(Target.KEY))
        if said in self.shared_keys:
            words = _("“%(said)s” is the number of another place too: known by its name.")
            cells.warn("shared_key", self.column(Target.KEY), words % {"said": said[:40]})
        elif said and said != "0":
            return short_key(said)
        if fields["uprn"] and fields["uprn"] in self.sole_uprns:
            return f"uprn:{fields['uprn']}"
        return short_key(f"{plain_name(name)}|{fields['postcode'] or fields['address'].casefold()}")

    def _checked_on(self, cells: Cells) -> date | None:
        column = self.column(Target.UPDATED)
        return cells.day(column, today=self.today) if column else None

    def _joined(self, cells: Cells, target: str) -> str:
        return ", ".join(filter(None, (cells.raw(one) for one in self.columns(target))))


def _is_date_of_closing(said: str) -> bool:
    return bool(re.search(r"\b(19|20)\d\d\b", said)) or said.casefold() in {
        "yes",
        "y",
        "true",
        "1",
        "closed",
    }


def _sentence_case(words: str) -> str:
    """Names SHOUTED by an export are written as people write them."""
    letters = [sign for sign in words if sign.isalpha()]
    if len(letters) < 6 or any(sign.islower() for sign in letters):
        return words
    titled = re.sub(r"[A-Z][A-Z'’]*", lambda found: found[0][0] + found[0][1:].lower(), words)
    small = r"(?<=\s)(And|Of|The|For|At|In|On|With|To)(?=\s)"
    return re.sub(small, lambda found: found[0].lower(), titled)
