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

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from workbook.stats.clusters import Codes
from workbook.stats.intervals import Floats
from workbook.stats.pinned import Cells, indicator, pinned

Bools = npt.NDArray[np.bool_]
_DERIVED = 1e-6
"""Part of a set outside the span below which it is told by it: larger than rounding, smaller
than what a set of few people leaves."""
_TRIED = 12
"""Sets that are tried one by one where zeros pin a group down."""


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
    while True:
        told, span = audit.told()
        exposed = audit.leftovers(told, span)
        if exposed is not None:
            audit = audit.guarding(exposed)
            continue
        victim = audit.victim(told)
        if victim is None:
            return told
        audit = audit.refusing(victim)


@dataclass(slots=True, eq=False)
class _Span:
    """All that follows from the sets told so far, as combinations of sets."""

    gram: Floats
    """Inner products of the sets, shape (sets, sets)."""
    basis: list[Floats] = field(default_factory=list)
    """Orthonormal vectors, each as weights of the sets."""

    def beyond(self, place: int) -> Floats | None:
        """Return the direction that a set adds, as weights of the sets; None where it adds none."""
        rest = np.zeros(len(self.gram))
        rest[place] = 1.0
        known = np.array(self.basis)
        for _ in range(2 if self.basis else 0):  # twice is enough (Kahan)
            rest -= (known @ (self.gram @ rest)) @ known
        left = float(rest @ self.gram @ rest)
        if left <= _DERIVED**2 * max(self.gram[place, place], 1e-300):
            return None
        return np.asarray(rest / np.sqrt(left))

    def part(self, products: Any) -> Floats:
        """Return how much of each vector lies in the span (squared norm), by its products."""
        if not self.basis:
            return np.zeros(products.shape[0])
        inside = products @ np.column_stack(self.basis)
        return np.asarray((np.asarray(inside) ** 2).sum(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Audit:
    """The sets that are asked for, and those that must not follow from them."""

    asked: Publications
    threshold: int
    inside: Any
    gram: Floats
    shared: Floats
    """Answers that two sets have in common, shape (sets, sets)."""
    refused: Bools
    small: Any
    """Sparse, shape (answers, small sets)."""
    own: Any
    """Sparse, shape (people, answers)."""

    @classmethod
    def of(cls, asked: Publications, threshold: int) -> "_Audit":
        inside = asked.inside
        scale = np.maximum(abs(asked.sets).max(axis=0).toarray().ravel(), 1e-300)
        scaled = (asked.sets @ sparse.diags_array(1 / scale)).tocsc()
        own = indicator(asked.people).T.tocsr()
        bare = cls(
            asked=replace(asked, sets=scaled),
            threshold=threshold,
            inside=inside,
            gram=(scaled.T @ scaled).toarray(),
            shared=(inside.T @ inside).toarray(),
            refused=np.zeros(inside.shape[1], dtype=bool),
            small=sparse.csc_array((len(asked.people), 0)),
            own=own,
        )
        refused = bare.people_of(inside) < threshold
        refused[: asked.always] = False
        return replace(bare, refused=refused, small=bare._small_sets())

    def people_of(self, sets: Any) -> npt.NDArray[np.intp]:
        """Return how many different people are in each set."""
        return np.asarray(((self.own @ sets) != 0).sum(axis=0)).ravel()

    def few(self, sets: Any) -> Any:
        """Return those of some sets that hold few people, at least one."""
        people = self.people_of(sets)
        return sets[:, np.flatnonzero((people > 0) & (people < self.threshold))]

    def guarding(self, more: Any) -> "_Audit":
        """Return the audit with further sets that must not be derived."""
        return replace(self, small=sparse.hstack([self.small, more], format="csc"))

    def refusing(self, place: int) -> "_Audit":
        """Return the audit with a set that is not told, and must not follow either."""
        refused = self.refused.copy()
        refused[place] = True
        return replace(self.guarding(self.asked.sets[:, [place]]), refused=refused)

    def told(self) -> tuple[Bools, _Span]:
        """Take the sets one by one; none may bring a small set into the span."""
        span, products = _Span(gram=self.gram), (self.small.T @ self.asked.sets).tocsr()
        whole = np.asarray(self.small.multiply(self.small).sum(axis=0)).ravel()
        left, told = whole.copy(), np.zeros(len(self.refused), dtype=bool)
        bound, at_risk = _DERIVED * whole, np.ones(len(whole), dtype=bool)
        for place in range(len(told)):
            if self.refused[place]:
                continue
            direction = span.beyond(place)
            if direction is None:
                told[place] = True
                continue
            after = left - np.asarray(products @ direction) ** 2
            given_away = at_risk & (after <= bound)
            if place < self.asked.always:
                at_risk &= ~given_away
            elif given_away.any():
                continue
            span.basis.append(direction)
            left, told[place] = after, True
        return told, span

    def leftovers(self, told: Bools, span: _Span) -> Any | None:
        """Return the small rests of told sets, their told groups taken away, that follow.

        None where none does, or where what is always told gives them away.
        """
        found = []
        for cut in np.unique(self.asked.cuts[self.asked.cuts >= 0]):
            hidden = np.flatnonzero((self.asked.cuts == cut) & ~told)
            rest = np.asarray(self.inside[:, hidden].sum(axis=1)).ravel()
            common = self.shared[hidden].sum(axis=0)
            near = np.flatnonzero(told & (common > 0) & (common < self._many))
            if len(near):
                found.append(self.few(_times(self.inside[:, near], rest)))
        if not found:
            return None
        rests = sparse.hstack(found, format="csc")
        products, whole = (rests.T @ self.asked.sets).tocsr(), rests.sum(axis=0)
        whole = np.asarray(whole).ravel()
        base = self._always()
        exposed = whole - span.part(products) <= _DERIVED * whole
        exposed &= whole - base.part(products) > _DERIVED * whole
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
        beyond = np.diag(self.gram) - self._always().part(self.gram) > _DERIVED
        free = np.flatnonzero(told & self._plain & beyond)[::-1]
        cuts = self.asked.cuts
        same = free[np.isin(cuts[free], cuts[found][cuts[found] >= 0])]
        near = free[(self.shared[np.ix_(found, free)] > 0).any(axis=0)]
        return list(dict.fromkeys(np.concatenate([same, near, free]).tolist()))

    @property
    def _plain(self) -> Bools:
        """Sets that count each of their answers once."""
        spread = np.asarray((self.asked.sets - self.inside).power(2).sum(axis=0)).ravel()
        return np.asarray(spread == 0)

    def _always(self) -> _Span:
        """Return what follows from the sets that are always told."""
        span = _Span(gram=self.gram)
        for place in range(self.asked.always):
            direction = span.beyond(place)
            if direction is not None:
                span.basis.append(direction)
        return span

    @property
    def _many(self) -> float:
        """Answers from which on a set surely holds ``threshold`` people."""
        most = int(np.bincount(self.asked.people).max(initial=1))
        return float((self.threshold - 1) * most + 1)

    def _small_sets(self) -> Any:
        """Return every set of few people that is told by nobody; sparse, (answers, sets)."""
        cells = indicator(_cells(self.asked.sets))
        parts = [self.few(self.inside), *self._pairs(), self.few(cells), self._several(cells)]
        if self.asked.guarded is not None:
            parts.append(self.few(self.asked.guarded.tocsc()))
        return sparse.hstack(parts, format="csc")

    def _several(self, cells: Any) -> Any:
        """Return each person who answered in several cells."""
        cells_of = np.asarray(((self.own @ cells) != 0).sum(axis=1)).ravel()
        return self.own.T.tocsc()[:, np.flatnonzero(cells_of > 1)]

    def _pairs(self) -> list[Any]:
        """Return what few people have in common of two sets, and what one leaves of another."""
        sizes = np.diag(self.shared)
        first, second = np.nonzero(np.triu((self.shared > 0) & (self.shared < self._many), k=1))
        smaller = sizes[first] <= sizes[second]
        a, b = np.where(smaller, first, second), np.where(smaller, second, first)
        rest = sizes[:, None] - self.shared
        whole, part = np.nonzero((rest > 0) & (rest < self._many) & (self.shared > 0))
        common = [
            self.few(self.inside[:, a[i]].multiply(self.inside[:, b[i]]).tocsc())
            for i in _chunks(len(a))
        ]
        left = [
            self.few((self.inside[:, w] - self.inside[:, w].multiply(self.inside[:, p])).tocsc())
            for i in _chunks(len(whole))
            for w, p in [(whole[i], part[i])]
        ]
        return [*common, *left]


def _chunks(n: int, size: int = 2000) -> list[slice]:
    return [slice(start, start + size) for start in range(0, n, size)]


def _times(sets: Any, rows: Floats) -> Any:
    return (sparse.diags_array(rows) @ sets).tocsc()


def _cells(sets: Any) -> Codes:
    """Return the cell of each answer: answers of one cell count for the same in every set."""
    weights = np.random.default_rng(0).standard_normal(sets.shape[1])
    keys = np.asarray(sets.tocsr() @ weights).ravel()
    return np.asarray(np.unique(keys, return_inverse=True)[1].ravel(), dtype=np.intp)
