"""The programming interface: what every endpoint has in common."""

from config.environment import number, text

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.BoundedJSONParser"],
    # The token comes first, so that an anonymous caller gets 401 and is asked for one.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "api.throttles.PersonRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": text("OPENHALL_RATE_ANON", default="120/min"),
        "user": text("OPENHALL_RATE_USER", default="600/min"),
        "search": text("OPENHALL_RATE_SEARCH", default="60/min"),
        "report": text("OPENHALL_RATE_REPORT", default="10/hour"),
        "write": text("OPENHALL_RATE_WRITE", default="60/min"),
    },
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": True,
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "api.problem.handle",
    # `?format=` is an unknown parameter like any other.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": number("OPENHALL_PROXIES", default=0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Openhall",
    "DESCRIPTION": "Find out what is free, what it costs, and book it.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
}
