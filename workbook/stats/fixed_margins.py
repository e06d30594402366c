"""Which columns of a yes-no table go together beyond what its row and column totals bring.

Where some rows hold one mark and some hold four, any two columns meet more often than if marks
fell independently.  So both totals are kept: how many marks each row has, and each column.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Floats

Marks = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_CHAINS = 100
_BURN = 5
"""Offers of a swap to each mark of a row before the first table counts."""
_APART = 4
"""Offers between two tables that count."""
COLUMNS = 64
"""Columns at most."""
_WORK = 200_000
"""Rows times tables that are drawn at most, so that a long table takes no longer."""
_FEWEST = 199


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meetings:
    """How often two columns meet, against tables of the same totals; arrays of one length."""

    expected: Floats
    """Mean number of meetings in tables of the same row and column totals."""
    p_value: Floats
    """Share of such tables in which the two meet at least as often."""
    p_adjusted: Floats
    """The same for all pairs together (largest surprise of each table, step-down)."""


def meetings(
    marks: Marks, pairs: Ints, *, rng: np.random.Generator, least: int = 1, draws: int = 499
) -> Meetings:
    """Test pairs of columns for meeting more often than the totals of rows and columns bring.

    Parameters
    ----------
    marks
        Shape (rows, columns).
    pairs
        Shape (pairs, 2): places of columns.
    least
        A pair that meets less often than this is no surprise, here or in a drawn table.

    Raises
    ------
    ValueError
        With more than :data:`COLUMNS` columns.

    Notes
    -----
    Tables are drawn by swapping marks of two rows (Gionis et al. 2007, ACM Trans. Knowl. Discov.
    Data 1(3), 14), all rows in random twos at a time (Carstens et al. 2016, arXiv:1609.05137).
    The surprise of a pair is the root of its Poisson deviance, so that rare and frequent columns
    are measured alike.  Correction: Westfall and Young (1993), Resampling-Based Multiple Testing.

    Examples
    --------
    >>> marks = np.repeat(np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=bool), 8, axis=0)
    >>> found = meetings(marks, np.array([[0, 1], [0, 2]]), rng=np.random.default_rng(1))
    >>> found.p_adjusted.round(3).tolist()
    [0.002, 1.0]
    """
    if marks.shape[1] > COLUMNS:
        raise ValueError(f"{marks.shape[1]} columns, at most {COLUMNS}")
    if not len(pairs):
        nothing = np.zeros(0)
        return Meetings(expected=nothing, p_value=nothing, p_adjusted=nothing)
    number = max(_FEWEST, min(draws, _WORK // max(1, len(marks))))
    a, b = pairs[:, 0], pairs[:, 1]
    counts = np.vstack([_together(marks)[None, a, b], _drawn(marks, rng, number)[:, a, b]])
    expected = counts.mean(axis=0)
    surprise = _surprise(counts, expected, least)
    alone = (counts >= counts[0]).mean(axis=0)
    return Meetings(
        expected=expected, p_value=alone, p_adjusted=np.maximum(alone, step_down(surprise))
    )


def step_down(statistics: npt.NDArray[np.float64]) -> Floats:
    """Return p values that hold for all columns together, by the largest statistic of each row.

    Parameters
    ----------
    statistics
        Shape (arrangements, comparisons), the observed arrangement first; larger is more extreme.

    Examples
    --------
    >>> step_down(np.array([[3.0, 1.0], [2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])).tolist()
    [0.25, 0.75]
    """
    order = np.argsort(-statistics[0], kind="stable")
    ranked = statistics[:, order]
    largest = np.maximum.accumulate(ranked[:, ::-1], axis=1)[:, ::-1]
    slack = 1e-9 * np.maximum(1.0, np.abs(ranked[0]))
    stepwise = np.maximum.accumulate((largest >= ranked[0] - slack).mean(axis=0))
    found = np.empty(len(order))
    found[order] = stepwise
    return found


def _surprise(
    counts: npt.NDArray[np.float64], expected: Floats, least: int
) -> npt.NDArray[np.float64]:
    more = (counts > expected) & (counts >= least)
    ratio = np.where(more, counts / np.maximum(expected, 1e-12), 1.0)
    deviance = counts * np.log(ratio) - counts + expected
    return np.asarray(np.where(more, np.sqrt(2 * np.maximum(deviance, 0.0)), 0.0))


def _drawn(marks: Marks, rng: np.random.Generator, draws: int) -> npt.NDArray[np.float64]:
    """Meetings of every two columns in ``draws`` tables of the same totals.

    Rows of one mark take part in the swaps, but two of them have nothing to tell each other.
    """
    held = marks.sum(axis=1)
    used = marks[np.argsort(-held, kind="stable")][: int((held > 0).sum())]
    many = int((held > 1).sum())
    columns = marks.shape[1]
    if many == 0 or len(used) < 2:
        return np.repeat(_together(marks)[None], draws, axis=0)
    chains = min(_CHAINS, max(_FEWEST // 10, 60_000 // len(used)))
    tables = _Tables.of(used, chains)
    for _ in range(_BURN * int(min(held.max(), 5))):
        tables.swap(rng, many)
    found = []
    for _ in range(-(-draws // chains)):
        for _ in range(_APART):
            tables.swap(rng, many)
        found.append(tables.together(many, columns))
    return np.concatenate(found)[:draws]


def _together(marks: Marks) -> npt.NDArray[np.float64]:
    cells = marks.astype(float)
    return np.asarray(cells.T @ cells)


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Several tables of the same totals, changed in place."""

    bits: npt.NDArray[np.uint64]
    """Shape (rows, tables): the marks of a row as the bits of a number."""
    places: Ints
    """Shape (rows, most marks of a row, tables): the columns of each row's marks."""
    held: Ints
    """Shape (rows,)."""

    @classmethod
    def of(cls, marks: Marks, tables: int) -> "_Tables":
        held = marks.sum(axis=1)
        bits = (marks.astype(np.uint64) << np.arange(marks.shape[1], dtype=np.uint64)).sum(axis=1)
        places = np.argsort(~marks, axis=1, kind="stable")[:, : int(held.max())]
        return cls(
            np.repeat(bits.astype(np.uint64)[:, None], tables, axis=1),
            np.repeat(places.astype(np.int64)[:, :, None], tables, axis=2),
            held.astype(np.int64),
        )

    def swap(self, rng: np.random.Generator, many: int) -> None:
        """Offer every row to swap one mark with another row, the same twos in all tables."""
        rows = len(self.held)
        order = rng.permutation(rows)
        first, second = order[: rows // 2], order[rows // 2 : 2 * (rows // 2)]
        useful = np.flatnonzero((first < many) | (second < many))
        first, second = first[useful], second[useful]
        at, mark = self._pick(rng, first)
        other_at, other = self._pick(rng, second)
        one = np.uint64(1)
        bit, other_bit = one << mark.view(np.uint64), one << other.view(np.uint64)
        bits, other_bits = self.bits[first], self.bits[second]
        free = ((bits & other_bit) | (other_bits & bit)) == 0
        change = (bit | other_bit) * free
        self.bits[first] = bits ^ change
        self.bits[second] = other_bits ^ change
        places = self.places.reshape(-1)
        places[at] = np.where(free, other, mark)
        places[other_at] = np.where(free, mark, other)

    def _pick(self, rng: np.random.Generator, rows: Ints) -> tuple[Ints, Ints]:
        """Return one mark of each row at random: its address and its column."""
        _, wide, tables = self.places.shape
        chance = rng.random((len(rows), tables), dtype=np.float32)
        held = self.held[rows][:, None]
        slot = np.minimum((chance * held).astype(np.int64), held - 1)
        at = (rows[:, None] * wide + slot) * tables + np.arange(tables)
        return at, self.places.reshape(-1)[at]

    def together(self, many: int, columns: int) -> npt.NDArray[np.float64]:
        """Return the meetings in each table, of the rows that have several marks."""
        place = np.arange(columns, dtype=np.uint64)[:, None, None]
        cells = ((self.bits[:many] >> place) & np.uint64(1)).astype(np.float32).transpose(2, 0, 1)
        return np.asarray(np.matmul(cells, cells.transpose(0, 2, 1)), dtype=np.float64)
