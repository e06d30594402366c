"""The PDF of a report: the same page set by Typst, without a browser and without a network."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from workbook.engagement.settings import FontFace
from workbook.errors import RunError
from workbook.language.glyphs import boxed
from workbook.language.package_data import templates
from workbook.report.meta import ReportMeta
from workbook.report.typst_markup import typst_body
from workbook.report.typst_text import literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """A finished PDF and what a consultant should know about it."""

    data: bytes
    warnings: tuple[str, ...] = ()


def to_pdf(html: str, meta: ReportMeta) -> Pdf:
    """Return the exported page as PDF/UA-1; the same page gives the same bytes.

    Where the page cannot keep the promise of PDF/UA (a character that no font has), the PDF is
    made without it and a warning says why.

    Raises
    ------
    RunError
        For an element that the PDF cannot show, naming the notebook's cell.
    """
    source = typst_source(html, meta)
    try:
        return Pdf(data=_compiled(source, meta, claim=True))
    except typst.TypstError as error:
        reason = meta.texts("report.plain_pdf", reason=error.message)
    try:
        return Pdf(data=_compiled(source, meta, claim=False), warnings=(reason,))
    except typst.TypstError as error:
        raise RunError(f"the PDF could not be set: {error.message}") from error


def typst_source(html: str, meta: ReportMeta) -> str:
    """Return the whole Typst document: the house template, the facts, the body."""
    template = (_folder() / "report.typ").read_text("utf-8")
    return f"{template}\n#show: wb-report.with({_facts(meta)})\n#{typst_body(html)}\n"


def _facts(meta: ReportMeta) -> str:
    words = {
        "title": meta.title,
        "client": meta.client,
        "author": meta.author,
        "language": meta.language,
        "period": meta.period_told,
        "status": meta.status,
        "font": meta.brand.font,
        "foot": meta.foot,
        "footer": meta.brand.footer,
        "page": meta.texts("report.page", page="{page}", pages="{pages}"),
    }
    colours = {
        "primary": meta.brand.primary,
        "secondary": meta.brand.secondary,
        "accent": meta.accent,
        "on-primary": meta.on_primary,
    }
    day = meta.as_of
    return ", ".join(
        [
            *(f"{k}: {literal(boxed(v))}" for k, v in words.items()),
            *(f"{k}: rgb({literal(v)})" for k, v in colours.items()),
            f"draft: {'true' if meta.draft else 'false'}",
            f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        ]
    )


def _compiled(source: str, meta: ReportMeta, *, claim: bool) -> bytes:
    with _with_faces(meta.brand.faces) as known:
        compiler = typst.Compiler(source.encode("utf-8"), root=_folder(), font_paths=known)
        data, _ = compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1"] if claim else [], timestamp=meta.created
        )
    if not isinstance(data, bytes):
        raise TypeError("one PDF was expected")
    return data


def _folder() -> Path:
    return templates() / "report" / "pdf"


@contextmanager
def _with_faces(faces: Sequence[FontFace]) -> Iterator[typst.Fonts]:
    """Give the fonts with the firm's own, which lie in a private folder meanwhile."""
    if not faces:
        yield fonts()
        return
    with tempfile.TemporaryDirectory(prefix="faces-") as folder:  # mode 0700
        for place, face in enumerate(faces):
            (Path(folder) / f"{place}.otf").write_bytes(face.data)
        yield _fonts_in(folder)


@cache
def fonts() -> typst.Fonts:
    """Our faces and matplotlib's DejaVu Sans; never the machine's own, which differ."""
    return _fonts_in()


def _fonts_in(*folders: str) -> typst.Fonts:
    import matplotlib as mpl  # reports that are never set as a PDF do without

    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[*folders, str(templates() / "fonts"), str(dejavu)],
    )
