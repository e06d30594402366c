"""One period of a diagnostic: what its figures are computed from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from workbook.diagnostics.inputs import Inputs
from workbook.stats.families import HasFamilies

P = TypeVar("P")
R = TypeVar("R", bound=HasFamilies)
S = TypeVar("S")


@dataclass(slots=True, kw_only=True)
class Period(Generic[P, R, S]):
    """One period of a diagnostic: what it is computed from, and its result once it is asked for."""

    label: str
    inputs: Inputs
    params: P
    sources: S
    compute: Callable[[Inputs, P, S], R]
    known: R | None = None
    newest: Self | None = None
    """The period that looks back, with its result; None in that one.  What it says of an earlier
    period (restated accounts, what both have) is compared, so that like meets like."""

    @property
    def result(self) -> R:
        """The result, computed at most once."""
        if self.known is None:
            self.known = self.compute(self.inputs, self.params, self.sources)
        return self.known
