"""Whether those to whom something happened were marked before: the labels dealt out anew.

Each event is one of a set of people who were there at the time; by chance it could have been any
of them.  So the number of events of marked people has an exact distribution: a sum of independent
draws, each with the share of marked people of its own set.
"""

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Floats


def marked_events_p(marked: npt.NDArray[np.bool_], shares: Floats) -> float:
    """Return the chance of at least so many events of marked people.

    Parameters
    ----------
    marked
        Shape (events,): the person of the event was marked.
    shares
        Shape (events,), 0-1: of all who could have been that person, itself included, the part
        that was marked at that time.

    Raises
    ------
    ValueError
        When a share contradicts its event: a marked person in a set without any.

    Notes
    -----
    The exact permutation distribution where events have sets of their own; careful (it holds
    fewer than the nominal errors) where several events share a day.  Cox (1975), Biometrika 62,
    269-276 (partial likelihood); nested case-control sets: Borgan et al. (1995), Ann. Stat. 23,
    1749-1778.

    Examples
    --------
    >>> marked_events_p(np.array([True, True]), np.array([0.5, 0.5]))
    0.25
    """
    if (marked & (shares <= 0)).any() or (~marked & (shares >= 1)).any():
        raise ValueError("an event that its set does not allow")
    chance = np.zeros(len(shares) + 1)
    chance[0] = 1.0
    for k, share in enumerate(shares.tolist(), start=1):
        chance[1 : k + 1] = chance[1 : k + 1] * (1 - share) + chance[:k] * share
        chance[0] *= 1 - share
    return float(min(1.0, chance[int(marked.sum()) :].sum()))
