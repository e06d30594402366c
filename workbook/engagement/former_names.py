"""Managers, products and segments that probably only have another name now.

Two things make us ask: the new name is written almost as one that was there before (T. Ashworth,
Tom Ashworth), or a name is gone and a new one stands where it stood, with the same customers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz

from workbook.diagnostics.cells import dates, texts
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.intake.aliases.alias_file import ALIASES, alias_key, alias_line
from workbook.intake.near_ids import MOST_LINES, told_pairs
from workbook.intake.problems import warning
from workbook.intake.schema import ColumnType
from workbook.intake.table import InputTable
from workbook.intake.tables import Intake
from workbook.language.lemmas import fold
from workbook.language.nearest import plain

Tables = Mapping[str, InputTable]
KINDS = ("manager", "product", "segment")
_CODES: Mapping[str, str] = {
    "manager": "period_managers_renamed",
    "product": "period_products_renamed",
    "segment": "period_segments_renamed",
}
_DAYS = ("date", "due_date", "lost_date")
_ALIKE = 80.0
"""Likeness of a name that is gone and a new one, of 100."""
_SAME_PLACE = 0.8
"""Share of the customers of the one that the other has."""
_FEWEST_CUSTOMERS = 3
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True, kw_only=True)
class _Names:
    """The names of a kind that a period uses."""

    customers: dict[str, set[str]] = field(default_factory=dict)
    """Name -> the customers that it stands beside, as far as a table tells them."""

    def add(self, names: "pd.Series[str]", customers: "pd.Series[str]") -> None:
        """Learn names with the customers in the same rows."""
        pairs = pd.DataFrame({"name": names, "customer": customers}).drop_duplicates()
        for name, customer in pairs.loc[pairs["name"] != ""].itertuples(index=False):
            known = self.customers.setdefault(name, set())
            known |= {customer} - {""}


def former_names(
    now: Engagement, before: Engagement, intake: Intake, earlier: Tables
) -> Iterator[Problem]:
    """Ask about names that may be those of the period before under another one.

    A line of aliases.csv in which the old name is the new one, too, says that it is not.
    """
    tables = intake.tables
    both = [name for name in tables if name in earlier]
    for kind in KINDS:
        new = _used(kind, [tables[name] for name in both], before)
        old = _used(kind, [earlier[name] for name in both], None)
        said = intake.aliases.names(kind)
        pairs = {
            was: name
            for was, name in _pairs(kind, old, new).items()
            if alias_key(kind, was) not in said
        }
        if pairs:
            lines = tuple(
                alias_line(kind, was, is_now, now.language) for was, is_now in pairs.items()
            )
            facts = {
                "pairs": told_pairs(pairs), "count": len(pairs), "period": before.period,
                "alias_lines": lines[:MOST_LINES],
            }  # fmt: skip
            yield warning(_CODES[kind], Location(file=ALIASES), **facts)


def _used(kind: str, tables: Sequence[InputTable], before: Engagement | None) -> _Names:
    """Return the names in tables; ``before``: of rows with a day only those after its last one."""
    found = _Names()
    for table in tables:
        frame = table.frame
        day = next((name for name in _DAYS if name in frame), "")
        if before is not None and day:
            frame = frame.loc[(dates(frame, day) > pd.Timestamp(before.as_of)).to_numpy()]
        customers = texts(frame, "customer_id")
        for column in table.schema.columns:
            if column.thing == kind and column.kind is ColumnType.TEXT and column.name in frame:
                found.add(texts(frame, column.name), customers)
    return found


def _pairs(kind: str, old: _Names, new: _Names) -> dict[str, str]:
    """Return the names of before with the name that they probably have now."""
    fresh = [name for name in new.customers if name not in old.customers]
    gone = [name for name in old.customers if name not in new.customers]
    if not old.customers or not new.customers:
        return {}
    found: dict[str, str] = {}
    for name in fresh:
        candidates = [one for one in old.customers if one not in found]
        meant = _short_for(name, candidates) if kind == "manager" else ""
        meant = meant or _nearest(name, [one for one in gone if one not in found])
        meant = meant or _same_place(name, [one for one in gone if one not in found], old, new)
        if meant:
            found[meant] = name
    return found


def _short_for(name: str, known: Sequence[str]) -> str:
    """Return the one person who is called so with initials or in full."""
    found = [one for one in known if _one_person(_words(one), _words(name))]
    return found[0] if len(found) == 1 else ""


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name))


def _one_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names have a whole word in common and the others begin alike.

    >>> _one_person(["tom", "ashworth"], ["t", "ashworth"])
    True
    >>> _one_person(["anna", "ashworth"], ["adam", "ashworth"])
    False
    """
    shared = {word for word in one if len(word) > 2} & set(other)
    left = [word for word in one if word not in shared]
    right = [word for word in other if word not in shared]
    if not shared or one == other or bool(left) != bool(right):
        return False
    pairs = zip(left, right, strict=False)
    return all(a.startswith(b) or b.startswith(a) for a, b in pairs) and any(
        len(a) == 1 or len(b) == 1 for a, b in zip(left, right, strict=False)
    )


def _nearest(name: str, gone: Sequence[str]) -> str:
    """Return the name that is gone and most like a new one; other numbers make another name."""
    alike = [one for one in gone if _DIGITS.findall(one) == _DIGITS.findall(name)]
    best = max(alike, key=lambda one: fuzz.ratio(plain(one), plain(name)), default="")
    return best if best and fuzz.ratio(plain(best), plain(name)) >= _ALIKE else ""


def _same_place(name: str, gone: Sequence[str], old: _Names, new: _Names) -> str:
    """Return the name that is gone and had the customers that a new one has."""
    mine = new.customers.get(name, set())
    known: Set[str] = set().union(*old.customers.values()) & mine
    if len(known) < _FEWEST_CUSTOMERS:
        return ""
    everyone: set[str] = set().union(*new.customers.values())
    for one in gone:
        left = old.customers.get(one, set()) & everyone
        shared = len(left & known)
        if shared >= _FEWEST_CUSTOMERS and shared >= _SAME_PLACE * max(len(left), len(known)):
            return one
    return ""
