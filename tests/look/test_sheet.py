"""The style sheet that is served: made from its sources, small, ours, and asking nobody else."""

import gzip
import hashlib
import re

from tests.look.sheet import ROOT, SHEET

FIRST_LOAD = 100_000


def test_the_sheet_was_built_from_its_sources() -> None:
    names = ["package-lock.json", *sorted(p.name for p in (ROOT / "styles").glob("*.scss"))]
    digest = hashlib.sha256(b"".join((ROOT / "styles" / name).read_bytes() for name in names))
    assert f"({digest.hexdigest()[:16]})" in SHEET.read_text(encoding="utf-8").splitlines()[0]


def test_the_sheet_asks_no_other_host_and_carries_no_font_or_mark_of_gov_uk() -> None:
    css = SHEET.read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "crest" not in css
    assert "sourceMappingURL" not in css
    addresses = re.findall(r"url\(\"?([^)\"]*)", css)
    assert addresses
    assert all(address.startswith("../fonts/atkinson") for address in addresses)
    assert all((SHEET.parent / address).is_file() for address in addresses)


def test_a_first_visit_without_photos_stays_under_100_kilobytes() -> None:
    static = ROOT / "static"
    packed = [SHEET, *(static / "js").glob("*.js"), static / "img/logo.svg"]
    fonts = (static / "fonts").glob("*-latin-[47]00.woff2")
    drawings = sum(sorted(p.stat().st_size for p in (static / "img/venues").glob("*.svg"))[-10:])
    size = sum(len(gzip.compress(path.read_bytes())) for path in packed)
    # A page of ten results is 12 kB packed at most.
    assert size + sum(font.stat().st_size for font in fonts) + drawings + 12_000 < FIRST_LOAD


def test_dark_mode_print_forced_colours_and_reduced_motion_are_looked_after() -> None:
    css = SHEET.read_text(encoding="utf-8")
    for query in ("prefers-color-scheme: dark", "@media print", "forced-colors: active",
                  "prefers-reduced-motion: reduce"):  # fmt: skip
        assert query in css


def test_the_font_comes_with_its_licence_and_swaps() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "static/fonts/LICENCE.txt").read_text("utf-8")
    faces = re.findall(r"@font-face\{[^}]*\}", SHEET.read_text(encoding="utf-8"))
    assert len(faces) == 4
    assert all("font-display:swap" in face.replace(" ", "") for face in faces)
