"""ABC classes of the customers as rows, counts and history."""

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, Abc, Marks, abc
from workbook.diagnostics.customer_ledger.months import Span, span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger
from workbook.diagnostics.names import choices_at, texts_at
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    ABC_CUSTOMERS,
    AbcBasis,
    AbcCounts,
    ClassPeriod,
    Window,
)
from workbook.stats.data_table import DataTable


def customers(ledger: Ledger, found: Abc, params: Params) -> DataTable:
    """Return the ranked customers, largest total first."""
    ranked = found.ranking
    marks = ranked.classes(params.abc_rule)
    other = ranked.classes("end" if params.abc_rule == "start" else "start")
    shares = ranked.before / ranked.base if ranked.base else np.ones(len(ranked.order))
    columns = {
        "customer_id": texts_at(ledger.customers, ranked.order),
        "total": ranked.total / ledger.scale,
        "share_before": shares,
        "class_": choices_at(CLASSES, marks),
        "other_class": choices_at(CLASSES, other),
        "non_positive": ranked.total <= 0,
        "tied": ranked.tied,
    }
    return DataTable(ABC_CUSTOMERS, pd.DataFrame(columns))


def counts(marks: Marks) -> AbcCounts:
    """Return customers by class."""
    a, b, c = np.bincount(marks[marks >= 0], minlength=3).tolist()
    return AbcCounts(A=a, B=b, C=c)


def basis(ledger: Ledger, found: Abc, params: Params) -> AbcBasis:
    """Return what the classes rest on.

    Raises
    ------
    ValueError
        When the classes do not add up to what was sold.
    """
    amounts = [
        int(np.maximum(found.totals, 0)[found.marks == mark].sum()) for mark in range(len(CLASSES))
    ]
    if sum(amounts) != found.ranking.base:
        raise ValueError(f"classes hold {sum(amounts)} of {found.ranking.base} units")
    total = found.ranking.total
    buyers, returners, all_ = (_counted(ledger, found.span, lines) for lines in (
        ledger.is_purchase, ledger.is_return, np.ones(len(ledger.amount), dtype=bool)
    ))  # fmt: skip
    return AbcBasis(
        window=window_of(ledger, found.span),
        measure=params.abc_measure,
        base=ledger.money(found.ranking.base),
        n=len(total),
        buyers=int(buyers.sum()),
        returns_only=int((returners & ~buyers).sum()),
        zero_only=int((all_ & ~returners & ~buyers).sum()),
        non_positive=int((total <= 0).sum()),
        no_sales=ledger.listed_or_bought - len(total),
        straddling=int(found.ranking.straddling.sum()),
        a_amount=ledger.money(amounts[0]),
        b_amount=ledger.money(amounts[1]),
        c_amount=ledger.money(amounts[2]),
    )


def _counted(ledger: Ledger, window: Span, lines: Bools) -> Bools:
    """Return which customers have such a line in the window."""
    whose = ledger.customer[ledger.within(window) & lines]
    return np.asarray(np.bincount(whose, minlength=ledger.n) > 0)


def window_of(ledger: Ledger, window: Span) -> Window:
    """Return a window and whether the data reach its beginning."""
    return Window(first=window.first, last=window.last, complete=ledger.reaches(window.first))


def history(ledger: Ledger, params: Params) -> tuple[ClassPeriod, ...]:
    """Return the classes of past windows that the data cover, and of today's, oldest first.

    The first past one is what this one is compared with; those before it tile.
    """
    months = params.window_months
    past = (ledger.earlier(months, ago=ago) for ago in reversed(range(params.history_periods)))
    covered = [window for window in past if ledger.reaches(window.first)]
    periods = []
    for window in (*covered, span(ledger.as_of, months)):
        found = abc(ledger, window, params)
        counted = counts(found.marks)
        periods.append(
            ClassPeriod(
                window=window_of(ledger, window),
                A=counted.A,
                B=counted.B,
                C=counted.C,
                amount=ledger.money(int(found.totals.sum())),
            )
        )
    return tuple(periods)
