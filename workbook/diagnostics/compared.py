"""The periods of a diagnostic computed alike, and what changed from one to the next."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic

from workbook.diagnostics.diagnostic import Diagnostic, P, R, S, nothing_to_compare
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.changes import Changes, PeriodMeasures, Restated, changes
from workbook.diagnostics.periods.measure import Measure
from workbook.diagnostics.periods.period import Period
from workbook.diagnostics.periods.rows import tables_that_differ
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
    before, earlier = engagement.before, inputs.previous
    if before is None or earlier is None or found.measures is nothing_to_compare:
        return Changes()
    now = Period(
        label=engagement.period, inputs=inputs, params=params, sources=sources,
        compute=found.compute, known=result,
    )  # fmt: skip
    known = _Known(found)
    measured, unusable = _earlier(known, before, earlier, now)
    if not measured:
        return Changes(unusable=unusable)
    ordered = [*reversed(measured), _measured(found, now)]
    made = changes(ordered, confidence=getattr(params, "confidence", CONFIDENCE))
    is_last = measured[0].label == before.period
    restated = _restated(known, before, earlier, measured[0]) if is_last else ()
    return replace(made, unusable=unusable, restated=restated)


@dataclass(slots=True)
class _Known(Generic[P, R, S]):
    """The earlier periods of one report, each computed at most once."""

    found: Diagnostic[P, R, S]
    _periods: list[tuple[Engagement, Inputs, Period[P, R, S]]] = field(default_factory=list)

    def period(
        self, engagement: Engagement, inputs: Inputs, newest: Period[P, R, S] | None = None
    ) -> Period[P, R, S]:
        """Return a period as ``newest`` sees it; None: as its own report does."""
        for settings, tables, made in self._periods:
            if settings is engagement and tables is inputs:
                return replace(made, newest=newest)
        made = self._made(engagement, inputs, newest)
        self._periods.append((engagement, inputs, made))
        return made

    def _made(
        self, engagement: Engagement, inputs: Inputs, newest: Period[P, R, S] | None
    ) -> Period[P, R, S]:
        params = build_params(engagement, self.found.name, self.found.params)
        loaded = self.found.sources(engagement, inputs, params)
        return Period(
            label=engagement.period,
            inputs=inputs,
            params=params,
            sources=loaded.sources,
            compute=self.found.compute,
            newest=newest,
        )


def _earlier(
    known: _Known[P, R, S], engagement: Engagement, inputs: Inputs, newest: Period[P, R, S]
) -> tuple[list[PeriodMeasures], tuple[str, ...]]:
    """Return the figures of earlier periods, the last one first, and who has none."""
    found = known.found
    measured: list[PeriodMeasures] = []
    unusable: list[str] = []
    settings: Engagement | None = engagement
    tables: Inputs | None = inputs
    while settings is not None and tables is not None:
        if set(found.needs_any) & set(tables.tables):
            try:
                measured.append(_measured(found, known.period(settings, tables, newest)))
            except (InputError, ValueError):
                unusable.append(settings.period)
        settings, tables = settings.before, tables.previous
    return measured, tuple(unusable)


def _measured(found: Diagnostic[P, R, S], period: Period[P, R, S]) -> PeriodMeasures:
    return PeriodMeasures(label=period.label, measures=tuple(found.measures(period)))


def _restated(
    known: _Known[P, R, S], before: Engagement, inputs: Inputs, compared: PeriodMeasures
) -> tuple[Restated, ...]:
    """Return the headline figures of the last period that its own report had otherwise.

    The way from what was printed to what is compared is gone step by step: this report's options,
    today's rows, what this period's files say of it.  Nothing is computed where neither options
    nor rows are others today and the diagnostic does not look ahead.
    """
    found = known.found
    own, rows = before.as_made or before, inputs.as_made or inputs
    options = _options_that_differ(found, own, before, rows, inputs)
    tables = tuple(t for t in tables_that_differ(rows.tables, inputs.tables) if t in found.tables)
    if not options and not tables and not found.looks_ahead:
        return ()
    try:
        printed = _figures(known, own, rows)
        under = _figures(known, before, _ruled(rows, inputs)) if options else printed
        today = _figures(known, before, inputs) if tables else under
    except (InputError, ValueError):
        return ()
    return tuple(
        Restated(
            name=now.name,
            label=now.label,
            unit=now.unit,
            printed=_value(printed, now),
            now=now.value,
            options=options if _differ(_value(printed, now), _value(under, now)) else (),
            tables=tables if _differ(_value(under, now), _value(today, now)) else (),
            newer=_differ(_value(today, now), now.value),
        )
        for now in compared.measures
        if now.headline and _differ(_value(printed, now), now.value)
    )


def _figures(
    known: _Known[P, R, S], engagement: Engagement, inputs: Inputs
) -> Mapping[tuple[str, str], Measure]:
    return _measured(known.found, known.period(engagement, inputs)).by_place()


def _ruled(rows: Inputs, by: Inputs) -> Inputs:
    """Return inputs under the rules of others."""
    return replace(rows, rules=by.rules, anonymity_threshold=by.anonymity_threshold)


def _value(measures: Mapping[tuple[str, str], Measure], like: Measure) -> float | None:
    found = measures.get(like.at)
    return None if found is None else found.value


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _options_that_differ(
    found: Diagnostic[P, R, S], own: Engagement, now: Engagement, rows: Inputs, inputs: Inputs
) -> tuple[str, ...]:
    """Return the names of the options that the last period's report was made under otherwise."""
    pairs: list[tuple[Any, Any]] = [(rows.rules, inputs.rules)]
    if own is not now:
        made = (build_params(e, found.name, found.params) for e in (own, now))
        pairs.append((next(made), next(made)))
    names = [
        f.name
        for one, other in pairs
        for f in fields(one)
        if getattr(one, f.name) != getattr(other, f.name)
    ]
    if own.anonymity_threshold != now.anonymity_threshold:
        names.append("anonymity_threshold")
    return tuple(dict.fromkeys(names))
