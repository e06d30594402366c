"""Three ways to count reasons of which a loss may have several: any, 1/k, the only one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.stats import Floats

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mentions:
    """Which loss names which reason, each pair once."""

    n: int
    """Losses, also those that name nothing."""
    names: tuple[str, ...]
    """Reasons, sorted."""
    row: Ints
    """Loss of each mention."""
    reason: Ints
    """Reason of each mention, a place in ``names``; losses and their reasons in order."""

    @property
    def per_row(self) -> Ints:
        """Number of reasons of each loss."""
        return np.bincount(self.row, minlength=self.n).astype(np.int64)

    def by_row(self) -> list[tuple[str, ...]]:
        """Return the reasons of each loss, by name."""
        names = [self.names[reason] for reason in self.reason.tolist()]
        ends = np.cumsum(self.per_row).tolist()
        return [tuple(names[a:b]) for a, b in zip([0, *ends], ends, strict=False)]

    def sums(self, weights: Sequence[float]) -> Floats:
        """Return for each loss the sum of what its reasons weigh (one weight per name)."""
        each = np.array(weights, dtype=float)[self.reason]
        return np.bincount(self.row, weights=each, minlength=self.n).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MentionCounts:
    """Counts of each reason, or sums of what the losses weigh."""

    any: Floats
    fractional: Floats
    sole: Floats


def mentions(lists: Sequence[Iterable[str]]) -> Mentions:
    """Return the mentions of lists of reasons; a reason named twice in a list counts once.

    Examples
    --------
    >>> given = mentions([["price", "rude"], ["price"], []])
    >>> given.names, given.per_row.tolist(), given.by_row()
    (('price', 'rude'), [2, 1, 0], [('price', 'rude'), ('price',), ()])
    """
    pairs = sorted({(i, name) for i, names in enumerate(lists) for name in names})
    names = tuple(sorted({name for _, name in pairs}))
    place = {name: i for i, name in enumerate(names)}
    return Mentions(
        n=len(lists),
        names=names,
        row=np.array([i for i, _ in pairs], dtype=np.int64),
        reason=np.array([place[name] for _, name in pairs], dtype=np.int64),
    )


def count(given: Mentions, weights: Floats | None = None) -> MentionCounts:
    """Return the three counts of every reason.

    Of two losses one names price and rudeness, the other price alone.

    >>> found = count(mentions([["price", "rude"], ["price"]]))
    >>> found.any.tolist(), found.fractional.tolist(), found.sole.tolist()
    ([2.0, 1.0], [1.5, 0.5], [1.0, 0.0])

    Parameters
    ----------
    weights
        What each loss weighs (its revenue); None: 1.

    Raises
    ------
    ValueError
        When the fractional counts do not sum to the losses that name a reason.
    """
    size, k = len(given.names), given.per_row[given.row]
    weight = np.ones(given.n) if weights is None else weights
    each = weight[given.row]
    alone = k == 1
    found = MentionCounts(
        any=_sums(given.reason, each, size),
        fractional=_sums(given.reason, each / k, size),
        sole=_sums(given.reason[alone], each[alone], size),
    )
    total = float(weight[given.per_row > 0].sum())
    if not np.isclose(found.fractional.sum(), total, rtol=1e-9, atol=1e-6):
        raise ValueError(f"fractional counts sum to {found.fractional.sum()}, not {total}")
    return found


def _sums(place: Ints, weights: Floats, size: int) -> Floats:
    return np.bincount(place, weights=weights, minlength=size).astype(np.float64)


def reasons_per_row(given: Mentions) -> tuple[tuple[int, int], ...]:
    """Return (number of reasons, losses), fewest reasons first."""
    values, sizes = np.unique(given.per_row, return_counts=True)
    return tuple((int(k), int(n)) for k, n in zip(values, sizes, strict=True))


def together(given: Mentions) -> npt.NDArray[np.int64]:
    """Return how many losses name both reasons, for every two; the diagonal is any mention."""
    size = len(given.names)
    table = np.zeros((size, size), dtype=np.int64)
    order = np.argsort(given.row, kind="stable")
    reason, k = given.reason[order], given.per_row
    starts = np.concatenate([[0], np.cumsum(k)])[:-1]
    # Losses with as many reasons make a rectangle: a step per number of reasons, none per loss.
    for number in np.unique(k[k > 0]):
        first = starts[k == number]
        block = reason[first[:, None] + np.arange(number)]
        for i in range(number):
            for j in range(number):
                np.add.at(table, (block[:, i], block[:, j]), 1)
    return table
