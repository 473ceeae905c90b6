"""Venues from other people's lists, with a report by row."""

from spaces.importing.errors import FileRefused
from spaces.importing.report import Outcome, Report
from spaces.importing.run import PROFILES, Mode, import_venues
from spaces.importing.table import read_bytes

__all__ = [
    "PROFILES",
    "FileRefused",
    "Mode",
    "Outcome",
    "Report",
    "import_venues",
    "read_bytes",
]
