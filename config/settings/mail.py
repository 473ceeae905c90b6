"""Outgoing mail: an SMTP server when one is named, otherwise files in var/mail."""

from urllib.parse import unquote, urlsplit

from config.environment import VAR, text

_smtp = urlsplit(text("OPENHALL_SMTP_URL"))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _smtp.hostname
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = _smtp.hostname or "localhost"
EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = False
DEFAULT_FROM_EMAIL = text("OPENHALL_FROM_EMAIL", default="Openhall <bookings@openhall.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
