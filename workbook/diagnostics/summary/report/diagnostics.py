"""Each diagnostic in short: its answer, its best exhibit, where to read on."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.charts.chart import Chart
from workbook.diagnostics.summary.report.summary_view import (
    Sister,
    SummaryView,
    report_of,
    sisters,
)
from workbook.report.blocks import Block, Heading, ReportLink
from workbook.report.diagnostic_report import AnyReport
from workbook.report.table import Table
from workbook.report.view import AnyView

ROWS = 3
"""Rows of a table that stands for a report."""


def chapter(view: SummaryView) -> list[Block]:
    """Return a part for each diagnostic that is there."""
    return [block for sister in sisters(view) for block in _part(view, sister)]


def _part(view: SummaryView, sister: Sister) -> Iterator[Block]:
    page, title = sister.shown, sister.view.text("title")
    yield Heading(text=page.answer, short=title)
    yield from _exhibit(sister.view, report_of(sister.one))
    yield ReportLink(text=view.text("read_on", title=title), report=sister.one.name)


def _exhibit(sister: AnyView, report: AnyReport) -> list[Block]:
    """Return the first exhibit of the first of its best chapters that is there."""
    for name in report.best:
        blocks = [block for block in report.chapters[name](sister) if not block.detail]
        charts: list[Block] = [block for block in blocks if isinstance(block, Chart)]
        tables: list[Block] = [
            # its own report has the whole table, and the XLSX of it the sheet
            replace(block, page_only=True, shown=min(block.shown, ROWS), note="")
            for block in blocks
            if isinstance(block, Table) and not block.appendix_only
        ]
        if charts or tables:
            return [*charts, *tables][:1]
    return []
