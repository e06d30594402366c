"""An ordered logit of the score on the parameters: a check of the key drivers.

The model is statsmodels' ``OrderedModel``; its gradient is given in closed form instead of by
differences, which takes a tenth of the time.  Importing this module imports statsmodels.
"""

import warnings
from typing import Any

import numpy as np
import pandas as pd
from scipy import special
from scipy.stats import kendalltau
from statsmodels.miscmodels.ordinal_model import OrderedModel

from workbook.stats import Floats

_TINY = 1e-20
"""What statsmodels adds to each probability before it takes the logarithm."""


class Logistic:
    """The logistic distribution, without what scipy.stats does around each of thousands of calls.

    It has what ``OrderedModel`` asks of a distribution.
    """

    name = "logistic"

    def cdf(self, x: Floats) -> Floats:
        return np.asarray(special.expit(x), dtype=np.float64)

    def pdf(self, x: Floats) -> Floats:
        below = self.cdf(x)
        return np.asarray(below * (1 - below), dtype=np.float64)

    def ppf(self, q: Floats) -> Floats:
        return np.asarray(special.logit(q), dtype=np.float64)


class OrderedLogit(OrderedModel):  # type: ignore[misc, unused-ignore]
    """``OrderedModel`` of the logistic distribution with its gradient in closed form."""

    def __init__(self, endog: Any, exog: Floats, **options: Any) -> None:
        super().__init__(endog, exog, distr=options.pop("distr", Logistic()), **options)

    def score(self, params: Floats) -> Floats:
        """Return the derivatives of the log-likelihood.

        Parameters
        ----------
        params
            Coefficients, the first threshold, and the logarithms of the steps to the others.
        """
        low, upp = self._bounds(params)
        chance = self.prob(low, upp) + _TINY
        at_low, at_upp = self.pdf(low) / chance, self.pdf(upp) / chance
        slopes = self.exog.T @ (at_low - at_upp)
        levels = self.k_levels
        thresholds = np.bincount(self.endog, at_upp, minlength=levels)[: levels - 1]
        thresholds = thresholds - np.bincount(self.endog, at_low, minlength=levels)[1:]
        beyond = thresholds[::-1].cumsum()[::-1]  # a step moves all thresholds above it
        steps = np.exp(params[len(params) - levels + 2 :])
        return np.concatenate((slopes, beyond[:1], beyond[1:] * steps))


def ordered_logit(x: Floats, y: Floats) -> list[tuple[float | None, float | None]]:
    """Return coefficient and p value of each column of ``x`` in an ordered logit of ``y``.

    Parameters
    ----------
    x
        Shape (n, p).
    y
        Scores, shape (n,); rounded to whole steps.

    Returns
    -------
    list
        p pairs; pairs of None where the model does not converge.
    """
    p = x.shape[1]
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            steps = pd.Categorical(np.rint(y).astype(int), ordered=True)
            fitted = OrderedLogit(pd.Series(steps), x).fit(method="bfgs", disp=False, maxiter=500)
            values = np.asarray(fitted.params, dtype=float)[:p]
            p_values = np.asarray(fitted.pvalues, dtype=float)[:p]
    except (ValueError, np.linalg.LinAlgError):
        return [(None, None)] * p
    finite = np.isfinite(values) & np.isfinite(p_values)
    if not fitted.mle_retvals["converged"] or not finite.all():
        return [(None, None)] * p
    return [(float(a), float(b)) for a, b in zip(values, p_values, strict=True)]


def agreement(
    coefficients: Floats, correlations: Floats, importance: Floats
) -> tuple[float | None, list[bool], list[bool]]:
    """Return how far coefficients agree with the importance of their parameters.

    Parameters
    ----------
    coefficients
        Shape (p,): of the ordered logit, per standard deviation.
    correlations
        Shape (p,): of each parameter with the score.
    importance
        Shape (p,).

    Returns
    -------
    tuple
        Kendall's tau-b of the orders by size (None of one parameter or where nothing differs),
        and for each parameter whether its place differs, and whether its sign does.

    Examples
    --------
    >>> agreement(np.array([0.9, -0.1, 0.3]), np.array([0.5, 0.1, 0.3]), np.array([0.3, 0, 0.1]))
    (1.0, [False, False, False], [False, True, False])
    """
    size = np.abs(coefficients)
    places = np.argsort(np.argsort(-size, kind="stable"))
    expected = np.argsort(np.argsort(-importance, kind="stable"))
    tau = float(kendalltau(size, importance).statistic) if len(size) > 1 else None
    return (
        None if tau is None or np.isnan(tau) else round(tau, 12),
        [bool(differs) for differs in places != expected],
        [bool(differs) for differs in coefficients * correlations < 0],
    )
