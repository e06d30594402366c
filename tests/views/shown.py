"""What a report shows, as data."""

from functools import cache
from pathlib import Path

from workbook.blocks import Bullets, Callout, Definitions, Heading, Quotes, Text, Tiles
from workbook.chart import Chart
from workbook.notebook import Book, open_book
from workbook.table import Table

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))


@cache
def opened(name: str, folder: Path) -> Book:
    """Return a diagnostic of a sample engagement, computed once."""
    return open_book(name, str(folder))


def chapters(view, report):
    """Return the blocks of every chapter by name."""
    return {name: list(chapter(view)) for name, chapter in report.chapters.items()}


def whole(view, report):
    """Return every block of a report."""
    body = [block for blocks in chapters(view, report).values() for block in blocks]
    return [*report.summary(view), *body, *report.actions(view), *report.method(view)]


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
    Definitions: lambda b: [text for item in b.items for text in item],
}


def sentences(blocks):
    """Return all words that the blocks show, but for table cells."""
    return [words for block in blocks for words in WORDS[type(block)](block)]
