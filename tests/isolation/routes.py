"""Every address there is, found from the resolver, and what each takes.

An address with a gap that this table does not fill fails the test: say here what belongs in it,
and whether anybody may open it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from tests.isolation.world import Borough

Facts = dict[str, Any]


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    gaps: frozenset[str]


@dataclass(frozen=True)
class Takes:
    """The gaps of one address, filled with things of a borough."""

    fill: Callable[[Borough], Facts]
    is_public: bool = False


def private(fill: Callable[[Borough], Facts]) -> list[Takes]:
    """An address of something that only its own people may open."""
    return [Takes(fill)]


def of_venues() -> list[Takes]:
    """A venue anybody may open, and one that does not exist for others."""
    return [
        Takes(lambda b: {"slug": b.venue.slug}, is_public=True),
        Takes(lambda b: {"slug": b.confidential.slug}),
    ]


def of_spaces() -> list[Takes]:
    """A space anybody may open, and one that does not exist for others."""
    return [
        Takes(lambda b: {"pk": b.space.pk}, is_public=True),
        Takes(lambda b: {"pk": b.hidden_space.pk}),
    ]


def of_managed_venues() -> list[Takes]:
    """Venues, open to all or not, on a page for those who run them."""
    return [
        Takes(lambda b: {"slug": b.venue.slug}),
        Takes(lambda b: {"slug": b.confidential.slug}),
    ]


_BOOKING = private(lambda b: {"reference": b.booking.reference})
_REQUEST = private(lambda b: {"reference": b.request.reference})
_DATE = private(lambda b: {"reference": b.booking.reference, "pk": b.occurrence.pk})
_ROOM = private(lambda b: {"slug": b.venue.slug, "space": b.space.slug})
_PHOTO = private(lambda b: {"slug": b.venue.slug, "pk": b.photo.pk})
_PLAN = private(lambda b: {"slug": b.venue.slug, "pk": b.plan.pk})
_ROUND = private(lambda b: {"pk": b.visit.round_id})
_VISIT = private(lambda b: {"pk": b.visit.pk})
_GROUP = private(lambda b: {"pk": b.membership.organisation_id})
_RATES = private(lambda b: {"slug": b.venue.slug, "pk": b.rates_draft.pk})
_IMPORT = private(lambda b: {"pk": b.venue_import.pk})
_MEMBER = private(lambda b: {"pk": b.membership.organisation_id, "member": b.membership.pk})

TABLE: dict[str, list[Takes]] = {
    "venue": of_venues(),
    "book_pick": of_venues(),
    "book_details": of_venues(),
    "book_check": of_venues(),
    "manage_venue": of_managed_venues(),
    "manage_publish": of_managed_venues(),
    "manage_details": of_managed_venues(),
    "manage_calendars": of_managed_venues(),
    "manage_calendar": private(lambda b: {"slug": b.venue.slug, "pk": b.calendar.pk}),
    "manage_facilities": of_managed_venues(),
    "manage_stock": of_managed_venues(),
    "manage_spaces": of_managed_venues(),
    "manage_rooms_add": of_managed_venues(),
    "manage_whole_add": of_managed_venues(),
    "manage_pool_add": of_managed_venues(),
    "picture": [
        Takes(lambda b: {"name": b.photo.name, "size": "small"}, is_public=True),
        Takes(lambda b: {"name": b.hidden_photo.name, "size": "small"}),
        Takes(lambda b: {"name": b.fact_photo.name, "size": "small"}, is_public=True),
        Takes(lambda b: {"name": b.hidden_fact_photo.name, "size": "small"}),
    ],
    "manage_photos": of_managed_venues(),
    "manage_photo_add": of_managed_venues(),
    "manage_photo": _PHOTO,
    "manage_photo_move": _PHOTO,
    "manage_photo_remove": _PHOTO,
    "manage_plan_add": of_managed_venues(),
    "manage_plan": _PLAN,
    "manage_plan_remove": _PLAN,
    "manage_room": _ROOM,
    "manage_room_facilities": _ROOM,
    "manage_parts": _ROOM,
    "manage_neighbours": _ROOM,
    "manage_buffers": _ROOM,
    "manage_sports": _ROOM,
    "manage_vat_things": private(lambda b: {"slug": b.venue.slug}),
    "manage_vat_registration": private(
        lambda b: {"slug": b.venue.slug, "pk": b.vat_registration.pk}
    ),
    "manage_vat_registration_remove": private(
        lambda b: {"slug": b.venue.slug, "pk": b.vat_registration.pk}
    ),
    "manage_option": private(lambda b: {"slug": b.venue.slug, "pk": b.option_to_tax.pk}),
    "manage_option_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.option_to_tax.pk}),
    "vat_settle": _BOOKING,
    **{
        name: of_managed_venues()
        for name in (
            "manage_times",
            "manage_week",
            "manage_season",
            "manage_day",
            "manage_times_remove",
            "manage_exceptions",
            "manage_quiet",
            "manage_quiet_add",
            "manage_closures",
            "manage_close",
            "manage_limits",
            "manage_limit_add",
            "manage_notice_add",
            "manage_vat",
            "manage_vat_registration_add",
            "manage_option_add",
            "manage_support",
            "manage_hours_add",
            "manage_voucher_add",
            "manage_grant_add",
        )
    },
    "manage_access": of_managed_venues(),
    "manage_faults": of_managed_venues(),
    "manage_place_add": of_managed_venues(),
    "manage_way_add": of_managed_venues(),
    "manage_access_facts": [
        Takes(lambda b: {"slug": b.venue.slug, "kind": "places", "pk": b.door.pk}),
        Takes(lambda b: {"slug": b.venue.slug, "kind": "ways", "pk": b.way.pk}),
        Takes(lambda b: {"slug": b.venue.slug, "kind": "spaces", "pk": b.space.pk}),
        Takes(lambda b: {"slug": b.confidential.slug, "kind": "venue", "pk": 0}),
    ],
    "manage_fact_photo": private(lambda b: {"slug": b.venue.slug, "pk": b.fact.pk}),
    "manage_fact_photo_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.fact.pk}),
    "manage_place": private(lambda b: {"slug": b.venue.slug, "pk": b.door.pk}),
    "manage_place_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.door.pk}),
    "manage_way_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.way.pk}),
    "manage_access_settle": private(lambda b: {"slug": b.venue.slug, "pk": b.fact.pk}),
    "manage_fault_end": private(lambda b: {"slug": b.venue.slug, "pk": b.fault.pk}),
    "venue_a11yjson": of_venues(),
    "venue_jsonld": of_venues(),
    "manage_rates": of_managed_venues(),
    "manage_rates_new": of_managed_venues(),
    **{
        name: private(lambda b: {"slug": b.venue.slug, "pk": b.rates_draft.pk})
        for name in (
            "manage_rates_draft",
            "manage_rates_publish",
            "manage_rates_discard",
            "manage_rates_upload",
            "manage_rates_file",
        )
    },
    "rates_try": of_managed_venues(),
    "rates_what_if": _RATES,
    "rates_what_if_csv": _RATES,
    "rates_booked": _RATES,
    "manage_quiet_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.quiet_rule.pk}),
    "manage_reopen": private(lambda b: {"slug": b.venue.slug, "pk": b.closure.pk}),
    "manage_limit_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.limit.pk}),
    "manage_notice_remove": private(lambda b: {"slug": b.venue.slug, "pk": b.event_notice.pk}),
    "manage_support_end": private(
        lambda b: {"slug": b.venue.slug, "kind": "hours", "pk": b.allowance.pk}
    ),
    "booking": _BOOKING,
    "booking_cancel": _BOOKING,
    "booking_decide": _REQUEST,
    "date_cancel": _DATE,
    "dates_cancel": _BOOKING,
    "date_came": _DATE,
    "manage_import": _IMPORT,
    "manage_import_report": _IMPORT,
    "manage_import_undo": _IMPORT,
    "manage_import_discard": _IMPORT,
    "organisation": _GROUP,
    "change_organisation": _GROUP,
    "claim_concession": _GROUP,
    "concession": private(lambda b: {"pk": b.concession.pk}),
    "invite_member": _GROUP,
    "change_member": _MEMBER,
    "remove_member": _MEMBER,
    "withdraw_invitation": private(
        lambda b: {"pk": b.membership.organisation_id, "invitation": b.invitation.pk}
    ),
    "answer_invitation": private(lambda b: {"pk": b.invitation.pk}),
    "api_venue": of_venues(),
    "api_space": of_spaces(),
    "api_availability": of_spaces(),
    "space_busy_feed": of_spaces(),
    "api_booking": _BOOKING,
    "api_booking_cancel": _BOOKING,
    "api_booking_approve": _REQUEST,
    "api_booking_decline": _REQUEST,
    "api_booking_date_cancel": _DATE,
    "token_revoke": private(lambda b: {"pk": b.token.pk}),
    "check_round": _ROUND,
    "check_invite": _ROUND,
    "check_round_close": _ROUND,
    "check_visit": _VISIT,
    "check_publish": _VISIT,
    "check_withdraw": _VISIT,
    "check_expenses_approve": _VISIT,
    "check_expenses_refuse": _VISIT,
    "check_photo_remove": private(lambda b: {"pk": b.visit.pk, "photo": b.visit_photo.pk}),
    "my_visit": _VISIT,
    "answer_check_invitation": _VISIT,
    "my_visit_story": _VISIT,
    "my_visit_photo": _VISIT,
    "my_visit_photo_remove": private(lambda b: {"pk": b.visit.pk, "photo": b.visit_photo.pk}),
    "my_visit_expenses": _VISIT,
    "my_visit_send": _VISIT,
    "my_visit_step": private(lambda b: {"pk": b.visit.pk, "slug": "part-1"}),
    "manage_checks": of_managed_venues(),
    "venue_reports": of_managed_venues(),
    "venue_check": private(lambda b: {"slug": b.venue.slug, "pk": b.visit.pk}),
    "venue_report": private(lambda b: {"slug": b.venue.slug, "pk": b.report.pk}),
    "venue_checks": of_venues(),
    "venue_changed": of_venues(),
    "visit_photo": private(lambda b: {"name": b.visit_photo.name, "size": "small"}),
    # Of allauth: keys that nobody gave out. The pages say that the link is of no use.
    "account_confirm_email": [Takes(lambda b: {"key": "no-such-key"}, is_public=True)],
    "account_reset_password_from_key": [
        Takes(lambda b: {"uidb36": "1", "key": "set-password"}, is_public=True)
    ],
    # A list of lists; the lists are walked by themselves.
    "admin:app_list": [Takes(lambda b: {"app_label": "accounts"}, is_public=True)],
    "admin:view_on_site": private(
        lambda b: {"content_type_id": 1, "object_id": b.membership.organisation_id}
    ),
}
# Found by their address, since they have no name: Django's own net under the back office.
UNNAMED = {"back-office/(?P<url>.*)$": "/back-office/no/such/page/"}
_OLD_LINKS = re.compile(r"(back-office/\w+/\w+/)<path:object_id>/")


def all_routes() -> list[Route]:
    """Every address of the installation."""
    return list(_walk(get_resolver(), prefix="", spaces="", gaps=frozenset()))


def addresses(route: Route, borough: Borough) -> list[tuple[str, bool]]:
    """Where `route` leads with the things of `borough`, and whether anybody may go there."""
    if route.pattern in UNNAMED:
        return [(UNNAMED[route.pattern], False)]
    if old := _OLD_LINKS.fullmatch(route.pattern):
        return [(f"/{old[1]}1/", False)]
    if not route.gaps:
        return [(reverse(route.name), True)]
    takes = TABLE.get(route.name) or _of_the_back_office(route)
    if takes is None:
        message = (
            f"{route.name or 'an address without a name'} ({route.pattern}) is new: "
            "say in tests/isolation/routes.py what it takes and who may open it"
        )
        raise LookupError(message)
    return [(reverse(route.name, kwargs=one.fill(borough)), one.is_public) for one in takes]


def _of_the_back_office(route: Route) -> list[Takes] | None:
    """`admin:<app>_<model>_<step>`: the first row of that model, which was planted first."""
    if not route.name.startswith("admin:") or route.gaps != {"object_id"}:
        return None
    app, model, _ = route.name.removeprefix("admin:").split("_", 2)
    first = apps.get_model(app, model)._default_manager.order_by("pk").first()
    return [Takes(lambda _b: {"object_id": first.pk if first else 1})]


def _walk(
    resolver: URLResolver, *, prefix: str, spaces: str, gaps: frozenset[str]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        found = gaps | _gaps_of(entry)
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _walk(entry, prefix=pattern, spaces=inner, gaps=found)
        else:
            yield Route(f"{spaces}{entry.name}" if entry.name else "", pattern, found)


def _gaps_of(entry: URLPattern | URLResolver) -> frozenset[str]:
    pattern = entry.pattern
    if isinstance(pattern, RegexPattern):
        return frozenset(pattern.regex.groupindex)
    return frozenset(getattr(pattern, "converters", {}))
