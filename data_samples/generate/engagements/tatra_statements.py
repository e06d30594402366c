"""Statements of the Slovak car service (thousands of euros); 2025 is not closed yet.

Planted: from worse than the industry to better than it in two years.  The revenue of 2024 is the
invoices of ``sales`` without 20 % VAT.
"""

from data_samples.generate.spec import Layout
from data_samples.generate.statements_spec import Firm, Statements

PLAN = Statements(
    wide=True,
    firms=(
        Firm(
            name="Tatra Servis Plus, a. s.",
            okved="45.20",
            first=2022,
            opening=False,
            amounts={
                "non_current_assets": (215, 185, 188),
                "inventories": (132, 155, 134),
                "receivables": (124, 115, 143),
                "cash": (49, 75, 85),
                "equity": (156, 182, 214),
                "long_term_liabilities": (75, 60, 45),
                "current_liabilities": (289, 288, 291),
                "revenue": (862, 905, 945),
                "cost_of_sales": (-571, -588, -607),
                "selling_expenses": (-38, -39, -41),
                "administrative_expenses": (-227, -228, -237),
                "interest_expense": (-6, -7, -4),
                "other_expenses": (0, -10, 0),
                "income_tax": (-4, -7, -12),
            },
            verdicts={2022: "worse", 2023: "about_the_same", 2024: "better"},
            changes={2023: "improved", 2024: "improved"},
        ),
    ),
)

LAYOUT = Layout(
    table="statements",
    file="intake.xlsx",
    sheet="Účtovné závierky",
    columns=(
        *("organisation", "okved", "year", "non_current_assets", "inventories", "receivables"),
        *("cash", "current_assets", "assets", "equity", "long_term_liabilities"),
        *("current_liabilities", "equity_and_liabilities", "revenue", "cost_of_sales"),
        *("gross_profit", "selling_expenses", "administrative_expenses", "profit_from_sales"),
        *("interest_expense", "other_expenses", "profit_before_tax", "income_tax", "net_profit"),
    ),
    headings={
        "assets": "Spolu majetok",
        "equity_and_liabilities": "Spolu vlastné imanie a záväzky",
    },
    title="Účtovné závierky v tis. EUR",
)
