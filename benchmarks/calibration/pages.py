"""Whole reports on an engagement in which everybody is equal, and whom their pages name.

Read are the headings of every chapter, the tiles, the findings, the boxes and the actions, in the
words of the reader; tables and charts show all groups alike and name nobody.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.calibration.null_engagement import NAMES, make
from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics import diagnostic_named
from workbook.engagement.data import open_engagement
from workbook.notebook import Book, book_of
from workbook.report.blocks import Block, Bullets, Callout, Heading, Tiles
from workbook.report.table import Table

REPORTS = ("loyalty", "churn_reasons", "segmentation_matrix", "controllability")


def somebody_named(rng: np.random.Generator, *, report: str) -> bool:
    """Draw an engagement of equals; tell whether its report names anybody or anything."""
    with TemporaryDirectory() as folder:
        case = open_engagement(make(Path(folder) / "equal", rng))
        if case.errors:
            raise ValueError(f"the engagement cannot be used: {case.errors[0]}")
        return any(names_in(words) for words in words_of(book_of(diagnostic_named(report), case)))


def names_in(words: str) -> tuple[str, ...]:
    """Return the labels of the engagement that a sentence names."""
    return tuple(name for name in NAMES if name in words)


def words_of(book: Book) -> Iterator[str]:
    """Return what a report says of its own accord: page 2, headings, boxes, actions."""
    report, view = book.diagnostic.report(), book.view
    for section in (report.summary, *report.chapters.values()):
        yield from _told(section(view))
    actions = report.actions(view)
    yield from _told(actions)
    for table in (block for block in actions if isinstance(block, Table)):
        yield from (str(value) for row in table.rows for value in row.values())


def _told(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Callout):
            yield from block.paragraphs
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Tiles):
            for tile in block.tiles:
                yield from (tile.label, tile.value, tile.base)


STUDIES = tuple(
    Study(
        report=report,
        quantity="a page names somebody or something",
        n="120 customers",
        truth="everybody equal",
        kind=Kind.FALSE_NAME,
        one=partial(somebody_named, report=report),
        high=0.05,
        draws=200,
        small=3,
    )
    for report in REPORTS
)
