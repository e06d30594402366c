"""The figures of respondents that a report asks for, and which of them may be told together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from workbook.stats import Floats
from workbook.stats.clusters import Codes
from workbook.stats.disclosure import Publications, publishable

Key: TypeAlias = tuple[str, str]
"""What is told (``segment``, ``comment``, ``weighted`` …) and of whom."""
Told: TypeAlias = frozenset[Key]


@dataclass(slots=True, eq=False)
class Asked:
    """The sets of answers whose figures the report asks for, in order of importance."""

    rows: pd.Index
    """The answers."""
    _keys: list[Key] = field(default_factory=list)
    _columns: list[Any] = field(default_factory=list)
    _cuts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many figures are asked for."""
        return len(self._keys)

    def rows_of(self, frame: pd.DataFrame) -> Floats:
        """Return 1 for the answers of a frame, 0 for all others."""
        return self.weights_of(frame, np.ones(len(frame), dtype=np.float64))

    def weights_of(self, frame: pd.DataFrame, weights: npt.ArrayLike) -> Floats:
        """Return what each answer of a frame counts for, 0 for all others."""
        found = np.zeros(len(self.rows))
        found[self.rows.get_indexer(frame.index)] = np.asarray(weights)
        return found

    def add(self, key: Key, weights: Floats, *, cut: int = -1) -> None:
        """Ask for one figure."""
        if (weights != 0).any():
            self._keys.append(key)
            self._columns.append(sparse.csc_array(weights[:, None]))
            self._cuts.append(cut)

    def add_cuts(self, cuts: "Mapping[str, pd.Series[str]]") -> None:
        """Ask for all groups of several cuts, the largest first."""
        found = []
        for number, (by, labels) in enumerate(cuts.items(), start=len(set(self._cuts))):
            codes, names = pd.factorize(labels, sort=True)
            at = self.rows.get_indexer(labels.index)
            inside = sparse.csc_array(
                (np.ones(len(at)), (at, codes)), shape=(len(self.rows), len(names))
            )
            sizes = np.bincount(codes, minlength=len(names))
            found += [
                (-int(size), number, place, (by, str(name)), inside[:, [place]])
                for place, (name, size) in enumerate(zip(names, sizes, strict=True))
            ]
        for _, number, _, key, column in sorted(found, key=lambda one: one[:3]):
            self._keys.append(key)
            self._columns.append(column)
            self._cuts.append(number)

    def told(
        self, *, whose: Codes, accounts: Codes, classes: Codes, always: int, threshold: int
    ) -> Told:
        """Return the figures that may be told together."""
        if not self._keys:
            return frozenset()
        asked = Publications(
            sets=sparse.hstack(self._columns, format="csc"),
            people=whose,
            answers=classes,
            cuts=np.array(self._cuts),
            always=always,
            guarded=sparse.csc_array(
                (np.ones(len(accounts)), (np.arange(len(accounts)), accounts))
            ),
        )
        told = publishable(asked, threshold=threshold)
        return frozenset(key for key, shown in zip(self._keys, told, strict=True) if shown)


def named(told: Told, kind: str) -> frozenset[str]:
    """Return the names of one kind of figure that may be told."""
    return frozenset(name for what, name in told if what == kind)


def apart(inside: Collection[str], whole: Collection[str], threshold: int) -> bool:
    """Return whether a part of some people and its rest are both nobody or enough."""
    part, rest = len(set(inside)), len(set(whole) - set(inside))
    return all(n == 0 or n >= threshold for n in (part, rest))
