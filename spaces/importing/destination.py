"""Where an import's venues belong: which council, whose operator, and who may write there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import Council, Operator, Organisation, User
from accounts.policies import MANAGERS, StaffScope
from core.errors import NotAllowed
from spaces.importing.cells import Cells
from spaces.importing.errors import FileRefused
from spaces.importing.matching import Index
from spaces.importing.profiles import Profile
from spaces.importing.reading import Reader
from spaces.importing.report import Report
from spaces.importing.table import Table
from spaces.importing.vocabulary import Target
from spaces.importing.writing import Destination
from spaces.models import Venue
from spaces.policies import VenuePolicy

if TYPE_CHECKING:
    from spaces.importing.run import Wish

UNPLACED = "imported-venues"


def destination(
    wish: Wish,
    table: Table,
    reader: Reader,
    profile: Profile,
    report: Report,
    *,
    actor: User | None,
    now: datetime,
) -> Destination:
    """The council, locked until the end so that two imports take turns. Raises: NotAllowed."""
    council = wish.council or _council(wish.council_slug, table, reader, report)
    council = Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    operator = wish.operator or _operator(council, wish.operator_name, report, now=now)
    require_may_import(actor, council_id=council.pk, operator=operator)
    venues = Venue.objects.all() if actor is None else VenuePolicy(actor).manageable()
    return Destination(
        council=council,
        operator=operator,
        source=profile.source,
        label=str(profile.label),
        actor=actor,
        now=now,
        index=Index(council, profile.source, venues),
        log=wish.log,
    )


def require_may_import(actor: User | None, *, council_id: int, operator: Operator | None) -> None:
    """Council staff for any operator of it; an operator's for itself. Raises: NotAllowed."""
    if actor is None:
        return
    operator_id = operator.pk if operator else None
    if operator and operator.council_id != council_id:
        raise NotAllowed
    if not StaffScope(actor).has_role(MANAGERS, council_id=council_id, operator_id=operator_id):
        raise NotAllowed


def _council(slug: str, table: Table, reader: Reader, report: Report) -> Council:
    """The one named; else the only one there is, the one the list is of, or one set apart."""
    if not slug:
        all_of_them = list(Council.objects.all())
        if len(all_of_them) == 1:
            return all_of_them[0]
        if found := _of_the_list(all_of_them, table, reader):
            report.notes.append(_("The list is of %(name)s.") % {"name": found.name})
            return found
        if reader.profile.is_own:
            raise FileRefused(_("Say which council’s places you mean: the file does not tell."))
        slug = UNPLACED
    council, created = Council.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").capitalize()}
    )
    if created:
        report.notes.append(_("New council: %(name)s.") % {"name": council.name})
    return council


def _of_the_list(councils: list[Council], table: Table, reader: Reader) -> Council | None:
    """The council that every row names."""
    column = reader.column(Target.AUTHORITY)
    said = {Cells(row.cells).raw(column).casefold() for row in table.rows} if column else set()
    if len(said) != 1:
        return None
    (words,) = said
    return next(
        (
            one
            for one in councils
            if words and words in {one.name.casefold(), one.gss_code.casefold()}
        ),
        None,
    )


def _operator(council: Council, name: str, report: Report, *, now: datetime) -> Operator:
    name = name or _("%(council)s: operator not known yet") % {"council": council.name}
    found = Operator.objects.filter(council=council, organisation__name=name).first()
    if found:
        return found
    organisation = Organisation.objects.create(
        council=council, name=name[:150], kind=Organisation.Kind.COUNCIL, created_at=now
    )
    report.notes.append(_("New operator: %(name)s.") % {"name": name})
    return Operator.objects.create(council=council, organisation=organisation)
