"""How many customers a claim about losses concerns: one that was lost twice is one customer."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.reasons import CodedReasons


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomersConcerned:
    """Whose losses they are, why and in whose hands; every answer counts different customers."""

    losses: Losses
    coded_reasons: CodedReasons
    portfolio: Portfolio | None

    def naming_all(self, reasons: Iterable[str]) -> int:
        """Count customers with a loss that names all of the reasons together."""
        wanted = frozenset(reasons)
        return self._customers(self._named(wanted) == len(wanted))

    def naming_only(self, reasons: Iterable[str]) -> int:
        """Count customers with a loss that names these reasons and no other."""
        wanted = frozenset(reasons)
        alone = self.coded_reasons.given.per_row == len(wanted)
        return self._customers((self._named(wanted) == len(wanted)) & alone)

    def preventable(self) -> int:
        """Count customers with a loss that need not have been."""
        judged = self.coded_reasons
        names = [name for name in judged.given.names if judged.preventable(name)]
        return self._customers(self._named(names) > 0)

    def of_portfolio(self, dimension: str = "", group: str = "") -> int:
        """Count lost customers of the portfolio at risk, or of one of its groups."""
        if self.portfolio is None:
            return 0
        frame = self.portfolio.frame.loc[self.portfolio.at_risk & self.portfolio.lost]
        return int((frame.loc[frame[dimension] == group] if dimension else frame)["code"].nunique())

    def _named(self, reasons: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return how many of the reasons each loss names."""
        given, wanted = self.coded_reasons.given, frozenset(reasons)
        asked = np.array([name in wanted for name in given.names], dtype=bool)
        return np.bincount(given.row[asked[given.reason]], minlength=given.n).astype(np.int64)

    def _customers(self, losses: npt.NDArray[np.bool_]) -> int:
        return int(self.losses.frame.loc[losses, "code"].nunique())
