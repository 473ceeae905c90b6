"""Pages of managers that bookings have a say in: all below manage/venues/<slug>/.

Those of spaces that can leave bookings without a place are wrapped, so that they ask first.
"""

from django.urls import path

from bookings.views import closing, subsidy, support, vat, what_if
from bookings.views.previewed import previewed
from spaces.views import limits, quiet, rooms, times, venues

_VENUE = "manage/venues/<slug:slug>/"
_RATES = f"{_VENUE}rates/<int:pk>/"
_SPACE = f"{_VENUE}spaces/<slug:space>/"

urlpatterns = [
    path(f"{_VENUE}times/", times.times, name="manage_times"),
    path(f"{_VENUE}times/week/", previewed(times.week), name="manage_week"),
    path(f"{_VENUE}times/season/", previewed(times.season), name="manage_season"),
    path(f"{_VENUE}times/day/", previewed(times.day), name="manage_day"),
    path(f"{_VENUE}times/remove/", previewed(times.remove), name="manage_times_remove"),
    path(f"{_VENUE}times/exceptions/", closing.exceptions, name="manage_exceptions"),
    path(f"{_VENUE}quiet/", quiet.quiet_times, name="manage_quiet"),
    path(f"{_VENUE}quiet/add/", previewed(quiet.add), name="manage_quiet_add"),
    path(f"{_VENUE}quiet/<int:pk>/remove/", quiet.remove, name="manage_quiet_remove"),
    path(f"{_VENUE}closures/", closing.closures, name="manage_closures"),
    path(f"{_VENUE}closures/close/", closing.close, name="manage_close"),
    path(f"{_VENUE}closures/<int:pk>/reopen/", closing.reopen, name="manage_reopen"),
    path(f"{_VENUE}limits/", limits.limits, name="manage_limits"),
    path(f"{_VENUE}limits/add/", previewed(limits.add), name="manage_limit_add"),
    path(f"{_VENUE}limits/<int:pk>/remove/", limits.remove, name="manage_limit_remove"),
    path(f"{_VENUE}notices/add/", limits.notice, name="manage_notice_add"),
    path(
        f"{_VENUE}notices/<int:pk>/remove/", previewed(limits.withdraw), name="manage_notice_remove"
    ),
    path(f"{_VENUE}vat/", vat.vat, name="manage_vat"),
    path(f"{_VENUE}vat/registrations/add/", vat.registration, name="manage_vat_registration_add"),
    path(f"{_VENUE}vat/registrations/<int:pk>/", vat.registration, name="manage_vat_registration"),
    path(
        f"{_VENUE}vat/registrations/<int:pk>/remove/",
        vat.remove,
        name="manage_vat_registration_remove",
    ),
    path(f"{_VENUE}vat/options/add/", vat.option, name="manage_option_add"),
    path(f"{_VENUE}vat/options/<int:pk>/", vat.option, name="manage_option"),
    path(f"{_VENUE}vat/options/<int:pk>/remove/", vat.option_remove, name="manage_option_remove"),
    path(f"{_VENUE}vat/things/", vat.things, name="manage_vat_things"),
    path(f"{_SPACE}sport/", vat.sports, name="manage_sports"),
    path(f"{_VENUE}rates/what-if/", what_if.versions, name="rates_try"),
    path(f"{_RATES}what-if/", what_if.page, name="rates_what_if"),
    path(f"{_RATES}what-if/who-pays.csv", what_if.download, name="rates_what_if_csv"),
    path(f"{_RATES}what-if/booked/", what_if.booked, name="rates_booked"),
    path(f"{_SPACE}buffers/", previewed(limits.buffers), name="manage_buffers"),
    path("manage/subsidy/", subsidy.report, name="subsidy"),
    path(f"{_VENUE}help/", support.support, name="manage_support"),
    path(f"{_VENUE}help/hours/", support.hours, name="manage_hours_add"),
    path(f"{_VENUE}help/voucher/", support.voucher, name="manage_voucher_add"),
    path(f"{_VENUE}help/grant/", support.grant, name="manage_grant_add"),
    path(f"{_VENUE}help/<slug:kind>/<int:pk>/end/", support.end, name="manage_support_end"),
    # These stand before the same addresses of spaces/urls.py.
    path(f"{_VENUE}details/", previewed(venues.details), name="manage_details"),
    path(_SPACE, previewed(rooms.room), name="manage_room"),
    path(f"{_SPACE}neighbours/", previewed(rooms.neighbours), name="manage_neighbours"),
]
