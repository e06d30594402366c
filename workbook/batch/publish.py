"""From an executed notebook to the files of a report, all in memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from workbook import __version__
from workbook.batch.notebook_engine.run_notebook import Notebook
from workbook.batch.tasks import Published
from workbook.engagement.settings import Engagement
from workbook.report.document import (
    charts_of,
    files_of,
    headline_of,
    result_json,
    result_of,
    tables_of,
)
from workbook.report.exporter import to_html
from workbook.report.meta import ReportMeta, meta_of
from workbook.report.tree import Element, parse

if TYPE_CHECKING:
    from workbook.report.office.storyline import Storyline

T = TypeVar("T")
_OF_TILE = ("label", "value", "change")
"""What the manifest keeps of a tile."""


def publish(
    notebook: Notebook,
    *,
    engagement: Engagement,
    name: str,
    formats: tuple[str, ...],
) -> Published:
    """Return the files of the report; their paths are under the folder of the period.

    Raises
    ------
    RunError
        When the notebook shows what a report cannot carry.
    """
    title = _title(notebook) or name
    press = _Press(
        notebook=notebook,
        meta=meta_of(engagement, title, version=__version__),
        beside=_beside(name, formats),
    )
    files = {_path(name, fmt): (fmt, press.make(fmt)) for fmt in formats}
    return Published(
        title=title,
        files=files | _left(notebook, name),
        seconds=press.seconds,
        warnings=tuple({"code": "pdf", "text": text} for text in press.warnings),
        figures=_figures(notebook),
        answer=_answer(notebook),
        changes=headline_of(notebook),
    )


def _left(notebook: Notebook, diagnostic: str) -> dict[str, tuple[str, bytes]]:
    """Return the files that the notebook left: sheets to fill, long tables of the result."""
    kinds = {"internal": "internal", f"results/{diagnostic}": "parquet"}
    found = {}
    for path, content in files_of(notebook).items():
        folder, _, name = path.rpartition("/")
        if folder not in kinds or PurePath(name).name != name:
            raise ValueError("a file of a notebook is in a folder that is not its own")
        found[path] = (kinds[folder], content)
    return found


def _path(name: str, fmt: str) -> str:
    folder = "results" if fmt == "json" else "client"
    return f"{folder}/{name}.{fmt}"


def _beside(name: str, formats: tuple[str, ...]) -> dict[str, str]:
    """Return the files that the page of a report leads to.

    The reports are made at the same time, and one of them may fail: what other reports there are
    is known to the client's page alone, which is written again with each.
    """
    found = {"index": "index.html"}
    found.update({fmt: f"{name}.{fmt}" for fmt in ("pdf", "xlsx") if fmt in formats})
    return found


@dataclass(kw_only=True)
class _Press:
    """Makes each kind of file and notes the seconds that it took."""

    notebook: Notebook
    meta: ReportMeta
    beside: Mapping[str, str]
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def make(self, fmt: str) -> bytes:
        makers: Mapping[str, Callable[[], bytes]] = {
            "html": lambda: self.page.encode("utf-8"),
            "pdf": self._pdf,
            "xlsx": lambda: self._timed("xlsx", self._xlsx),
            "json": lambda: self._timed("json", lambda: result_json(self.result)),
            "pptx": lambda: self._timed("pptx", self._slides),
            "docx": lambda: self._timed("docx", self._document),
        }
        return makers[fmt]()

    @cached_property
    def _story(self) -> "Storyline":
        from workbook.report.office.storyline import storyline_of

        return storyline_of(self.notebook, self.meta.language)

    def _slides(self) -> bytes:
        from workbook.report.office.deck import to_pptx

        return to_pptx(self._story, self.meta)

    def _document(self) -> bytes:
        from workbook.report.office.word_report import to_docx

        return to_docx(self._story, self.meta)

    @cached_property
    def result(self) -> dict[str, Any]:
        """What the result file holds."""
        return result_of(self.notebook)[1]

    @cached_property
    def page(self) -> str:
        """The HTML page: one of the files, and what the PDF is made from."""
        return self._timed("html", lambda: to_html(self.notebook, self.meta, beside=self.beside))

    def _pdf(self) -> bytes:
        from workbook.report.pdf import to_pdf

        page = self.page
        pdf = self._timed("pdf", lambda: to_pdf(page, self.meta))
        self.warnings += pdf.warnings
        return pdf.data

    def _xlsx(self) -> bytes:
        from workbook.report.appendix import to_xlsx

        return to_xlsx(tables_of(self.notebook), self.meta, charts_of(self.notebook))

    def _timed(self, step: str, make: Callable[[], T]) -> T:
        begun = perf_counter()
        made = make()
        self.seconds[step] = perf_counter() - begun
        return made


def _shown(notebook: Notebook, mark: str) -> Iterator[Element]:
    """Yield what the outputs show whose HTML holds ``mark``, in reading order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            if mark in html:
                yield parse(html)


def _title(notebook: Notebook) -> str:
    headings = (h for shown in _shown(notebook, "<h1") for h in shown.named("h1"))
    heading = next(headings, None)
    return heading.text() if heading else ""


def _answer(notebook: Notebook) -> str:
    """Return the heading of the summary page, the first chapter of every report."""
    headings = (h for shown in _shown(notebook, "<h2") for h in shown.named("h2"))
    heading = next(headings, None)
    return heading.text() if heading else ""


def _figures(notebook: Notebook) -> tuple[Mapping[str, str], ...]:
    """Return the tiles of the summary page: label, value and change as the report writes them."""
    rows = (r for shown in _shown(notebook, "wb-tiles") for r in shown.of_class("wb-tiles"))
    row = next(rows, None)
    tiles = row.of_class("wb-tile") if row else ()
    return tuple({part: _text(tile, part) for part in _OF_TILE} for tile in tiles)


def _text(tile: Element, part: str) -> str:
    found = next(tile.of_class(f"wb-tile-{part}"), None)
    return found.text() if found else ""
