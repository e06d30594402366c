"""Which of several means is the lowest, where that can be told at all.

Of six parameters one always has the lowest mean.  It is named only when it lies below each of the
others by a test of its own, all of them together in one family.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.cells import natural
from workbook.stats import Correction, Family, Floats, Procedure, holm
from workbook.stats.bounded_marks import bounded_difference
from workbook.stats.clusters import Codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marked:
    """The marks of one thing: both arrays of shape (marks,)."""

    name: str
    marks: Floats
    whose: Codes
    """Who gave each mark, numbered alike for all things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowest:
    """The lowest of several and those that cannot be told from it."""

    names: tuple[str, ...] = ()
    """The lowest mean first; one name only: it is the lowest."""
    family: Family | None = None
    """Comparisons of the lowest with each other; None where there is nothing to compare."""


def lowest(
    things: Sequence[Marked], *, family: str, scale: tuple[float, float], alpha: float
) -> Lowest:
    """Compare the lowest mean with each other one, paired over who marked both.

    That of equal ones the lowest passes all comparisons is rarer than ``alpha``: it would have to
    pass against the second lowest as well.

    Parameters
    ----------
    family
        Its id.
    scale
        Lowest and highest mark there can be.
    """
    ranked = sorted(things, key=lambda one: (one.marks.mean(), natural(one.name)))
    if len(ranked) < 2:
        return Lowest(names=tuple(one.name for one in ranked))
    first, *others = ranked
    p_values = holm([_p_value(first, other, scale) for other in others])
    apart = np.array(p_values) < alpha
    alike = tuple(one.name for one, sure in zip(others, apart, strict=True) if not sure)
    return Lowest(
        names=(first.name, *alike),
        family=Family(
            id=family,
            procedure=Procedure.MEANS,
            correction=Correction.HOLM if len(others) > 1 else Correction.SINGLE,
            comparisons=len(others),
            passed=int(apart.sum()),
            alpha=alpha,
        ),
    )


def _p_value(first: Marked, other: Marked, scale: tuple[float, float]) -> float:
    found = bounded_difference(
        first.marks, other.marks, first_codes=first.whose, second_codes=other.whose,
        low=scale[0], high=scale[1],
    )  # fmt: skip
    return 1.0 if found is None or found.adjusted <= 0 else found.p_value


def marked(
    names: npt.NDArray[np.object_], marks: Floats, whose: Codes, *, least: int
) -> tuple[Marked, ...]:
    """Return the marks by name, without names that fewer than ``least`` marks speak of."""
    found = []
    for name in dict.fromkeys(names):
        rows = names == name
        if rows.sum() >= least:
            found.append(Marked(name=str(name), marks=marks[rows], whose=whose[rows]))
    return tuple(found)
