"""The losses of this engagement against those of the previous one, reason by reason."""

from collections.abc import Mapping

import numpy as np

from workbook.diagnostics.cells import day_number
from workbook.diagnostics.churn_reasons.counting import Mentions, count, mentions
from workbook.diagnostics.churn_reasons.losses import Losses, find_losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons import CodedReasons, code_reasons
from workbook.diagnostics.churn_reasons.reasons_result import LossWave, WaveReason, WaveVerdict
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Family, Procedure, holm
from workbook.stats.families import holm_family
from workbook.stats.two_shares import fisher_p


def wave(
    losses: Losses, coded_reasons: CodedReasons, *, inputs: Inputs, params: Params
) -> LossWave | None:
    """Return the change of every reason; None without a previous register.

    Every loss belongs to one side: what the previous register counted is not counted again (a
    register that was carried on is not compared with itself), and what it did not know is new.
    With fewer than ``min_losses`` on either side only their numbers are told.
    """
    previous = inputs.previous
    if previous is None or "lost_customers" not in previous.tables:
        return None
    before = find_losses(previous, params)
    because = code_reasons(before, coded_reasons.taxonomy, coded_reasons.language)
    new = _new(losses, before, day_number(previous.as_of))
    now = _part(coded_reasons.given, new)
    enough = min(before.n, now.n) >= max(1, params.min_losses)
    return LossWave(
        against=previous.label,
        before_n=before.n,
        now_n=now.n,
        before_revenue=known_sum(before.revenue),
        now_revenue=known_sum(losses.revenue[new]),
        reasons=_changes(because, coded_reasons, now, params) if enough else (),
    )


def _new(
    losses: Losses, before: Losses, until: int
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which losses the previous register, which ends on the day ``until``, did not count."""
    later = losses.frame["lost"].to_numpy(dtype=float) > until
    return np.asarray(later | ~losses.frame["customer"].isin(before.frame["customer"]).to_numpy())


def _part(given: Mentions, rows: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Mentions:
    return mentions([names for names, chosen in zip(given.by_row(), rows, strict=True) if chosen])


def _changes(
    before: CodedReasons, coded_reasons: CodedReasons, now: Mentions, params: Params
) -> tuple[WaveReason, ...]:
    first, second = _any(before.given), _any(now)
    names = sorted(first.keys() | second.keys(), key=lambda r: (-second.get(r, 0), r))
    n, m = before.given.n, now.n
    p_values = [fisher_p(first.get(r, 0), n, second.get(r, 0), m) for r in names]
    return tuple(
        WaveReason(
            reason=name,
            label=coded_reasons.label(name)
            if name in coded_reasons.given.names
            else before.label(name),
            before=first.get(name, 0),
            before_share=first.get(name, 0) / n,
            now=second.get(name, 0),
            now_share=second.get(name, 0) / m,
            difference=second.get(name, 0) / m - first.get(name, 0) / n,
            p_value=p_value,
            p_holm=p_holm,
            verdict=_verdict(
                second.get(name, 0) / m - first.get(name, 0) / n, p_holm, params.confidence
            ),
        )
        for name, p_value, p_holm in zip(names, p_values, holm(p_values), strict=True)
    )


def waves_family(found: LossWave | None, params: Params) -> Family | None:
    """Return what :func:`wave` tested together; None where no reason was compared."""
    changed = [r.verdict is not WaveVerdict.CANNOT_TELL for r in found.reasons] if found else []
    return holm_family("reasons_over_time", Procedure.EXACT, changed, alpha=1 - params.confidence)


def _any(given: Mentions) -> Mapping[str, int]:
    return {name: int(k) for name, k in zip(given.names, count(given).any, strict=True)}


def _verdict(difference: float, p_value: float, confidence: float) -> WaveVerdict:
    if p_value >= 1 - confidence or difference == 0:
        return WaveVerdict.CANNOT_TELL
    return WaveVerdict.UP if difference > 0 else WaveVerdict.DOWN
