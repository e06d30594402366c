"""From the register of complaints to the share that is answered in time."""

import numpy as np
import pandas as pd
from workbook.diagnostics.complaint_response.params import Params
from workbook.diagnostics.complaint_response.result import Category, Result

from workbook.diagnostics.cells import day_number, days, texts
from workbook.diagnostics.claims import Claim, told_findings
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.key_figure import KeyFigure
from workbook.stats.intervals import wilson


def compute(inputs: Inputs, params: Params, sources: None = None) -> Result:
    """Count the complaints that were answered in time."""
    frame = inputs.tables.get("complaints")
    if frame is None:
        return Result()
    opened, closed = days(frame, "date"), days(frame, "closed_date")
    today = day_number(inputs.as_of)
    # Who may still be answered in time says nothing yet: only what is over counts.
    over = ~np.isnan(closed) | (opened + params.days < today)
    timely = closed - opened <= params.days
    n, k = int(over.sum()), int((over & timely).sum())
    interval = wilson(k, n, confidence=params.confidence)
    if interval is None:
        return Result()
    answer = Claim(id="share", figures={"k": k, "n": n, "days": params.days}, count=k, population=n)
    late = Claim(
        id="late",
        figures={"late": n - k, "n": n, "days": params.days},
        problem=interval.high < params.wanted,
        count=n - k,
        population=n,
    )
    findings, refused = told_findings([late])
    names = texts(frame, "category").to_numpy()
    return Result(
        n=n,
        in_time=k,
        share=k / n,
        ci_low=interval.low,
        ci_high=interval.high,
        categories=_categories(names, over, over & timely),
        answer=answer,
        tiles=(answer,),
        findings=findings,
        refused_findings=refused,
    )


def _categories(names: np.ndarray, over: np.ndarray, timely: np.ndarray) -> tuple[Category, ...]:
    rows = pd.DataFrame({"name": names, "n": over, "in_time": timely})
    sums = rows.loc[rows["name"] != ""].groupby("name").sum().astype(int)
    return tuple(
        Category(name=str(name), n=int(row["n"]), in_time=int(row["in_time"]))
        for name, row in sums.loc[sums["n"] > 0].iterrows()
    )


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the share that is answered in time."""
    return (KeyFigure(name="in_time", value=result.share, unit="share"),)
