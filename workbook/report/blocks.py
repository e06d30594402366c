"""What a report is made of: a small vocabulary of blocks.

A view returns blocks, a notebook shows them, the exporter joins them, and the PDF converter
reads exactly this vocabulary (an unknown element is an error there).  Every block is plain data
and escapes all text it is given, so text from a client's file stays text.

The HTML of a block uses only: ``section header h1 h2 h3 p ul ol li dl dt dd div aside blockquote
figure figcaption table caption thead tbody tr th td strong em br img`` and classes ``wb-…``.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from typing import Any

from workbook.report.json_bundle import is_packed, packed

RESULT_MIME = "application/vnd.workbook.result+json"
TABLE_MIME = "application/vnd.workbook.table+json"
CHART_MIME = "application/vnd.workbook.chart+json"
FILE_MIME = "application/vnd.workbook.file+json"

Bundle = tuple[dict[str, Any], dict[str, Any]]


def clean(text: object) -> str:
    """Escape text for HTML and drop what no document may carry (controls, bidi overrides)."""
    return escape("".join(c for c in str(text) if printable(c)), quote=True)


def printable(char: str) -> bool:
    r"""Return whether a document may carry a character: no control, none that turns the order.

    >>> printable("a"), printable("\x07")
    (True, False)
    """
    code = ord(char)
    if char in "\t\n":
        return True
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF:
        return False
    return not (0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0xFFFE, 0xFFFF))


def _item(text: str, line: str) -> str:
    under = f'<p class="wb-note">{clean(line)}</p>' if line else ""
    return f"<li>{clean(text)}{under}</li>"


def _paragraphs(texts: Iterable[str], css: str = "") -> str:
    start = f'<p class="{css}">' if css else "<p>"
    return "".join(f"{start}{clean(t)}</p>" for t in texts if t)


@dataclass(frozen=True, slots=True)
class Block:
    """Base of the blocks: shows itself as HTML in a notebook."""

    detail: bool = field(default=False, kw_only=True)
    """True for what stands behind a chapter: who decides needs it not, who checks finds it in the
    appendix."""

    def html(self) -> str:
        """Return the block as HTML of the vocabulary above."""
        raise TypeError(f"{type(self).__name__} has no HTML of its own")

    def plain(self) -> str:
        """Return one line for a terminal."""
        return f"[{type(self).__name__}]"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return {"text/html": self.html(), "text/plain": self.plain()}, {}


def details(*blocks: Block) -> list[Block]:
    """Return the blocks marked as detail: the appendix shows them, not the chapter.

    >>> details(Text(("Of 12 tests one passed.",)))[0].detail
    True
    """
    return [replace(block, detail=True) for block in blocks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Block):
    """Title page: what the report is and how far it may go."""

    title: str
    client: str
    facts: Sequence[tuple[str, str]]
    """Label and value: period, as-of date, author, version, status, confidentiality."""
    logo: str = ""
    """A ``data:`` URI checked by the brand reader, or empty."""
    picture: str = ""
    """Likewise: a band above the title, which stands on the firm's colour whatever it shows."""

    def html(self) -> str:
        rows = "".join(f"<dt>{clean(k)}</dt><dd>{clean(v)}</dd>" for k, v in self.facts)
        logo = f'<img class="wb-logo" src="{clean(self.logo)}" alt="">' if self.logo else ""
        picture = (
            f'<img class="wb-cover-picture" src="{clean(self.picture)}" alt="">'
            if self.picture
            else ""
        )
        return (
            f'<header class="wb-cover">{picture}{logo}<p class="wb-client">{clean(self.client)}</p>'
            f'<h1>{clean(self.title)}</h1><dl class="wb-facts">{rows}</dl></header>'
        )

    def plain(self) -> str:
        return f"{self.title} — {self.client}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A chapter (level 2) or part (level 3): the conclusion in a sentence with a number."""

    text: str
    level: int = 2
    caption: str = ""
    """Measure, unit and period under the heading."""
    short: str = ""
    """Name in the table of contents when the sentence is too long for it."""
    new_page: bool = False
    """Begins a part of the report; where chapters break is the layout's to say."""
    alone: bool = False
    """Stands on a page of its own: the next chapter begins a page too."""

    def html(self) -> str:
        extra = f' data-short="{clean(self.short)}"' if self.short else ""
        names = [n for n, on in (("wb-newpage", self.new_page), ("wb-alone", self.alone)) if on]
        css = f' class="{" ".join(names)}"' if names else ""
        tag = f"h{self.level}"
        caption = f'<p class="wb-caption">{clean(self.caption)}</p>' if self.caption else ""
        return f"<{tag}{css}{extra}>{clean(self.text)}</{tag}>{caption}"

    def plain(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text(Block):
    """Paragraphs; ``lead`` sets them larger, ``small`` smaller and muted."""

    paragraphs: tuple[str, ...]
    lead: bool = False
    small: bool = False

    def html(self) -> str:
        small = "wb-note" if self.small else ""
        return _paragraphs(self.paragraphs, "wb-lead" if self.lead else small)

    def plain(self) -> str:
        return " ".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLink(Block):
    """A line that leads to the report of a diagnostic, in the same folder as this one."""

    text: str
    report: str
    """Name of the diagnostic."""

    def html(self) -> str:
        return f'<p class="wb-source" data-report="{clean(self.report)}">{clean(self.text)}</p>'

    def plain(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list of short sentences."""

    items: tuple[str, ...]
    ordered: bool = False
    under: tuple[str, ...] = ()
    """A small line under each item, empty for none; nothing: no item has one."""

    def html(self) -> str:
        tag = "ol" if self.ordered else "ul"
        under = self.under or ("",) * len(self.items)
        items = (_item(text, line) for text, line in zip(self.items, under, strict=True))
        return f"<{tag}>" + "".join(items) + f"</{tag}>"

    def plain(self) -> str:
        return "; ".join(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One key figure: label, value, change in words, interval or base."""

    label: str
    value: str
    change: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Tiles(Block):
    """At most four key figures in a row."""

    tiles: tuple[Tile, ...]

    def __post_init__(self) -> None:
        if len(self.tiles) > 4:
            raise ValueError("at most four tiles in a row")

    def html(self) -> str:
        return '<div class="wb-tiles">' + "".join(map(_tile, self.tiles)) + "</div>"

    def plain(self) -> str:
        return " | ".join(f"{t.label}: {t.value}" for t in self.tiles)


def _tile(tile: Tile) -> str:
    parts = (
        ("wb-tile-label", tile.label),
        ("wb-tile-value", tile.value),
        ("wb-tile-change", tile.change),
        ("wb-tile-base", tile.base),
    )
    inside = "".join(f'<p class="{css}">{clean(text)}</p>' for css, text in parts if text)
    return f'<div class="wb-tile">{inside}</div>'


class CalloutKind(StrEnum):
    """The three kinds of callout that a report may have."""

    RECOMMENDATION = "recommendation"
    LIMITATION = "limitation"
    HOW_TO_READ = "howto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Block):
    """A boxed remark of one of three kinds."""

    kind: CalloutKind
    title: str
    paragraphs: tuple[str, ...]

    def html(self) -> str:
        return (
            f'<aside class="wb-callout wb-{self.kind.value}" role="note">'
            f'<p class="wb-callout-title">{clean(self.title)}</p>'
            f"{_paragraphs(self.paragraphs)}</aside>"
        )

    def plain(self) -> str:
        return f"{self.title}: {' '.join(self.paragraphs)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes(Block):
    """Customers' own words, shown as text whatever they contain."""

    title: str
    quotes: tuple[tuple[str, str], ...]
    """Words and who said them (score and segment, never a name)."""

    def html(self) -> str:
        items = "".join(
            f'<blockquote class="wb-quote"><p>{clean(q)}</p><p class="wb-source">{clean(who)}</p>'
            "</blockquote>"
            for q, who in self.quotes
        )
        title = f'<p class="wb-quotes-title">{clean(self.title)}</p>'
        return f'<div class="wb-quotes">{title}{items}</div>'

    def plain(self) -> str:
        return f"{self.title}: {len(self.quotes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions(Block):
    """Terms and their explanation: glossary, method box, data quality."""

    items: tuple[tuple[str, str], ...]

    def html(self) -> str:
        rows = "".join(f"<dt>{clean(k)}</dt><dd>{clean(v)}</dd>" for k, v in self.items)
        return f'<dl class="wb-definitions">{rows}</dl>'

    def plain(self) -> str:
        return "; ".join(k for k, _ in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary(Block):
    """Terms and their explanation; the text leads to a term where it first uses it."""

    items: tuple[tuple[str, str, str, str], ...]
    """Term, explanation, ASCII name, and the words that a text uses for it (empty: none)."""

    def html(self) -> str:
        rows = "".join(
            f'<dt data-find="{clean(find)}" data-term="{clean(name)}">{clean(term)}</dt>'
            f"<dd>{clean(told)}</dd>"
            for term, told, name, find in self.items
        )
        return f'<dl class="wb-definitions wb-glossary">{rows}</dl>'

    def plain(self) -> str:
        return "; ".join(term for term, *_ in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotStudied(Block):
    """A topic that the data do not reach: no chapter of the report, one name in its appendix.

    In a notebook it tells the consultant what would fill the chapter; the report has no place for
    that.
    """

    name: str
    """Short name of the chapter."""
    fill: str

    def html(self) -> str:
        return ""

    def plain(self) -> str:
        return f"{self.name}: {self.fill}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return {"text/plain": self.plain()}, {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes(Block):
    """The consultant's commentary, marked as such; ``body`` is HTML made by the notes reader."""

    title: str
    body: str

    def html(self) -> str:
        return (
            f'<section class="wb-notes"><p class="wb-notes-title">{clean(self.title)}</p>'
            f"{self.body}</section>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultData(Block):
    """The result file's content and the sign that the notebook ran to its end.  Not shown."""

    diagnostic: str
    data: dict[str, Any]

    def plain(self) -> str:
        return f"result of {self.diagnostic}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        result = packed({"data": self.data})
        content = {
            "diagnostic": self.diagnostic,
            "headline": self.data.get("period_changes", {}).get("headline", []),
            "result": result if is_packed(result) else self.data,
        }
        return {RESULT_MIME: content, "text/plain": self.plain()}, {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileData(Block):
    """A file of the report that is not shown: a sheet to fill, a long table of the result."""

    name: str
    content: bytes
    folder: str = "internal"
    """Under the folder of the period: ``internal``, or ``results/<diagnostic>``."""

    def plain(self) -> str:
        return f"{self.name} ({len(self.content)} bytes)"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        data = b64encode(self.content).decode("ascii")
        content = {"folder": self.folder, "name": self.name, "base64": data}
        return {FILE_MIME: content, "text/plain": self.plain()}, {}
