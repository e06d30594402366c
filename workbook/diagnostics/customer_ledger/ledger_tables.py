"""The tables that the customer ledger is made of."""

ELSEWHERE = ("lost_customers", "survey", "offers", "complaints", "satisfaction")
"""Tables that name customers beside those that list them and what they bought."""
TABLES = frozenset({"customers", "sales", *ELSEWHERE})
"""Every table that the ledger reads."""
