"""What makes an event come sooner: Cox's proportional hazards, and whether they are proportional.

What cannot be told is None, never NaN.

Source: Cox (1972), J. R. Stat. Soc. B 34, 187-220; ties as in Efron (1977), J. Am. Stat. Assoc.
72, 557-565.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Floats, t_p
from workbook.stats.survival import Lives


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoxFit:
    """A fitted proportional-hazards model (Efron ties)."""

    coefficient: Floats
    se: Floats
    ph_p: tuple[float | None, ...]
    """Correlation of each column's Schoenfeld residuals with the rank of time."""


def cox(lives: Lives, columns: npt.NDArray[np.float64]) -> CoxFit | None:
    """Return the proportional-hazards fit (Efron ties); None where it does not converge.

    Examples
    --------
    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 3, 4, 5, 6]), event=np.ones(6, dtype=bool),
    ...     entry=np.zeros(6),
    ... )
    >>> fit = cox(lives, np.array([[1.0], [0], [1], [0], [1], [0]]))
    >>> fit.coefficient.round(2).tolist(), fit.se.round(2).tolist()
    ([0.63], [0.92])
    """
    from statsmodels.duration.hazard_regression import PHReg  # slow import
    from statsmodels.tools.sm_exceptions import ModelWarning

    # PHReg counts a subject at risk from its entry on (entry <= t), here it is from after it
    # (entry < t): the least step later makes these the same.
    entry = np.nextafter(lives.entry, np.inf) if lives.entry.any() else None
    model = PHReg(lives.time, columns, status=lives.event.astype(int), entry=entry, ties="efron")
    try:
        # It warns where it does not converge; that is told by the result, not to the console.
        with np.errstate(all="ignore"), warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            fit = model.fit(disp=0)
            coefficient, se = np.asarray(fit.params), np.asarray(fit.bse)
    except (np.linalg.LinAlgError, ValueError):
        return None
    finite = np.isfinite(coefficient).all() and np.isfinite(se).all()
    if not finite or any(issubclass(w.category, ModelWarning) for w in told):
        return None
    residuals = schoenfeld(lives, columns, coefficient)
    time = lives.time[lives.event]
    return CoxFit(
        coefficient=coefficient,
        se=se,
        ph_p=tuple(rank_correlation_p(r, time) for r in residuals.T),
    )


def schoenfeld(
    lives: Lives, columns: npt.NDArray[np.float64], coefficient: Floats
) -> npt.NDArray[np.float64]:
    """Return the residuals of the events: covariates minus their mean in the risk set.

    Source: Schoenfeld (1982), Biometrika 69, 239-241.

    Examples
    --------
    Without an effect: each event minus the mean of those still at risk:

    >>> lives = Lives(time=np.array([1.0, 2, 3]), event=np.ones(3, dtype=bool), entry=np.zeros(3))
    >>> schoenfeld(lives, np.array([[1.0], [0], [1]]), np.zeros(1)).round(2).ravel().tolist()
    [0.33, -0.5, 0.0]
    """
    linear = columns @ coefficient
    risk = np.exp(linear - linear.max())
    weighted = np.column_stack([risk, columns * risk[:, None]])
    time = lives.time[lives.event]
    total = _tail(lives.time, weighted, time) - _tail(lives.entry, weighted, time)
    return np.asarray(columns[lives.event] - total[:, 1:] / total[:, :1])


def rank_correlation_p(residuals: Floats, time: Floats) -> float | None:
    """Return the p value of residuals not changing with the rank of time.

    Examples
    --------
    >>> round(rank_correlation_p(np.array([0.1, -0.2, 0.3, 0.1]), np.array([1.0, 2, 3, 4])), 2)
    0.69
    >>> rank_correlation_p(np.array([0.1, -0.1]), np.array([1.0, 2])) is None
    True
    """
    n = len(residuals)
    if n < 3 or np.ptp(residuals) < 1e-12 or np.ptp(time) == 0:
        return None
    _, inverse, sizes = np.unique(time, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[inverse]
    r = float(np.corrcoef(residuals, ranks)[0, 1])
    if abs(r) >= 1 - 1e-12:
        return 0.0
    return t_p(r * np.sqrt((n - 2) / (1 - r * r)), n - 2)


def _tail(key: Floats, values: npt.NDArray[np.float64], times: Floats) -> npt.NDArray[np.float64]:
    """Sum of the rows of ``values`` whose key is at least each time."""
    order = np.argsort(key)
    running = np.vstack([np.cumsum(values[order][::-1], axis=0)[::-1], np.zeros(values.shape[1])])
    return np.asarray(running[np.searchsorted(key[order], times, side="left")])
