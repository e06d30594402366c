"""What every view is given, and the few ways of saying a number that all reports share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from workbook.charts.number_format import NumberFormat
from workbook.charts.palette import Palette
from workbook.diagnostics.periods.changes import Changes
from workbook.engagement.settings import Engagement
from workbook.language.catalog import Texts
from workbook.report.blocks import Block, Callout, CalloutKind, NotStudied
from workbook.report.cells import Look, Value, Written
from workbook.report.table import MAX_ROWS, ColumnRows, Table, TableColumn
from workbook.stats.data_table import DataTable

if TYPE_CHECKING:
    from workbook.charts.chart import Chart
    from workbook.charts.plot import Plot

R = TypeVar("R")
T = TypeVar("T")
P = TypeVar("P")

NO_PERCENTAGES_BELOW = 30
"""A share of fewer answers than this is told as "k of n"."""
FLAGGED_BELOW = 100
"""Fewer answers than this are flagged as few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Generic[R, P]):
    """A result with the words, colours and facts that its report needs."""

    result: R
    params: P
    texts: Texts
    palette: Palette
    engagement: Engagement
    against: str = ""
    """Period of the engagement that this one is compared with; empty without one."""
    changed: Changes = field(default_factory=Changes)
    """What changed since the last period; empty in a first one."""
    masked: Callable[[str], str] = str
    """Returns words as the report shows them: under pseudonyms without names."""

    def text(self, key: str, **values: object) -> str:
        """Return a sentence of the report's texts."""
        return self.texts(key, **values)

    def source(self, n: int, *notes: str) -> str:
        """Return the line under an exhibit: source, n and what else it needs."""
        return " ".join((self.text("source_n", n=n), *notes))

    def left_out(self, section: str) -> list[Block]:
        """Return what stands for a chapter without data: a name at the end of the report."""
        name, fill = self.text(f"short.{section}"), self.text(f"absent.{section}.fill")
        return [NotStudied(name=name, fill=fill)]

    def period(self, label: str, case: str = "label") -> str:
        """Return a period as people call it: ``2025-Q4`` is ``IV квартал 2025``."""
        return self.texts.numbers.period(label, case)

    def columns(self, *columns: tuple[str, str, str | Look]) -> list[TableColumn]:
        """Return columns from key, text key of the heading, and number format or look."""
        return [_column(key, self.text(text), look) for key, text, look in columns]

    def fmt(self, name: str) -> NumberFormat:
        """Return the number format of that name as a function (for chart axes)."""
        return NumberFormat(name, self.texts.write)

    def in_percent(self, n: int) -> bool:
        """Return whether parts of so many are told in per cent; else as "k of n"."""
        return n >= NO_PERCENTAGES_BELOW

    def few_answers(self, n: int) -> tuple[str, ...]:
        """Return the sentence that so many answers are few; nothing where they are not."""
        if n < FLAGGED_BELOW:
            return (self.text("few_answers", flagged=FLAGGED_BELOW),)
        return ()

    def part(self, k: int, n: int) -> str:
        """Say a part of a whole: in per cent, or as "k of n" where n is small."""
        if self.in_percent(n):
            return self.texts.write(k / n, "pct")
        return self.text("k_of_n", k=k, n=n)

    def part_cell(self, k: int, n: int) -> Value:
        """Return the cell of a part of a whole: a figure where it is told in per cent."""
        return Written(k / n, "pct") if self.in_percent(n) else self.part(k, n)

    def interval(self, low: float | None, high: float | None, name: str) -> str:
        """Say an interval in the number format ``name``; a dash when there is none."""
        if low is None or high is None:
            return "–"
        return self.text(
            "interval", low=self.texts.write(low, name), high=self.texts.write(high, name)
        )

    def draw(self, plot: "Plot", *, title: str, alt: str, note: str) -> "Chart":
        """Return a chart in the brand's font (see :func:`workbook.charts.chart.draw`)."""
        from workbook.charts.chart import draw  # what only reads and computes draws nothing

        return draw(plot, title=title, alt=alt, note=note, font=self.palette.font)

    def table(
        self,
        name: str,
        items: "Iterable[T] | DataTable",
        *columns: "tuple[str, Callable[[T], Value] | Sequence[Value], str | Look] | TableColumn",
        title: str,
        note: str = "",
        shown: int = MAX_ROWS,
        appendix_only: bool = False,
        facts: Mapping[str, object] = MappingProxyType({}),
    ) -> Table:
        """Return a table of one row per item.

        Parameters
        ----------
        items
            What the rows are of: records, or the rows of a table of results.
        columns
            Text key of the heading, what gives the cell of an item (or the cells of all, for a
            table of results), and the number format, or a look (``interval("pct")``,
            ``spare("count")``); a :class:`TableColumn` where people fill in.
        facts
            Values that headings name.

        Examples
        --------
        ``view.table("groups", found, ("columns.group", lambda g: g.name, ""), title=title)``
        """
        made: list[TableColumn] = []
        getters: list[Any] = []
        for place, column in enumerate(columns):
            if isinstance(column, TableColumn):
                made.append(column)
                getters.append(None)
                continue
            heading, cell, look = column
            made.append(_column(f"c{place}", self.text(heading, **facts), look))
            getters.append(cell)
        return Table(
            name=name,
            title=title,
            columns=made,
            rows=_rows(items, made, getters),
            texts=self.texts,
            note=note,
            shown=shown,
            appendix_only=appendix_only,
        )

    def limitation(self, *paragraphs: str) -> list[Block]:
        """Return a box of limitations, or nothing when there are none."""
        return self._box(CalloutKind.LIMITATION, "callout.limitation", paragraphs)

    def how_to_read(self, *paragraphs: str) -> list[Block]:
        """Return a box that explains how to read an exhibit."""
        return self._box(CalloutKind.HOW_TO_READ, "callout.howto", paragraphs)

    def recommendation(self, *paragraphs: str) -> list[Block]:
        """Return a box with the recommendation."""
        return self._box(CalloutKind.RECOMMENDATION, "callout.recommendation", paragraphs)

    def _box(self, kind: CalloutKind, title: str, paragraphs: Sequence[str]) -> list[Block]:
        told = tuple(p for p in paragraphs if p)
        return [Callout(kind=kind, title=self.text(title), paragraphs=told)] if told else []


AnyView: TypeAlias = View[Any, Any]
"""Of a diagnostic that is only known by its name."""


def _column(key: str, heading: str, look: str | Look) -> TableColumn:
    if isinstance(look, str):
        return TableColumn(key=key, heading=heading, fmt=look)
    return TableColumn(
        key=key, heading=heading, fmt=look.fmt, interval=look.interval, spare=look.spare
    )


def _rows(
    items: Any, columns: Sequence[TableColumn], cells: Sequence[Any]
) -> Sequence[Mapping[str, Value]]:
    """Return the rows of a table: by column for a table of results, else by item."""
    given = [(c.key, cell) for c, cell in zip(columns, cells, strict=True) if cell is not None]
    if isinstance(items, DataTable):
        return ColumnRows(dict(given))
    return [{key: cell(item) for key, cell in given} for item in items]
