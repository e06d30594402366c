"""Columns that are not read, in files that hold several tables: what one reads is not unread."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.problems import listed
from workbook.intake.table import InputTable

MOST_TOLD = 12
"""Headings that a message lists."""
_ONE, _SEVERAL = "unknown_column", "unknown_columns"


def unread_by_all(problems: Iterable[Problem], tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return the problems, those of unread columns once per place and only what no table reads."""
    every = list(problems)
    counts = Counter(place for table in tables.values() for place in table.places)
    unread: dict[tuple[str, str], dict[object, set[str]]] = {}
    for one in every:
        if one.code in (_ONE, _SEVERAL) and counts[_place(one)] > 1:
            found = unread.setdefault(_place(one), {})
            found.setdefault(one.facts.get("table"), set()).update(_headings(one))
    left = {
        place: set.intersection(*by_table.values()) if len(by_table) == counts[place] else set()
        for place, by_table in unread.items()
    }
    kept: list[Problem] = []
    told: set[str] = set()
    for one in every:
        if _place(one) not in left or one.code not in (_ONE, _SEVERAL):
            kept.append(one)
            continue
        place = "/".join(_place(one))
        mine = [h for h in _headings(one) if h in left[_place(one)] and f"{place}/{h}" not in told]
        told |= {f"{place}/{heading}" for heading in mine}
        if mine and one.code == _ONE:
            kept.append(one)
        elif mine:
            facts = {
                "count": len(mine),
                "columns": listed(mine, MOST_TOLD),
                "headings": tuple(mine),
            }
            kept.append(replace(one, facts={**one.facts, **facts}))
    return kept


def _place(problem: Problem) -> tuple[str, str]:
    return problem.place.file, problem.place.sheet


def _headings(problem: Problem) -> tuple[str, ...]:
    said = problem.facts.get("headings")
    return said if isinstance(said, tuple) else ()
