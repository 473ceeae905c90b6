"""The database: the embedded PostgreSQL, or the one that DATABASE_URL names.

Settings only compute where it is. Starting it is `config.embedded`'s business.
"""

from psycopg.conninfo import conninfo_to_dict

from config.embedded.place import demo_place
from config.environment import number, text

OPENHALL_EMBEDDED = not text("DATABASE_URL")
_parts = conninfo_to_dict(text("DATABASE_URL") or demo_place().url("openhall"))

# A statement asked this often is prepared: planning was half of what the server did for a booking.
# 0 keeps to plain statements, which a pooler that swaps connections by transaction may need.
_prepare_after = number("OPENHALL_PREPARE_AFTER", default=3)
# How alike words are that mean the same (spaces/search/words.py): "libary" is to "library" 0.5,
# "hill" to "hall" 0.25.
_ALIKE = 0.45
# The planner's just-in-time compiler added 22 to 40 ms to every search; a request that hangs
# inside a transaction must not keep its locks, and nobody waits for one longer than a person would.
_session = (
    f"{_parts.pop('options', None) or ''} -c jit=off"
    f" -c idle_in_transaction_session_timeout={number('OPENHALL_IDLE_SECONDS', default=60)}s"
    f" -c pg_trgm.word_similarity_threshold={_ALIKE}"
    f" -c lock_timeout={number('OPENHALL_LOCK_SECONDS', default=15)}s"
).strip()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _parts.pop("dbname", None) or "openhall",
        "USER": _parts.pop("user", None) or "",
        "PASSWORD": _parts.pop("password", None) or "",
        "HOST": _parts.pop("host", None) or "",
        "PORT": _parts.pop("port", None) or "",
        # What is left, such as sslmode, goes to libpq as it was written.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": _prepare_after > 0,
            "prepare_threshold": _prepare_after or None,
            **_parts,
            "options": _session,
        },
        "CONN_MAX_AGE": number("OPENHALL_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": text("OPENHALL_TEST_DATABASE") or None},
    }
}
