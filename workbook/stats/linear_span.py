"""What follows from linear figures: the span of the sets of answers that they sum up.

A figure is the sum of what some answers say, each with a weight: a vector over the answers.  Who
knows several figures knows every combination of them, and nothing else.  There are many answers
and few figures, so a vector of the span is kept as weights of the figures; lengths and angles
come from their inner products (the Gram matrix), and the long vectors are never written out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbook.stats.intervals import Floats

DERIVED = 1e-6
"""Part of a set outside the span below which it is told by it: larger than rounding, smaller
than what a set of few people leaves."""
_TINY = 1e-300


@dataclass(slots=True, eq=False)
class LinearSpan:
    """All that follows from the figures told so far.

    Examples
    --------
    Of four answers the whole is told, and the first two; the last two follow, the first does not:

    >>> sets = np.array([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0]]).T
    >>> span = span_of(sets.T @ sets, [0, 1])
    >>> span.beyond(2) is None, span.beyond(3) is None
    (True, False)
    """

    gram: Floats
    """Inner products of all figures, told or not, shape (figures, figures)."""
    basis: list[Floats] = field(default_factory=list)
    """Orthonormal vectors, each as weights of the figures."""

    def beyond(self, place: int) -> Floats | None:
        """Return the direction that a figure adds, of length 1; None where it adds none."""
        rest = np.zeros(len(self.gram))
        rest[place] = 1.0
        known = np.array(self.basis)
        # Gram-Schmidt loses its right angles by rounding, and here a wrong angle is a figure that
        # seems to add something although it follows; a second pass restores them (Kahan).
        for _ in range(2 if self.basis else 0):
            rest -= (known @ (self.gram @ rest)) @ known
        left = float(rest @ self.gram @ rest)
        # Relative to the figure itself: weighted ones are not of the size of counts.
        if left <= DERIVED**2 * max(self.gram[place, place], _TINY):
            return None
        return np.asarray(rest / np.sqrt(left))

    def add(self, direction: Floats) -> None:
        """Take a direction of :meth:`beyond` into the span."""
        self.basis.append(direction)

    def part(self, products: Any) -> Floats:
        """Return how much of some vectors lies in the span (squared length).

        Parameters
        ----------
        products
            Shape (vectors, figures): their inner products with every figure.

        Examples
        --------
        The whole of four answers is told: a quarter of any one answer lies in that.

        >>> span_of(np.array([[4.0]]), [0]).part(np.array([[1.0]])).tolist()
        [0.25]
        """
        if not self.basis:
            return np.zeros(products.shape[0])
        inside = products @ np.column_stack(self.basis)
        return np.asarray((np.asarray(inside) ** 2).sum(axis=1))


def span_of(gram: Floats, places: Iterable[int]) -> LinearSpan:
    """Return the span of some of the figures.

    Examples
    --------
    >>> len(span_of(np.array([[2.0, 2.0], [2.0, 2.0]]), [0, 1]).basis)  # the same figure twice
    1
    """
    span = LinearSpan(gram=gram)
    for place in places:
        direction = span.beyond(place)
        if direction is not None:
            span.add(direction)
    return span
