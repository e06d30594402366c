"""Statements of the engineering firm (thousands of pounds); 2025 is not closed yet.

Planted: better than the industry in 2022 and 2023, about the same in 2024: the margin has gone,
and stock has eaten the cash.  The revenue of 2024 is that of ``sales``.
"""

from data_samples.generate.spec import Layout
from data_samples.generate.statements_spec import Firm, Statements

PLAN = Statements(
    wide=True,
    firms=(
        Firm(
            name="Northbridge Packaging Systems Ltd",
            okved="28.93",
            first=2022,
            opening=False,
            amounts={
                "non_current_assets": (330, 330, 350),
                "inventories": (260, 251, 417),
                "receivables": (241, 284, 267),
                "cash": (129, 145, 86),
                "equity": (400, 448, 460),
                "long_term_liabilities": (130, 110, 90),
                "current_liabilities": (430, 452, 570),
                "revenue": (1_470, 1_585, 1_638),
                "cost_of_sales": (-941, -998, -1_082),
                "selling_expenses": (-118, -121, -131),
                "administrative_expenses": (-338, -339, -351),
                "interest_expense": (-9, -10, -14),
                "other_expenses": (0, -41, -18),
                "income_tax": (-12, -18, -10),
            },
            verdicts={2022: "better", 2023: "better", 2024: "about_the_same"},
            changes={2023: "improved", 2024: "worsened"},
        ),
    ),
)

LAYOUT = Layout(
    table="statements",
    file="statements.xlsx",
    sheet="Accounts",
    columns=(
        *("organisation", "okved", "year", "revenue", "cost_of_sales", "gross_profit"),
        *("selling_expenses", "administrative_expenses", "profit_from_sales"),
        *("interest_expense", "other_expenses", "profit_before_tax", "income_tax", "net_profit"),
        *("non_current_assets", "inventories", "receivables", "cash", "current_assets", "assets"),
        *("current_liabilities", "long_term_liabilities", "equity", "equity_and_liabilities"),
    ),
    headings={
        "revenue": "Turnover",
        "profit_from_sales": "Operating profit",
        "net_profit": "Profit for the year",
        "non_current_assets": "Total non-current assets",
        "inventories": "Stock",
        "receivables": "Trade receivables",
        "current_assets": "Total current assets",
        "current_liabilities": "Current liabilities",
        "long_term_liabilities": "Non-current liabilities",
        "equity": "Total equity",
    },
    title="Northbridge Packaging Systems Ltd: annual accounts, £000",
)
