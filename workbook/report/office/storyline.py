"""What a report tells, read from its executed notebook: the source of slides and of the Word file.

The page and the PDF are made of HTML; an office file has no HTML in it.  So what the notebook shows
is taken apart once: a cover, then chapters, each with its conclusion, its words and its exhibits.
Everything went through the same walls as the page (:mod:`workbook.report.vocabulary`,
:mod:`workbook.report.drawing`); what is left is plain text, drawings and numbers.
"""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from nbformat import NotebookNode

from workbook.charts.chart_data import ChartData, Series
from workbook.language.catalog import Texts, load_texts
from workbook.language.typography import JOINER, NO_BREAK, quoted, typeset
from workbook.report.blocks import CHART_MIME, TABLE_MIME, Tile, printable
from workbook.report.body import HIDDEN_TAGS, SVG
from workbook.report.document import check_complete
from workbook.report.drawing import safe_svg
from workbook.report.json_bundle import unpacked
from workbook.report.notes import markdown_html
from workbook.report.page_words import set_words
from workbook.report.tree import Element, parse
from workbook.report.vocabulary import clean_html

Style = Literal["text", "lead", "small", "item", "number", "term", "quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, an item of a list, a term with its explanation or a quotation."""

    text: str
    style: Style = "text"
    before: str = ""
    """What stands in bold before it: a term, who is quoted after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A remark of one of three kinds (``recommendation``, ``limitation``, ``howto``)."""

    kind: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TileRow:
    """Key figures beside each other."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart: its drawing, its words and, where there are native charts of the kind, its data."""

    title: str
    alt: str
    note: str
    svg: str
    data: ChartData | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Heading of a column."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a row as the page shows them; a group has one, for the rows under it."""

    cells: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: the rows that the page shows and how many there are in all."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    total: int
    """Rows of the whole table, headings of groups apart."""
    note: str = ""


Item: TypeAlias = Line | Part | Box | TileRow | Picture | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: its conclusion as a heading, what stands under it, and its parts in order."""

    heading: str
    short: str = ""
    caption: str = ""
    items: tuple[Item, ...] = ()

    @property
    def exhibits(self) -> tuple[Picture | Grid, ...]:
        """Its charts and tables in order; a table without rows is none."""
        shown = (i for i in self.items if isinstance(i, Picture | Grid))
        return tuple(i for i in shown if isinstance(i, Picture) or i.rows)

    @property
    def main_exhibit(self) -> Picture | Grid | None:
        """The first chart, else the first table."""
        charts = (e for e in self.exhibits if isinstance(e, Picture))
        return next(charts, None) or next(iter(self.exhibits), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """The whole report in reading order."""

    title: str
    client: str
    facts: tuple[tuple[str, str], ...] = ()
    logo: tuple[str, bytes] = ("", b"")
    """Kind (``png``, ``jpeg``, ``svg+xml``) and bytes; empty without one."""
    picture: tuple[str, bytes] = ("", b"")
    """Likewise: the firm's picture of the title page."""
    front: Chapter | None = None
    """Page 2: the answer is its heading."""
    chapters: tuple[Chapter, ...] = ()
    commentary: Chapter | None = None
    """What the consultant wrote."""
    appendix: tuple[str, ...] = ()
    """Headings of the parts of the appendix, which is in the PDF."""


def storyline_of(notebook: NotebookNode, language: str) -> Storyline:
    """Return what an executed notebook tells.

    Raises
    ------
    RunError
        Naming the cell, when one did not run, failed, or shows what a report cannot carry.
    """
    check_complete(notebook)
    told = _Telling(load_texts("report", language))  # not the firm's own: they name no chapter
    for number, cell in enumerate(notebook.cells, start=1):
        if HIDDEN_TAGS.isdisjoint(cell.metadata.get("tags", [])):
            told.cell(cell, number)
    return told.storyline()


@dataclass(slots=True)
class _Open:
    """A chapter while it is being read."""

    heading: str = ""
    short: str = ""
    caption: str = ""
    commentary: bool = False
    items: list[Item] = field(default_factory=list)

    def closed(self) -> Chapter:
        return Chapter(
            heading=self.heading,
            short=self.short,
            caption=self.caption,
            items=tuple(self.items),
        )


class _Telling:
    """Reads what cells show into chapters, in order."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._cover = Storyline(title="", client="")
        self._chapters: list[_Open] = []

    def cell(self, cell: NotebookNode, number: int) -> None:
        """Read one cell."""
        if cell.cell_type == "markdown":
            self._html(markdown_html(cell.source, headings=True, cell=number))
        if cell.cell_type != "code":
            return
        for output in cell.outputs:
            if output.output_type in ("display_data", "execute_result"):
                self._output(output, number)

    def storyline(self) -> Storyline:
        """Return all that was read."""
        short = self._texts("appendix.short")
        body = [c for c in self._chapters if c.short != short]
        rest = [c for c in self._chapters if c.short == short]
        front = next((c for c in body if not c.commentary), None)
        own = next((c for c in body if c.commentary), None)
        parts = (i.text for c in rest for i in c.items if isinstance(i, Part))
        return replace(
            self._cover,
            front=front.closed() if front else None,
            chapters=tuple(c.closed() for c in body if c is not front and c is not own),
            commentary=own.closed() if own else None,
            appendix=tuple(parts),
        )

    def _output(self, output: NotebookNode, number: int) -> None:
        data = output.data
        if "text/html" in data:
            total = _rows_of(data[TABLE_MIME]) if TABLE_MIME in data else None
            self._html(clean_html(_joined(data["text/html"]), cell=number), total)
        elif SVG in data:
            words = output.metadata.get(SVG, {})
            title, alt, note = (_plain(words.get(key, "")) for key in ("title", "alt", "note"))
            language = self._texts.language
            picture = Picture(
                title=typeset(title, language),
                alt=quoted(alt or title, language),
                note=typeset(note, language),
                svg=safe_svg(_joined(data[SVG]), cell=number),
                data=_chart_data(data.get(CHART_MIME)),
            )
            self._here.items.append(picture)
        elif "text/markdown" in data:
            self._html(markdown_html(_joined(data["text/markdown"]), headings=True, cell=number))

    def _html(self, html: str, total: int | None = None) -> None:
        tree = parse(html)
        set_words(tree, self._texts.language)
        for element in tree.elements:
            self._element(element, total)

    def _element(self, element: Element, total: int | None = None) -> None:
        name, classes = element.name, element.classes
        if name == "header" and "wb-cover" in classes:
            self._cover = _cover(element)
        elif name in ("h1", "h2") or (name == "h3" and not self._chapters):
            short = _plain(element.attrs.get("data-short", ""))
            self._chapters.append(_Open(heading=_words(element), short=short))
        elif name == "p" and "wb-caption" in classes and not self._here.items:
            self._here.caption = _words(element)
        elif name == "section" and "wb-notes" in classes:
            self._here.commentary = True
            self._inside(element)
        elif name == "figure" and (table := next(element.named("table"), None)) is not None:
            self._here.items.append(_grid(element, table, total, self._texts))
        elif name == "table":
            self._here.items.append(_grid(element, element, total, self._texts))
        elif name in _READERS:
            self._here.items += _READERS[name](element)
        elif "wb-tiles" in classes:
            self._here.items.append(TileRow(tiles=tuple(map(_tile, element.of_class("wb-tile")))))
        else:
            self._inside(element)

    def _inside(self, element: Element) -> None:
        loose = " ".join(t for c in element.children if isinstance(c, str) and (t := _plain(c)))
        if loose:
            self._here.items.append(Line(text=loose))
        for child in element.elements:
            self._element(child)

    @property
    def _here(self) -> _Open:
        if not self._chapters:
            self._chapters.append(_Open())
        return self._chapters[-1]


def _cover(header: Element) -> Storyline:
    terms, values = list(header.named("dt")), list(header.named("dd"))
    logo = next(header.of_class("wb-logo"), None)
    picture = next(header.of_class("wb-cover-picture"), None)
    return Storyline(
        title=_words(next(header.named("h1"), None)),
        client=_words(next(header.of_class("wb-client"), None)),
        facts=tuple((_words(t), _words(v)) for t, v in zip(terms, values, strict=False)),
        logo=_picture_bytes(logo),
        picture=_picture_bytes(picture),
    )


def _picture_bytes(image: Element | None) -> tuple[str, bytes]:
    source = image.attrs.get("src", "") if image else ""
    kind, found, data = source.removeprefix("data:image/").partition(";base64,")
    return (kind, b64decode(data)) if found else ("", b"")


def _paragraph(element: Element) -> Iterator[Item]:
    classes = element.classes
    style: Style = "lead" if "wb-lead" in classes else "text"
    if "wb-notes-title" in classes or "wb-quotes-title" in classes or "wb-subheading" in classes:
        yield Part(text=_words(element))
    elif text := _words(element):
        small = "wb-note" in classes or "wb-source" in classes
        yield Line(text=text, style="small" if small else style)


def _part(element: Element) -> Iterator[Item]:
    if text := _words(element):
        yield Part(text=text)


def _list(element: Element) -> Iterator[Item]:
    style: Style = "number" if element.name == "ol" else "item"
    for item in (e for e in element.elements if e.name == "li"):
        under = [e for e in item.elements if "wb-note" in e.classes]
        lists = [e for e in item.elements if e.name in ("ul", "ol")]
        own = Element("li", {}, None)
        own.children = [c for c in item.children if c not in under and c not in lists]
        yield Line(text=_words(own), style=style)
        yield from (Line(text=_words(e), style="small") for e in under)
        for inner in lists:
            yield from _list(inner)


def _definitions(element: Element) -> Iterator[Item]:
    term = ""
    for child in element.elements:
        if child.name == "dt":
            term = _words(child)
        else:
            yield Line(text=_words(child), style="term", before=term)


def _quote(element: Element) -> Iterator[Item]:
    who = next((e for e in element.elements if "wb-source" in e.classes), None)
    own = Element("p", {}, None)
    own.children = [c for c in element.children if c is not who]
    yield Line(text=_words(own), style="quote", before=_words(who))


def _callout(element: Element) -> Iterator[Item]:
    kind = next((c for c in ("recommendation", "limitation") if f"wb-{c}" in element.classes), "")
    title = next((e for e in element.elements if "wb-callout-title" in e.classes), None)
    body = tuple(w for e in element.elements if e is not title and (w := _words(e)))
    yield Box(kind=kind or "howto", title=_words(title), paragraphs=body)


_READERS = {
    "p": _paragraph,
    "h3": _part,
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "blockquote": _quote,
    "aside": _callout,
}


def _tile(element: Element) -> Tile:
    def said(part: str) -> str:
        return _words(next(element.of_class(f"wb-tile-{part}"), None))

    return Tile(label=said("label"), value=said("value"), change=said("change"), base=said("base"))


def _grid(figure: Element, table: Element, total: int | None, texts: Texts) -> Grid:
    top = next(table.named("thead"), None)
    first = next(top.named("tr"), None) if top else None
    body = next(table.named("tbody"), table)
    lines = [tr for tr in body.named("tr") if tr is not first]
    rows = tuple(row for row in map(_row, lines) if row.cells)
    width = max((len(row.cells) for row in rows), default=1)
    heads = tuple(_head(cell) for cell in first.elements) if first else (Head(text=""),) * width
    shown = sum(not row.group for row in rows)
    whole = max(shown, total or 0)
    counted = texts("table.more", shown=shown, n=whole)
    told = [_without(_words(e), counted) for e in figure.of_class("wb-more")]
    notes = [*told, *(_words(e) for e in figure.of_class("wb-note"))]
    return Grid(
        title=_words(next(figure.named("figcaption", "caption"), None)),
        heads=heads,
        rows=rows,
        total=whole,
        note=" ".join(filter(None, notes)),
    )


def _without(text: str, sentence: str) -> str:
    """Return what follows a sentence: a slide that shows fewer rows says so itself."""
    plain = _plain(sentence).replace(NO_BREAK, " ")
    begins = text.replace(NO_BREAK, " ").startswith(plain)
    return text[len(plain) :].strip() if begins else text


def _head(cell: Element) -> Head:
    return Head(text=_words(cell), numeric="num" in cell.classes)


def _row(line: Element) -> Row:
    cells = line.elements
    group = any(cell.attrs.get("scope") == "rowgroup" for cell in cells)
    return Row(cells=tuple(map(_words, cells)), group=group)


def _rows_of(bundle: Any) -> int:
    """Return the rows of a table's sheet; a row of one cell among several is a heading."""
    sheet = unpacked(bundle)
    if "cells" in sheet:  # rows given by column have no headings among them
        return len(sheet["cells"][0])
    several = len(sheet["columns"]) > 1
    headings = (several and all(cell is None for cell in row[1:]) for row in sheet["rows"])
    return sum(not heading for heading in headings)


def _chart_data(bundle: Any) -> ChartData | None:
    found = unpacked(bundle)["data"] if bundle else None
    if not found:
        return None
    return ChartData(
        kind=found["kind"],
        categories=tuple(map(_plain, found["categories"])),
        series=tuple(map(_series, found["series"])),
        fmt=found["fmt"],
    )


def _series(found: dict[str, Any]) -> Series:
    return Series(
        name=_plain(found["name"]),
        values=tuple(found["values"]),
        colour=found["colour"],
        colours=tuple(found["colours"]),
        low=tuple(found["low"]),
        high=tuple(found["high"]),
    )


def _words(element: Element | None) -> str:
    return _plain("".join(_strings(element))) if element is not None else ""


def _strings(element: Element) -> Iterator[str]:
    """Yield the texts of an element, with a space where a line or a block ends."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _strings(child)
            if child.name not in ("strong", "em"):
                yield " "


def _plain(text: object) -> str:
    """Return text on one line, without what no document may carry.

    Spaces that must not break stay; the joiner has no glyph in the fonts of office programs.
    """
    kept = "".join(c for c in str(text) if printable(c) and c != JOINER)
    return " ".join(filter(None, kept.replace("\n", " ").replace("\t", " ").split(" ")))


def _joined(content: Any) -> str:
    return "".join(content) if isinstance(content, list) else str(content)
