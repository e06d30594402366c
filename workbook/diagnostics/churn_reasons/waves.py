"""The losses of the period before, beside which those of this one are told."""

from collections.abc import Sequence

from workbook.diagnostics.churn_reasons.measures import loss_measures, of_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons_result import LossWave
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.measure import Measure


def wave(inputs: Inputs, params: Params, taxonomy: Taxonomy) -> LossWave | None:
    """Return the losses of this period and of the one before; None without a register of it.

    The figures are those that every report compares over periods.  With fewer than ``min_losses``
    on either side only their numbers are told.
    """
    previous = inputs.previous
    if previous is None or "lost_customers" not in previous.tables:
        return None
    before = tuple(loss_measures(of_losses(previous, params, taxonomy, inputs.language)))
    now = tuple(loss_measures(of_losses(inputs, params, taxonomy, inputs.language)))
    return LossWave(
        against=previous.label,
        before_n=_count(before, "losses"),
        now_n=_count(now, "losses"),
        before_revenue=_value(before, "lost_revenue"),
        now_revenue=_value(now, "lost_revenue"),
        before_rate=_value(before, "loss_rate"),
        before_preventable=_value(before, "preventable"),
        before_verified=_value(before, "verified"),
        compared=_value(before, "reason") is not None and _value(now, "reason") is not None,
    )


def _value(measures: Sequence[Measure], name: str) -> float | None:
    return next((m.value for m in measures if m.name == name), None)


def _count(measures: Sequence[Measure], name: str) -> int | None:
    value = _value(measures, name)
    return None if value is None else round(value)
