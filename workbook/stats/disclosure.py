"""Which counts and means of a survey may be told together, so that none of few can be worked out.

Whoever reads a report may know who belongs to which group: the company knows its own customers
and employees.  Every figure of a group is one linear equation in what its people answered, so
whatever follows from the figures told is a combination of them, and a figure that must stay
hidden is safe exactly when it is none.  Sets are therefore taken one by one, in order of
importance, and one is told only if it holds at least ``threshold`` people and no small set lies
in the span of it and of all told before: no small group, nothing small that two sets have in
common or that one leaves of the other, no small cell of all cuts together, no one person, and
nothing small that remains of a set when its told groups are taken away.

Counts are not negative, so zeros tell more than the equations do: where a hidden group's whole
result would follow from them (a linear programme), another group is hidden, too, unless the group
lies within told ones in which all answered alike.

Sources: Cox (1980), JASA 75, 377-385 (linear audit of cell suppression); Willenborg and de Waal
(2001), Elements of Statistical Disclosure Control, ch. 4; Fischetti and Salazar (2000),
Management Science 47, 1008-1027 (attacker's programme).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from workbook.stats.clusters import Codes
from workbook.stats.intervals import Floats
from workbook.stats.linear_span import DERIVED, LinearSpan, span_of
from workbook.stats.pinned import Cells, pinned
from workbook.stats.small_sets import Givers, givers_of, small_sets

Bools = npt.NDArray[np.bool_]
_TRIED = 12
"""Sets that are tried one by one where zeros pin a group down: each try is an audit of its own,
and where none of so many helps, hiding the least important one and looking again ends it sooner."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publications:
    """What a report would like to tell of the same answers, the most important first."""

    sets: Any
    """Sparse, shape (answers, sets): what each answer counts for in each figure; 1 for a plain
    count or mean, other values for a weighted mean or a difference, 0 outside."""
    people: Codes
    """Shape (answers,): whose each answer is."""
    answers: Codes
    """Shape (answers,): the class or mark of each answer, from 0 on."""
    cuts: Codes
    """Shape (sets,): which cut a group belongs to (its groups share no answer); -1: none."""
    always: int = 1
    """So many sets at the front are told whatever their size: the whole, its waves."""
    guarded: Any = None
    """Sparse, shape (answers, further sets) that must not be derived where few people are in
    them, such as accounts; they are never told."""

    @property
    def inside(self) -> Any:
        """Which answers are in which set, sparse 0 and 1."""
        return (self.sets != 0).astype(float).tocsc()


