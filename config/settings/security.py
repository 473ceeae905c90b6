"""Secrets, hosts, cookies and the headers that Django sets itself."""

from urllib.parse import urlsplit

from config.environment import number, switch, text, words
from config.settings import secret

SECRET_KEY = secret.secret_key()
SECRET_KEY_FALLBACKS = words("OPENHALL_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("OPENHALL_HOSTS", default="127.0.0.1,localhost,[::1]")

# Off only for the demo on plain http at this machine's own address.
OPENHALL_HTTPS = switch("OPENHALL_HTTPS", default="1")
CSRF_TRUSTED_ORIGINS = words("OPENHALL_TRUSTED_ORIGINS")
SECURE_SSL_REDIRECT = OPENHALL_HTTPS
# The balancer's own checks come on plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if OPENHALL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OPENHALL_HTTPS
SECURE_HSTS_PRELOAD = OPENHALL_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
OPENHALL_PROXIES = number("OPENHALL_PROXIES", default=0)
if OPENHALL_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = OPENHALL_PROXIES
X_FRAME_OPTIONS = "DENY"

# Browsers share cookies between the ports of one host, and two clones may run side by side.
_plain = f"openhall-{urlsplit(text('OPENHALL_BASE_URL')).port or 8000}"
SESSION_COOKIE_NAME = "__Host-openhall" if OPENHALL_HTTPS else _plain
SESSION_COOKIE_SECURE = OPENHALL_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_NAME = "__Host-openhall-csrf" if OPENHALL_HTTPS else f"{_plain}-csrf"
CSRF_COOKIE_SECURE = OPENHALL_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "__Host-openhall-language" if OPENHALL_HTTPS else f"{_plain}-language"
LANGUAGE_COOKIE_SECURE = OPENHALL_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Forms with files in them, by where they are sent (config/middleware/sane_input.py): a list of
# venues has up to 20 million bytes, a calendar or a photo 10. All other forms have the limit above.
OPENHALL_LONGEST_UPLOADS = {
    "/manage/imports/": 22_000_000,
    "/manage/": 12_000_000,
    "/my-visits/": 12_000_000,
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
