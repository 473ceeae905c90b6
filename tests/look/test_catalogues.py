"""The word lists that are read while running are those that people edit."""

import gettext
import re

import pytest

from tests.look.sheet import ROOT

# Long entries that gettext wraps over several lines are left to its own tools.
ENTRY = re.compile(r'^msgid "(?P<asked>.+)"\nmsgstr "(?P<said>.+)"$', re.MULTILINE)


@pytest.mark.parametrize("language", ["cy", "en_GB"])
def test_the_compiled_catalogue_says_what_the_edited_one_says(language: str) -> None:
    folder = ROOT / "locale" / language / "LC_MESSAGES"
    entries = ENTRY.findall((folder / "django.po").read_text(encoding="utf-8"))
    with (folder / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert len(entries) > 20
    for asked, said in entries:
        assert catalogue.gettext(asked) == said
