"""The public pages of places, and the pages of bookings."""

from django.urls import include, path

from bookings.views import cancel, compare, find, journey, manage, mine, pages, venue

urlpatterns = [
    path("", include("bookings.manage_urls")),
    path("", find.home, name="home"),
    path("how-it-works/", pages.how_it_works, name="how_it_works"),
    path("accessibility/", pages.accessibility_statement, name="accessibility_statement"),
    path("privacy/", pages.privacy, name="privacy"),
    path("compare/", compare.compare, name="compare"),
    path("venues/<slug:slug>/", venue.venue, name="venue"),
    path("venues/<slug:slug>/book/", journey.pick, name="book_pick"),
    path("venues/<slug:slug>/book/details/", journey.details, name="book_details"),
    path("venues/<slug:slug>/book/check/", journey.check, name="book_check"),
    path("bookings/", mine.my_bookings, name="my_bookings"),
    path("bookings/<str:reference>/", mine.booking, name="booking"),
    path("bookings/<str:reference>/cancel/", cancel.whole, name="booking_cancel"),
    path("bookings/<str:reference>/dates/<int:pk>/cancel/", cancel.date, name="date_cancel"),
    path("bookings/<str:reference>/cancel/dates/", cancel.chosen, name="dates_cancel"),
    path("bookings/<str:reference>/vat/", manage.settle_vat, name="vat_settle"),
    path("bookings/<str:reference>/decide/", manage.decide, name="booking_decide"),
    path("bookings/<str:reference>/dates/<int:pk>/came/", manage.came, name="date_came"),
    path("manage/requests/", manage.requests, name="requests"),
    path("manage/diary/", manage.diary, name="diary"),
]
