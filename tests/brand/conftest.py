"""The firm's folder with one engagement."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[1] / "intake")]

from firm import BRAND, DEFAULTS, ENGAGEMENT, font_bytes  # noqa: E402
from pictures import png_bytes  # noqa: E402


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Return the firm's folder with one engagement, ``acme``, that says nothing of looks."""
    folder = tmp_path / "firm"
    (folder / "look").mkdir(parents=True)
    (folder / "look" / "logo.png").write_bytes(png_bytes())
    (folder / "look" / "cover.png").write_bytes(png_bytes())
    (folder / "look" / "Regular.ttf").write_bytes(font_bytes())
    (folder / "look" / "Bold.ttf").write_bytes(font_bytes("Bold"))
    (folder / "_brand.yml").write_text(BRAND, "utf-8")
    (folder / "workbook.toml").write_text(DEFAULTS, "utf-8")
    (folder / "acme").mkdir()
    (folder / "acme" / "engagement.toml").write_text(ENGAGEMENT, "utf-8")
    return folder
