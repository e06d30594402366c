"""Executed notebooks made straight from blocks, with one of every block."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import nbformat
from nbformat import NotebookNode

from workbook.charts.chart import Chart
from workbook.language.catalog import load_texts
from workbook.report.blocks import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Cover,
    Definitions,
    Heading,
    Notes,
    Quotes,
    ResultData,
    Text,
    Tile,
    Tiles,
)
from workbook.report.table import Table, TableColumn


def shown(block: Any) -> NotebookNode:
    data, metadata = block._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def cell(*outputs: NotebookNode, count: int | None = 1, tags: Sequence[str] = ()) -> NotebookNode:
    return nbformat.v4.new_code_cell(
        "show()", outputs=list(outputs), execution_count=count, metadata={"tags": list(tags)}
    )


def notebook_of(*blocks: Block) -> NotebookNode:
    """One cell for each block, the result in the last."""
    end = cell(shown(ResultData(diagnostic="loyalty", data={"n": 1})))
    return nbformat.v4.new_notebook(cells=[*(cell(shown(b)) for b in blocks), end])


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200" width="480pt" height="200pt">'
    '<path d="M10 10h300v60h-300z" fill="#0b5394"/></svg>'
)


def chart(title: str = "Shares", alt: str = "A bar of 60%", note: str = "n = 120") -> Chart:
    return Chart(title=title, alt=alt, note=note, svg=SVG)


def table(rows: int = 3, *, label: str = "Группа", title: str = "Сегменты") -> Table:
    return Table(
        name="segments",
        title=title,
        columns=(
            TableColumn(key="label", heading="Сегмент"),
            TableColumn(key="n", heading="n", fmt="count"),
            TableColumn(key="nps", heading="NPS", fmt="points"),
            TableColumn(key="day", heading="Дата", fmt="day_short"),
            TableColumn(key="who", heading="Кто", fill=True),
        ),
        rows=[
            {"label": f"{label} {i}", "n": 1000 + i, "nps": 1.5 - i, "day": date(2025, 1, 31)}
            for i in range(rows)
        ],
        texts=load_texts("report", "ru"),
        note="Опрос, n = 120",
    )


def every_block() -> list[Block]:
    return [
        Cover(title="Лояльность", client="Акме", facts=[("Период", "2025-Q4")]),
        Heading(text="NPS вырос до 34", caption="NPS, пункты", short="Итог"),
        Text(("Первый абзац.",), lead=True),
        Tiles((Tile(label="NPS", value="+34", change="▲ +8", base="n = 120"),)),
        Bullets(("Раз", "Два"), ordered=True),
        Callout(kind=CalloutKind.LIMITATION, title="Ограничение", paragraphs=("Мало ответов.",)),
        Heading(text="Сегменты различаются", level=3),
        chart(),
        Heading(text="Полные таблицы", new_page=True),
        table(70),
        Quotes(title="Голоса", quotes=(("Долго отвечаете", "NPS 3"),)),
        Notes(title="Комментарий", body="<p>Мнение <strong>консультанта</strong>.</p>"),
        Definitions(items=(("NPS", "Промоутеры минус детракторы"),)),
    ]
