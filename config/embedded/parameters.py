"""What the embedded server is started with."""

from __future__ import annotations

import psutil

from config.embedded.place import Place

_ALWAYS = ("listen_addresses=", "timezone=UTC", "jit=off")
# Disks that seek are gone; at the default of 4 the planner shuns an index that is much faster.
_PLANNER = ("random_page_cost=1.1",)
# Loading two years of bookings otherwise stops for checkpoints.
_DURABLE = ("max_wal_size=2GB", "checkpoint_completion_target=0.9", "wal_compression=on")
# Tests may lose their data with the power.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_MB = 1024 * 1024
_LEAST_MB, _MOST_MB = 64, 256


def options(place: Place) -> str:
    """The words for pg_ctl's -o."""
    wanted = [*_ALWAYS, *_PLANNER, *_memory(place, psutil.virtual_memory().total // _MB)]
    wanted += _DURABLE if place.is_durable else _CARELESS
    connections = 60 if place.is_durable else 120
    wanted += [f"max_connections={connections}", f"unix_socket_directories={place.socket_folder}"]
    return " ".join(f"-c {option}" for option in wanted)


def _memory(place: Place, machine_mb: int) -> list[str]:
    """A sixteenth of the machine for pages of its own, up to what the search reads of a borough.

    Tests run beside each other and hold little: they get the least.
    """
    share = machine_mb // 16 if place.is_durable else _LEAST_MB
    buffers = min(_MOST_MB, max(_LEAST_MB, share))
    return [
        f"shared_buffers={buffers}MB",
        f"effective_cache_size={max(buffers, machine_mb // 2)}MB",
    ]
