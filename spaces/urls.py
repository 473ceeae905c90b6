"""Pages on which managers keep their venues: all below manage/venues/<slug>/."""

from django.urls import path

from spaces.views import (
    access,
    access_data,
    calendars,
    facilities,
    faults,
    imports,
    manage,
    pictures,
    rooms,
    venues,
    ways,
)

urlpatterns = [
    path("manage/imports/", imports.imports, name="manage_imports"),
    path("manage/imports/<int:pk>/", imports.one_import, name="manage_import"),
    path("manage/imports/<int:pk>/report.csv", imports.report, name="manage_import_report"),
    path("manage/imports/<int:pk>/undo/", imports.undo, name="manage_import_undo"),
    path("manage/imports/<int:pk>/discard/", imports.discard, name="manage_import_discard"),
    path("manage/venues/", manage.venues, name="manage_venues"),
    # Not below manage/venues/, where it would hide a venue of that name.
    path("manage/add-venue/", venues.add, name="manage_venue_add"),
    path("manage/venues/<slug:slug>/", manage.venue, name="manage_venue"),
    path("manage/venues/<slug:slug>/publish/", venues.publish, name="manage_publish"),
    path("manage/venues/<slug:slug>/details/", venues.details, name="manage_details"),
    path("manage/venues/<slug:slug>/calendars/", calendars.sources, name="manage_calendars"),
    path("manage/venues/<slug:slug>/calendars/<int:pk>/", calendars.source, name="manage_calendar"),
    path("manage/venues/<slug:slug>/facilities/", facilities.facilities, name="manage_facilities"),
    path("manage/venues/<slug:slug>/stock/", facilities.stock, name="manage_stock"),
    path("pictures/<slug:name>/<slug:size>.jpg", pictures.picture, name="picture"),
    path("manage/venues/<slug:slug>/photos/", pictures.photos, name="manage_photos"),
    path("manage/venues/<slug:slug>/add-photo/", pictures.add_photo, name="manage_photo_add"),
    path("manage/venues/<slug:slug>/photos/<int:pk>/", pictures.photo, name="manage_photo"),
    path(
        "manage/venues/<slug:slug>/photos/<int:pk>/move/",
        pictures.move_photo,
        name="manage_photo_move",
    ),
    path(
        "manage/venues/<slug:slug>/photos/<int:pk>/remove/",
        pictures.remove_photo,
        name="manage_photo_remove",
    ),
    path("manage/venues/<slug:slug>/add-plan/", pictures.add_plan, name="manage_plan_add"),
    path("manage/venues/<slug:slug>/plans/<int:pk>/", pictures.plan, name="manage_plan"),
    path(
        "manage/venues/<slug:slug>/plans/<int:pk>/remove/",
        pictures.remove_plan,
        name="manage_plan_remove",
    ),
    path("manage/venues/<slug:slug>/spaces/", rooms.rooms, name="manage_spaces"),
    path("manage/venues/<slug:slug>/add-spaces/", rooms.add, name="manage_rooms_add"),
    path("manage/venues/<slug:slug>/add-whole/", rooms.add_whole, name="manage_whole_add"),
    path("manage/venues/<slug:slug>/add-pool/", rooms.add_pool, name="manage_pool_add"),
    path("manage/venues/<slug:slug>/spaces/<slug:space>/", rooms.room, name="manage_room"),
    path(
        "manage/venues/<slug:slug>/spaces/<slug:space>/facilities/",
        facilities.facilities,
        name="manage_room_facilities",
    ),
    path("manage/venues/<slug:slug>/spaces/<slug:space>/parts/", rooms.parts, name="manage_parts"),
    path(
        "manage/venues/<slug:slug>/spaces/<slug:space>/neighbours/",
        rooms.neighbours,
        name="manage_neighbours",
    ),
    path("manage/venues/<slug:slug>/access/", access.access, name="manage_access"),
    path(
        "manage/venues/<slug:slug>/access/settle/<int:pk>/",
        access.settle_one,
        name="manage_access_settle",
    ),
    path(
        "manage/venues/<slug:slug>/access/<str:kind>/<int:pk>/",
        access.facts,
        name="manage_access_facts",
    ),
    path("manage/venues/<slug:slug>/access/add-place/", ways.add_place, name="manage_place_add"),
    path("manage/venues/<slug:slug>/access/add-way/", ways.add_way, name="manage_way_add"),
    path(
        "manage/venues/<slug:slug>/access/places/<int:pk>/change/",
        ways.change_place,
        name="manage_place",
    ),
    path(
        "manage/venues/<slug:slug>/access/places/<int:pk>/remove/",
        ways.take_place,
        name="manage_place_remove",
    ),
    path(
        "manage/venues/<slug:slug>/access/ways/<int:pk>/remove/",
        ways.take_way,
        name="manage_way_remove",
    ),
    path("manage/venues/<slug:slug>/faults/", faults.faults, name="manage_faults"),
    path("manage/venues/<slug:slug>/faults/<int:pk>/end/", faults.end, name="manage_fault_end"),
    path("venues/<slug:slug>/access.json", access_data.a11y, name="venue_a11yjson"),
    path("venues/<slug:slug>/place.jsonld", access_data.place, name="venue_jsonld"),
]
