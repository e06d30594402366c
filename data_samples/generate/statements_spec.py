"""What financial statements are made of: facts only, no randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TOTALS = {
    "full": {
        "non_current_assets": (
            *("intangible_assets", "fixed_assets", "long_term_investments"),
            "deferred_tax_assets",
        ),
        "current_assets": (
            *("inventories", "vat_recoverable", "receivables", "short_term_investments", "cash"),
            "other_current_assets",
        ),
        "assets": ("non_current_assets", "current_assets"),
        "equity": ("share_capital", "reserve_capital", "retained_earnings"),
        "long_term_liabilities": ("long_term_borrowings", "deferred_tax_liabilities"),
        "current_liabilities": ("short_term_borrowings", "payables", "short_term_provisions"),
        "equity_and_liabilities": ("equity", "long_term_liabilities", "current_liabilities"),
        "gross_profit": ("revenue", "cost_of_sales"),
        "profit_from_sales": ("gross_profit", "selling_expenses", "administrative_expenses"),
        "profit_before_tax": (
            *("profit_from_sales", "interest_income", "interest_expense", "other_income"),
            "other_expenses",
        ),
        "net_profit": ("profit_before_tax", "income_tax"),
    },
    "simplified": {
        "assets": (
            *("tangible_non_current_assets", "financial_non_current_assets", "inventories", "cash"),
            "receivables",
        ),
        "equity_and_liabilities": (
            *("equity", "long_term_borrowings", "short_term_borrowings", "payables"),
        ),
        "net_profit": (
            *("revenue", "ordinary_costs", "interest_expense", "other_income", "other_expenses"),
            "income_tax",
        ),
    },
}
"""Totals and their parts, in the order in which they can be added up."""

CODES = {
    "full": {
        "1110": "intangible_assets",
        "1150": "fixed_assets",
        "1170": "long_term_investments",
        "1180": "deferred_tax_assets",
        "1100": "non_current_assets",
        "1210": "inventories",
        "1220": "vat_recoverable",
        "1230": "receivables",
        "1240": "short_term_investments",
        "1250": "cash",
        "1260": "other_current_assets",
        "1200": "current_assets",
        "1600": "assets",
        "1310": "share_capital",
        "1360": "reserve_capital",
        "1370": "retained_earnings",
        "1300": "equity",
        "1410": "long_term_borrowings",
        "1420": "deferred_tax_liabilities",
        "1400": "long_term_liabilities",
        "1510": "short_term_borrowings",
        "1520": "payables",
        "1540": "short_term_provisions",
        "1500": "current_liabilities",
        "1700": "equity_and_liabilities",
        "2110": "revenue",
        "2120": "cost_of_sales",
        "2100": "gross_profit",
        "2210": "selling_expenses",
        "2220": "administrative_expenses",
        "2200": "profit_from_sales",
        "2320": "interest_income",
        "2330": "interest_expense",
        "2340": "other_income",
        "2350": "other_expenses",
        "2300": "profit_before_tax",
        "2410": "income_tax",
        "2400": "net_profit",
    },
    "simplified": {
        "1150": "tangible_non_current_assets",
        "1170": "financial_non_current_assets",
        "1210": "inventories",
        "1250": "cash",
        "1230": "receivables",
        "1600": "assets",
        "1300": "equity",
        "1410": "long_term_borrowings",
        "1510": "short_term_borrowings",
        "1520": "payables",
        "1700": "equity_and_liabilities",
        "2110": "revenue",
        "2120": "ordinary_costs",
        "2330": "interest_expense",
        "2340": "other_income",
        "2350": "other_expenses",
        "2410": "income_tax",
        "2400": "net_profit",
    },
}
"""Codes of the statutory forms until 2024, in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A figure that the bookkeeper wrote otherwise than it is."""

    year: int
    line: str
    written: int
    column: str = "value"
    """``value`` or ``prior_value``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """One organisation and its statements."""

    name: str
    okved: str
    first: int
    """First year with a statement of its own."""
    amounts: Mapping[str, tuple[int | None, ...]]
    """Line -> amounts by year, expenses negative; totals follow from their parts unless given."""
    verdicts: Mapping[int, str]
    """What the industry's quartiles of the shipped sample base say of each year."""
    changes: Mapping[int, str] = field(default_factory=dict)
    """What they say against the year before."""
    form: str = "full"
    opening: bool = True
    """The amounts begin with the year before ``first``, known from its prior-year column."""
    slips: tuple[Slip, ...] = ()

    @property
    def start(self) -> int:
        """Year of the first amounts."""
        return self.first - self.opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The statements of one engagement, in thousands."""

    firms: tuple[Firm, ...]
    wide: bool
    """One row per year with a column per line; else one row per line."""
