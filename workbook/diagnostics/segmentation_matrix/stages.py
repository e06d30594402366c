"""Stages of a sale: those of the options in order, then what else the offers name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.names import normalised_name, positions
from workbook.language.languages import ENGLISH, in_all, language_of, word_pattern
from workbook.language.lemmas import fold


def _spellings(stage: str) -> tuple[str, ...]:
    return in_all(lambda language: language.deals.stages[stage])


SPELLINGS = {stage: _spellings(stage) for stage in language_of(ENGLISH).deals.stages}
"""The source's stages as clients write them in other words and languages."""
CONTRACT = "contract"
OUTCOMES = frozenset(map(fold, in_all(lambda language: language.deals.outcomes)))
"""Words, folded, that mean how a deal ended and not where it is."""
OUTCOME_STEMS = tuple(map(fold, in_all(lambda language: language.deals.outcome_stems)))
"""Beginnings of such words, folded."""
_WORD = re.compile(r"\w+")
_NOT = re.compile(rf"\b({word_pattern(in_all(lambda language: language.deals.not_))})\s+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stages:
    """Stages by code, and those of each row."""

    names: tuple[str, ...]
    """In order: those of the options, the others where deals passed them."""
    codes: Ints
    """Stage of each row, -1 where blank or an outcome."""
    unknown: tuple[str, ...]
    """Stages that the options do not name, in order."""
    is_outcome: npt.NDArray[np.bool_]
    """Rows whose cell only says how the deal ended."""
    outcomes: tuple[str, ...]
    """Names in the column of stages that only say how a deal ended."""
    unplaced: tuple[str, ...]
    """Of the unknown ones, those whose place no deal tells: they come last as they first
    appeared."""

    @property
    def by_contract(self) -> npt.NDArray[np.bool_]:
        """Rows at the stage of the contract or at a later one that the options name."""
        strange = set(self.unknown)
        places = [at for at, name in enumerate(self.names) if name not in strange]
        known = [self.names[at] for at in places]
        first = positions(_all_forms(known)).get(CONTRACT, len(known))
        return np.isin(self.codes, places[first:])


def _all_forms(names: Iterable[str]) -> list[str]:
    """Return the names as the source calls them where they are its stages in other words."""
    plain = {normalised_name(form): name for name, forms in SPELLINGS.items() for form in forms}
    return [plain.get(normalised_name(name), normalised_name(name)) for name in names]


def stages(
    offers: pd.DataFrame, day: Days, known: tuple[str, ...], *, deal: Sequence[object] = ()
) -> Stages:
    """Return the stages of offers, matched without case, spaces and accents.

    The source's stages are known in English, Russian and Slovak where the options name them.  A
    name that means won or lost and stands on closed events only is no stage: such events are in
    the stage that their deal was last in.

    Parameters
    ----------
    deal
        The deal of each row, which tells the order of stages that the options do not name.
    """
    cells = texts(offers, "stage")
    folded = {word: normalised_name(word) for word in cells.unique() if word}
    ends = _outcomes(offers, cells, folded)
    place = {name: at for name, at in _known_places(known).items() if name not in ends}
    first: dict[str, tuple[int, str]] = {}
    for word, when in zip(cells, day.astype(np.int64).tolist(), strict=True):
        if word and folded[word] not in place:
            seen = first.get(folded[word], (when, word))
            first[folded[word]] = min(seen, (when, word))
    added = sorted((k for k in first if k not in ends), key=lambda k: _by_day(first[k]))
    place |= {k: len(known) + at for at, k in enumerate(added)}
    names = (*known, *(first[k][1] for k in added))
    keys = [folded[word] if word else "" for word in cells]
    codes = [place.get(name, -1) for name in keys]
    order, unplaced = list(range(len(names))), [*range(len(known), len(names))]
    if added and len(deal) == len(codes):
        went = passages(deal, day.astype(np.int64).tolist(), codes, len(names))
        order, unplaced = in_order(went, len(known))
    new_code = np.append(np.argsort(order), -1)
    return Stages(
        names=tuple(names[at] for at in order),
        codes=new_code[np.array(codes, dtype=np.int64)].astype(np.int64),
        unknown=tuple(names[at] for at in order if at >= len(known)),
        is_outcome=np.array([name in ends for name in keys], dtype=bool),
        outcomes=tuple(first[k][1] for k in sorted(ends & first.keys(), key=lambda k: first[k])),
        unplaced=tuple(names[at] for at in unplaced),
    )


def _by_day(seen: tuple[int, str]) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    return seen[0], natural(seen[1])


def _known_places(known: tuple[str, ...]) -> dict[str, int]:
    place = positions(known)
    for name, forms in SPELLINGS.items():
        if normalised_name(name) in place:
            place |= {
                normalised_name(form): place[normalised_name(name)]
                for form in forms
                if normalised_name(form) not in place
            }
    return place


def _outcomes(offers: pd.DataFrame, cells: "pd.Series[str]", folded: dict[str, str]) -> set[str]:
    """Return the keys of names that mean an outcome and stand on closed events only."""
    closed = texts(offers, "status").isin(["won", "lost"])
    still_open = {folded[word] for word in cells[~closed] if word}
    return {folded[word] for word in folded if means_outcome(word)} - still_open


def means_outcome(name: str) -> bool:
    """Return whether a name says that a deal was won or lost.

    Examples
    --------
    >>> [means_outcome(n) for n in ("Deal won", "Закрыто и не реализовано", "Vyhraté", "Invoice")]
    [True, True, True, False]
    """
    words = _WORD.findall(_NOT.sub(r"\1", fold(name)))
    return any(word in OUTCOMES or word.startswith(OUTCOME_STEMS) for word in words)


Counts = npt.NDArray[np.int64]


def passages(deal: Sequence[object], day: Sequence[int], stage: Sequence[int], n: int) -> Counts:
    """Count how many deals entered stage i on an earlier day than stage j, shape (n, n).

    Parameters
    ----------
    deal, day, stage
        By event: the deal it belongs to, its day and its stage (0 to n - 1; below 0: none).
    """
    first: dict[object, dict[int, int]] = {}
    for whose, when, at in zip(deal, day, stage, strict=True):
        if at >= 0:
            entered = first.setdefault(whose, {})
            entered[at] = min(entered.get(at, when), when)
    before = np.zeros((n, n), dtype=np.int64)
    for entered in first.values():
        for one, other in combinations(entered, 2):
            if entered[one] < entered[other]:
                before[one, other] += 1
            elif entered[other] < entered[one]:
                before[other, one] += 1
    return before


def in_order(before: Counts, fixed: int) -> tuple[list[int], list[int]]:
    """Return all stages in the order of most passages, and those that no deal tells a place of.

    The first ``fixed`` stages keep their order.  The others, first those that come earliest of
    them, are put where the fewest deals went the other way; ties go to the later place, so that
    a stage without any passage follows the rest in the order in which it was given.

    Examples
    --------
    >>> went = np.array([[0, 0, 0], [0, 0, 3], [0, 0, 0]])
    >>> in_order(went, fixed=1)
    ([0, 1, 2], [])
    """
    n = len(before)
    moved = before + before.T
    told = [k for k in range(fixed, n) if moved[k].any()]
    untold = [k for k in range(fixed, n) if not moved[k].any()]
    majority = np.sign(before - before.T)
    told.sort(key=lambda k: (-int(majority[k].sum()), k))
    placed = list(range(fixed))
    for stage in told:
        against = [
            int(before[stage, placed[:at]].sum() + before[placed[at:], stage].sum())
            for at in range(len(placed) + 1)
        ]
        best = min(against)
        placed.insert(max(at for at, n in enumerate(against) if n == best), stage)
    return placed + untold, untold
