"""The periods of a diagnostic computed alike, and what changed from one to the next."""

from dataclasses import replace

from workbook.diagnostics.diagnostic import Diagnostic, P, R, S
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.changes import Changes, PeriodMeasures, changes
from workbook.diagnostics.periods.period import Period
from workbook.engagement.settings import Engagement
from workbook.errors import InputError
from workbook.intake.param_tables import build_params

CONFIDENCE = 0.95
"""Of diagnostics that have no such option."""


def changes_of(
    found: Diagnostic[P, R, S],
    engagement: Engagement,
    inputs: Inputs,
    *,
    params: P,
    sources: S,
    result: R,
) -> Changes:
    """Return what changed of one diagnostic since the last period, and over all of them.

    An earlier period whose figures cannot be computed is left out and named.
    """
    label = engagement.period
    now = Period(
        label=label, inputs=inputs, params=params, sources=sources,
        compute=found.compute, known=result,
    )  # fmt: skip
    unusable: list[str] = []
    measured: list[PeriodMeasures] = []
    settings, earlier = engagement.before, inputs.previous
    while settings is not None and earlier is not None:
        if set(found.needs_any) & set(earlier.tables):
            try:
                measured.append(_measured(found, _period(found, settings, earlier, now)))
            except (InputError, ValueError):
                unusable.append(settings.period)
        settings, earlier = settings.before, earlier.previous
    if not measured:
        return Changes(unusable=tuple(unusable))
    ordered = [*reversed(measured), _measured(found, now)]
    made = changes(ordered, confidence=getattr(params, "confidence", CONFIDENCE))
    return replace(made, unusable=tuple(unusable))


def _period(
    found: Diagnostic[P, R, S], engagement: Engagement, inputs: Inputs, newest: Period[P, R, S]
) -> Period[P, R, S]:
    params = build_params(engagement, found.name, found.params)
    loaded = found.sources(engagement, inputs, params)
    return Period(
        label=engagement.period,
        inputs=inputs,
        params=params,
        sources=loaded.sources,
        compute=found.compute,
        newest=newest,
    )


def _measured(found: Diagnostic[P, R, S], period: Period[P, R, S]) -> PeriodMeasures:
    return PeriodMeasures(label=period.label, measures=tuple(found.measures(period)))
