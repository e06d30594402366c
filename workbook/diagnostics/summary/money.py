"""The money of a client's customers in one sum: each customer's revenue once (the method, 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.summary.joined import Joined, result_of

Bools = npt.NDArray[np.bool_]
ROUNDING = 1e-9
"""Part of the revenue by which sums of floats may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Revenue of the last 12 months by what becomes of it: kept + at risk + lost = revenue."""

    revenue: float
    kept: float
    """Of active customers that no finding calls at risk."""
    at_risk: float
    """Of customers that a finding calls at risk; of the silent too where silence is no loss."""
    lost: float
    """Of customers in the register of losses, with an ended contract, or silent for longer than
    a window that fits."""
    could_be_sold: float | None
    """What more could be sold to active customers in a year; None where no targets say it."""
    customers: int
    """With revenue."""
    kept_customers: int
    at_risk_customers: int
    lost_customers: int

    def __post_init__(self) -> None:
        parts = fsum((self.kept, self.at_risk, self.lost))
        if abs(parts - self.revenue) > ROUNDING * max(abs(self.revenue), 1.0):
            raise ValueError(f"parts are {parts} of a revenue of {self.revenue}")
        if self.kept_customers + self.at_risk_customers + self.lost_customers != self.customers:
            raise ValueError("a customer is in no part, or in two")

    @property
    def tellable(self) -> bool:
        """Whether every part is a part: where more came back than was sold, one may be below 0."""
        return self.revenue > 0 and min(self.kept, self.at_risk, self.lost) >= 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fates:
    """What becomes of each customer of the ledger, in its order; exactly one holds."""

    lost: Bools
    at_risk: Bools
    kept: Bools


def at_risk_ids(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the customers that findings call at risk, each once.

    Examples
    --------
    >>> risk = MoneyKind.AT_RISK
    >>> first = Claim(id="a", figures={}, money=1.0, money_kind=risk, customer_ids=("x", "y"))
    >>> second = Claim(id="b", figures={}, money=1.0, money_kind=risk, customer_ids=("y",))
    >>> sorted(at_risk_ids([first, second]))
    ['x', 'y']
    """
    risky = (claim for claim in claims if claim.money_kind is MoneyKind.AT_RISK)
    return frozenset(customer for claim in risky for customer in claim.customer_ids)


def silence_is_loss(joined: Sequence[Joined]) -> bool:
    """Return whether the window fits the customers' rhythm, so that the silent are lost."""
    window = getattr(result_of(joined, "segmentation_matrix"), "lifecycle_window", None)
    return window is not None and window.called == "lost"


def fates(ledger: CustomerLedger, risky: Iterable[str], *, silent_lost: bool) -> Fates:
    """Return what becomes of each customer.

    Parameters
    ----------
    risky
        Customers that a finding calls at risk.
    silent_lost
        Silence for longer than the window is a loss, not a doubt.
    """
    state = ledger.customers["state"].astype(str)
    gone = [State.REGISTERED_LOSS.value, State.CONTRACT_ENDED.value]
    silent = (state == State.SILENT.value).to_numpy()
    lost = state.isin(gone).to_numpy() | (silent & silent_lost)
    named = ledger.customers["customer_id"].isin(frozenset(risky)).to_numpy()
    at_risk = (named | silent) & ~lost
    return Fates(lost=lost, at_risk=at_risk, kept=~lost & ~at_risk)


def money(ledger: CustomerLedger, found: Fates, joined: Sequence[Joined]) -> Money | None:
    """Return the money of all customers; None without sales."""
    if not ledger.sales_known:
        return None
    revenue = ledger.customers["revenue"].fillna(0.0).to_numpy(dtype=float)
    some = revenue != 0
    parts = getattr(result_of(joined, "segmentation_matrix"), "white_space_parts", None)
    return Money(
        revenue=fsum(revenue),
        kept=fsum(revenue[found.kept]),
        at_risk=fsum(revenue[found.at_risk]),
        lost=fsum(revenue[found.lost]),
        could_be_sold=None if parts is None else parts.open.value,
        customers=int(some.sum()),
        kept_customers=int((some & found.kept).sum()),
        at_risk_customers=int((some & found.at_risk).sum()),
        lost_customers=int((some & found.lost).sum()),
    )
