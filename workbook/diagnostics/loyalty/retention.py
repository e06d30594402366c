"""Who of last year's customers came back, and what the change of sales is made of.

Retention and net revenue retention as the field has them; earned growth after Reichheld,
Darnell and Burns (2021), Net Promoter 3.0: what customers who stay and those they bring add.
"""

from dataclasses import dataclass

import pandas as pd

from workbook.diagnostics.loyalty.criteria_result import EarnedGrowth, KeyFactor, Retention
from workbook.diagnostics.loyalty.sales import Year
from workbook.stats import wilson


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _TwoYears:
    """Net sales of each customer in a year and in the one before, and who bought when."""

    now: "pd.Series[float]"
    before: "pd.Series[float]"
    bought_now: frozenset[str]
    bought_before: frozenset[str]


def _two_years(rows: pd.DataFrame, year: Year) -> _TwoYears:
    now = rows.loc[year.holds(rows["date"])]
    before = rows.loc[year.before().holds(rows["date"])]
    both = sorted(set(now["customer"]) | set(before["customer"]))
    return _TwoYears(
        now=now.groupby("customer")["amount"].sum().reindex(both, fill_value=0.0),
        before=before.groupby("customer")["amount"].sum().reindex(both, fill_value=0.0),
        bought_now=frozenset(now.loc[now["purchase"], "customer"]),
        bought_before=frozenset(before.loc[before["purchase"], "customer"]),
    )


def kept_customers(rows: pd.DataFrame, year: Year) -> tuple[frozenset[str], frozenset[str]]:
    """Return who bought in the year before, and who of them bought again.

    Parameters
    ----------
    rows
        As :func:`workbook.diagnostics.loyalty.sales.ledger` returns them.
    """
    years = _two_years(rows, year)
    return years.bought_before, years.bought_before & years.bought_now


def retention(
    rows: pd.DataFrame,
    year: Year,
    *,
    window_months: int,
    confidence: float,
    registered: frozenset[str] | None = None,
) -> Retention | None:
    """Return how many of the year before's buyers bought again; None when nobody bought then.

    Parameters
    ----------
    rows
        As :func:`workbook.diagnostics.loyalty.sales.ledger` returns them.
    window_months
        The last months of the year, in which the same customers are counted once more.
    registered
        Customers in the register of losses that have not returned; None: not known.
    """
    years = _two_years(rows, year)
    # Net sales of a customer may be zero or less after returns: having bought is what counts.
    base = years.bought_before
    if not base:
        return None
    kept = base & years.bought_now
    interval = wilson(len(kept), len(base), confidence=confidence)
    since = pd.Timestamp(year.end) + pd.Timedelta(days=1) - pd.DateOffset(months=window_months)
    late = rows.loc[rows["purchase"] & year.holds(rows["date"]) & (rows["date"] >= since)]
    money = years.before.index.isin(base)
    before, after = float(years.before[money].sum()), float(years.now[money].sum())
    return Retention(
        before=len(base),
        kept=len(kept),
        share=len(kept) / len(base),
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        kept_window=len(base & set(late["customer"])),
        window_months=window_months,
        revenue_before=before,
        revenue_kept=after,
        revenue_share=after / before if before > 0 else None,
        revenue_gone=float(years.before[years.before.index.isin(base - kept)].sum()),
        gone_registered=None if registered is None else len((base - kept) & registered),
    )


def earned_growth(rows: pd.DataFrame, year: Year, *, asks: bool) -> EarnedGrowth | None:
    """Return the change of net sales between two years in parts that add up to it.

    Kept is what customers of both years spent in both; grown and shrunk is by how much they
    changed; lost is what the others spent before.  Who bought nothing in the year before is new
    (or back after longer): on recommendation where a purchase of the year names somebody.

    Parameters
    ----------
    asks
        The table says who recommended; without it new customers are not told apart and there
        is no earned growth.
    """
    years = _two_years(rows, year)
    total = float(years.before.sum())
    if not years.bought_before or total <= 0:
        return None
    change = years.now - years.before
    old = change.index.isin(years.bought_before)
    stayed = old & change.index.isin(years.bought_now)
    named = set(rows.loc[rows["recommended"] & year.holds(rows["date"]), "customer"])
    new, asked = change[~old], change.index[~old].isin(named)
    recommended = float(new[asked].sum()) if asks else None
    bought = float(years.before[old].sum())  # the base of retention: buyers, not bare returns
    if bought <= 0:
        return None
    net = float(years.now[old].sum()) / bought
    return EarnedGrowth(
        value=net + recommended / bought - 1 if recommended is not None else None,
        net_revenue_retention=net,
        revenue_before=total,
        revenue_now=float(years.now.sum()),
        kept=float(pd.concat([years.now, years.before], axis=1)[stayed].min(axis=1).sum()),
        grown=float(change[stayed & (change > 0)].sum()),
        shrunk=float(change[stayed & (change <= 0)].sum()),
        lost=float(change[old & ~stayed].sum()),
        new_recommended=recommended,
        new_other=float(new.sum()) - (recommended or 0.0),
    )


def key_factor(growth: EarnedGrowth | None) -> tuple[KeyFactor, float] | None:
    """Return the criterion that moved most revenue since the year before, and by how much.

    Each criterion answers for parts of the split that no other has: repeat purchases for
    those who did not come back, sales to existing customers for what those who stayed changed,
    recommendation for the new customers it brought.  None without a year before, or when two
    moved the same.
    """
    if growth is None:
        return None
    moved = {
        KeyFactor.REPEAT: growth.lost,
        KeyFactor.EXISTING: growth.grown + growth.shrunk,
        KeyFactor.RECOMMENDED: growth.new_recommended or 0.0,
    }
    first, second = sorted(moved, key=lambda factor: -abs(moved[factor]))[:2]
    if abs(moved[first]) <= abs(moved[second]):
        return None
    return first, moved[first]
