"""An executed notebook as one self-contained HTML page (an nbconvert exporter)."""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from html import unescape
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from workbook.language.package_data import templates
from workbook.report.blocks import clean
from workbook.report.body import CONTENTS, SVG, body_of, contents_html
from workbook.report.meta import ReportMeta
from workbook.report.page_fonts import page_faces
from workbook.report.tree import escaped, quoted

_ALONE: Mapping[str, str] = MappingProxyType({})
_PLAIN = re.compile(r"[^\w .,·–—-]")
"""What is written as its number in a string of a style sheet."""


def to_html(notebook: NotebookNode, meta: ReportMeta, *, beside: Mapping[str, str] = _ALONE) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    beside
        Files in the same folder that the page leads to, by kind: ``index`` (the client's page),
        ``pdf`` and ``xlsx`` of this report.  Only files that are sure to be there.

    Raises
    ------
    RunError
        Naming the cell, when one failed or shows what a report cannot carry.
    """
    sources = {"report_meta": meta, "report_beside": beside}
    page, _ = exporter().from_notebook_node(notebook, sources)
    return page


@cache
def exporter() -> "ReportExporter":
    """Return the exporter of this process; its templates are compiled once."""
    return ReportExporter()


class ReportExporter(TemplateExporter):
    """An nbconvert exporter with the house template: no inputs, no scripts, no requests.

    Every text is written in the canonical form of :mod:`workbook.report.tree`, in the template
    too.  Preprocessors are off: only what :func:`~workbook.report.body.body_of` made is shown.

    The :class:`ReportMeta` is passed as ``sources["report_meta"]``; without one
    (``jupyter nbconvert --to workbook``) the page is a draft named after the notebook.
    """

    export_from_notebook = "Consulting report"
    output_mimetype = "text/html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        filters = {"text": escaped, "attribute": quoted, "base64": _base64, "css": css_string}
        for name, filter_ in filters.items():
            self.register_filter(name, filter_)  # type: ignore[no-untyped-call]

    def _template_name_default(self) -> str:
        return "html"

    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Config:
        config = Config(
            {
                "Exporter": {"default_preprocessors": []},
                "TemplateExporter": {"extra_template_basedirs": [str(templates() / "report")]},
                "NbConvertBase": {"display_data_priority": ["text/html", SVG]},
            }
        )
        inherited: Config = super().default_config.copy()
        inherited.merge(config)
        return inherited

    def from_notebook_node(  # type: ignore[override] # as HTMLExporter does
        self, nb: NotebookNode, sources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        given = dict(sources or {})
        meta = given.get("report_meta") or _unnamed(given)
        beside = given.get("report_beside", _ALONE)
        body = body_of(nb, meta.language, index=beside.get("index", ""))
        contents = contents_html(body.chapters, meta.texts("report.contents"))
        given |= {
            "report_meta": meta,
            "report_contents": Markup(contents),
            "report_covered": body.covered,
            "report_links": _links(meta, beside, contents=bool(contents)),
            "report_numbers": _page_numbers(meta),
            "report_fonts": page_faces(meta, _letters(body.notebook, meta)),
        }
        page: str
        page, made = super().from_notebook_node(body.notebook, given, **kw)
        return page, made


def _unnamed(sources: dict[str, Any]) -> ReportMeta:
    name = str(sources.get("metadata", {}).get("name", "notebook"))
    return ReportMeta(title=name, client="", language="en", period="", as_of=date(2000, 1, 1))


def _links(
    meta: ReportMeta, beside: Mapping[str, str], *, contents: bool
) -> list[tuple[str, str, str]]:
    """Return kind, address and words of what stands in the bar above the page."""
    found = {**beside, **({"contents": f"#{CONTENTS}"} if contents else {})}
    words = {
        "index": meta.texts("report.all_reports"),
        "contents": meta.texts("report.contents"),
        "pdf": "PDF",
        "xlsx": "Excel",
    }
    return [(kind, found[kind], text) for kind, text in words.items() if kind in found]


def _page_numbers(meta: ReportMeta) -> str:
    """Return what a browser prints at the foot of each page, as a value of a style sheet."""
    words = meta.texts("report.page", page="{page}", pages="{pages}")
    parts = (part for part in re.split(r"\{(pages?)\}", words) if part)
    return " ".join(f"counter({p})" if p in ("page", "pages") else css_string(p) for p in parts)


def css_string(text: object) -> str:
    r"""Return text as a string of a style sheet; nothing in it can end the string or the sheet.

    >>> print(css_string('R&D "</style>'))
    "R\26 D \22 \3c \2f style\3e "
    """
    plain = _PLAIN.sub(lambda m: f"\\{ord(m[0]):x} ", unescape(clean(text)))
    return f'"{plain}"'


def _letters(notebook: NotebookNode, meta: ReportMeta) -> frozenset[str]:
    """Return the characters that a page may show."""
    if not meta.brand.faces:
        return frozenset()
    shown = (
        text
        for cell in notebook.cells
        for text in (cell.source, *(t for o in cell.get("outputs", []) for t in _words(o)))
    )
    told = (repr(meta), *meta.texts.all())
    return frozenset().union(*shown, *told)


def _words(output: NotebookNode) -> Iterator[str]:
    yield output.data.get("text/html", "")
    yield from map(str, output.metadata.values())


def _base64(data: str | bytes) -> str:
    raw = data.encode("utf-8") if isinstance(data, str) else data
    return base64.b64encode(raw).decode("ascii")
