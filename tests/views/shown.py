"""What a report shows, as data."""

from pathlib import Path

from opened_samples import ENGAGEMENTS
from openpyxl import load_workbook

from workbook.charts.chart import Chart
from workbook.diagnostics import all_diagnostics
from workbook.intake.schema_files import all_schemas
from workbook.notebook import Book
from workbook.report.blocks import (
    Block,
    Bullets,
    Callout,
    Definitions,
    FileData,
    Heading,
    NotStudied,
    Quotes,
    ReportLink,
    Text,
    Tiles,
)
from workbook.report.table import Table


def tables_of(folder: Path) -> set[str]:
    """Return the names of the tables that a sample engagement has."""
    files = {p.stem for p in (folder / "data").iterdir()}
    if "intake" not in files:
        return files
    sheets = load_workbook(folder / "data" / "intake.xlsx", read_only=True).sheetnames
    names = {h: n for n, schema in all_schemas().items() for h in (n, *schema.headings.values())}
    return files | {names[sheet] for sheet in sheets if sheet in names}


ASKED = [
    (d.name, e) for d in all_diagnostics() for e in ENGAGEMENTS if set(d.needs_any) & tables_of(e)
]
"""Every report that the samples give."""


def asked(name: str) -> list[Path]:
    """Return the sample engagements that give a diagnostic's report."""
    return [e for n, e in ASKED if n == name]


def chapters(view, report):
    """Return the blocks of every chapter by name."""
    return {name: list(chapter(view)) for name, chapter in report.chapters.items()}


def whole(view, report):
    """Return every block of a report."""
    body = [block for blocks in chapters(view, report).values() for block in blocks]
    return [*report.summary(view), *body, *report.actions(view), *report.method(view)]


_DRAWN: dict[int, list[Block]] = {}


def drawn(book: Book) -> list[Block]:
    """Return every block of a sample's report, drawn once."""
    if id(book) not in _DRAWN:
        _DRAWN[id(book)] = whole(book.view, book.diagnostic.report())
    return _DRAWN[id(book)]


def tile_words(tiles):
    return [w for t in tiles.tiles for w in (t.label, t.value, t.change, t.base)]


WORDS = {
    Heading: lambda b: [b.text, b.caption, b.short],
    Text: lambda b: b.paragraphs,
    Bullets: lambda b: b.items,
    Callout: lambda b: b.paragraphs,
    Tiles: tile_words,
    Chart: lambda b: [b.title, b.alt, b.note],
    Table: lambda b: [b.title, b.note, *(c.heading for c in b.columns)],
    Quotes: lambda b: [b.title],
    NotStudied: lambda b: [b.name],
    ReportLink: lambda b: [b.text],
    FileData: lambda b: [],
    Definitions: lambda b: [text for item in b.items for text in item],
}


def sentences(blocks):
    """Return all words that the blocks show, but for table cells."""
    return [words for block in blocks for words in WORDS[type(block)](block)]
