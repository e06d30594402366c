"""The parts that every report has: cover, commentary, data quality, glossary, last line."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook import __version__
from workbook.engagement.settings import Engagement
from workbook.language.catalog import Texts
from workbook.report.blocks import (
    Block,
    Cover,
    Definitions,
    Heading,
    Notes,
    Text,
)
from workbook.report.table import Table, TableColumn, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse:
    """Rows of one table: how many the file had and how many the report uses."""

    table: str
    file: str
    rows_in: int
    rows_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """What was read and what is not as it should be."""

    tables: Sequence[TableUse]
    warnings: Sequence[str]
    """Sentences in the report's language."""
    steps: Sequence[str] = ()
    """What was done to the files before they were read, in the report's language."""
    data_hash: str
    """Of all input files; shortened on the last line."""


def cover(engagement: Engagement, texts: Texts) -> Cover:
    """Return the title page; ``texts`` are those of a diagnostic, which has the title."""
    status = "draft" if engagement.draft else "final"
    facts = [
        (texts("cover.period"), engagement.period),
        (texts("cover.as_of"), texts.write(engagement.as_of, "day")),
        (texts("cover.author"), _signed(engagement)),
        (texts("cover.status"), texts(f"cover.{status}")),
        (texts("cover.confidential"), texts("cover.confidential_text", client=engagement.client)),
    ]
    return Cover(
        title=texts("title"),
        client=engagement.client,
        facts=tuple(facts),
        logo=engagement.brand.logo,
        picture=engagement.brand.cover,
    )


def _signed(engagement: Engagement) -> str:
    """Return who signs the report, and for which firm."""
    brand = engagement.brand
    parts = (brand.author, brand.name if brand.name not in brand.author else "")
    return ", ".join(filter(None, parts)) or "–"


def commentary(texts: Texts, notes: str, author: str) -> list[Block]:
    """Return the consultant's commentary, or nothing without notes."""
    if not notes:
        return []
    title = texts("notes.by", author=author) if author else texts("notes.title")
    heading = Heading(text=texts("notes.heading"), short=texts("notes.short"), new_page=True)
    return [heading, Notes(title=title, body=notes)]


def appendix_heading(texts: Texts) -> Heading:
    """Return the heading of the appendix."""
    return Heading(text=texts("appendix.heading"), short=texts("appendix.short"), new_page=True)


def not_studied(texts: Texts, names: Sequence[str]) -> list[Block]:
    """Return the one line on chapters that there are no data for."""
    return [Text((texts("appendix.not_studied", names="; ".join(names)),))] if names else []


def data_quality(texts: Texts, quality: DataQuality) -> list[Block]:
    """Return the part on what was read, used and doubtful."""
    rows: list[dict[str, Value]] = [
        {
            "table": texts(f"tables.{use.table}") if f"tables.{use.table}" in texts else use.table,
            "file": use.file,
            "rows_in": use.rows_in,
            "rows_used": use.rows_used,
            "left_out": use.rows_in - use.rows_used,
        }
        for use in quality.tables
    ]
    table = Table(
        name="data_quality",
        title=texts("quality.title"),
        columns=(
            TableColumn(key="table", heading=texts("quality.table")),
            TableColumn(key="file", heading=texts("quality.file")),
            TableColumn(key="rows_in", heading=texts("quality.rows_in"), fmt="count"),
            TableColumn(key="rows_used", heading=texts("quality.rows_used"), fmt="count"),
            TableColumn(key="left_out", heading=texts("quality.left_out"), fmt="count"),
        ),
        rows=rows,
        texts=texts,
    )
    warnings = [Text(tuple(quality.warnings))] if quality.warnings else []
    steps = [Text((texts("quality.steps"), *quality.steps))] if quality.steps else []
    return [
        Heading(text=_quality_heading(texts, quality), level=3),
        table,
        *steps,
        *warnings,
    ]


def _quality_heading(texts: Texts, quality: DataQuality) -> str:
    if not quality.warnings:
        return texts("quality.heading_clean")
    return texts("quality.heading", n=len(quality.warnings))


def glossary(texts: Texts, terms: Sequence[str]) -> list[Block]:
    """Return the glossary of the named terms; nothing without any."""
    if not terms:
        return []
    items = tuple((texts(f"glossary.{t}.term"), texts(f"glossary.{t}.text")) for t in terms)
    return [Heading(text=texts("glossary_heading"), level=3), Definitions(items=items)]


def last_line(engagement: Engagement, texts: Texts, quality: DataQuality) -> Text:
    """Return the line that says with what this report can be made again."""
    return Text(
        (
            texts(
                "reproducible",
                version=__version__,
                hash=quality.data_hash[:12],
                as_of=engagement.as_of,
            ),
        )
    )
