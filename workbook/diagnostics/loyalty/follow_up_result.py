"""Answers beside the names of those who gave them: only where the survey was not anonymous.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from workbook.stats.data_table import day, flag, number, text

_CUSTOMER = text("customer_id", "The customer.")
_NAME = text("name", "As the table customers has it; empty where it has none.")
_OWNER = text("owner", "The customer's manager; empty where not known.")

COMPLAINT_LIST = (
    _CUSTOMER,
    _NAME,
    text("respondent_id", "Who gave the mark."),
    text("product", "What was rated; empty where the table does not say."),
    text("parameter", "The parameter of it."),
    number("mark", "The low mark, on the scale of the marks."),
    day("date", "When it was given; the as-of date where the table does not say."),
    _OWNER,
    day("deadline", "That date plus the option complaint_days."),
)
"""A row per low mark that is to be handled like a complaint."""

SILENT_NAMED = (
    _CUSTOMER,
    _NAME,
    number("lowest_mark", "Low mark of the period; none: the score alone tells.", optional=True),
    flag("detractor", "A score of the lowest class in the period."),
    _OWNER,
)
"""A row per customer who is known to be unhappy and has not complained in the 12 months."""

CONTRIBUTIONS = (
    _CUSTOMER,
    _NAME,
    number("share", "Of the revenue of those who answered.", unit="0-1"),
    number("value", "Its own index: promoters less detractors of its answers.", unit="points"),
    number("points", "Share times value: their sum is the weighted index.", unit="points"),
)
"""A row per account: what it adds to the index by revenue."""
