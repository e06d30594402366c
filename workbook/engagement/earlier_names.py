"""Names of an earlier period as this one writes them: customers, managers, products and the like.

A customer is one under another spelling where nothing says that there are two (see
:mod:`workbook.intake.near_ids`), the name of a group where its key is the same (see
:mod:`workbook.language.spelling`).  Both are told; ``join_ids = false`` keeps customers apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem, Severity
from workbook.intake.near_ids import ids_before, ids_of, told_pairs, with_ids
from workbook.intake.schema import ColumnType
from workbook.intake.table import InputTable
from workbook.language.spelling import spelling_keys

Tables = Mapping[str, InputTable]
_PLACE = Location(file="engagement.toml", column="previous")


@dataclass(slots=True, kw_only=True)
class LaterNames:
    """How the periods after an earlier one write what they name."""

    customers: dict[str, None] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    """Thing -> key of a name -> the name as the newest period writes it."""

    def add(self, tables: Tables) -> None:
        """Learn the names of a period; what later ones have stays."""
        for texts in ids_of(tables).values():
            self.customers.update(dict.fromkeys(texts))
        for thing, names in _groups(tables).items():
            known = self.groups.setdefault(thing, {})
            for name, key in zip(names, spelling_keys(names), strict=True):
                known.setdefault(key, name)


def as_written_now(
    engagement: Engagement, period: str, tables: dict[str, InputTable], later: LaterNames
) -> tuple[dict[str, InputTable], list[Problem]]:
    """Return the tables of an earlier period with its names as later ones write them, and what
    that changed.

    Parameters
    ----------
    engagement
        The one that looks back.
    """
    problems: list[Problem] = []
    made = {name: _respelt(table, later.groups) for name, table in tables.items()}
    pairs = {} if engagement.intake.general.join_ids is False else ids_before(made, later.customers)
    if pairs:
        made = {name: with_ids(table, pairs) for name, table in made.items()}
        facts = {"period": period, "count": len(pairs), "pairs": told_pairs(pairs)}
        problems.append(
            Problem(code="ids_before_joined", place=_PLACE, facts=facts, severity=Severity.WARNING)
        )
    problems += _groups_told(period, tables, later)
    later.add(made)
    return made, problems


def _groups_told(period: str, tables: Tables, later: LaterNames) -> Iterator[Problem]:
    changed: dict[str, str] = {}
    for thing, names in _groups(tables).items():
        known = later.groups.get(thing, {})
        for name, key in zip(names, spelling_keys(names), strict=True):
            if known.get(key, name) != name:
                changed[name] = known[key]
    if changed:
        facts = {"period": period, "count": len(changed), "pairs": told_pairs(changed)}
        yield Problem(
            code="groups_before_joined", place=_PLACE, facts=facts, severity=Severity.STEP
        )


def _groups(tables: Tables) -> dict[str, list[str]]:
    """Return the names of every kind of group, each once."""
    found: dict[str, dict[str, None]] = {}
    for table in tables.values():
        for column in table.schema.columns:
            if _is_group(table, column.name):
                texts = table.frame[column.name].dropna().astype("str").unique().tolist()
                found.setdefault(column.thing, {}).update(dict.fromkeys(texts))
    return {thing: list(names) for thing, names in found.items()}


def _is_group(table: InputTable, name: str) -> bool:
    column = table.schema.column(name)
    return bool(column.thing) and column.kind is ColumnType.TEXT and name in table.frame


def _respelt(table: InputTable, groups: Mapping[str, Mapping[str, str]]) -> InputTable:
    frame = table.frame
    for column in table.schema.columns:
        known = groups.get(column.thing, {})
        if not known or not _is_group(table, column.name):
            continue
        names = frame[column.name].dropna().astype("str").unique().tolist()
        new = {
            name: known[key]
            for name, key in zip(names, spelling_keys(names), strict=True)
            if known.get(key, name) != name
        }
        if new:
            frame = frame.assign(**{column.name: frame[column.name].replace(new)})
    if frame is table.frame:
        return table
    frame.attrs = dict(table.frame.attrs)
    return replace(table, frame=frame)
