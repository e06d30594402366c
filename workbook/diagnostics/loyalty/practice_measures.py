"""What customers do and mark that is compared over periods: marks, contacts, complaints, sales."""

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.complaints import STEPS, done, of_the_period
from workbook.diagnostics.loyalty.coverage import coverage_bases, rated_customers
from workbook.diagnostics.loyalty.criteria import buyers, in_year, reaches
from workbook.diagnostics.loyalty.disclosure import told_of_marks
from workbook.diagnostics.loyalty.marks import Marks, marks
from workbook.diagnostics.loyalty.measured import named_in
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.retention import earned_growth, kept_customers
from workbook.diagnostics.loyalty.sales import ledger, year_to
from workbook.diagnostics.loyalty.satisfaction import mean_of
from workbook.diagnostics.loyalty.touchpoints import (
    SCALE,
    balances_of,
    matched_by,
    told_parts,
)
from workbook.diagnostics.mark_scale import MarkScale
from workbook.diagnostics.periods.measure import Measure, Sample, Unit, means
from workbook.diagnostics.told_figures import named
from workbook.stats import wilson
from workbook.stats.bounded_marks import bounded_mean

MEANS: Final = "satisfaction_means"
BALANCES: Final = "touchpoint_balances"
COMPLAINT_STEPS: Final = "complaint_steps"
"""Families of measures."""
LAST_STEP = STEPS[-1]


def told_marks(inputs: Inputs, params: Params) -> Marks | None:
    """Return the customers' marks of the parameters that may be told; None without any."""
    table = inputs.tables.get("satisfaction")
    if table is None:
        return None
    given = marks(table, "customer", params)
    if given.frame.empty:
        return None
    return given.only(named(told_of_marks(given, inputs.anonymity_threshold), ""))


def mean_marks(inputs: Inputs, params: Params, *, period: str = "") -> Iterator[Measure]:
    """Return the mean mark of each parameter that may be told, the lowest first.

    Parameters
    ----------
    period
        Its label, for marks that name nobody.
    """
    given = told_marks(inputs, params)
    if given is None:
        return
    percent = given.scale is MarkScale.PERCENT
    parts = [(str(name), part) for name, part in given.frame.groupby("parameter")]
    ranked = sorted(parts, key=lambda one: float(one[1]["mark"].mean()))
    for place, (parameter, part) in enumerate(ranked):
        _, interval = mean_of(part, given, params)
        yield Measure(
            name="satisfaction",
            label=parameter,
            key=parameter.casefold(),
            value=float(part["mark"].mean()),
            unit=Unit.SHARE if percent else Unit.MARK,
            n=len(part),
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            sample=_marks_of(part, part["mark"], period) if len(part) >= params.min_n else None,
            test=means,
            family=MEANS,
            rising=1,
            headline=place == 0,
        )


def _marks_of(part: pd.DataFrame, values: "pd.Series[float]", period: str) -> Sample:
    return Sample(
        values=np.asarray(values, dtype=np.float64), givers=named_in(part["cluster"], period)
    )


def mark_shares(inputs: Inputs, params: Params, *, period: str) -> Iterator[Measure]:
    """Return the share of low marks, and of the buyers who gave a mark at all."""
    given = told_marks(inputs, params)
    if given is None or given.frame.empty:
        return
    low = given.frame.index.isin(given.dissatisfied.index)
    sample = _marks_of(given.frame, pd.Series(low, dtype=float), period)
    yield _share("low_marks", sample, params, rising=-1)
    bases = coverage_bases(inputs)
    if bases.everyone and (given.frame["customer"] != "").any():
        yield _of_customers(
            "coverage", bases.everyone, rated_customers(given, inputs, bases), params, rising=1
        )


def _share(
    name: str, sample: Sample, params: Params, *, rising: int, family: str = "",
    headline: bool = False,
) -> Measure:  # fmt: skip
    """Return a share of its observations, with Wilson's interval."""
    k = int(sample.values.sum())
    interval = wilson(k, sample.n, confidence=params.confidence)
    return Measure(
        name=name,
        value=k / sample.n if sample.n else None,
        unit=Unit.SHARE,
        n=sample.n,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        sample=sample if sample.n else None,
        family=family,
        rising=rising,
        headline=headline,
    )


