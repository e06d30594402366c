"""How far respondents agree, and what they should talk about."""

from collections.abc import Sequence

import numpy as np

from workbook.agreement import (
    fleiss_kappa,
    krippendorff_alpha,
    randolph_kappa,
    weighted_cohen_kappa,
)
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import SCORES
from workbook.diagnostics.controllability.result import AgendaItem, Alpha, Item, Kappas
from workbook.diagnostics.controllability.verdicts import alpha_reading
from workbook.stats import Floats, Interval, seeded

_SCALE = tuple(sorted(SCORES.values()))
_LEAST_DRAWS = 0.5
"""Share of bootstrap draws that must have a coefficient for an interval."""


def alpha(scores: Floats, params: Params) -> Alpha:
    """Return Krippendorff's ordinal alpha of marks (items by respondents, NaN for gaps)."""
    counts = _counts(scores)
    judged = counts[counts.sum(axis=1) > 1]
    value = krippendorff_alpha(_units(scores), "ordinal")
    interval = None if value is None else _interval(judged, params)
    reason = "" if value is not None else "complete_agreement" if len(judged) else "too_few"
    return Alpha(
        value=value,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        undefined=value is None,
        reason=reason,
        n_items=len(judged),
        n_respondents=int((~np.isnan(scores)).any(axis=0).sum()),
        percent=float(_percent(judged).mean()) if len(judged) else None,
        reading=alpha_reading(value, reason, params),
    )


def kappas(scores: Floats) -> Kappas | None:
    """Return the other coefficients; None below two respondents with marks."""
    marked = scores[:, (~np.isnan(scores)).any(axis=0)]
    raters = marked.shape[1]
    if raters < 2:
        return None
    counts = _counts(marked)
    complete = counts[counts.sum(axis=1) == raters].astype(int).tolist()
    pairs = _units(marked) if raters == 2 else []
    first, second = [p[0] for p in pairs], [p[1] for p in pairs]
    return Kappas(
        complete_items=len(complete),
        fleiss=fleiss_kappa(complete),
        randolph=randolph_kappa(complete),
        cohen=weighted_cohen_kappa(first, second, scale=_SCALE),
        cohen_n=sum(a is not None and b is not None for a, b in pairs),
    )


def agenda(found: Sequence[Item]) -> tuple[AgendaItem, ...]:
    """Return the items on which respondents differ, largest spread first, then as asked."""
    made = [
        AgendaItem(
            item=item.id,
            spread=item.spread,
            agreement=item.agreement,
            n=item.n,
            low=item.low,
            high=item.high,
            gap=item.gap,
        )
        for item in found
        if item.spread
        and item.agreement is not None
        and item.low is not None
        and item.high is not None
    ]
    return tuple(sorted(made, key=lambda item: (-round(item.spread, 9), item.agreement)))


def alphas(draws: Floats, counts: Floats) -> Floats:
    """Return ordinal alpha of many weightings of the same items.

    Parameters
    ----------
    draws
        Shape (draws, items): how often each item counts.
    counts
        Shape (items, steps): how many respondents gave each step of the scale, lowest first; at
        least two per item.

    Returns
    -------
    Floats
        Shape (draws,); NaN where nothing can be disagreed about.
    """
    pairs = counts[:, :, None] * counts[:, None, :]
    steps = np.arange(counts.shape[1])
    pairs[:, steps, steps] -= counts
    pairs /= (counts.sum(axis=1) - 1)[:, None, None]
    together = np.tensordot(draws, pairs, axes=(1, 0))
    totals = together.sum(axis=2)
    middle = np.cumsum(totals, axis=1) - totals / 2
    apart = (middle[:, :, None] - middle[:, None, :]) ** 2
    observed = (together * apart).sum(axis=(1, 2))
    chance = (totals[:, :, None] * totals[:, None, :] * apart).sum(axis=(1, 2))
    expected = chance / (totals.sum(axis=1) - 1)
    spread = expected > 1e-9 * np.maximum(totals.sum(axis=1), 1)
    share = np.divide(observed, expected, out=np.full(len(expected), np.nan), where=spread)
    return np.asarray(1 - share)


def _interval(counts: Floats, params: Params) -> Interval | None:
    """Percentile bootstrap over items, seeded by the marks."""
    chance = seeded(counts, seed=params.seed)
    n = len(counts)
    draws = chance.multinomial(n, np.full(n, 1 / n), size=params.bootstrap).astype(float)
    found = alphas(draws, counts)
    known = found[~np.isnan(found)]
    if n < 2 or len(known) < _LEAST_DRAWS * len(found):
        return None
    tail = (1 - params.confidence) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return Interval(float(low), float(high))


def _counts(scores: Floats) -> Floats:
    """Respondents by item and step of the scale, lowest first."""
    return np.stack([(scores == step).sum(axis=1) for step in _SCALE], axis=1).astype(float)


def _percent(counts: Floats) -> Floats:
    n = counts.sum(axis=1)
    return np.asarray((counts * (counts - 1)).sum(axis=1) / (n * (n - 1)))


def _units(scores: Floats) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in scores]
