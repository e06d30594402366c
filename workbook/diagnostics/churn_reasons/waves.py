"""The losses of this period against those of the period before, as the reports compare periods."""

from workbook.diagnostics.churn_reasons.measures import loss_measures, of_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons_result import LossWave, WaveReason, WaveVerdict
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.changes import Change, PeriodMeasures, changes
from workbook.diagnostics.periods.measure import Measure


def wave(inputs: Inputs, params: Params, taxonomy: Taxonomy) -> LossWave | None:
    """Return the change of every reason; None without a register of the period before.

    With fewer than ``min_losses`` on either side only their numbers are told.
    """
    previous = inputs.previous
    if previous is None or "lost_customers" not in previous.tables:
        return None
    before = tuple(loss_measures(of_losses(previous, params, taxonomy, inputs.language)))
    now = tuple(loss_measures(of_losses(inputs, params, taxonomy, inputs.language)))
    made = changes(
        [PeriodMeasures(label=previous.label, measures=before),
         PeriodMeasures(label=inputs.label, measures=now)],
        confidence=params.confidence,
    )  # fmt: skip
    named = {m.label: m.key for m in (*before, *now)}
    reasons = [
        _reason(change, named[change.label]) for change in made.changes if change.name == "reason"
    ]
    return LossWave(
        against=previous.label,
        before_n=_count(before, "losses"),
        now_n=_count(now, "losses"),
        before_revenue=_value(before, "lost_revenue"),
        now_revenue=_value(now, "lost_revenue"),
        before_rate=_value(before, "loss_rate"),
        before_preventable=_value(before, "preventable"),
        before_verified=_value(before, "verified"),
        reasons=tuple(sorted(reasons, key=lambda r: (-r.now, r.reason))),
    )


def _reason(change: Change, key: str) -> WaveReason:
    before, now = change.before or 0.0, change.now or 0.0
    return WaveReason(
        reason=key,
        label=change.label,
        before=round(before * (change.before_n or 0)),
        before_share=before,
        now=round(now * (change.now_n or 0)),
        now_share=now,
        difference=now - before,
        p_value=1.0 if change.p_value is None else change.p_value,
        p_holm=1.0 if change.p_holm is None else change.p_holm,
        verdict=WaveVerdict(change.course),
    )


def _value(measures: tuple[Measure, ...], name: str) -> float | None:
    return next((m.value for m in measures if m.name == name), None)


def _count(measures: tuple[Measure, ...], name: str) -> int | None:
    value = _value(measures, name)
    return None if value is None else round(value)
