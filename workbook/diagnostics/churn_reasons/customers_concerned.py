"""Whom a claim about losses concerns: one that was lost twice is one customer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.churn_reasons.losses import Losses, known_sum
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.reasons import CodedReasons
from workbook.diagnostics.churn_reasons.shared_reasons import Shared, shared
from workbook.stats import Floats

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomersConcerned:
    """Whose losses they are, why and in whose hands; every answer names different customers."""

    losses: Losses
    coded_reasons: CodedReasons
    portfolio: Portfolio | None

    def naming_all(self, reasons: Iterable[str]) -> Ids:
        """Return customers with a loss that names all of the reasons together."""
        return self._customers(self._all_of(reasons))

    def naming_any(self, reasons: Iterable[str]) -> Ids:
        """Return customers with a loss that names one of the reasons at least."""
        return self._customers(self._named(reasons) > 0)

    def naming_only(self, reasons: Iterable[str]) -> Ids:
        """Return customers with a loss that names these reasons and no other."""
        wanted = frozenset(reasons)
        alone = self.coded_reasons.given.per_row == len(wanted)
        return self._customers(self._all_of(wanted) & alone)

    def preventable(self) -> Ids:
        """Return customers with a loss that need not have been."""
        judged = self.coded_reasons
        names = [name for name in judged.given.names if judged.preventable(name)]
        return self._customers(self._named(names) > 0)

    def of_portfolio(self, dimension: str = "", group: str = "") -> Ids:
        """Return lost customers of the portfolio at risk, or of one of its groups."""
        if self.portfolio is None:
            return ()
        frame = self.portfolio.frame.loc[self.portfolio.at_risk & self.portfolio.lost]
        rows = frame.loc[frame[dimension] == group] if dimension else frame
        ids = self.losses.ids[np.unique(rows["code"].to_numpy(dtype=np.int64))]
        return tuple(sorted(ids))

    def revenue_naming_all(self, reasons: Iterable[str]) -> float | None:
        """Return the yearly revenue of the losses that name all of the reasons together."""
        return known_sum(self.losses.revenue[self._all_of(reasons)])

    def revenue_away(self, reasons: Iterable[str]) -> float | None:
        """Return the part of these reasons in the revenue of losses that have not come back."""
        given = self.coded_reasons.given
        part = self._named(reasons) / np.maximum(given.per_row, 1)
        counts = self.away & (part > 0)
        return known_sum((self.losses.revenue * part)[counts])

    @property
    def away(self) -> npt.NDArray[np.bool_]:
        """Losses that have not come back by the as-of date."""
        back = self.losses.frame["returned"] <= self.losses.as_of
        return ~back.to_numpy(dtype=bool)

    def largest_away(self, part: float, *, most: int) -> "Largest | None":
        """Return the fewest losses not come back that make more than this part of lost revenue.

        None where these are more than ``most``, or revenue is not known.
        """
        revenue: Floats = np.where(self.away, np.nan_to_num(self.losses.revenue), 0.0)
        total = float(np.nansum(self.losses.revenue)) if len(revenue) else 0.0
        order = np.argsort(-revenue, kind="stable")
        reached = np.flatnonzero(np.cumsum(revenue[order]) > part * total)
        if total <= 0 or not len(reached) or reached[0] >= most:
            return None
        rows = order[: int(reached[0]) + 1]
        found = self.losses.frame.iloc[rows]
        ids = found["customer"].tolist()
        named = zip(found["name"].tolist(), ids, strict=True)
        return Largest(
            ids=tuple(ids),
            names=tuple(name or customer for name, customer in named),
            revenue=float(revenue[rows].sum()),
            losses=tuple(rows.tolist()),
        )

    def shared(self, losses: Collection[int], *, alpha: float) -> Shared:
        """Return the preventable reasons that these losses share beyond chance."""
        judged = self.coded_reasons
        among = frozenset(name for name in judged.given.names if judged.preventable(name))
        return shared(judged.given, losses, among=among, alpha=alpha)

    def _all_of(self, reasons: Iterable[str]) -> npt.NDArray[np.bool_]:
        wanted = frozenset(reasons)
        return np.asarray(self._named(wanted) == len(wanted), dtype=bool)

    def _named(self, reasons: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return how many of the reasons each loss names."""
        given, wanted = self.coded_reasons.given, frozenset(reasons)
        asked = np.array([name in wanted for name in given.names], dtype=bool)
        return np.bincount(given.row[asked[given.reason]], minlength=given.n).astype(np.int64)

    def _customers(self, losses: npt.NDArray[np.bool_]) -> Ids:
        return tuple(sorted(set(self.losses.frame.loc[losses, "customer"])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    """The losses that brought most, the largest first."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    """Names, ids where there is none."""
    revenue: float
    losses: tuple[int, ...]
    """Rows of the register."""
