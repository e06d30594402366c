"""Who moved from which class to which between two windows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import Marks
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import Move

NONE = "none"
"""Name of having no class."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moment:
    """Classes of all known customers in one window and what they bought in it."""

    marks: Marks
    """Place of the class, -1 without one."""
    amounts: Ints
    """Exact units."""


def moves(
    ledger: Ledger, names: Sequence[str], *, before: Moment, now: Moment, params: Params
) -> tuple[Move, ...]:
    """Return the moves that were made, by class before and now; no class comes last.

    Customers without a class in both windows did not move and are left out.

    Raises
    ------
    ValueError
        When the moves do not add up to the classes of either window.
    """
    size = len(names) + 1
    was, is_now = (np.where(m.marks < 0, len(names), m.marks) for m in (before, now))
    shown = (was < len(names)) | (is_now < len(names))
    cell = was[shown].astype(np.int64) * size + is_now[shown]
    n = np.bincount(cell, minlength=size * size).reshape(size, size)
    amount_before = _sums(cell, before.amounts[shown], size)
    amount_now = _sums(cell, now.amounts[shown], size)
    net = amount_now - amount_before
    _reconcile(n, before=before.marks, now=now.marks)
    rows, row_net = n.sum(axis=1), net.sum(axis=1)
    all_names = (*names, NONE)
    return tuple(
        Move(
            before=all_names[i],
            now=all_names[j],
            n=int(n[i, j]),
            row=int(rows[i]),
            share=float(n[i, j] / rows[i]) if rows[i] >= params.min_row else None,
            amount_before=ledger.money(amount_before[i, j]),
            amount_now=ledger.money(amount_now[i, j]),
            net=ledger.money(net[i, j]),
            row_net=ledger.money(row_net[i]),
        )
        for i, j in np.argwhere(n > 0).tolist()
    )


def _sums(cell: Ints, amounts: Ints, size: int) -> Ints:
    total = np.zeros(size * size, dtype=np.int64)
    np.add.at(total, cell, amounts)
    return total.reshape(size, size)


def _reconcile(n: Ints, *, before: Marks, now: Marks) -> None:
    """Check that the margins are the classes of both windows."""
    size = len(n) - 1
    for margin, marks in ((n.sum(axis=1), before), (n.sum(axis=0), now)):
        classes = np.bincount(marks[marks >= 0], minlength=size)
        if not np.array_equal(margin[:size], classes):
            raise ValueError(f"moves add up to {margin[:size]}, classes to {classes}")