def publishable(asked: Publications, *, threshold: int) -> Bools:
    """Return which sets may be told.

    The first ``always`` sets are; what follows from them alone cannot be protected.

    Parameters
    ----------
    threshold
        Fewer people than this are few.

    Returns
    -------
    Bools
        Shape (sets,).

    Examples
    --------
    A manager whose people are segment A and three of segment B gives these three away:

    >>> whole, manager = np.ones(30), np.arange(30) < 13
    >>> a, b = np.arange(30) < 10, (np.arange(30) >= 10) & (np.arange(30) < 13)
    >>> asked = Publications(
    ...     sets=sparse.csc_array(np.column_stack([whole, manager, a, b]).astype(float)),
    ...     people=np.arange(30), answers=np.arange(30) % 3, cuts=np.array([-1, 0, 1, 1]),
    ... )
    >>> publishable(asked, threshold=5).tolist()
    [True, True, False, False]
    """
    audit = _Audit.of(asked, threshold)
    while True:  # ends: each round guards a further set or refuses one of those told
        told, span = audit.told()
        exposed = audit.leftovers(told, span)
        if exposed is not None:
            audit = audit.guarding(exposed)
            continue
        victim = audit.victim(told)
        if victim is None:
            return told
        audit = audit.refusing(victim)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Audit:
    """The sets that are asked for, and those that must not follow from them."""

    asked: Publications
    """Its sets scaled to a largest weight of 1, so that one bound of rounding fits all."""
    givers: Givers
    inside: Any
    gram: Floats
    shared: Floats
    """Answers that two sets have in common, shape (sets, sets)."""
    refused: Bools
    small: Any
    """Sparse, shape (answers, small sets)."""

    @classmethod
    def of(cls, asked: Publications, threshold: int) -> "_Audit":
        inside, givers = asked.inside, givers_of(asked.people, threshold=threshold)
        scale = np.maximum(abs(asked.sets).max(axis=0).toarray().ravel(), 1e-300)
        scaled = (asked.sets @ sparse.diags_array(1 / scale)).tocsc()
        refused = givers.count(inside) < threshold
        refused[: asked.always] = False
        return cls(
            asked=replace(asked, sets=scaled),
            givers=givers,
            inside=inside,
            gram=(scaled.T @ scaled).toarray(),
            shared=(inside.T @ inside).toarray(),
            refused=refused,
            small=small_sets(scaled, givers, asked.guarded),
        )

    def guarding(self, more: Any) -> "_Audit":
        """Return the audit with further sets that must not be derived."""
        return replace(self, small=sparse.hstack([self.small, more], format="csc"))

    def refusing(self, place: int) -> "_Audit":
        """Return the audit with a set that is not told, and must not follow either."""
        refused = self.refused.copy()
        refused[place] = True
        return replace(self.guarding(self.asked.sets[:, [place]]), refused=refused)

    def told(self) -> tuple[Bools, LinearSpan]:
        """Take the sets one by one; none may bring a small set into the span.

        ``left`` is what of each small set lies outside the span (squared length): each direction
        taken into the span takes its own part away, so a set costs one product, not a new span.
        """
        span, products = LinearSpan(gram=self.gram), (self.small.T @ self.asked.sets).tocsr()
        whole = np.asarray(self.small.multiply(self.small).sum(axis=0)).ravel()
        left, told = whole.copy(), np.zeros(len(self.refused), dtype=bool)
        bound, at_risk = DERIVED * whole, np.ones(len(whole), dtype=bool)
        for place in range(len(told)):
            if self.refused[place]:
                continue
            direction = span.beyond(place)
            if direction is None:  # it follows anyway: to be silent of it would hide nothing
                told[place] = True
                continue
            after = left - np.asarray(products @ direction) ** 2
            given_away = at_risk & (after <= bound)
            if place < self.asked.always:  # told whatever it gives away: that is lost already
                at_risk &= ~given_away
            elif given_away.any():
                continue
            span.add(direction)
            left, told[place] = after, True
        return told, span

    def leftovers(self, told: Bools, span: LinearSpan) -> Any | None:
        """Return the small rests of told sets, their told groups taken away, that follow.

        None where none does, or where what is always told gives them away.  These cannot be
        among the small sets from the start: what is left depends on which groups are told.
        """
        found = []
        for cut in np.unique(self.asked.cuts[self.asked.cuts >= 0]):
            hidden = np.flatnonzero((self.asked.cuts == cut) & ~told)
            rest = np.asarray(self.inside[:, hidden].sum(axis=1)).ravel()
            common = self.shared[hidden].sum(axis=0)
            near = np.flatnonzero(told & (common > 0) & (common < self.givers.surely_enough))
            if len(near):
                found.append(self.givers.few(_times(self.inside[:, near], rest)))
        if not found:
            return None
        rests = sparse.hstack(found, format="csc")
        products, whole = (rests.T @ self.asked.sets).tocsr(), rests.sum(axis=0)
        whole = np.asarray(whole).ravel()
        exposed = whole - span.part(products) <= DERIVED * whole
        exposed &= whole - self._always().part(products) > DERIVED * whole
        return rests[:, np.flatnonzero(exposed)] if exposed.any() else None

    def victim(self, told: Bools) -> int | None:
        """Return the set to hide because zeros pin a hidden group down; None where none does.

        The least important one that leaves nothing pinned down; where no single one does, the
        least important of the same cut.
        """
        found = self._pinned(told)
        if not len(found):
            return None
        choices = self._choices(told, found)
        # from the least important on: the first that frees everything costs the reader least
        for place in choices[:_TRIED]:
            without, _ = self.refusing(place).told()
            if not len(self._pinned(without)):
                return place
        return choices[0] if choices else None

    def _pinned(self, told: Bools) -> npt.NDArray[np.intp]:
        """Return the hidden groups whose whole result the told ones pin down."""
        places = np.flatnonzero(~told & self._plain)
        cells = Cells(
            told=self.inside[:, np.flatnonzero(told & self._plain)],
            hidden=self.inside[:, places],
            answers=self.asked.answers,
        )
        return places[pinned(cells)]

    def _choices(self, told: Bools, found: npt.NDArray[np.intp]) -> list[int]:
        """Return the told groups that may be hidden: of the same cut, then near ones, then all."""
        beyond = np.diag(self.gram) - self._always().part(self.gram) > DERIVED
        free = np.flatnonzero(told & self._plain & beyond)[::-1]
        cuts = self.asked.cuts
        same = free[np.isin(cuts[free], cuts[found][cuts[found] >= 0])]
        near = free[(self.shared[np.ix_(found, free)] > 0).any(axis=0)]
        return list(dict.fromkeys(np.concatenate([same, near, free]).tolist()))

    @property
    def _plain(self) -> Bools:
        """Sets that count each of their answers once.

        Of weighted ones a zero says nothing of single answers, so the programme has no use for
        them.
        """
        spread = np.asarray((self.asked.sets - self.inside).power(2).sum(axis=0)).ravel()
        return np.asarray(spread == 0)

    def _always(self) -> LinearSpan:
        """Return what follows from the sets that are always told."""
        return span_of(self.gram, range(self.asked.always))


def _times(sets: Any, rows: Floats) -> Any:
    return (sparse.diags_array(rows) @ sets).tocsc()
