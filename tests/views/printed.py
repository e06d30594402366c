"""The PDFs of the samples' reports, each made once and read in one pass.

What stands on which page is read from the structure tree of the PDF: every heading, figure and row
of a table is tagged there.  How far down a page is filled is read from the places of its words.
"""

import io
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest
from opened_samples import opened
from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject

from workbook import notebook
from workbook.report.exporter import to_html
from workbook.report.meta import meta_of
from workbook.report.pdf import to_pdf

NOTEBOOKS = Path(notebook.__file__).parents[1] / "notebooks"
MM = 72 / 25.4
TOP, BOTTOM = (297 - 26) * MM, 22 * MM
"""Between these heights a page has its text, points from below."""
HEADINGS, FIGURES = ("/H1", "/H2", "/H3"), ("/Figure",)


@dataclass(frozen=True)
class Placed:
    """A heading, figure or table, and the pages that each of its rows stands on."""

    kind: str
    rows: list[int]
    words: str = ""


class Page:
    """One page: its text, how many letters it has of each size (points), how full it is."""

    def __init__(self, page: PageObject) -> None:
        self.sizes: Counter[float] = Counter()
        self._heights: list[float] = []
        self.text: str = page.extract_text(visitor_text=self._see)

    @property
    def fill(self) -> float:
        """How much of the page is filled: from its top down to the last words."""
        return (TOP - min(self._heights)) / (TOP - BOTTOM) if self._heights else 0.0

    def _see(self, text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        letters = len(text.strip())
        if not letters:
            return
        scale = math.hypot(tm[1], tm[3]) * math.hypot(cm[1], cm[3])
        self.sizes[round(abs(size) * scale, 2)] += letters
        height = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        upright = abs(cm[1]) < 0.01  # not the watermark
        if upright and BOTTOM <= height <= TOP:
            self._heights.append(height)


class Report:
    """The PDF of one sample report."""

    def __init__(self, data: bytes, appendix: str) -> None:
        self.reader = reader = PdfReader(io.BytesIO(data))
        self.numbers = {p.indirect_reference.idnum: i for i, p in enumerate(reader.pages, start=1)}
        self.pages = [Page(page) for page in reader.pages]
        self.fills = [page.fill for page in self.pages]
        root = reader.trailer["/Root"]["/StructTreeRoot"]
        self.placed = [placed for kid in _kids(root) for placed in self._within(kid)]
        tops = [o for o in reader.outline if not isinstance(o, list)]
        starts = {
            o.title.replace("\u00a0", " "): reader.get_destination_page_number(o) + 1 for o in tops
        }
        self.appendix = starts.get(appendix.replace("\u00a0", " "))

    @property
    def body(self) -> range:
        """The pages from page 2 up to the appendix."""
        return range(2, self.appendix or len(self.fills) + 1)

    def _within(self, tag: object) -> Iterator[Placed]:
        kind = tag.get("/S") if hasattr(tag, "get") else None
        if kind == "/TOC":
            return
        if kind in HEADINGS or kind in FIGURES:
            yield Placed(kind, sorted(self._pages(tag)))
        elif kind == "/Table":
            body = next(k for k in _kids(tag) if k.get("/S") == "/TBody")
            yield Placed(kind, [min(self._pages(row)) for row in _kids(body)])
        else:
            for kid in _kids(tag):
                yield from self._within(kid)

    def _pages(self, tag: object) -> Iterator[int]:
        if hasattr(tag, "get"):
            if "/Pg" in tag:
                yield self.numbers[tag.raw_get("/Pg").idnum]
            for kid in _kids(tag):
                yield from self._pages(kid)


def _kids(tag: object) -> list:
    kids = tag.get("/K", []) if hasattr(tag, "get") else []
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    return [k.get_object() for k in (kids if isinstance(kids, list) else [kids])]


@cache
def made(name: str, folder: Path) -> Report:
    """Return the PDF of a sample report, made as its notebook says."""
    book, cells = opened(name, folder), []
    source = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))
    code = ("".join(cell["source"]) for cell in source["cells"] if cell["cell_type"] == "code")
    book.details.clear()
    book.not_studied.clear()
    with pytest.MonkeyPatch.context() as patch:
        blocks: list = []
        patch.setattr(notebook, "_show", blocks.extend)
        for line in "\n".join(code).splitlines():
            if line.startswith("book."):
                exec(line, {"book": book})
    for block in blocks:
        data, metadata = block._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    meta = meta_of(book.data.engagement, book.view.text("title"))
    pdf = to_pdf(to_html(nbformat.v4.new_notebook(cells=cells), meta), meta)
    assert pdf.warnings == ()
    return Report(pdf.data, book.view.text("appendix.heading"))
