"""A drawing as PNG, for programs that do not show SVG: made by Typst, without a system package."""

import re

import typst

from workbook.language.package_data import templates
from workbook.report.pdf import fonts
from workbook.report.typst_text import literal

_DENSITY = 220
"""Dots per inch at the size at which a picture is placed."""
_MOST = 3000
"""Pixels across."""
_BOX = re.compile(r'viewBox="[\d.eE+-]+[ ,]+[\d.eE+-]+[ ,]+([\d.eE+]+)[ ,]+([\d.eE+]+)"')
_SIZE = re.compile(r'<svg\b[^>]*?\b(width|height)="([\d.]+)')


def proportion(svg: str) -> float:
    """Return the height of a drawing for each unit of its width.

    >>> proportion('<svg viewBox="0 0 400 100">')
    0.25
    """
    box = _BOX.search(svg[:3000])
    if box and float(box[1]):
        return float(box[2]) / float(box[1])
    size = {name: float(value) for name, value in _SIZE.findall(svg[:3000])}
    return size["height"] / size["width"] if size.get("width") and "height" in size else 0.6


def png_of(svg: str, inches: float) -> bytes:
    """Return a drawing on white at the width at which it is placed; the same bytes each time."""
    dots = min(_DENSITY, _MOST / inches)
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#image(bytes({literal(svg)}), format: "svg", width: {inches:.4f}in)'
    )
    compiler = typst.Compiler(
        source.encode("utf-8"), root=templates() / "report" / "pdf", font_paths=fonts()
    )
    data = compiler.compile(format="png", ppi=dots)
    if not isinstance(data, bytes):
        raise TypeError("one picture was expected")
    return data
