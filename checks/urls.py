"""Access checks: pages of officers, checkers, those who run a venue, and everybody."""

from django.urls import path

from checks.views import mine, of_venue, public, rounds, visits

urlpatterns = [
    path("checks/", rounds.rounds, name="check_rounds"),
    path("checks/new/", rounds.round_new, name="check_round_new"),
    path("checks/rounds/<int:pk>/", rounds.one_round, name="check_round"),
    path("checks/rounds/<int:pk>/invite/", rounds.invite, name="check_invite"),
    path("checks/rounds/<int:pk>/close/", rounds.close, name="check_round_close"),
    path("checks/due/", rounds.due, name="check_due"),
    path("checks/expenses/", visits.expenses, name="check_expenses"),
    path(
        "checks/visits/<int:pk>/expenses/approve/",
        visits.expenses_approve,
        name="check_expenses_approve",
    ),
    path(
        "checks/visits/<int:pk>/expenses/refuse/",
        visits.expenses_refuse,
        name="check_expenses_refuse",
    ),
    path("checks/settings/", rounds.settings, name="check_settings"),
    path("checks/visits/<int:pk>/", visits.visit, name="check_visit"),
    path("checks/visits/<int:pk>/publish/", visits.visit_publish, name="check_publish"),
    path("checks/visits/<int:pk>/take-back/", visits.visit_withdraw, name="check_withdraw"),
    path(
        "checks/visits/<int:pk>/photos/<int:photo>/remove/",
        visits.visit_photo_remove,
        name="check_photo_remove",
    ),
    path("my-visits/", mine.my_visits, name="my_visits"),
    path("my-visits/<int:pk>/", mine.visit, name="my_visit"),
    path("my-visits/<int:pk>/answer/", mine.answer_invitation, name="answer_check_invitation"),
    path("my-visits/<int:pk>/story/", mine.story, name="my_visit_story"),
    path("my-visits/<int:pk>/photo/", mine.photo, name="my_visit_photo"),
    path(
        "my-visits/<int:pk>/photos/<int:photo>/remove/",
        mine.photo_remove,
        name="my_visit_photo_remove",
    ),
    path("my-visits/<int:pk>/expenses/", mine.expenses, name="my_visit_expenses"),
    path("my-visits/<int:pk>/send/", mine.send, name="my_visit_send"),
    path("my-visits/<int:pk>/steps/<slug:slug>/", mine.step, name="my_visit_step"),
    path("manage/changes/", of_venue.all_reports, name="all_reports"),
    path("manage/venues/<slug:slug>/checks/", of_venue.checks, name="manage_checks"),
    path("manage/venues/<slug:slug>/checks/<int:pk>/", of_venue.check, name="venue_check"),
    path("manage/venues/<slug:slug>/changes/", of_venue.reports, name="venue_reports"),
    path("manage/venues/<slug:slug>/changes/<int:pk>/", of_venue.report, name="venue_report"),
    path("venues/<slug:slug>/checks/", public.checks, name="venue_checks"),
    path("venues/<slug:slug>/changed/", public.changed, name="venue_changed"),
    path("visit-photos/<slug:name>/<slug:size>.jpg", public.photo, name="visit_photo"),
]
