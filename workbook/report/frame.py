"""The parts that every report has: cover, commentary, data quality, glossary, last line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook import __version__
from workbook.engagement.settings import Engagement
from workbook.language.catalog import Texts
from workbook.report.blocks import (
    Block,
    Bullets,
    Cover,
    Glossary,
    Heading,
    Notes,
    Text,
)
from workbook.report.cells import Value
from workbook.report.table import Table, TableColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse:
    """Rows of one table: how many its files had and how many the report uses."""

    table: str
    rows_in: int
    rows_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the client should know of the data, in the report's language."""

    table: str
    """The table it is about; empty where it is about none, or several."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """What was read and what is not as it should be."""

    tables: Sequence[TableUse]
    remarks: Sequence[Remark]
    log: Sequence[str] = ()
    """Every step and remark with file and row, for the consultant."""
    data_hash: str
    """Of all input files; shortened on the last line."""


def cover(engagement: Engagement, texts: Texts) -> Cover:
    """Return the title page; ``texts`` are those of a diagnostic, which has the title."""
    status = "draft" if engagement.draft else "final"
    facts = [
        (texts("cover.period"), texts.write(engagement.period, "period")),
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
    heading = Heading(text=texts("notes.heading"), short=texts("notes.short"))
    return [heading, Notes(title=title, body=notes)]


def appendix_heading(texts: Texts) -> Heading:
    """Return the heading of the appendix."""
    return Heading(text=texts("appendix.heading"), short=texts("appendix.short"), new_page=True)


def details(texts: Texts, blocks: Sequence[Block]) -> list[Block]:
    """Return what stands behind the chapters, a chapter of it as a part; nothing without any."""
    if not blocks:
        return []
    parts = [replace(b, level=3) if isinstance(b, Heading) else b for b in blocks]
    return [Heading(text=texts("appendix.details"), level=3), *parts]


def not_studied(texts: Texts, names: Sequence[str]) -> list[Block]:
    """Return the one line on chapters that there are no data for."""
    return [Text((texts("appendix.not_studied", names="; ".join(names)),))] if names else []


def data_quality(texts: Texts, quality: DataQuality) -> list[Block]:
    """Return the part on what was read, used and doubtful: tables by name, no files and rows."""
    rows: list[dict[str, Value]] = [
        {
            "table": _name(texts, use.table),
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
            TableColumn(key="rows_in", heading=texts("quality.rows_in"), fmt="count"),
            TableColumn(key="rows_used", heading=texts("quality.rows_used"), fmt="count"),
            TableColumn(key="left_out", heading=texts("quality.left_out"), fmt="count"),
        ),
        rows=rows,
        texts=texts,
    )
    told = tuple(dict.fromkeys(_told(texts, remark) for remark in quality.remarks))
    heading = texts("quality.heading", n=len(told)) if told else texts("quality.heading_clean")
    remarks = [Bullets(told)] if told else []
    return [Heading(text=heading, level=3), table, *remarks]


def _name(texts: Texts, table: str) -> str:
    return texts(f"tables.{table}") if f"tables.{table}" in texts else table


def _told(texts: Texts, remark: Remark) -> str:
    if remark.table:
        return texts("quality.of_table", table=_name(texts, remark.table), text=remark.text)
    return remark.text[:1].upper() + remark.text[1:]


def glossary(texts: Texts, terms: Sequence[str]) -> list[Block]:
    """Return the glossary of the named terms; nothing without any."""
    if not terms:
        return []
    items = tuple(
        (
            texts(f"glossary.{t}.term"),
            texts(f"glossary.{t}.text"),
            t,
            texts(key) if (key := f"glossary.{t}.find") in texts else "",
        )
        for t in terms
    )
    return [Heading(text=texts("glossary_heading"), level=3), Glossary(items=items)]


def made_by(engagement: Engagement, texts: Texts, quality: DataQuality) -> Text:
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
