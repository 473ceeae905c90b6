"""Reads the tokens out of the style sheet that is served."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "static" / "css" / "openhall.css"


def tokens(scheme: str) -> dict[str, str]:
    """Every colour token of the light or the dark scheme."""
    css = SHEET.read_text(encoding="utf-8")
    dark_at = css.index("prefers-color-scheme: dark")
    where = css[dark_at:] if scheme == "dark" else css[:dark_at]
    block = next(b for b in re.findall(r":root\{([^}]*)\}", where) if "--oh-ink:" in b)
    return dict(re.findall(r"--oh-([\w-]+): ?(#[0-9a-f]{3,6})", block))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 counts it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
