"""The fonts inside a page: shipped ones whole, the firm's own with the characters of the page."""

import base64
import io
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from workbook.engagement.settings import FontFace
from workbook.language.package_data import templates
from workbook.report.meta import ReportMeta

_SHIPPED = {
    "Inter": {400: "Inter-Regular", 600: "Inter-SemiBold", 700: "Inter-Bold"},
    "DejaVu Sans": {400: "DejaVuSans", 700: "DejaVuSans-Bold"},
}
_ALWAYS = frozenset(string.printable)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFace:
    """One face as a page has it."""

    family: str
    weight: int
    style: str
    kind: str
    """``woff2`` or ``woff``."""
    data: str
    """Base64."""


def page_faces(meta: ReportMeta, letters: Iterable[str]) -> tuple[PageFace, ...]:
    """Return the faces of a page.

    Parameters
    ----------
    letters
        The characters that it shows; of the firm's own font nothing else is put into it.
    """
    if not meta.brand.faces:
        return _shipped(meta.brand.font)
    wanted = "".join(sorted(_ALWAYS.union(*letters)))
    return tuple(_own(face, wanted) for face in meta.brand.faces)


@cache
def _shipped(family: str) -> tuple[PageFace, ...]:
    folder: Path = templates() / "fonts"
    return tuple(
        PageFace(
            family=family,
            weight=weight,
            style="normal",
            kind="woff2",
            data=_base64((folder / f"{face}.woff2").read_bytes()),
        )
        for weight, face in _SHIPPED[family].items()
    )


@lru_cache(16)
def _own(face: FontFace, letters: str) -> PageFace:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        flavor="woff", layout_features=["kern", "liga", "lnum", "tnum", "locl", "mark", "mkmk"],
        notdef_outline=True, recalc_timestamp=False, hinting=False, name_IDs=[1, 2, 4, 6],
    )  # fmt: skip
    font = TTFont(io.BytesIO(face.data), recalcTimestamp=False)
    maker = subset.Subsetter(options)
    maker.populate(text=letters)
    maker.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return PageFace(
        family=face.family,
        weight=face.weight,
        style="italic" if face.italic else "normal",
        kind="woff",
        data=_base64(stream.getvalue()),
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
