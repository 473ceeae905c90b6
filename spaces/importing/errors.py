"""Refusals of a whole file. What is wrong with one row stands in the report of that row."""

from django.utils.translation import gettext_lazy as _

from core.errors import BadInput


class FileRefused(BadInput):
    """The file cannot be read as the list it is said to be; nothing was stored."""

    code = "import_file_refused"
    default_message = _("This file cannot be read.")


class NoNames(FileRefused):
    """No column is known to hold the names of places; a person may know which does."""
