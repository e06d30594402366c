"""Small parts that chapters of every report share."""

from collections.abc import Sequence
from typing import Any

from workbook.blocks import Block, Heading, Text
from workbook.table import TableColumn
from workbook.views.view import View


def left_out(view: View[Any, Any], section: str, *, new_page: bool = False) -> list[Block]:
    """Return the heading and the one line that says what would fill a missing chapter."""
    return [
        Heading(
            text=view.say(f"absent.{section}.heading"),
            short=view.say(f"short.{section}"),
            new_page=new_page,
        ),
        Text((view.say(f"absent.{section}.fill"),)),
    ]


def table_columns(view: View[Any, Any], *columns: tuple[str, str, str]) -> list[TableColumn]:
    """Return columns from key, text key of the heading, and number format."""
    return [TableColumn(key=key, heading=view.say(text), fmt=fmt) for key, text, fmt in columns]


def source(view: View[Any, Any], n: int, *notes: str) -> str:
    """Return the line under an exhibit: source, n and what else it needs."""
    return " ".join((view.say("source_n", n=n), *notes))


def joined(labels: Sequence[str]) -> str:
    """Return labels as one text."""
    return " + ".join(labels)
