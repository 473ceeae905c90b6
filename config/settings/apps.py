"""Installed apps and middleware, in the order that matters."""

from config.environment import text

INSTALLED_APPS = [
    "config.apps.PlatformConfig",
    "core",
    "accounts",
    "notices",
    "spaces",
    "checks",
    "tariffs",
    "bookings",
    "api",
    "demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "schedule",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_linear_migrations",
]

MIDDLEWARE = [
    "config.middleware.bodiless.BodilessMiddleware",
    "config.middleware.unread.UnreadBodyMiddleware",
    "config.middleware.request_id.RequestIdMiddleware",
    "config.middleware.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.sane_input.SaneInputMiddleware",
    "config.middleware.once.OnceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.personal_pages.PersonalPagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.refusals.RefusalsMiddleware",
    "config.middleware.wrong_answers.WrongAnswersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

# Several web processes must share throttles and log-in limits, so never a cache in memory.
_redis = text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis,
    }
    if _redis
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "openhall_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# The queue lives in the database, so that a job and the change it announces commit together.
PROCRASTINATE_IMPORT_PATHS = ["config.schedule"]
PROCRASTINATE_READONLY_MODELS = True
