"""Scores of single ratios, in fractions: no float decides a band."""

from bisect import bisect_left
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import lcm
from typing import Self

ZONE = Fraction(1, 20)
"""Part of the way from the median to a quartile that still scores 0 (the source)."""
SCORES = (-2, -1, 0, 1, 2)


Halves = tuple[Fraction, Fraction, Fraction]
"""Half of the last decimal place of q1, median and q3."""


@dataclass(frozen=True, slots=True)
class QuartileCut:
    """The quartiles of one ratio whose higher values are better."""

    q1: Fraction
    median: Fraction
    q3: Fraction
    zone: Fraction = ZONE
    """Part of the way to a quartile that still scores 0."""
    bounds: tuple[Fraction, Fraction, Fraction, Fraction] = field(init=False)
    """Values that part the scores: -2 up to the first, then -1; 0 from the second to the third,
    both included; +1, and +2 from the fourth on."""

    def __post_init__(self) -> None:
        low = self.median - (self.median - self.q1) * self.zone
        high = self.median + (self.q3 - self.median) * self.zone
        object.__setattr__(self, "bounds", (self.q1, low, high, self.q3))

    def turned(self) -> "QuartileCut":
        """Return the quartiles of the ratio with its sign changed."""
        return QuartileCut(-self.q3, -self.median, -self.q1, self.zone)

    def corners(self, halves: Halves) -> tuple["QuartileCut", ...]:
        """Return the outermost quartiles that the rounding leaves open; they stay in order."""
        found = []
        for a, b, c in product((-1, 1), repeat=3):
            median = self.median + b * halves[1]
            q1 = min(self.q1 + a * halves[0], median)
            found.append(QuartileCut(q1, median, max(self.q3 + c * halves[2], median), self.zone))
        return tuple(found)


