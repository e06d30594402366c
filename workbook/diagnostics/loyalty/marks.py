"""Marks of satisfaction on one footing: 1-5, 1-10 or percentages, from customers or from staff."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.loyalty.answers import givers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.mark_scale import MarkBounds, MarkScale, Mood, bounds_of, scale_of
from workbook.errors import InputError, Location, Problem
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """Marks of one side.

    ``frame`` has the columns ``mark`` (float), ``mood`` (:class:`Mood`), ``step`` (1-5 or 1-10,
    of percentages the fifth above), ``product``, ``parameter``, ``customer``, ``respondent``,
    ``manager`` (str, ``""`` unknown), ``giver`` (whose answers belong together), ``cluster`` (the
    customer, else the giver: whose marks are not independent) and ``date``; its index is that of
    the table.
    """

    frame: pd.DataFrame
    bounds: MarkBounds

    @property
    def scale(self) -> MarkScale:
        """Scale of the marks."""
        return self.bounds.scale

    @property
    def low(self) -> float:
        """Lowest mark of the scale."""
        return self.scale.low

    @property
    def high(self) -> float:
        """Highest mark of the scale."""
        return self.scale.high

    def only(self, parameters: Collection[str]) -> "Marks":
        """Return the marks of some parameters."""
        return replace(self, frame=self.frame.loc[self.frame["parameter"].isin([*parameters])])

    @property
    def dissatisfied(self) -> pd.DataFrame:
        """Marks of open or hidden dissatisfaction."""
        return self.frame.loc[self.frame["mood"].isin((Mood.OPEN, Mood.HIDDEN))]


def marks(satisfaction: pd.DataFrame, side: str, params: Params | None = None) -> Marks:
    """Return the marks of ``customer`` or ``staff``; rows without a mark are left out.

    Parameters
    ----------
    params
        Bounds of low marks where the consultant set others than the scale's own.

    Raises
    ------
    InputError
        When these bounds do not fit the scale.
    ValueError
        When a mark is off the scale: the intake refuses such files.
    """
    bounds = bounds_in_force(scale_of(satisfaction), params)
    whose = texts(satisfaction, "side").replace("", "customer")
    rows = satisfaction.loc[(whose == side) & ~np.isnan(numbers(satisfaction, "mark"))]
    given = numbers(rows, "mark")
    scale = bounds.scale
    wrong = given[(given < scale.low) | (given > scale.high)]
    if len(wrong):
        raise ValueError(f"{len(wrong)} marks outside {scale.low:g}-{scale.high:g}: {wrong[0]:g}")
    respondent, customer = texts(rows, "respondent_id"), texts(rows, "customer_id")
    whose = givers(rows)
    frame = pd.DataFrame(
        {
            "mark": given,
            "mood": bounds.moods(given).to_numpy(),
            "step": _steps(given, scale),
            "product": texts(rows, "product"),
            "parameter": texts(rows, "parameter"),
            "customer": customer,
            "respondent": respondent,
            "manager": texts(rows, "manager"),
            "giver": respondent.where(respondent != "", whose),
            "cluster": whose,
            "date": dates(rows, "date"),
        },
        index=rows.index,
    )
    return Marks(frame=frame, bounds=bounds)


def bounds_in_force(scale: MarkScale, params: Params | None = None) -> MarkBounds:
    """Return which marks are low: as the consultant set them, else by the scale.

    Raises
    ------
    InputError
        When the bounds that were set do not fit the scale.
    """
    if params is None:
        return bounds_of(scale)
    try:
        return bounds_of(scale, open_to=params.open_mark, hidden_to=params.hidden_mark)
    except ValueError as off:
        place = Location(file="engagement.toml", column="params.loyalty")
        facts = {"scale": scale.value, "low": f"{scale.low:g}", "high": f"{scale.high:g}"}
        problem = Problem(code="mark_bounds_off_scale", place=place, facts=facts)
        raise InputError([problem]) from off


def by_customer(customers: pd.DataFrame | None, column: str) -> Mapping[str, str]:
    """Return a text column of ``customers`` by id; empty without the table or the column."""
    if customers is None:
        return {}
    return dict(zip(texts(customers, "customer_id"), texts(customers, column), strict=True))


def _steps(given: Floats, scale: MarkScale) -> npt.NDArray[np.int64]:
    """Step of each mark: the next whole one above, so that 60 % is 3 and 61 % is 4."""
    steps = steps_of(scale)
    whole = given * steps / scale.high
    # 0.6 * 5 is a little more than 3 in floating point, which would be the step above.
    return np.clip(np.ceil(np.round(whole, 9)), 1, steps).astype(np.int64)


def steps_of(scale: MarkScale) -> int:
    """Return the number of steps that a distribution of marks has: 10 of 1-10, else 5.

    Examples
    --------
    >>> [steps_of(scale) for scale in MarkScale]
    [5, 10, 5]
    """
    return 10 if scale is MarkScale.TEN else 5
