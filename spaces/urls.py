"""Pages on which managers keep their venues: all below manage/venues/<slug>/."""

from django.urls import path

from spaces.views import manage

urlpatterns = [
    path("manage/venues/", manage.venues, name="manage_venues"),
    path("manage/venues/<slug:slug>/", manage.venue, name="manage_venue"),
]
