"""What no template may hold: the strict content policy would refuse it in the browser."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.look.sheet import ROOT

TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
# Text between {% comment %} and {% endcomment %} never reaches a browser.
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a <style> element": r"<style\b",
    # A block of data runs nothing; it may stand only as `data_block` writes it.
    "a script of its own": r"<script(?![^>]*\bsrc=)"
    r"(?! type=\"application/ld\+json\">{{ json_ld }}</script>)[^>]*>",
    "an event attribute": r"\son[a-z]+\s*=",
    "another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a javascript: address": r"javascript:",
    "unescaped data": r"\|\s*safe\b|autoescape off",
    "a clickable that is not one": r"tabindex=[\"'][1-9]",
}


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_template_holds(page: Path, what: str) -> None:
    words = COMMENT.sub("", page.read_text(encoding="utf-8"))
    found = re.search(FORBIDDEN[what], words, re.IGNORECASE)
    assert found is None, f"{name_of(page)} holds {what}: {found and found[0]}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_template_can_be_read(page: Path) -> None:
    assert get_template(name_of(page))


@pytest.mark.parametrize("page", sorted((TEMPLATES / "components").glob("*.html")), ids=name_of)
def test_every_component_says_what_it_takes(page: Path) -> None:
    assert page.read_text(encoding="utf-8").startswith("{% comment %}\n")


def test_the_templates_pass_the_linters() -> None:
    tools = Path(sys.executable).parent
    pages = [str(page) for page in PAGES]
    djlint = subprocess.run(
        [tools / "djlint", str(TEMPLATES), "--lint", "--quiet"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert djlint.returncode == 0, djlint.stdout
    djade = subprocess.run(
        [tools / "djade", "--check", "--target-version", "5.2", *pages],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert djade.returncode == 0, djade.stderr
