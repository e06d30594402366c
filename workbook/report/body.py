"""The body of a report: what the cells of a notebook show, cleaned, numbered and in order.

Only rich outputs and Markdown cells enter.  Inputs, streams, plain text and tagged cells are
left out; an error output or a kind of output that a report cannot carry stops the run.
"""

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.notebooknode import from_dict

from workbook.errors import RunError
from workbook.language.typography import quoted as quoted_words
from workbook.language.typography import typeset
from workbook.report.blocks import CHART_MIME
from workbook.report.drawing import safe_svg
from workbook.report.glossary_terms import TERM, GlossaryTerms
from workbook.report.json_bundle import unpacked
from workbook.report.notes import markdown_html
from workbook.report.page_words import set_words
from workbook.report.phone_table import fit_for_phone
from workbook.report.tree import Element, escaped, parse, quoted
from workbook.report.vocabulary import clean_html

SVG = "image/svg+xml"
HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "remove-cell"})
_OURS = "application/vnd.workbook."
"""Start of the kinds that carry data for other files (result, tables) and show nothing."""
CONTENTS = "contents"
"""Id of the list of chapters."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_NO_WORDS = "No description has been provided for this image"
"""Said to those who cannot see a picture of other origin that has no words."""
_WORDS = ("alt", "title", "note", "label")
"""What a chart says in words; the last is made of the others."""
_UNBROKEN = ("alt", "label")
"""Words of a chart that are heard, not seen: no line breaks in them."""
_FULL_WIDTH = 6.7
"""Inches of a chart that fills the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One line of the contents."""

    id: str
    """``s1``, ``s2`` …: ASCII whatever the heading says."""
    text: str


@dataclass(slots=True)
class Body:
    """A notebook whose outputs are ready for the template, and its chapters."""

    notebook: NotebookNode
    chapters: list[Chapter] = field(default_factory=list)
    covered: bool = False
    """True when the notebook shows a cover; the contents stand after it."""


def body_of(notebook: NotebookNode, language: str, *, index: str = "") -> Body:
    """Return the body of an executed notebook, its words set as the language asks.

    The notebook itself stays as it is.

    Parameters
    ----------
    index
        The client's page beside this one; lines that name another report lead to its place
        there, for that page alone knows which reports are made.  Empty: they lead nowhere.

    Raises
    ------
    RunError
        Naming the cell, when it failed or shows what a report cannot carry.
    """
    frame = _node({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    body = Body(notebook=frame)
    finish = _Finish(body, language, index, GlossaryTerms.of(_glossaries(notebook)))
    for number, cell in enumerate(notebook.cells, start=1):
        if HIDDEN_TAGS.isdisjoint(cell.metadata.get("tags", [])):
            shown = _shown(cell, number, finish)
            if shown is not None:
                frame.cells.append(shown)
    return body


def _glossaries(notebook: NotebookNode) -> Iterator[Element]:
    """Yield the outputs that explain terms."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            html = _joined(output.get("data", {}).get("text/html", ""))
            if TERM in html:
                yield parse(html)


def _shown(cell: NotebookNode, number: int, finish: "_Finish") -> NotebookNode | None:
    frame: dict[str, Any] = {"cell_type": cell.cell_type, "metadata": {"wb_cell": number}}
    if cell.cell_type == "markdown":
        html = markdown_html(cell.source, headings=True, cell=number)
        return _node(frame | {"source": finish.html(html)}) if html else None
    if cell.cell_type != "code":
        return None
    outputs = [finish.output(o) for o in _outputs(cell, number)]
    code = {"source": "", "outputs": outputs, "execution_count": None}
    return _node(frame | code) if outputs else None


def _outputs(cell: NotebookNode, number: int) -> Iterator[NotebookNode]:
    for output in cell.outputs:
        if output.output_type == "error":
            raise RunError(f"cell {number} failed: {output.get('ename', 'error')}")
        if output.output_type in ("display_data", "execute_result"):
            found = _rich(output, number)
            if found is not None:
                yield found


def _rich(output: NotebookNode, number: int) -> NotebookNode | None:
    data = {mime: _joined(content) for mime, content in output.data.items()}
    if "text/html" in data:
        html = clean_html(data["text/html"], cell=number)
    elif SVG in data:
        metadata = copy.deepcopy(dict(output.metadata.get(SVG, {})))
        svg = safe_svg(data[SVG], cell=number)
        words = _chart_words(metadata, number)
        return _display({SVG: svg}, words | {"narrow": _narrow(data, number)})
    elif "text/markdown" in data:
        html = markdown_html(data["text/markdown"], headings=True, cell=number)
    else:
        kinds = ", ".join(sorted(m for m in data if m != "text/plain" and not m.startswith(_OURS)))
        if not kinds:
            return None
        raise RunError(f"cell {number}: a report cannot carry {kinds}; show a Chart or a Table")
    return _display({"text/html": html}, {}) if html.strip() else None


