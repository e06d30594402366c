"""The customer ledger as data: its columns, states counted, contradictions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.diagnostics.customer_ledger.states import State
from workbook.stats.data_table import Column, DataTable, choice, day, flag, number, text, whole


class ScoreClass(StrEnum):
    """Class of a recommendation score."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


CUSTOMERS: tuple[Column, ...] = (
    text("customer_id", "The customer."),
    text("name", "Its name.", optional=True),
    text("segment", "As the customers table or the register of losses gives it.", optional=True),
    text("manager", "Responsible at the as-of date, else of the latest document.", optional=True),
    text("region", "As the customers table or the register gives it.", optional=True),
    choice("state", "The first of the states that holds.", State),
    flag("is_lost", "In the register and not returned, contract ended, or silent."),
    flag("is_new", "Active, and first bought within the window."),
    flag("is_returned", "Active, and returned after a loss in the register."),
    flag(
        "is_silent",
        "Bought nothing for longer than the window, and no contract decides; in the register or "
        "not.",
    ),
    day("first_sale", "Day of the first purchase.", optional=True),
    day("last_sale", "Day of the last purchase.", optional=True),
    number(
        "own_interval",
        "Median of its intervals between purchase days, from three intervals on.",
        unit="days",
        optional=True,
    ),
    whole("silence_days", "Days since the last purchase.", unit="days", optional=True),
    number("revenue", "Net sales of the 12 months to the as-of date.", unit="money", optional=True),
    number(
        "revenue_before",
        "Net sales of the 12 months that these are compared with: to the last day of the period "
        "before, else right before them.",
        unit="money",
        optional=True,
    ),
    flag("in_register", "A loss is written down, whether it has returned or not."),
    day("lost_date", "Day of the latest loss in the register.", optional=True),
    text("reasons", "Why it left by the register.", optional=True),
    day("returned", "Day of the return after the latest loss.", optional=True),
    day("contract_end", "Last day of its contract.", optional=True),
    number("score", "Latest recommendation score, the lowest of its day.", optional=True),
    choice("score_class", "Class of that score.", ScoreClass, optional=True),
    number("lowest_mark", "Lowest mark of satisfaction in the last 12 months.", optional=True),
    flag("open_complaint", "A complaint of the last 12 months is not closed.", optional=True),
    whole("open_offers", "Deals that are neither won nor lost.", optional=True),
    day("next_step", "Earliest day when one of them is due.", optional=True),
    choice("abc", "Class by turnover (or margin) of the window.", "ABC", optional=True),
    whole("products", "Product lines bought in the last 12 months.", optional=True),
    flag("single_product", "Buys one product line only.", optional=True),
    flag("single_contact", "Only one person has ever answered.", optional=True),
    number("white_space", "What more could be sold to it in a year.", unit="money", optional=True),
)

ANSWERS = frozenset({"score", "score_class", "lowest_mark"})
"""Columns that are answers: beside a name only where answers may be told by name."""


class Difference(StrEnum):
    """How sources contradict each other about one customer."""

    REGISTER_BUYING = "register_buying"
    """In the register and not returned, but it bought after the loss."""
    REGISTER_TWICE = "register_twice"
    """In the register more than once, without a return in between."""
    REGISTER_WITHOUT_SALES = "register_without_sales"
    """In the register with a loss that the sales reach back to, but no purchase is known."""
    RETURNED_SILENT = "returned_silent"
    """Returned by the register, but it bought nothing since."""
    CONTRACT_BUYING = "contract_buying"
    """Its contract ended, but it buys."""


DIFFERENCES: tuple[Column, ...] = (
    choice("kind", "How the sources contradict each other.", Difference),
    text("customer_id", "The customer."),
    text("name", "Its name.", optional=True),
    number("revenue", "Net sales of the last 12 months.", unit="money", optional=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCounts:
    """Customers by state, and how the two ways of losing one overlap."""

    customers: int
    prospect: int
    registered_loss: int
    contract_ended: int
    silent: int
    """Silent, and lost by nothing else."""
    active: int
    new: int
    """Of the active."""
    returned: int
    """Of the active."""
    all_silent: int
    """Silent, in the register or not: silent and both."""
    both: int
    """In the register (not returned) and silent."""
    register_still_buying: int
    """In the register (not returned), bought after the loss and not silent."""
    months: int
    """The window."""
    register_known: bool
    """There is a register of losses."""

    @property
    def lost(self) -> int:
        """Lost customers: registered losses, ended contracts and the silent."""
        return self.registered_loss + self.contract_ended + self.silent

    @property
    def bought(self) -> int:
        """Customers that ever bought."""
        return self.customers - self.prospect


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerLedger:
    """Every customer of an engagement once, with its state."""

    customers: DataTable
    """:data:`CUSTOMERS`: those listed by id, then those that only bought, then the others."""
    known: frozenset[str]
    """Columns that the tables speak of; all the others are blank."""
    differences: DataTable
    """:data:`DIFFERENCES`: contradictions, each kind by revenue."""
    counts: StateCounts
    rules: LedgerRules
    as_of: date
    sales_known: bool
    """Sales were counted, so that prospects and the silent are known."""
    silence_known: bool
    """The sales begin before the window does."""

    def of(self, ids: "list[str]") -> DataTable:
        """Return the rows of customers in the order given.

        Raises
        ------
        KeyError
            When one is not in the ledger.
        """
        frame = self.customers.frame.set_index("customer_id", drop=False)
        return DataTable(CUSTOMERS, frame.loc[ids].reset_index(drop=True))
