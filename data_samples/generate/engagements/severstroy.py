"""A builder's statements beside its sister's, a competitor's and a supplier's (Russian).

Planted: the builder climbed from worse to better than its industry and fell back in 2024, when
more was paid out than earned and short-term loans filled the gap; the cost of sales of 2021 is
written without parentheses, and the statement of 2023 gives another revenue of 2022.  The sister
has simplified statements, the supplier an income statement only: neither can be judged.
"""

from datetime import date

from data_samples.generate.engagements.severstroy_accounts import (
    BUILDER,
    COMPETITOR,
    SISTER,
    SUPPLIER,
)
from data_samples.generate.filing import Filing
from data_samples.generate.spec import Layout
from data_samples.generate.statements_spec import Statements

FILING = Filing(
    id="severstroy",
    language="ru",
    as_of=date(2024, 12, 31),
    statements=Statements(firms=(BUILDER, SISTER, COMPETITOR, SUPPLIER), wide=False),
    layouts=(
        Layout(
            table="statements",
            file="statements.csv",
            encoding="cp1251",
            columns=(*("organisation", "okved", "form", "year", "line", "value", "prior_value"),),
            title="Бухгалтерская отчётность группы и двух компаний рынка, тыс. руб.",
            duplicates=2,
            blank_rows=3,
            untidy=0.03,
        ),
    ),
)
