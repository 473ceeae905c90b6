"""The catalogue as files that anybody may take away: one function for pages and commands."""

from spaces.exporting.columns import SPACES, VENUES, Column
from spaces.exporting.files import DOWNLOADS, Download, Form, What, export
from spaces.exporting.licence import LICENCE, LICENCE_URL
from spaces.exporting.state import state_of

__all__ = [
    "DOWNLOADS",
    "LICENCE",
    "LICENCE_URL",
    "SPACES",
    "VENUES",
    "Column",
    "Download",
    "Form",
    "What",
    "export",
    "state_of",
]
