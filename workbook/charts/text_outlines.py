"""Words as outlines: sizes, heights of lines and glyphs, each worked out once per process.

Only numbers and text are kept, never an open font, so that a process that has drawn may fork.
What is kept depends on nothing but the words and their face: a chart comes out the same
whatever was drawn before it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

from workbook.charts import own_faces

FAMILIAR = hasattr(font_manager.fontManager, "_find_fonts_by_props")
"""Whether this version of matplotlib finds fonts as the functions here expect."""


class _Outlines(TextToPath):
    """Outlines of words; which files a face stands for is looked up once."""

    def _get_font(self, prop: FontProperties) -> Any:
        key = FontKey.of(prop)
        own = own_faces.known_family(key.family[0])
        font: Any = _own_font(key) if own else font_manager.get_font(_files(key))
        font.set_size(self.FONT_SCALE, self.DPI)
        return font


_outlines: Any = _Outlines()
POINTS = 72
"""Points in an inch: the unit of a picture."""
EM = _outlines.FONT_SCALE
"""Size at which outlines are drawn."""
_KEPT = 8192
_UNITS = 64
"""Font units in a unit of an outline: the coordinates of glyphs are whole numbers."""
_LETTERS = {
    Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z",
}  # fmt: skip


class FontKey(NamedTuple):
    """A font with its size; unlike FontProperties it does not change."""

    family: tuple[str, ...]
    style: Any
    variant: Any
    weight: int | str
    stretch: int | str
    size: float
    file: Any

    @classmethod
    def of(cls, prop: FontProperties) -> "FontKey":
        """Return the face of matplotlib's description of a font."""
        return cls(
            tuple(prop.get_family()), prop.get_style(), prop.get_variant(), prop.get_weight(),
            prop.get_stretch(), prop.get_size_in_points(), prop.get_file(),
        )  # fmt: skip

    def prop(self) -> FontProperties:
        """Return matplotlib's description."""
        return FontProperties(
            family=self.family, style=self.style, variant=self.variant, weight=self.weight,
            stretch=self.stretch, size=self.size, fname=self.file,
        )  # fmt: skip


class GlyphRun(NamedTuple):
    """Words as references to glyphs."""

    uses: str
    glyphs: tuple[str, ...]
    """Names of the glyphs, each once, in order of appearance."""


def number(value: float) -> str:
    """Write a number for SVG.

    >>> number(0.25), number(3.0)
    ('0.25', '3')
    """
    return f"{value:f}".rstrip("0").rstrip(".")


def know_faces(faces: Iterable[own_faces.Face]) -> None:
    """Let words be drawn in the firm's own font; what was worked out for other faces is dropped."""
    if own_faces.know_faces(faces):
        for kept in (_own_font, size, heights, glyph_run):
            kept.cache_clear()


@lru_cache(32)
def _own_font(face: "FontKey") -> Any:
    """Return the firm's font for a face, with the shipped ones for what it lacks."""
    spare = face._replace(family=face.family[1:] or ("Inter", "DejaVu Sans"))
    return own_faces.own_font(face.family[0], face.weight, _files(spare))


@lru_cache(_KEPT)
def _files(face: FontKey) -> list[str]:
    manager: Any = font_manager.fontManager
    files: list[str] = manager._find_fonts_by_props(face.prop())
    return files


@lru_cache(_KEPT)
def size(words: str, face: FontKey) -> tuple[float, float, float]:
    """Return width, height and descent of words, in points."""
    width, height, descent = _outlines.get_text_width_height_descent(words, face.prop(), False)
    return width, height, descent


@lru_cache(_KEPT)
def heights(face: FontKey) -> tuple[float | None, float | None, float | None]:
    """Return ascent, descent and gap of lines in points; None where the font does not tell."""
    font = _outlines._get_font(face.prop())
    table, head = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")
    if table is None or head is None:
        return None, None, None
    scale = 1 / head["unitsPerEm"] * face.size
    return (
        table["sTypoAscender"] * scale,
        -table["sTypoDescender"] * scale,
        table["sTypoLineGap"] * scale,
    )


@lru_cache(_KEPT)
def glyph_run(words: str, face: FontKey) -> GlyphRun:
    """Return words as references to glyphs, which :func:`defined` defines."""
    font = _outlines._get_font(face.prop())
    places, new, _ = _outlines.get_glyphs_with_font(
        font, words, glyph_map=_GLYPHS, return_new_glyphs_only=True
    )
    for name, (vertices, codes) in new.items():
        _GLYPHS[name] = _definition(name, Path(vertices * _UNITS, codes))
    uses = "".join(
        f'<use xlink:href="#{_id(name)}"{_moved(x, y)}/>\n' for name, x, y, _ in places
    )  # fmt: skip
    return GlyphRun(uses, tuple(dict.fromkeys(name for name, *_ in places)))


def defined(glyphs: Iterable[str]) -> str:
    """Return the definitions of glyphs."""
    told = "".join(_GLYPHS[name] for name in glyphs)
    return f"<defs>\n{told}</defs>\n" if told else ""


_GLYPHS: dict[str, str] = {}
"""Definitions by the name of the font and the number of the glyph."""


def _moved(x: float, y: float) -> str:
    return f' transform="translate({number(x)} {number(y)})"' if x or y else ""


def _id(name: str) -> str:
    return name.replace("%20", "_")


def _definition(name: str, outline: Path) -> str:
    steps = [
        _LETTERS[code] + ("" if code == Path.CLOSEPOLY else " " + " ".join(map(number, points)))
        for points, code in outline.iter_segments(simplify=False)
    ]
    shape = f' d="{" ".join(steps)}"' if steps else ""  # a space has none
    return f'<path id="{_id(name)}"{shape} transform="scale({number(1 / _UNITS)})"/>\n'
