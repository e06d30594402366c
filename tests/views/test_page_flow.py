"""How full the pages of the samples' reports are, and where they break, measured in the PDF itself.

What stands on which page is read from the structure tree of the PDF: every heading, figure and row
of a table is tagged there.  How far down a page is filled is read from the places of its words.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject
from shown import ASKED, opened

from workbook import notebook
from workbook.report.exporter import to_html
from workbook.report.meta import meta_of
from workbook.report.pdf import to_pdf

NOTEBOOKS = Path(notebook.__file__).parents[1] / "notebooks"
MM = 72 / 25.4
TOP, BOTTOM = (297 - 26) * MM, 22 * MM
"""Between these heights a page has its text, points from below."""
HEADINGS, FIGURES = ("/H1", "/H2", "/H3"), ("/Figure",)
LEAST = 0.3
"""A third of a page, less the edge of a box below its last words."""
LONGEST_BODY = 12
"""Pages from page 2 up to the appendix."""


@dataclass(frozen=True)
class Placed:
    """A heading, figure or table, and the pages that each of its rows stands on."""

    kind: str
    rows: list[int]
    words: str = ""


class Report:
    """The PDF of one sample report."""

    def __init__(self, data: bytes, appendix: str) -> None:
        self.reader = reader = PdfReader(io.BytesIO(data))
        self.numbers = {p.indirect_reference.idnum: i for i, p in enumerate(reader.pages, start=1)}
        self.fills = [_fill(page) for page in reader.pages]
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


def _fill(page: PageObject) -> float:
    """Return how much of a page is filled: from its top down to the last words."""
    heights = []

    def see(text: str, cm: list[float], tm: list[float], _: object, __: object) -> None:
        height = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        upright = abs(cm[1]) < 0.01  # not the watermark
        if text.strip() and upright and BOTTOM <= height <= TOP:
            heights.append(height)

    page.extract_text(visitor_text=see)
    return (TOP - min(heights)) / (TOP - BOTTOM) if heights else 0.0


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


@pytest.fixture(params=ASKED, ids=lambda p: f"{p[0]}-{p[1].name}")
def report(request):
    return made(*request.param)


def test_no_page_is_filled_less_than_a_third_but_the_last_of_a_part(report):
    last = {report.body[-1], len(report.fills)}
    pages = {n: round(report.fills[n - 1], 2) for n in range(2, len(report.fills) + 1)}
    assert not {n: fill for n, fill in pages.items() if fill < LEAST and n not in last}


def test_the_body_has_about_eight_pages(report):
    assert len(report.body) <= LONGEST_BODY


def test_page_two_is_one_page(report):
    headings = [p for p in report.placed if p.kind == "/H1"]
    assert headings[0].rows[0] == 2
    assert len(headings) < 2 or headings[1].rows[0] == 3


def test_a_heading_stands_on_the_page_of_its_chart(report):
    """Text may stand between them; tiles under a heading are its exhibit before any table."""
    parts: list[list[Placed]] = []
    for placed in report.placed:
        if placed.kind in HEADINGS:
            parts.append([])
        if parts:
            parts[-1].append(placed)
    body = [part for part in parts if part[0].rows[0] in report.body]
    charts = [part for part in body if len(part) > 1 and part[1].kind in FIGURES]
    apart = [part for part in charts if part[1].rows[0] != part[0].rows[0]]
    assert not apart


def test_a_table_breaks_with_three_rows_on_either_side(report):
    for table in (p for p in report.placed if p.kind == "/Table"):
        breaks = [i for i in range(1, len(table.rows)) if table.rows[i] != table.rows[i - 1]]
        assert all(i >= 3 for i in breaks[:1]), table
        assert all(len(table.rows) - i >= 3 for i in breaks[-1:]), table


def test_the_samples_fill_their_pages():
    """Measured over all samples: few pages are left half empty."""
    reports = [made(*asked) for asked in ASKED]
    inner = [fill for report in reports for fill in report.fills[1:-1]]
    assert sum(fill < 0.5 for fill in inner) / len(inner) < 0.1
