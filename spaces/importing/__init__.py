"""Venues from other people's lists, with a report by row."""

from spaces.importing.errors import FileRefused
from spaces.importing.profiles import AUTO, BUILT_IN, Profile
from spaces.importing.report import Outcome, Report
from spaces.importing.run import Mode, Wish, import_venues
from spaces.importing.sniffing import read_bytes

__all__ = [
    "AUTO",
    "BUILT_IN",
    "FileRefused",
    "Mode",
    "Outcome",
    "Profile",
    "Report",
    "Wish",
    "import_venues",
    "read_bytes",
]
