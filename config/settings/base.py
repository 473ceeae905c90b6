"""Language, time, pages and static files."""

from django.utils.translation import gettext_lazy as _

from config.environment import ROOT, VAR, switch, text

BASE_DIR = ROOT
DEBUG = switch("OPENHALL_DEBUG", default="0")
OPENHALL_DEMO = switch("OPENHALL_DEMO", default="0")
OPENHALL_SHARED = text("OPENHALL_SHARED", default=str(ROOT.parent / "shared"))
OPENHALL_BASE_URL = text("OPENHALL_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
# A geopy service, for words the gazetteer does not have: nominatim?domain=geo.example.org
OPENHALL_GEOCODER = text("OPENHALL_GEOCODER")
# https://tiles.example.org/{z}/{x}/{y}.png; without one, maps lie on our own drawing.
OPENHALL_MAP_TILES = text("OPENHALL_MAP_TILES")
OPENHALL_MAP_CREDIT = text("OPENHALL_MAP_CREDIT")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TIME_ZONE = "Europe/London"
USE_TZ = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"

# Our folder comes first: django-scheduler ships a base.html of its own with a CDN link.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.installation",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.OpenhallRenderer"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.staticfiles.HashedFiles"},
}
WHITENOISE_MAX_AGE = 3600
# The vendored libraries carry their own licence and map files; nothing else is skipped.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "jpg", "jpeg", "gif", "webp", "woff", "woff2", "gz")
