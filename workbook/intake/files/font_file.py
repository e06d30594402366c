"""A firm's own font files: true fonts that may be embedded and have the letters of the report.

What goes on is written anew from the tables that were read: family, weight and slope say what the
firm's file says of them, so that the page, the PDF and the charts take the same face.
"""

import hashlib
import io
import string
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from workbook.engagement.settings import FontFace
from workbook.errors import InputError, Location, Problem
from workbook.intake.problems import error
from workbook.language.languages import language_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MOST_KB = 3000
_MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_NO_EMBEDDING = 0x0002
"""Bit of OS/2.fsType: the maker forbids that the font is put into documents."""
_BITMAPS_ONLY = 0x0200
_SHOWN_LETTERS = 20
_KEPT = frozenset(
    {
        *("GlyphOrder", "head", "hhea", "hmtx", "maxp", "cmap", "name", "OS/2", "post"),
        *("glyf", "loca", "CFF ", "cvt ", "fpgm", "prep", "gasp", "kern", "GDEF", "GPOS", "GSUB"),
    }
)
"""Tables that are kept: outlines, measures, kerning; no scripts, pictures or signatures."""


def font_face(
    data: bytes, place: Location, found: str, *, family: str, weight: int, italic: bool
) -> tuple[FontFace | None, list[Problem]]:
    """Return the checked face, or None and what is wrong with the file.

    Parameters
    ----------
    found
        The file's path, for messages.
    family, weight, italic
        What it stands for in the reports; weight 0: as the file has it.
    """
    if not data.startswith(_MAGIC):
        return None, [error("font_type", place, found)]
    try:
        font = _opened(data)
        problem = _refused(font, place, found)
        if problem:
            return None, [problem]
        made = weight or _weight(font)
        own = hashlib.sha256(data).hexdigest()[:8]
        written = _written(font, own, family=family, weight=made, italic=italic)
    except Exception:  # fontTools raises whatever a damaged table makes it raise
        return None, [error("font_damaged", place, found)]
    sha256 = hashlib.sha256(written).hexdigest()
    return FontFace(family=family, weight=made, italic=italic, sha256=sha256, data=written), []


def lacking_letters(face: FontFace, language: str) -> str:
    """Return the letters and figures of a language that a face lacks; empty when it has all."""
    letters = language_of(language).letters
    wanted = letters + letters.upper() + string.digits + ".,:;()%-"
    if language_of(language).script.casefold() in ("latin", "latn"):
        wanted += string.ascii_letters
    has = _opened(face.data).getBestCmap()
    return "".join(dict.fromkeys(sign for sign in wanted if ord(sign) not in has))[:_SHOWN_LETTERS]


def read_font(folder: Any, name: str, place: Location) -> bytes:
    """Return the bytes of a font file inside ``folder``.

    Raises
    ------
    InputError
        With the problem, told of the key that names the file.
    """
    from workbook.intake.files.plain_file import read_plain

    try:
        return read_plain(folder, name, most=MOST_KB * 1000)
    except InputError as failure:
        raise InputError([_told(one, place, name) for one in failure.problems]) from failure


def _told(problem: Problem, place: Location, name: str) -> Problem:
    if problem.code in ("file_missing", "file_unreadable"):
        return error("font_missing", place, name)
    if problem.code in ("file_too_large", "file_too_many_kb"):
        return error("font_too_large", place, name, most=MOST_KB // 1000)
    return error(problem.code, place, name, **problem.facts)


def _opened(data: bytes) -> "TTFont":
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), lazy=False, recalcTimestamp=False, recalcBBoxes=False)


def _refused(font: "TTFont", place: Location, found: str) -> Problem | None:
    if "fvar" in font:
        return error("font_variable", place, found)
    if "glyf" not in font and "CFF " not in font:
        return error("font_type", place, found)
    kind = int(font["OS/2"].fsType)
    if kind & 0x000F == _NO_EMBEDDING or kind & _BITMAPS_ONLY:
        return error("font_not_embeddable", place, found)
    return None


def _weight(font: "TTFont") -> int:
    return min(900, max(100, round(int(font["OS/2"].usWeightClass) / 100) * 100))


def _written(font: "TTFont", own: str, *, family: str, weight: int, italic: bool) -> bytes:
    """Return a font with its tables decoded and written anew, and the names that we call it by.

    ``own`` tells it from another font of the same name.
    """
    for tag in [tag for tag in font.keys() if tag not in _KEPT]:  # noqa: SIM118 - no mapping
        del font[tag]
    font.ensureDecompiled()
    _rename(font, _names(family, weight, italic, own))
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = _selection(int(font["OS/2"].fsSelection), weight, italic)
    font["head"].macStyle = (1 if weight >= 600 else 0) | (2 if italic else 0)
    stream = io.BytesIO()
    font.save(stream, reorderTables=False)
    return stream.getvalue()


def _selection(bits: int, weight: int, italic: bool) -> int:
    bits &= ~0b1_0110_0001 & 0xFFFF  # italic, bold, regular and WWS are told anew
    if weight >= 600:
        bits |= 0b10_0000
    if italic:
        bits |= 1
    return bits if bits & 0b10_0001 else bits | 0b100_0000


def _rename(font: "TTFont", names: Iterable[tuple[int, str]]) -> None:
    table = font["name"]
    table.names = []
    for number, text in names:
        table.setName(text, number, 3, 1, 0x409)


def _names(family: str, weight: int, italic: bool, own: str) -> Iterator[tuple[int, str]]:
    style = f"{_STYLES.get(weight, str(weight))}{' Italic' if italic else ''}"
    plain = "".join(sign for sign in family if sign.isascii() and sign.isalnum()) or "Firm"
    yield 1, family
    yield 2, style
    yield 3, f"{plain}{own}-{style}".replace(" ", "")
    yield 4, f"{family} {style}"
    yield 6, f"{plain}{own}-{style}".replace(" ", "")
    yield 16, family
    yield 17, style


_STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
