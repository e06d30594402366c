"""Marks of satisfaction on one footing: 1-5 or percentages, from customers or from staff."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.loyalty.answers import givers
from workbook.stats import Floats

STEPS = 5
HIDDEN_STEP = 3
"""Marks up to here are dissatisfaction: 1-2 open, 3 hidden (source: working_with_customers)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """Marks of one side.

    ``frame`` has the columns ``mark`` (float), ``step`` (1-5), ``product``, ``parameter``,
    ``customer``, ``respondent``, ``manager`` (str, ``""`` unknown), ``giver`` (whose answers
    belong together) and ``date``; its index is that of the table.
    """

    frame: pd.DataFrame
    percent: bool

    @property
    def low(self) -> float:
        """Lowest mark of the scale."""
        return 0.0 if self.percent else 1.0

    @property
    def high(self) -> float:
        """Highest mark of the scale."""
        return 1.0 if self.percent else 5.0


def marks(satisfaction: pd.DataFrame, side: str) -> Marks:
    """Return the marks of ``customer`` or ``staff``; rows without a mark are left out.

    Raises
    ------
    ValueError
        When a mark is off the scale: the intake refuses such files.
    """
    percent = bool(satisfaction.attrs.get("percent", False))
    whose = texts(satisfaction, "side").replace("", "customer")
    rows = satisfaction.loc[(whose == side) & ~np.isnan(numbers(satisfaction, "mark"))]
    given = numbers(rows, "mark")
    respondent, customer = texts(rows, "respondent_id"), texts(rows, "customer_id")
    frame = pd.DataFrame(
        {
            "mark": given,
            "step": _steps(given, percent=percent),
            "product": texts(rows, "product"),
            "parameter": texts(rows, "parameter"),
            "customer": customer,
            "respondent": respondent,
            "manager": texts(rows, "manager"),
            "giver": respondent.where(respondent != "", givers(rows)),
            "date": dates(rows, "date"),
        },
        index=rows.index,
    )
    found = Marks(frame=frame, percent=percent)
    wrong = given[(given < found.low) | (given > found.high)]
    if len(wrong):
        raise ValueError(f"{len(wrong)} marks outside {found.low:g}-{found.high:g}: {wrong[0]:g}")
    return found


def by_customer(customers: pd.DataFrame | None, column: str) -> Mapping[str, str]:
    """Return a text column of ``customers`` by id; empty without the table or the column."""
    if customers is None:
        return {}
    return dict(zip(texts(customers, "customer_id"), texts(customers, column), strict=True))


def _steps(given: Floats, *, percent: bool) -> npt.NDArray[np.int64]:
    """Step 1-5 of each mark: the next whole one above, so that 60 % is 3 and 61 % is 4."""
    on_five = given * STEPS if percent else given
    return np.clip(np.ceil(np.round(on_five, 9)), 1, STEPS).astype(np.int64)
