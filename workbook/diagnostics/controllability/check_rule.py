"""One check of an answer against the client's own data: the rule and its figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE

Unit: TypeAlias = Literal["share", "months"]
Flags: TypeAlias = "npt.NDArray[np.bool_] | pd.Series[bool] | Sequence[bool]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the data say."""

    value: float | None
    """Share 0-1 or months; None where there is nothing to look at."""
    n: int
    """Records that speak against a high mark."""
    base: int
    """Records looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The tables of the engagement that a check may look at."""

    tables: Mapping[str, pd.DataFrame]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """One check.  It contradicts a mark where the figure reaches the bound."""

    check: str
    """Id; the texts name it and its figure."""
    item: str
    needs: tuple[str, ...]
    """Tables (``offers``) and columns (``offers.stage``) without which it cannot be made."""
    measure: Callable[[Records], Measured]
    bound: str
    """Field of Params with the bound."""
    also: tuple[str, ...] = ()
    """Tables that it reads where they are there."""
    unit: Unit = "share"
    scarce: bool = False
    """Few records are enough: they are not cases but the thing itself (segments, answers)."""
    of_customers: bool = False
    """Its records are the client's customers, present or lost."""
    questionnaire: str = MAIN_QUESTIONNAIRE

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads, each once."""
        return tuple(dict.fromkeys([*(n.partition(".")[0] for n in self.needs), *self.also]))


def share(against: Flags, among: "Flags | None" = None) -> Measured:
    """Return how many of the records speak against a high mark.

    Parameters
    ----------
    against
        Which records do.
    among
        Which records are looked at; None: all.

    Examples
    --------
    >>> found = share([True, True, False], among=[True, False, True])
    >>> found.n, found.base, found.value
    (1, 2, 0.5)
    """
    flags = np.asarray(against, dtype=bool)
    looked = np.ones(len(flags), dtype=bool) if among is None else np.asarray(among, dtype=bool)
    n, base = int((flags & looked).sum()), int(looked.sum())
    return Measured(value=n / base if base else None, n=n, base=base)
