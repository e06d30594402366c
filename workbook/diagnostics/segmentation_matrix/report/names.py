"""What things are called in the segmentation-matrix report, and the view that all chapters take."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus
from workbook.report.cells import Look, Value
from workbook.report.view import View
from workbook.stats.data_table import DataTable

MatrixView = View[Result, Params]
T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Column: TypeAlias = tuple[str, Callable[[T], Value], str | Look]
"""A column of :meth:`View.table`: key of its heading, what gives a cell, number format."""
CLASSES = ("A", "B", "C")


def customer_names(view: MatrixView) -> Mapping[str, str]:
    """Return the name of every customer by its id; the id where it has none."""
    customers = view.result.customers
    pairs = zip(customers.values("customer_id"), customers.values("name"), strict=True)
    return {customer: name or customer for customer, name in pairs}


def customers_of(view: MatrixView, table: DataTable) -> list[str]:
    """Return the customer's name in each row of a table."""
    names = customer_names(view)
    return [names.get(customer, customer) for customer in table.values("customer_id")]


def in_words(cells: Sequence[H], word: Callable[[H], str]) -> list[str]:
    """Return each cell in words; a word is made once for all equal cells.

    >>> in_words(["a", "b", "a"], str.upper)
    ['A', 'B', 'A']
    """
    words = {cell: word(cell) for cell in dict.fromkeys(cells)}
    return [words[cell] for cell in cells]


def listed(names: Sequence[str], most: int) -> str:
    """Return the first names, and a sign where there are more.

    >>> listed(["a", "b", "c"], 2), listed(["a", "b"], 2)
    ('a, b …', 'a, b')
    """
    return ", ".join(names[:most]) + (" …" if names[most:] else "")


def segment_name(view: MatrixView, segment: str | None) -> str:
    """Return the name of a segment; customers without one have words of their own."""
    return segment or view.text("no_segment")


def manager_name(view: MatrixView, manager: str | None) -> str:
    """Return the name of a manager; what nobody is responsible for has words of its own."""
    return manager or view.text("no_manager")


def gone(view: MatrixView) -> str:
    """Return what customers of status lost are called: ``lost``, ``silent`` or ``either``.

    The result decides it (see ``LifecycleWindow.named``); sentences have a variant of each.
    """
    window = view.result.lifecycle_window
    return "lost" if window is None else window.named


def status_name(view: MatrixView, status: object) -> str:
    """Return the words of a lifecycle status; a dash of none.

    Who bought nothing for a window that does not fit is silent.
    """
    if not status:
        return "–"
    return view.text(f"status.{gone(view) if status == LifecycleStatus.LOST else status}")


def own_statuses(view: MatrixView, statuses: Sequence[str], customers: Sequence[str]) -> list[str]:
    """Return the words of each customer's status, with what makes it lost.

    Whose contract ended, and who stands in the register of losses, is lost in any window.
    """
    rows, window = view.result.lifecycle, view.result.lifecycle_window
    by = {
        customer: "registered" if registered else "contract_ended"
        for customer, registered, ended in zip(
            rows.values("customer_id"),
            rows.values("registered"),
            rows.values("contract_ended"),
            strict=True,
        )
        if registered or ended
    }
    called = "lost" if window is None else window.called
    lost = str(LifecycleStatus.LOST)
    return in_words(
        [by.get(c, called) if s == lost else s for s, c in zip(statuses, customers, strict=True)],
        lambda word: view.text(f"status.{word}"),
    )


def cell_status(view: MatrixView, status: str | None) -> str:
    """Return the words of a status of the board, nothing of none."""
    return view.text(f"cell.{status.replace(' ', '_')}") if status else ""


def attribute(view: MatrixView, column: str) -> str:
    """Return the words of a column of the customers table; the client's own columns as they are."""
    key = f"attribute.{column}"
    return view.text(key) if key in view.texts else column


def yes(view: MatrixView, table: DataTable, column: str) -> list[str]:
    """Return "yes" where a column is True, else nothing."""
    word = view.text("yes")
    return [word if true else "" for true in table.values(column)]
