"""The addresses of the whole installation. Each app's own are in its `urls.py`."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health

# Apps that have addresses, in the order in which they are asked. Each writes its whole path.
_ROOMS = ["bookings", "spaces", "checks", "tariffs", "accounts", "notices", "api", "demo"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *[path("", include(f"{app}.urls")) for app in _ROOMS if find_spec(f"{app}.urls")],
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("back-office/", admin.site.urls),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_allowed"
handler404 = "config.errors.not_found"
handler429 = "config.errors.too_many"
handler500 = "config.errors.broken"
