"""Small parts that chapters of every report share."""

from collections.abc import Sequence

from workbook.report.blocks import Block, NotStudied
from workbook.report.table import TableColumn
from workbook.report.view import P, R, View


def left_out(view: View[R, P], section: str) -> list[Block]:
    """Return what stands for a chapter without data: nothing in the body, a name at the end."""
    name, fill = view.text(f"short.{section}"), view.text(f"absent.{section}.fill")
    return [NotStudied(name=name, fill=fill)]


def table_columns(view: View[R, P], *columns: tuple[str, str, str]) -> list[TableColumn]:
    """Return columns from key, text key of the heading, and number format."""
    return [TableColumn(key=key, heading=view.text(text), fmt=fmt) for key, text, fmt in columns]


def source(view: View[R, P], n: int, *notes: str) -> str:
    """Return the line under an exhibit: source, n and what else it needs."""
    return " ".join((view.text("source_n", n=n), *notes))


def joined(labels: Sequence[str]) -> str:
    """Return labels as one text."""
    return " + ".join(labels)
