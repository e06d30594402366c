"""What a table needs and no column of the file is: constants, other columns, words above."""

import re
from collections.abc import Iterable
from datetime import date

from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.candidates import Candidate
from workbook.intake.guess.heading_words import begins, likeness, tokens
from workbook.intake.guess.naming import heading_name, source_of
from workbook.intake.guess.profile import is_empty_day, month_word
from workbook.intake.guess.proposal import Entry, Facts
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)")
_RANGE = re.compile(r"\d{1,2}\.\d{1,2}\.20\d\d\s*[-\u2013\u2014]\s*(\d{1,2})\.(\d{1,2})\.(20\d\d)")
_IN_MONTH = re.compile(r"[^\W\d_]{3,} 20\d\d")


def completed(candidate: Candidate, facts: Facts, product: str) -> list[Entry]:
    """Return the lines of ``columns`` for required columns that have no column of their own.

    Parameters
    ----------
    product
        What all marks or sales are of where the file does not say.
    """
    made = _made_by_melt(candidate)
    found: list[Entry] = []
    for column in candidate.schema.columns:
        if column.name in candidate.matches or column.name in made:
            continue
        if not column.required:
            continue
        entry = _completion(candidate, column, facts, product)
        if entry:
            found.append(entry)
    return found


def _made_by_melt(candidate: Candidate) -> set[str]:
    return set(into_of(candidate)) if candidate.wide else set()


def into_of(candidate: Candidate) -> tuple[str, str]:
    """Return our columns for the name and the value of columns that become rows."""
    return {
        "sales": ("date", "amount"),
        "statements": ("year", "value"),
        "satisfaction": ("parameter", "mark"),
    }[candidate.table]


def _completion(
    candidate: Candidate, column: ColumnSchema, facts: Facts, product: str
) -> Entry | None:
    name, table = column.name, candidate.table
    if table == "offers" and name in ("stage", "status"):
        other = candidate.matches.get({"stage": "status", "status": "stage"}[name])
        return _same(candidate, name, other.at) if other else None
    if table == "customers" and name == "customer_id" and "name" in candidate.matches:
        return _same(candidate, name, candidate.matches["name"].at)
    if name == "product":
        return _constant(name, product, "product")
    if name == "date":
        return _date(candidate, facts)
    if name == "organisation":
        return _above(candidate) or _constant(name, facts.client, "organisation")
    if name == "year":
        return _year(candidate)
    if name == "customer_id" and table == "offers" and "deal_id" in candidate.matches:
        return _same(candidate, name, candidate.matches["deal_id"].at)
    return None


def _same(candidate: Candidate, name: str, at: int) -> Entry:
    source = source_of(candidate.grid, candidate.header, at)
    example = candidate.profiles[at].example
    return Entry(key=name, value=source, example=example, doubt=Doubt(code="same_column"))


def _constant(name: str, value: str, code: str) -> Entry:
    return Entry(
        key=name, value={"value": heading_name(value)}, doubt=Doubt(code=f"constant_{code}")
    )


def _date(candidate: Candidate, facts: Facts) -> Entry | None:
    """Return the day that stands above the table, or the engagement's for undated answers."""
    for at, heading in enumerate(candidate.header.headings):
        values = [c.text for li in candidate.header.body for c in (li.cells[at],) if c.text]
        dated = likeness(candidate.table, "date", heading) > 0
        if dated and values and all(map(is_empty_day, values)):
            doubt = Doubt(code="undated", facts={"heading": heading, "day": values[0]})
            return Entry(key="date", value={"value": facts.as_of.isoformat()}, doubt=doubt)
    if candidate.table not in ("sales", "survey", "satisfaction", "offers"):
        return None
    day = period_end(line.first for line in candidate.header.titles) or period_end(
        cell.text for line in candidate.header.titles for cell in line.cells
    )
    reason = "date_above" if day else "date_as_of"
    value = {"value": (day or facts.as_of).isoformat()}
    return Entry(key="date", value=value, doubt=Doubt(code=reason))


def period_end(texts: Iterable[str]) -> date | None:
    """Return the last day of the period that a title names.

    >>> period_end(["Оборотно-сальдовая ведомость по счету 62 за 2025 г."])
    datetime.date(2025, 12, 31)
    >>> period_end(["Период: 01.07.2025 - 31.08.2025"])
    datetime.date(2025, 8, 31)
    >>> period_end(["за Январь 2025 г. - Декабрь 2025 г."])
    datetime.date(2025, 12, 31)
    """
    for text in texts:
        found = _RANGE.search(text)
        days = [found.groups()] if found else [m.groups() for m in _DAY.finditer(text)]
        if days:
            day, month, year = map(int, days[-1])
            if 1 <= month <= 12 and 1 <= day <= 31:
                return _day(year, month, day)
        months = [one[0] for one in _IN_MONTH.finditer(text) if month_word(one[0])]
        if months and (number := month_word(months[-1])):
            return _day(int(months[-1][-4:]), number, 31)
        if years := _YEAR.findall(text):
            return date(int(years[-1]), 12, 31)
    return None


def _day(year: int, month: int, day: int) -> date:
    """Return a day, the last of the month when there is no such."""
    for one in range(day, 27, -1):
        try:
            return date(year, month, one)
        except ValueError:
            continue
    return date(year, month, day)


def _above(candidate: Candidate) -> Entry | None:
    words = in_all(lambda k: k.mapping.headings.get("statements.organisation", ()))
    for line in candidate.header.titles:
        if len(line.filled) < 2 or len(line.first) > 60:
            continue
        if any(begins(tokens(word), tokens(line.first)) for word in words if len(word) > 3):
            value = line.cells[line.filled[1]].text
            return Entry(
                key="organisation", value={"above": heading_name(line.first)}, example=value
            )
    return None


def _year(candidate: Candidate) -> Entry | None:
    day = period_end(cell.text for line in candidate.header.titles for cell in line.cells)
    if day is None:
        return None
    return Entry(key="year", value={"value": str(day.year)}, doubt=Doubt(code="date_above"))