def _of_customers(
    name: str,
    base: Collection[str],
    inside: Collection[str],
    params: Params,
    *,
    rising: int,
    headline: bool = False,
) -> Measure:
    """Return the share of some customers in others; the same ones are paired over periods."""
    who = sorted(base)
    sample = Sample(values=np.isin(who, sorted(inside)).astype(np.float64), givers=who)
    return _share(name, sample, params, rising=rising, headline=headline)


def touchpoints(inputs: Inputs, params: Params, *, period: str) -> Iterator[Measure]:
    """Return the balance of each touchpoint that may be told."""
    if "touchpoints" not in inputs.tables:
        return
    for (category, name), part in told_parts(inputs).items():
        values, raters = balances_of(part), part["rater"]
        mean = bounded_mean(
            values, part["whose"].to_numpy(), low=SCALE[0], high=SCALE[1],
            confidence=params.confidence,
        )  # fmt: skip
        nobody = [f"\0\0{row}" for row in part["row"]]
        whose = [rater or row for rater, row in zip(raters, nobody, strict=True)]
        yield Measure(
            name="touchpoint",
            label=name,
            key="\0".join(matched_by(category, name)),
            value=float(values.mean()),
            unit=Unit.SCORE,
            n=len(part),
            low=mean.interval.low if mean else None,
            high=mean.interval.high if mean else None,
            sample=Sample(values=values, givers=named_in(whose, period)),
            family=BALANCES,
            rising=1,
        )


def complaints(inputs: Inputs, params: Params, *, period: str) -> Iterator[Measure]:
    """Return how many complaints the period had, and the share of each step of the register."""
    if "complaints" not in inputs.tables:
        return
    rows = complaints_compared(inputs)
    yield Measure(name="complaints", value=complaints_in_window(inputs), unit=Unit.COUNT, rising=-1)
    nobody = [f"\0\0{row}" for row in rows.index]
    whose = [c or row for c, row in zip(texts(rows, "customer_id"), nobody, strict=True)]
    for step in STEPS:
        if step in rows and len(rows):
            sample = Sample(
                values=done(rows, step).astype(np.float64), givers=named_in(whose, period)
            )
            yield _share(
                f"complaints_{step}", sample, params, rising=1, family=COMPLAINT_STEPS,
                headline=step == LAST_STEP,
            )  # fmt: skip


def complaints_compared(inputs: Inputs) -> pd.DataFrame:
    """Return the complaints of a period; of a first one, those of its window."""
    if inputs.since is None and inputs.window is not None:
        return _in_window(inputs)
    return of_the_period(inputs)[0]


def complaints_in_window(inputs: Inputs) -> int:
    """Return how many complaints lie in the window that is equally long in every period."""
    return len(of_the_period(inputs)[0] if inputs.window is None else _in_window(inputs))


def _in_window(inputs: Inputs) -> pd.DataFrame:
    table, window = inputs.tables["complaints"], inputs.window
    if window is None:
        return table
    day = dates(table, "date")
    inside = (day >= pd.Timestamp(window.first)) & (day <= pd.Timestamp(window.last))
    return table.loc[inside]


def sold(inputs: Inputs, params: Params) -> Iterator[Measure]:
    """Return retention, earned growth and the criteria of the 12 months to the as-of date."""
    sales = inputs.tables.get("sales")
    if sales is None:
        return
    rows, year = ledger(sales), year_to(inputs.as_of)
    found, kept = in_year(sales, year, params)
    if found is None:
        return
    who = buyers(rows, year)
    if kept is not None:
        yield _of_customers(
            "retention", *kept_customers(rows, year), params, rising=1, headline=True
        )
        yield _counted("net_retention", kept.revenue_share, rising=1)
    if reaches(rows, year.before()):
        growth = earned_growth(rows, year, asks=found.recommended is not None)
        yield _counted("earned_growth", growth.value if growth else None, rising=1)
    yield _counted("loyalty_index", found.loyalty_index)
    if found.recommended is not None:
        yield _of_customers("recommended", who.new, who.recommended, params, rising=1)
    yield _of_customers("regular", who.active, who.regular, params, rising=1)
    yield _counted("existing_sales", found.existing_sales_share)


def _counted(name: str, value: float | None, *, rising: int = 0) -> Measure:
    return Measure(name=name, value=value, unit=Unit.SHARE, rising=rising)
