"""The figures of the loyalty diagnostic that are compared from period to period.

Each is made by the functions that the result is made of, so that it is the figure of the report.
"""

from collections.abc import Iterator

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.practice_measures import (
    complaints,
    mark_shares,
    mean_marks,
    sold,
    touchpoints,
)
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_measures import survey_measures
from workbook.diagnostics.periods.measure import Measure
from workbook.diagnostics.periods.period import Period

OF_THE_DATA = ("scale", "satisfaction_scale", "population")
"""Options that say what the data of a period are."""


def measures(period: Period[Params, Result, Sources]) -> Iterator[Measure]:
    """Return the figures of one period: answers, marks, touchpoints, complaints, purchases."""
    inputs, params = period.inputs, period.params
    yield from survey_measures(period)
    yield from sold(inputs, params)
    yield from mean_marks(inputs, params, period=period.label)
    yield from mark_shares(inputs, params, period=period.label)
    yield from touchpoints(inputs, params, period=period.label)
    yield from complaints(inputs, params, period=period.label)
