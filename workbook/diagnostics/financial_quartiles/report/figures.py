"""How a ratio is written: per cent or decimals, the same along its row."""

from dataclasses import dataclass

from workbook.diagnostics.financial_quartiles.report.shared import FinancialView
from workbook.diagnostics.financial_quartiles.result import RatioRow

IN_PER_CENT = "profitability"
"""The group of ratios that are parts of revenue or assets and read as percentages."""
NO_PER_CENT_FROM = 10.0
"""From so many times on a percentage says less than the number itself."""
LARGE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Writes the value, the quartiles and the distances of one ratio."""

    view: FinancialView
    per_cent: bool
    digits: int

    @classmethod
    def of(cls, view: FinancialView, row: RatioRow) -> "Figures":
        """Return the figures that suit everything that is told of a ratio."""
        told = [row.value, *(q for b in (row.all, row.industry) if b for q in (b.q1, b.q3))]
        most = max((abs(v) for v in told if v is not None), default=0.0)
        per_cent = row.group == IN_PER_CENT and most < NO_PER_CENT_FROM
        return cls(view=view, per_cent=per_cent, digits=1 if per_cent or most >= LARGE else 3)

    def value(self, value: float | None) -> str:
        """Write a value or a quartile."""
        numbers = self.view.texts.numbers
        if self.per_cent:
            return numbers.percent(value, self.digits)
        return numbers.decimal(value, self.digits)

    def distance(self, value: float | None) -> str:
        """Write a distance of 0 or more, in percentage points where values are percentages."""
        if value is None:
            return "–"
        size = value * 100 if self.per_cent else value
        least = 10.0**-self.digits
        numbers = self.view.texts.numbers
        small = 0 < size < least / 2
        written = numbers.decimal(least if small else size, self.digits)
        told = f"<\u00a0{written}" if small else written
        return self.view.text("percentage_points", value=told) if self.per_cent else told