def score(x: Fraction, cut: QuartileCut) -> int:
    """Return the score of a value whose higher values are better.

    >>> score(Fraction(3), QuartileCut(Fraction(1), Fraction(2), Fraction(4)))
    1
    """
    # The median first: where a quartile equals it, a value on both is no worse than the middle.
    if x == cut.median:
        return 0
    if x <= cut.q1:
        return -2
    if x >= cut.q3:
        return 2
    _, low, high, _ = cut.bounds
    if x < cut.median:
        return 0 if x >= low else -1
    return 0 if x <= high else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A score, and what it hangs on."""

    score: int
    possible: tuple[int, ...]
    """Scores that the unrounded quartiles could give, rising."""
    to_better: float | None
    """How far the value is from the next better score, 0 or more; None at +2."""
    to_worse: float | None
    """How far it is from the next worse score, 0 or more; None at -2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The scores of a ratio as its value rises: constant between values where they may change.

    Made by :meth:`Scale.steps`.  Values are compared as whole numbers over one denominator.
    """

    scale: "Scale"
    values: tuple[Fraction, ...]
    """Rising."""
    at: tuple[int, ...]
    """Score at each value."""
    between: tuple[int, ...]
    """Score below the first value, between two, and above the last."""
    open_at: tuple[tuple[int, ...], ...]
    """Scores that the rounding of the quartiles leaves open, at each value."""
    open_between: tuple[tuple[int, ...], ...]
    floats: tuple[float, ...] = field(init=False, repr=False)
    """The values as floats."""
    _whole: tuple[int, ...] = field(init=False, repr=False)
    _bounds: tuple[int, ...] = field(init=False, repr=False)
    _of: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        bounds = self.scale.cut.bounds
        of = lcm(*(value.denominator for value in (*self.values, *bounds)))
        object.__setattr__(self, "floats", tuple(map(float, self.values)))
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_whole", tuple(int(value * of) for value in self.values))
        object.__setattr__(self, "_bounds", tuple(int(bound * of) for bound in bounds))

    def place(self, top: int, bottom: int) -> tuple[int, bool]:
        """Return before which of the values ``top / bottom`` lies, and whether it is on it.

        Parameters
        ----------
        bottom
            Above nil.
        """
        whole, rest = divmod(top * self._of, bottom)
        at = bisect_left(self._whole, whole + 1 if rest else whole)
        return at, not rest and at < len(self._whole) and self._whole[at] == whole

    def score(self, top: int, bottom: int = 1) -> int:
        """Return the score of ``top / bottom``, ``bottom`` above nil: that of the scale.

        >>> cut = QuartileCut(Fraction(1, 2), Fraction(1), Fraction(2), zone=Fraction(1))
        >>> steps = Scale.of(cut, higher=True, halves=None).steps()
        >>> [steps.score(*x) for x in ((1, 3), (1, 2), (3, 2), (2, 1), (5, 2))]
        [-2, -2, 0, 2, 2]
        """
        at, on = self.place(top, bottom)
        return self.at[at] if on else self.between[at]

    def scored(self, top: int, bottom: int = 1) -> Scored:
        """Return the score of ``top / bottom``, ``bottom`` above nil, and how firm it is.

        Where the rounding of the quartiles leaves open whether a value still lies in the zone
        around the median, the score is 0: a difference that the rounding could have made is no
        difference.  ``possible`` then has more than one score.
        """
        at, on = self.place(top, bottom)
        given = self.at[at] if on else self.between[at]
        x, bounds, parts = top * self._of, self._bounds, self._of * bottom
        if not self.scale.higher:
            x = -x
        better, worse = SCORES.index(given), SCORES.index(given) - 1
        return Scored(
            score=given,
            possible=self.open_at[at] if on else self.open_between[at],
            # The quotient of two whole numbers is the float nearest to their fraction.
            to_better=max(bounds[better] * bottom - x, 0) / parts if better < len(bounds) else None,
            to_worse=max(x - bounds[worse] * bottom, 0) / parts if worse >= 0 else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Turns values of one ratio into scores.  Made by :meth:`of`."""

    higher: bool
    """Whether higher is better."""
    cut: QuartileCut
    """Quartiles of the ratio, or of the ratio with its sign changed where lower is better."""
    corners: tuple[QuartileCut, ...]
    """What the rounding of the quartiles leaves open; empty when they are exact."""

    @classmethod
    def of(cls, cut: QuartileCut, *, higher: bool, halves: Halves | None) -> Self:
        """Return the scale of quartiles; ``halves`` is None when they are exact."""
        corners = cut.corners(halves) if halves else ()
        if higher:
            return cls(higher=True, cut=cut, corners=corners)
        turned = tuple(corner.turned() for corner in corners)
        return cls(higher=False, cut=cut.turned(), corners=turned)

    def score(self, value: Fraction) -> int:
        """Return the score of a value."""
        return self.scores(value)[0]

    def scores(self, value: Fraction) -> tuple[int, tuple[int, ...]]:
        """Return the score of a value, and every score that the rounding leaves open.

        Every bound of a score is linear in the quartiles, so its extremes are at corners; scores
        between those of two corners are passed on the way.
        """
        x = value if self.higher else -value
        given = score(x, self.cut)
        if not self.corners:
            return given, (given,)
        found = {given, *(score(x, corner) for corner in self.corners)}
        possible = tuple(s for s in SCORES if min(found) <= s <= max(found))
        return (0 if 0 in possible and abs(given) == 1 else given), possible

    def steps(self) -> "Steps":
        """Return the scores along the ratio's own axis."""
        values = sorted(self.thresholds())
        inner = [(a + b) / 2 for a, b in pairwise(values)]
        on = [self.scores(value) for value in values]
        off = [self.scores(value) for value in (values[0] - 1, *inner, values[-1] + 1)]
        kept = [i for i, here in enumerate(on) if not off[i] == here == off[i + 1]]
        values, on = [values[i] for i in kept], [on[i] for i in kept]
        off = [off[0], *(off[i + 1] for i in kept)]
        return Steps(
            scale=self,
            values=tuple(values),
            at=tuple(given for given, _ in on),
            between=tuple(given for given, _ in off),
            open_at=tuple(possible for _, possible in on),
            open_between=tuple(possible for _, possible in off),
        )

    def thresholds(self) -> tuple[Fraction, ...]:
        """Return the values at which a score may change."""
        sign = 1 if self.higher else -1
        cuts = (self.cut, *self.corners)
        return tuple(dict.fromkeys(sign * b for cut in cuts for b in (*cut.bounds, cut.median)))
