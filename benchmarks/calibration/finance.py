"""Finance: the verdict of the exact statement lies within what a rounded one is told to allow.

Statements of the sample engagement made smaller by one random factor are scored as they
are, in whole thousands, and after rounding every line.
"""

from functools import cache, partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.financial_quartiles.sources.loading import load
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement

SAMPLE = Path(__file__).parents[2] / "data_samples" / "severstroy"
_ORDER = tuple(ScoreVerdict)


@cache
def sample() -> tuple[Inputs, Sources, pd.DataFrame]:
    """Return the inputs, the sources and the statements of the sample engagement."""
    case = read_engagement(load_engagement(SAMPLE, {}))
    sources = load(case.engagement, case.inputs, Params()).sources
    frame = case.inputs.tables["statements"].drop_duplicates(["organisation", "year", "line"])
    return case.inputs, sources, frame


def scored(frame: pd.DataFrame) -> Organisation:
    """Return the last statement of a table, scored."""
    inputs, sources, _ = sample()
    made = Inputs(tables={"statements": frame}, as_of=inputs.as_of, language="en")
    return compute(made, Params(), sources).organisations[-1]


def rounded(frame: pd.DataFrame, unit: int) -> pd.DataFrame:
    """Return statements with every amount rounded to a unit, halves to even."""
    amounts = {name: (frame[name] / unit).round() * unit for name in ("value", "prior_value")}
    return frame.assign(**amounts)


def drawn(rng: np.random.Generator, *, smallest: float) -> pd.DataFrame:
    """Return one statement of the sample, its size between ``smallest`` times and once as is."""
    _, _, frame = sample()
    heads = frame[["organisation", "year"]].drop_duplicates()
    organisation, year = heads.iloc[int(rng.integers(len(heads)))]
    one = frame[(frame["organisation"] == organisation) & (frame["year"] == year)]
    factor = float(np.exp(rng.uniform(np.log(smallest), 0.0)))
    return rounded(
        one.assign(value=one["value"] * factor, prior_value=one["prior_value"] * factor), 1
    )


def verdict_held(rng: np.random.Generator, *, unit: int, smallest: float) -> bool | None:
    """Return whether the verdict of the exact statement lies within that of the rounded one."""
    frame = drawn(rng, smallest=smallest)
    exact, told = scored(frame), scored(rounded(frame, unit))
    truth, low, high = exact.verdict.all, told.verdict_low.all, told.verdict_high.all
    if truth is None or told.verdict.all is None:
        return None
    if low is None or high is None:
        return truth == told.verdict.all
    return _ORDER.index(high) <= _ORDER.index(truth) <= _ORDER.index(low)


STUDIES = tuple(
    Study(
        report="financial_quartiles",
        quantity="verdict of a rounded statement",
        n=f"rounded to {unit} thousand",
        truth=f"verdict of the exact statement, {smallest:g} to 1 times the sample's",
        kind=Kind.COVERAGE,
        one=partial(verdict_held, unit=unit, smallest=smallest),
        low=0.97,
        high=1.0,
        before=before,
        draws=500,
        small=12,
    )
    for unit, smallest, before in ((10, 0.002, "86-98"), (100, 0.02, ""), (1000, 0.2, ""))
)
