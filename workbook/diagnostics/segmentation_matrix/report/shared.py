"""What several chapters of the segmentation-matrix report need."""

from collections.abc import Mapping

from workbook.diagnostics.segmentation_matrix import Params, Result
from workbook.diagnostics.segmentation_matrix.value_result import Status
from workbook.report.parts import table_columns
from workbook.report.table import Table
from workbook.report.view import View

MatrixView = View[Result, Params]
CLASSES = ("A", "B", "C")


def customer_names(view: MatrixView) -> Mapping[str, str]:
    """Return the name of every customer by its id; the id where it has none."""
    return {c.customer_id: c.name or c.customer_id for c in view.result.customers}


def segment_name(view: MatrixView, segment: str | None) -> str:
    """Return the name of a segment; customers without one have words of their own."""
    return segment or view.text("no_segment")


def manager_name(view: MatrixView, manager: str | None) -> str:
    """Return the name of a manager; what nobody is responsible for has words of its own."""
    return manager or view.text("no_manager")


def gone(view: MatrixView) -> str:
    """Return what customers without a purchase in the window are called: ``lost`` or ``silent``.

    The result decides it (see ``LifecycleWindow.called``); sentences have a variant of each.
    """
    window = view.result.lifecycle_window
    return "lost" if window is None else window.called


def status_name(view: MatrixView, status: object, *, contract_ended: bool = False) -> str:
    """Return the words of a lifecycle status; a dash of none.

    Who bought nothing for a window that does not fit is silent; whose contract ended is lost in
    any window.
    """
    if not status:
        return "–"
    if status == Status.LOST:
        return view.text("status.contract_ended" if contract_ended else f"status.{gone(view)}")
    return view.text(f"status.{status}")


def attribute(view: MatrixView, column: str) -> str:
    """Return the words of a column of the customers table; the client's own columns as they are."""
    key = f"attribute.{column}"
    return view.text(key) if key in view.texts else column


def full_table(
    view: MatrixView,
    name: str,
    columns: tuple[tuple[str, str, str], ...],
    rows: list[dict[str, object]],
) -> Table:
    """Return a table that stands in the XLSX only, titled ``full.<name>``."""
    return Table(
        name=name,
        title=view.text(f"full.{name}"),
        columns=table_columns(view, *columns),
        rows=rows,  # type: ignore[arg-type]
        texts=view.texts,
        appendix_only=True,
    )
