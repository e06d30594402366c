"""The key figures of the churn-reasons diagnostic."""

from workbook.diagnostics.churn_reasons.reasons_result import Basis
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.key_figure import KeyFigure


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the key figures that the result holds."""
    wave, lost = result.wave, result.lost
    alike = wave if result.basis is Basis.PERIOD and not result.small else None
    figures = [
        KeyFigure(
            name="lost_customers",
            measure="losses",
            value=lost.n,
            previous=wave.before_n if wave else None,
            unit="count",
        )
    ]
    if lost.revenue is not None:
        before = wave.before_revenue if wave else None
        figures.append(
            KeyFigure(name="lost_revenue", value=lost.revenue, previous=before, unit="money")
        )
    if lost.rate is not None:
        before = wave.before_rate if wave and not result.small else None
        figures.append(KeyFigure(name="loss_rate", value=lost.rate, previous=before, unit="share"))
    if result.preventable is not None and result.preventable.enough_judged:
        share = result.preventable.share
        before = alike.before_preventable if alike else None
        figures.append(
            KeyFigure(
                name="preventable_share",
                value=share,
                previous=before,
                unit="share",
                measure="preventable",
            )
        )
    if result.verified is not None:
        share = result.verified.share
        before = alike.before_verified if alike else None
        figures.append(
            KeyFigure(
                name="verified_share",
                value=share,
                previous=before,
                unit="share",
                measure="verified",
            )
        )
    if result.winback is not None:
        rate = result.winback.rate
        figures.append(KeyFigure(name="winback_rate", value=rate, unit="share"))
    if result.watched_revenue is not None:
        figures.append(
            KeyFigure(name="revenue_at_risk", value=result.watched_revenue, unit="money")
        )
    return tuple(figures)
