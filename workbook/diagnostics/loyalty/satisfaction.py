"""Satisfaction by parameter: mean with interval, dissatisfied, coverage; and the low marks."""

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import natural
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.coverage import (
    coverage_bases,
    over_periods,
    part_rated,
    rated,
    recent,
)
from workbook.diagnostics.loyalty.lowest import Lowest, lowest, marked
from workbook.diagnostics.loyalty.marks import Marks, steps_of
from workbook.diagnostics.loyalty.marks_result import HiddenMarks, Satisfaction
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.mark_scale import Mood
from workbook.diagnostics.told_figures import Told
from workbook.stats import Interval
from workbook.stats.bounded_marks import BoundedMean, bounded_mean
from workbook.stats.clusters import cluster_codes


def satisfaction(
    given: Marks, inputs: Inputs, params: Params, *, by_product: bool, told: Told
) -> tuple[Satisfaction | HiddenMarks, ...]:
    """Return the customers' marks by parameter, the lowest mean first.

    Every mark in the table counts for the mean; several marks of one customer count for as many as
    they are worth in the interval, which is told from ``min_n`` marks on.  With ``by_product`` one
    row per product and parameter.  What may not be told comes last, without a figure.

    Parameters
    ----------
    told
        As :func:`workbook.diagnostics.loyalty.disclosure.told_of_marks` gives it.
    """
    bases, every = coverage_bases(inputs), over_periods(given, inputs)
    every = every.loc[recent(every, inputs)]
    named = bool((given.frame["customer"] != "").any())
    keys = ["product", "parameter"] if by_product else ["parameter"]
    rows: list[Satisfaction | HiddenMarks] = []
    for key, part in given.frame.groupby(keys, sort=True):
        product, parameter = (str(key[0]), str(key[1])) if by_product else ("", str(key[0]))
        if ((parameter, product) if by_product else ("", parameter)) not in told:
            rows.append(HiddenMarks(product=product, parameter=parameter))
            continue
        alike = every["parameter"] == parameter
        if by_product:
            alike &= every["product"] == product
        covered = part_rated(every.loc[alike], product, bases=bases) if named else None
        rows.append(
            _row(product, parameter, part=part, given=given, coverage=covered, params=params)
        )
    return tuple(
        sorted(
            rows,
            key=lambda r: (natural(r.product), r.suppressed, r.mean or 0, natural(r.parameter)),
        )
    )


def lowest_parameter(given: Marks, params: Params) -> Lowest:
    """Return the parameter of the lowest mean and those that cannot be told from it.

    Parameters of fewer than ``min_n`` marks are not among them.
    """
    frame = given.frame
    things = marked(
        frame["parameter"].to_numpy(dtype=object),
        frame["mark"].to_numpy(dtype=float),
        cluster_codes(frame["cluster"]),
        least=params.min_n,
    )
    return lowest(
        things, family="lowest_mark", scale=(given.low, given.high), alpha=1 - params.confidence
    )


def coverage(given: Marks, inputs: Inputs) -> float | None:
    """Return the share that :func:`workbook.diagnostics.loyalty.coverage.rated` counts."""
    found = rated(given, inputs)
    return found.share if found else None


def latest_low_marks(given: Marks) -> pd.DataFrame:
    """Return the low marks (3 of 5, 6 of 10, 60 % or less) to be handled like complaints.

    Only the latest mark of a customer (of a respondent, where customers are not named) for a
    product and parameter counts; ``who`` is that customer or respondent.
    """
    frame = given.frame.assign(
        who=given.frame["customer"].where(given.frame["customer"] != "", given.frame["giver"]),
        row=given.frame.index,
    )
    # Of marks of one day the later row counts; one without a date gives way to any other.
    latest = frame.sort_values(["date", "row"], na_position="first").drop_duplicates(
        ["who", "product", "parameter"], keep="last"
    )
    return latest.loc[latest["mood"].isin((Mood.OPEN, Mood.HIDDEN))]


def mean_of(
    part: pd.DataFrame, given: Marks, params: Params
) -> tuple[BoundedMean | None, Interval | None]:
    """Return the mean of some marks, and its interval where they are enough for one."""
    found = bounded_mean(
        part["mark"],
        cluster_codes(part["cluster"]),
        low=given.low,
        high=given.high,
        confidence=params.confidence,
    )
    return found, found.interval if found and len(part) >= params.min_n else None


def _row(
    product: str,
    parameter: str,
    *,
    part: pd.DataFrame,
    given: Marks,
    coverage: float | None,
    params: Params,
) -> Satisfaction:
    steps = np.bincount(part["step"], minlength=steps_of(given.scale) + 1)[1:]
    moods = {mood: int((part["mood"] == mood.value).sum()) for mood in Mood}
    found, interval = mean_of(part, given, params)
    if steps.sum() != len(part) or sum(moods.values()) != len(part):
        raise ValueError(f"{steps.sum()} marks by step of {len(part)} for {parameter}")
    return Satisfaction(
        product=product,
        parameter=parameter,
        n=len(part),
        mean=float(part["mark"].mean()),
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        open=moods[Mood.OPEN],
        hidden=moods[Mood.HIDDEN],
        good=moods[Mood.GOOD],
        best=moods[Mood.BEST],
        distribution=tuple(int(k) for k in steps),
        coverage=coverage,
        n_eff=found.n_eff if found else None,
    )
