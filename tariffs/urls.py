"""Pages on which managers write their rates: all below manage/venues/<slug>/rates/."""

from django.urls import path

from tariffs.views import draft, files, publish, rates

_RATES = "manage/venues/<slug:slug>/rates/"

urlpatterns = [
    path(_RATES, rates.rates, name="manage_rates"),
    path(f"{_RATES}new/", rates.start, name="manage_rates_new"),
    path(f"{_RATES}<int:pk>/", draft.draft, name="manage_rates_draft"),
    path(f"{_RATES}<int:pk>/publish/", publish.publish, name="manage_rates_publish"),
    path(f"{_RATES}<int:pk>/discard/", rates.discard, name="manage_rates_discard"),
    path(f"{_RATES}<int:pk>/upload/", files.upload, name="manage_rates_upload"),
    path(f"{_RATES}<int:pk>/rates.yaml", files.download, name="manage_rates_file"),
]
