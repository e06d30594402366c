"""The test of two waves: who answered twice against the own earlier marks, the others regrouped."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.verdicts import arranged
from workbook.stats import Floats
from workbook.stats.regrouping import Bools, least_p, regrouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """What dealing the respondents of two waves out anew says of their difference."""

    difference: float
    """Later less earlier, over the items that both waves have."""
    p_value: float
    least_p_value: float
    """The smallest that so many respondents can give."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaveMarks:
    """Marks of one wave."""

    items: tuple[str, ...]
    people: tuple[str, ...]
    scores: Floats
    """Shape (items, people), NaN where no mark counts."""

    def only(self, items: Sequence[str]) -> "WaveMarks":
        """Return the marks of some of its items, of those who gave any."""
        place = {item: row for row, item in enumerate(self.items)}
        scores = self.scores[[place[item] for item in items]]
        there: Bools = np.asarray((~np.isnan(scores)).any(axis=0))
        return WaveMarks(
            items=tuple(items),
            people=tuple(np.array(self.people, dtype=object)[there].tolist()),
            scores=scores[:, there],
        )

    @property
    def scored(self) -> tuple[str, ...]:
        """Items that somebody marked."""
        known: Bools = np.asarray((~np.isnan(self.scores)).any(axis=1))
        return tuple(np.array(self.items, dtype=object)[known].tolist())


def wave_test(before: WaveMarks, now: WaveMarks, params: Params) -> Regrouping | None:
    """Deal two waves out anew over the items that both have; None without any.

    Whoever answered twice swaps the own two columns only: habits of marking stay out of the
    comparison, as in a paired test.
    """
    both = [item for item in now.scored if item in before.scored]
    if not both:
        return None
    before, now = before.only(both), now.only(both)
    scores = np.hstack([before.scores, now.scores])
    later = np.arange(scores.shape[1]) >= len(before.people)
    place = {name: i for i, name in enumerate(before.people)}
    pairs = [(place[n], len(place) + i) for i, n in enumerate(now.people) if n in place]
    found = regrouped(scores, arranged(scores, later, params, pairs))
    if found is None:
        return None
    return Regrouping(
        difference=found.difference,
        p_value=found.p_value,
        least_p_value=least_p(later, pairs),
    )
