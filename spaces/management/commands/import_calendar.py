"""Turn an iCalendar file into busy time of one space, and say what became of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from core import clock, words
from core.calendars.found import Remark
from core.calendars.read import LARGEST, CalendarRefused, remark_words
from core.errors import DomainError
from core.intervals import Span
from spaces.models import Space
from spaces.services import calendars
from spaces.services.calendars import Imported, Mode

_LONG = 2_000_000


class Command(BaseCommand):
    help = "Import a calendar of a space; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("space", help="its number, or venue/space by their short names")
        parser.add_argument("file", help="an iCalendar file")
        parser.add_argument("--from", dest="since", help="a date (00:00 UTC) or a time with zone")
        parser.add_argument("--until", help="the same; not included")
        parser.add_argument(
            "--name", default=calendars.UPLOADED, help="which of the space's calendars this is"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and keep nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        space = _space(options["space"])
        window = _window(space, options["since"], options["until"], now=now)
        as_json = options["format"] == "json"
        raw = _bytes(Path(options["file"]))
        if len(raw) > _LONG:
            self.stderr.write(_("Reading a long calendar: it may take some minutes."))
        try:
            source = calendars.source_named(
                space, calendars.check_name(space, options["name"]), now=now
            )
            done = calendars.import_calendar(
                source,
                raw,
                window=window,
                mode=Mode.REHEARSE if options["dry_run"] else Mode.WRITE,
                actor=None,
                now=now,
            )
        except CalendarRefused as refused:
            if as_json:
                self._say_json(_refused(refused), window)
            raise CommandError(str(refused.message)) from refused
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        if as_json:
            self._say_json(_as_data(done), window)
        else:
            self._say_text(done)

    def _say_json(self, data: dict[str, Any], window: Span) -> None:
        bounds = {"from": window.start.isoformat(), "until": window.end.isoformat()}
        said = {"window_utc": bounds, **data}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))

    def _say_text(self, done: Imported) -> None:
        for remark in (*done.refused, *done.warnings):
            self.stdout.write(remark_words(remark))
        for clash in done.clashes:
            when = words.when(clash.starts_at, clash.ends_at)
            taken = "; ".join(clash.taken_by) or _("a booking")
            self.stdout.write(
                _("Clash: %(title)s, %(when)s: taken by %(taken)s")
                % {"title": clash.summary or _("Busy"), "when": when, "taken": taken}
            )
        self.stdout.write(
            _(
                "%(events)d events, busy %(busy)d times: %(added)d new, %(changed)d changed,"
                " %(gone)d released, %(same)d as before, %(clashes)d clashes"
            )
            % {
                "events": done.events,
                "busy": len(done.busy),
                "added": done.added,
                "changed": done.changed,
                "gone": done.gone,
                "same": done.unchanged,
                "clashes": len(done.clashes),
            }
        )


def _space(said: str) -> Space:
    spaces = Space.objects.select_related("venue")
    venue, slash, name = said.rpartition("/")
    if slash:
        found = spaces.filter(venue__slug=venue, slug=name).first()
    elif said.isdecimal() and len(said) < 19:
        found = spaces.filter(pk=int(said)).first()
    else:
        alike = list(spaces.filter(slug=said)[:2])
        if len(alike) > 1:
            message = _("Several spaces have that short name. Write venue/space.")
            raise CommandError(message)
        found = alike[0] if alike else None
    if found is None:
        message = _("There is no such space. Write its number, or venue/space.")
        raise CommandError(message)
    return found


def _window(space: Space, since: str | None, until: str | None, *, now: datetime) -> Span:
    usual = calendars.window_of(space, now=now)
    start = _instant(since) if since else usual.start
    end = _instant(until) if until else usual.end
    if start >= end:
        raise CommandError(_("The first date must come before the last."))
    return Span(start, end)


def _instant(said: str) -> datetime:
    """A date is its midnight in UTC, as the reports are in UTC."""
    try:
        if day := parse_date(said):
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        if moment := parse_datetime(said):
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise CommandError(_("Write a date like 2027-01-31."))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        message = _("The file cannot be read: %(why)s") % {"why": error.strerror}
        raise CommandError(message) from error


def _as_data(done: Imported) -> dict[str, Any]:
    return {
        "events": done.events,
        "busy": [
            {
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "kind": one.kind,
                "summary": one.summary,
                "status": one.status,
                "transp": one.transp,
                "uid": one.uid,
            }
            for one in done.busy
        ],
        "refused": [_remark(one) for one in done.refused],
        "warnings": [_remark(one) for one in done.warnings],
        "conflicts": [
            {
                "start": clash.starts_at.astimezone(UTC).isoformat(),
                "end": clash.ends_at.astimezone(UTC).isoformat(),
                "uid": clash.uid,
                "summary": clash.summary,
                "taken_by": list(clash.taken_by),
            }
            for clash in done.clashes
        ],
        "counts": {
            "added": done.added,
            "changed": done.changed,
            "released": done.gone,
            "unchanged": done.unchanged,
        },
    }


def _remark(remark: Remark) -> dict[str, str]:
    return {
        "uid": remark.uid,
        "summary": remark.summary,
        "code": str(remark.code),
        "reason": remark_words(remark),
    }


def _refused(refused: CalendarRefused) -> dict[str, Any]:
    """The shape of a report about a file that is of no use."""
    reason = {"uid": "", "summary": "", "code": refused.reason, "reason": str(refused.message)}
    return {"events": 0, "busy": [], "refused": [reason], "warnings": [], "conflicts": []}
