"""The table ``statements``: totals added up, slips of the pen put in, amounts as they are typed."""

from data_samples.generate.rows import Cell, Row
from data_samples.generate.statements_spec import CODES, TOTALS, Firm, Statements

Books = dict[int, dict[str, int]]
"""Year -> line -> amount, totals included."""
MONEY = ("value", "prior_value")


def books(firm: Firm) -> Books:
    """Return every amount of a firm as it is, by year.

    Raises
    ------
    ValueError
        When a balance sheet does not balance.
    """
    count = max(map(len, firm.amounts.values()))
    return {firm.start + place: _year(firm, place) for place in range(count)}


def _year(firm: Firm, place: int) -> dict[str, int]:
    found = {line: row[place] for line, row in firm.amounts.items()}
    known = {line: amount for line, amount in found.items() if amount is not None}
    for total, parts in TOTALS[firm.form].items():
        given = [known[part] for part in parts if part in known]
        if given and total not in found:
            known[total] = sum(given)
    if known.get("assets") != known.get("equity_and_liabilities"):
        raise ValueError(f"{firm.name}, column {place}: assets and liabilities differ")
    return known


def written(firm: Firm, year: int, column: str) -> dict[str, int]:
    """Return the lines of one column of a statement as the bookkeeper wrote them."""
    true = books(firm).get(year if column == "value" else year - 1, {})
    slips = {s.line: s.written for s in firm.slips if (s.year, s.column) == (year, column)}
    return true | slips


def build(plan: Statements) -> list[Row]:
    """Return the rows of all organisations, each by year and line."""
    make = _wide if plan.wide else _long
    return [
        row
        for firm in plan.firms
        for year in sorted(books(firm))
        if year >= firm.first
        for row in make(firm, year)
    ]


def _head(firm: Firm, year: int) -> Row:
    return {"organisation": firm.name, "year": year, "okved": firm.okved}


def _wide(firm: Firm, year: int) -> list[Row]:
    return [_head(firm, year) | written(firm, year, "value")]


def _long(firm: Firm, year: int) -> list[Row]:
    now, before = written(firm, year, "value"), written(firm, year, "prior_value")
    return [
        _head(firm, year)
        | {"form": firm.form, "line": code, "value": now[line], "prior_value": before.get(line)}
        for code, line in CODES[firm.form].items()
        if line in now
    ]


def as_typed(rows: list[Row]) -> list[Row]:
    """Return the rows with amounts as in a Russian form: 1 234, and (1 234) below zero."""
    return [row | {name: _form(row[name]) for name in MONEY} for row in rows]


def _form(amount: Cell) -> Cell:
    if not isinstance(amount, int):
        return amount
    digits = f"{abs(amount):,}".replace(",", "\u00a0")
    return f"({digits})" if amount < 0 else digits
