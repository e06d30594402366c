"""What a change of one line does to the sum of the scores, exactly and in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Self

from workbook.diagnostics.financial_quartiles.comparison import Yardstick
from workbook.diagnostics.financial_quartiles.linear import WholeAmounts, WholeCurve, quotient
from workbook.diagnostics.financial_quartiles.scoring import Steps
from workbook.diagnostics.financial_quartiles.values import Amounts, Valued


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeChange:
    """What a change of one line does to the sum of the scores, in whole numbers."""

    moved: tuple[tuple[WholeCurve, Steps], ...]
    """Ratios over the line, as functions of its change in parts of :attr:`step`."""
    still: int
    """Sum of the scores of the others."""
    step: int
    """The smallest amount that the statement can tell, in the parts of the amounts."""

    @classmethod
    def of(
        cls,
        scored: Sequence[tuple[Valued, Yardstick]],
        line: str,
        *,
        step: Fraction,
        whole: WholeAmounts,
        scores: Sequence[int],
    ) -> Self:
        """Return the change of a line; every ratio is a quotient of sums.

        Parameters
        ----------
        scored
            The scored ratios of a statement.
        step
            The smallest amount that it can tell.
        whole
            The amounts in parts of which a whole number makes a step.
        scores
            Of the ratios as they are.
        """
        moved, still = [], 0
        for (one, yardstick), score in zip(scored, scores, strict=True):
            ratio = quotient(one.tree) if line in one.lines else None
            if ratio is None:
                still += score
            else:
                moved.append((ratio.moving({line: 1}, whole), yardstick.steps))
        parts = step.numerator * (whole.of // step.denominator)
        return cls(moved=tuple(moved), still=still, step=parts)

    def total(self, count: int) -> int | None:
        """Return the sum of the scores after so many steps; None beyond the pole of a ratio.

        Beyond its pole a ratio has the other sign: its score would say the contrary of what
        happens to the company, so such a change is no way to another verdict.
        """
        total, change = self.still, count * self.step
        for curve, steps in self.moved:
            value = curve.at(change)
            if value is None:
                return None
            total += steps.score(*value)
        return total


def in_steps(amounts: Amounts, step: Fraction) -> WholeAmounts:
    """Return the amounts in parts of which a whole number makes a step of the statement."""
    whole = amounts.whole
    of = lcm(whole.of, step.denominator)
    times = of // whole.of
    if times == 1:
        return whole
    end, begin = ({n: v * times for n, v in part.items()} for part in (whole.end, whole.begin))
    return WholeAmounts(end, begin, of)