def _narrow(data: dict[str, Any], number: int) -> str:
    """Return the drawing for a phone, checked as the other; empty where there is none."""
    svg = unpacked(data.get(CHART_MIME, {})).get("narrow")
    return safe_svg(svg, cell=number) if svg else ""


def _joined(content: Any) -> Any:
    return "".join(content) if isinstance(content, list) else content


def _display(data: dict[str, str], metadata: dict[str, Any]) -> NotebookNode:
    return _node({"output_type": "display_data", "data": data, "metadata": metadata})


def _node(content: dict[str, Any]) -> NotebookNode:
    node: NotebookNode = from_dict(content)  # type: ignore[no-untyped-call]
    return node


def _chart_words(metadata: dict[str, Any], number: int) -> dict[str, Any]:
    if not str(metadata.get("alt", "")).strip():
        raise RunError(f"cell {number}: the chart has no text for those who cannot see it (alt)")
    width = metadata.get("width", _FULL_WIDTH)
    tenths = max(3, min(10, round(10 * float(width) / _FULL_WIDTH)))
    words = {k: str(metadata.get(k, "")) for k in _WORDS[:3]}
    return words | {"label": words["title"] or words["alt"], "wide": tenths * 10}


class _Finish:
    """Numbers the headings and keeps the names of scrolling regions apart, in reading order."""

    def __init__(self, body: Body, language: str, index: str, terms: GlossaryTerms) -> None:
        self._body = body
        self._language = language
        self._index = index
        self._labels: Counter[str] = Counter()
        self._alone = False
        self._terms = terms

    def output(self, output: NotebookNode) -> NotebookNode:
        if SVG in output.data:
            for name in _WORDS:
                set_ = quoted_words if name in _UNBROKEN else typeset
                output.metadata[name] = set_(output.metadata[name], self._language)
                self._terms.see(output.metadata[name])
            output.metadata["label"] = self._label(output.metadata["label"])
        else:
            output.data["text/html"] = self.html(output.data["text/html"])
        return output

    def html(self, html: str) -> str:
        tree = parse(html)
        set_words(tree, self._language)
        for table in tree.named("table"):
            fit_for_phone(table)
        for element in list(tree.within()):
            if element.name in _HEADINGS:
                self._heading(element)
            elif element.name == "header" and "wb-cover" in element.classes:
                self._body.covered = True
            elif "data-report" in element.attrs:
                _lead(element, self._index)
            elif element.name == "img":
                element.attrs.setdefault("alt", _NO_WORDS)
            if element.attrs.get("role") == "region":
                element.attrs["aria-label"] = self._label(element.attrs.get("aria-label", ""))
        self._terms.read(tree)
        return tree.html()

    def _heading(self, heading: Element) -> None:
        if heading.name == "h1" and _is_title(heading):
            return
        if heading.name == "h1" or not self._body.chapters:
            heading.name = "h2"  # one h1 only, and no h3 before the first h2
        if heading.name == "h2":
            chapter = Chapter(
                id=f"s{len(self._body.chapters) + 1}",
                text=heading.attrs.get("data-short") or heading.words(),
            )
            heading.attrs["id"] = chapter.id
            if "wb-newpage" in heading.classes:
                self._terms.in_body = "wb-alone" in heading.classes
            elif self._alone:
                heading.attrs["class"] = " ".join(("wb-newpage", *heading.classes))
            self._alone = "wb-alone" in heading.classes
            self._body.chapters.append(chapter)

    def _label(self, label: str) -> str:
        self._labels[label] += 1
        count = self._labels[label]
        return f"{label} ({count})" if count > 1 else label


def _is_title(heading: Element) -> bool:
    """Return whether a heading is the first one of a cover."""
    covers = (e for e in heading.above() if e.name == "header" and "wb-cover" in e.classes)
    return any(next(cover.named("h1")) is heading for cover in covers)


def _lead(line: Element, index: str) -> None:
    """Make a line a link to the report that it names, by way of the client's page."""
    report = line.attrs.pop("data-report")
    if index:
        link = Element("a", {"href": f"{index}#{report}"}, line)
        link.children, line.children = line.children, [link]


def contents_html(chapters: list[Chapter], title: str) -> str:
    """Return the contents as a list of links to the chapters; empty without chapters."""
    if not chapters:
        return ""
    items = "".join(f'<li><a href="#{c.id}">{escaped(c.text)}</a></li>' for c in chapters)
    begin = f'<nav aria-label={quoted(title)} class="wb-contents" id="{CONTENTS}">'
    return f"{begin}<p>{escaped(title)}</p><ol>{items}</ol></nav>"
