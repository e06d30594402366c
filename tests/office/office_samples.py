"""An executed notebook with everything that slides and Word documents show."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import nbformat
from nbformat import NotebookNode
from pptx import Presentation

from workbook.charts.chart import Chart
from workbook.charts.chart_data import ChartData, Series
from workbook.engagement.settings import Brand
from workbook.language.catalog import load_texts
from workbook.report.blocks import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Cover,
    Heading,
    Notes,
    ResultData,
    Text,
    Tile,
    Tiles,
)
from workbook.report.meta import ReportMeta
from workbook.report.table import GROUP, Table, TableColumn

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200" width="480pt" height="200pt">'
    '<path d="M10 10h300v60h-300z" fill="#0b5394"/></svg>'
)
REASONS = ChartData(
    kind="bar",
    categories=("Price", "Late delivery"),
    series=(Series(name="Losses", values=(12.0, 7.0), colours=("#0b5394", "#7a7f87")),),
    fmt="count",
)
EMU = 914_400


def meta(language: str = "en", **brand: Any) -> ReportMeta:
    return ReportMeta(
        title="Loyalty",
        client="Acme",
        language=language,
        period="2025-Q4",
        as_of=date(2025, 12, 31),
        brand=Brand(name="Consulting Ltd", author="Anna Kováčová", **brand),
        currency="GBP",
    )


def notebook_of(*blocks: Block) -> NotebookNode:
    """Return a notebook with one cell for each block, the result in the last."""
    end = ResultData(diagnostic="loyalty", data={"n": 1})
    return nbformat.v4.new_notebook(cells=[_cell(block) for block in (*blocks, end)])


def _cell(block: Block) -> NotebookNode:
    data, metadata = block._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    return nbformat.v4.new_code_cell("show()", outputs=[output], execution_count=1)


def chart(title: str = "Reasons", alt: str = "Price leads", data: ChartData | None = None) -> Chart:
    return Chart(title=title, alt=alt, note="Source: register; n = 19", svg=SVG, data=data)


def table(rows: int = 3, *, words: str = "North", groups: bool = False) -> Table:
    body: list[dict[str, Any]] = [{"label": f"{words} {i}", "n": 1000 + i} for i in range(rows)]
    if groups:
        body.insert(0, {GROUP: "Large ones"})
    return Table(
        name="segments",
        title="Segments",
        columns=(
            TableColumn(key="label", heading="Segment"),
            TableColumn(key="n", heading="Customers", fmt="count"),
        ),
        rows=body,
        texts=load_texts("report", "en"),
        note="Survey, n = 120",
    )


def steps(words: str = "Call them") -> Table:
    columns = ("What", "Who", "By when", "Effect")
    return Table(
        name="first_steps",
        title="What to do first",
        columns=[TableColumn(key=c, heading=c) for c in columns],
        rows=[dict.fromkeys(columns, words)] * 3,
        texts=load_texts("report", "en"),
        page_only=True,
    )


def page_two(words: str = "Bring the warehouse back") -> list[Block]:
    return [
        Heading(text=words, short="Summary"),
        Text(("316 answers.",), lead=True),
        Tiles(tuple(Tile(label="NPS", value="+34", change="▲ +5", base="n = 316") for _ in "1234")),
        Heading(text="Main findings", level=3),
        Bullets((words, words, words), ordered=True, under=("", "Before: 3", "")),
        steps(words),
        Callout(kind=CalloutKind.LIMITATION, title="Limitation", paragraphs=(words,)),
    ]


def report(
    language: str = "en", *, words: str = "Bring the warehouse back", chapters: Sequence[Block] = ()
) -> NotebookNode:
    """Return a whole report whose sentences are ``words``."""
    texts = load_texts("report", language)
    body = chapters or [
        Heading(text=f"{words} 1", caption="Losses, count"),
        Text(("19 losses are known.",)),
        chart(data=REASONS),
        Callout(kind=CalloutKind.HOW_TO_READ, title="How to read", paragraphs=(words,)),
        Heading(text=f"{words} 2"),
        chart(title="Share by month", alt="The share falls"),
        Heading(text=f"{words} 3"),
        table(60, groups=True),
    ]
    return notebook_of(
        Cover(title="Loyalty", client="Acme", facts=[("Period", "2025-Q4")]),
        *page_two(words),
        Heading(text="Commentary", short=texts("notes.short")),
        Notes(title="By Anna", body=f"<h3>Why</h3><p>{words}</p><ul><li>One</li></ul>"),
        *body,
        Heading(text="Appendix", short=texts("appendix.short")),
        Heading(text="Method", level=3),
        table(2),
    )


def opened(slides: bytes) -> Any:
    return Presentation(io.BytesIO(slides))


def words_on(slide: Any) -> str:
    """Return all words of a slide, those of its tables too."""
    said = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)
