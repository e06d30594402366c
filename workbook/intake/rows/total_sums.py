"""Whether an amount is the sum of rows: of all, of those above, of its group."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.intake.rows.total_words import Surety, TotalLabel, folded_name

Mask: TypeAlias = npt.NDArray[np.bool_]
Whole: TypeAlias = npt.NDArray[np.int64]
Groups: TypeAlias = Mapping[str, tuple[int, int]]
"""Folded value of a group -> sum and number of its rows."""
_MOST_DECIMALS = 6
_LARGEST = 2**62
_SEVERAL = 5
_NEARLY = 0.8


class Sums:
    """The amounts of one column as whole numbers of their smallest unit, summed exactly.

    Parameters
    ----------
    values
        One amount per row, NaN where there is none.
    details
        Rows that are no (possible) totals: only these are summed.
    candidates
        Positions of the possible totals, rising.
    texts
        Columns that may name a group.
    """

    def __init__(
        self,
        values: npt.NDArray[np.float64],
        details: Mask,
        candidates: Sequence[int],
        texts: Sequence[npt.NDArray[np.object_]],
    ) -> None:
        self._values = values
        self.filled = np.isfinite(values)
        self._counts = details & self.filled
        self._texts = texts
        decimals = _decimals(values[self.filled])
        self._scale, self._cut = 10**decimals, decimals == _MOST_DECIMALS
        scaled = np.where(self.filled, values, 0.0) * self._scale
        self._whole: Whole = np.rint(scaled).astype(np.int64)
        added = np.where(self._counts, self._whole, 0)
        self._above: Whole = np.concatenate([[0], np.cumsum(added)])
        self._n_above: Whole = np.concatenate([[0], np.cumsum(self._counts)])
        self._ends = {int(self._above[at]): at for at in [*candidates, len(values)]}
        self._starts: dict[int, int] = {0: 0}
        self._last = 0

    def passed(self, row: int) -> None:
        """Note that a total stands at ``row``: the next group begins below it."""
        self._last = row + 1
        self._starts[int(self._above[row + 1])] = row + 1

    def nearest_sum(self, row: int) -> float:
        """Return the sum that a total at ``row`` should be: of the rows since the last total."""
        begin = self._last if self._n_above[row] > self._n_above[self._last] else 0
        return float(int(self._above[row] - self._above[begin]) / self._scale)

    def is_most(self, row: int) -> bool:
        """Return whether one amount is nearly as large as all others together."""
        total, n = self._sum(row, 0, len(self._values))
        own = int(self._whole[row])
        return bool(self.filled[row]) and n >= _SEVERAL and own >= _NEARLY * abs(total)

    def is_total(self, row: int, label: TotalLabel, *, least: int, means: bool) -> bool:
        """Return whether the amount of a row is the sum of at least ``least`` others.

        ``means``: their average will do as well.
        """
        if not self.filled[row]:
            return False
        own = int(self._whole[row])
        spans = [(0, row), (self._last, row), (0, len(self._values))]
        begin = self._starts.get(int(self._above[row]) - own)
        spans += [] if begin is None else [(begin, row)]
        end = self._ends.get(int(self._above[row + 1]) + own)
        spans += [] if end is None or end <= row else [(row + 1, end)]
        if any(self._fits(own, row, span, least=least) for span in spans):
            return True
        if (label.mean or means) and any(self._is_mean(row, span) for span in spans):
            return True
        perhaps = label.surety is Surety.PERHAPS  # too many runs to be more than chance
        runs = [] if perhaps else [(run, row) for run in self._runs(row)]
        if any(self._fits(own, row, span, least=least) for span in runs):
            return True
        return any(own == total and n >= 1 for total, n in self._named(label.of))

    def _sum(self, row: int, begin: int, end: int) -> tuple[int, int]:
        """Return sum and number of the details of a span, ``row`` itself left out."""
        inside = begin <= row < end and bool(self._counts[row])
        total = int(self._above[end] - self._above[begin])
        n = int(self._n_above[end] - self._n_above[begin])
        return total - (int(self._whole[row]) if inside else 0), n - inside

    def _fits(self, own: int, row: int, span: tuple[int, int], *, least: int) -> bool:
        total, n = self._sum(row, *span)
        apart = max(self._rounding(own), 2 * n if self._cut else 0)
        return n >= least and abs(total - own) * 2 <= apart

    def _rounding(self, own: int) -> int:
        """Return the unit to which an amount is rounded; nothing where it has every decimal."""
        unit = 1
        while unit < self._scale and own % (unit * 10) == 0 and own:
            unit *= 10
        return unit if unit > 1 else 0

    def _is_mean(self, row: int, span: tuple[int, int]) -> bool:
        total, n = self._sum(row, *span)
        if n < 2:
            return False
        said = float(self._values[row])
        step = 10.0 ** -_decimals(np.array([said]))
        return bool(abs(total / n / self._scale - said) <= step / 2 + 1e-9)

    def _runs(self, row: int) -> Iterable[int]:
        """Yield where the equal cells above a row begin, column by column."""
        for changes in self._changes:
            at = int(np.searchsorted(changes, row - 1, side="right")) - 1
            if row > 0 and at >= 0:
                yield int(changes[at])

    @cached_property
    def _changes(self) -> list[Whole]:
        """Per column, the rows at which a new value begins."""
        made = []
        for texts in self._texts:
            new = np.ones(len(texts), dtype=bool)
            new[1:] = texts[1:] != texts[:-1]
            made.append(np.flatnonzero(new))
        return made

    def _named(self, name: str) -> list[tuple[int, int]]:
        """Return sum and number of the rows of a group, in every column that has it."""
        return [groups[name] for groups in self._groups if name in groups] if name else []

    @cached_property
    def _groups(self) -> list[Groups]:
        made: list[Groups] = []
        for texts in self._texts:
            codes, uniques = pd.factorize(texts)
            sums = np.zeros(len(uniques), dtype=np.int64)
            np.add.at(sums, codes, np.where(self._counts, self._whole, 0))
            numbers = np.bincount(codes[self._counts], minlength=len(uniques))
            groups: dict[str, tuple[int, int]] = {}
            for text, total, n in zip(uniques, sums.tolist(), numbers.tolist(), strict=True):
                before = groups.get(folded_name(text), (0, 0))
                groups[folded_name(text)] = (before[0] + total, before[1] + n)
            made.append(groups)
        return made

    def has_group(self, name: str) -> bool:
        """Return whether a column has a value of this name among the details."""
        return any(n for _, n in self._named(name))


def _decimals(values: npt.NDArray[np.float64]) -> int:
    """Return the decimals that amounts are written with, as many as whole numbers can hold."""
    largest = float(np.abs(values).sum()) if len(values) else 0.0
    for decimals in range(_MOST_DECIMALS):
        too_large = largest * 10.0 ** (decimals + 1) > _LARGEST
        if too_large or np.allclose(np.round(values, decimals), values, rtol=1e-15, atol=1e-9):
            return decimals
    return _MOST_DECIMALS
