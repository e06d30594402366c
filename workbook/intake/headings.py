"""Which column is which: headings in three languages, aliases, the consultant's own mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.errors import Problem
from workbook.intake.findings import cut, error, listed, shown, warning
from workbook.intake.heading_units import heading_unit
from workbook.intake.nearest import nearest, plain
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import Column, TableSchema

_MOST_UNKNOWN = 10
"""Unknown columns that are named one by one."""


class HeadingLookup:
    """Finds our column for a heading of the client's.

    Parameters
    ----------
    schema
        The table.
    own
        Our column name -> the client's heading ([intake.columns.<table>]); wins over the rest.
    language
        Of the messages: a column that is missing is told by its heading in it.
    """

    def __init__(self, schema: TableSchema, own: Mapping[str, str], language: str = "en") -> None:
        self.schema = schema
        self.own = own
        self.language = language
        self._names: dict[str, str] = {}
        for column in schema.columns:
            if column.name not in own:
                self._names |= dict.fromkeys(map(plain, accepted(column)), column.name)
        self._names |= {plain(heading): name for name, heading in own.items()}
        self._known: dict[str, str | None] = {}

    def __call__(self, heading: str) -> str | None:
        """Return our name of the column, or None.

        A column of money is also known by its heading with a unit: "Сумма, тыс. руб.".
        """
        if heading not in self._known:
            self._known[heading] = self._names.get(plain(heading)) or self._money(heading)
        return self._known[heading]

    def is_exact(self, heading: str) -> bool:
        """Tell whether a heading names its column as it stands, without a unit to be taken off."""
        return plain(heading) in self._names

    def _money(self, heading: str) -> str | None:
        name = self._names.get(plain(heading_unit(heading).name))
        return name if name and self.schema.column(name).money else None

    def count(self, cells: Sequence[str]) -> int:
        """Return how many different columns a line names."""
        return len({name for cell in cells if cell and (name := self(cell))})

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the headings accepted for a column."""
        if name in self.own:
            return (self.own[name],)
        return accepted(self.schema.column(name))

    def heading(self, name: str) -> str:
        """Return the heading that a column should have, in the language of the messages."""
        column = self.schema.column(name)
        return self.own.get(name) or column.headings.get(self.language) or column.name


def accepted(column: Column) -> tuple[str, ...]:
    """Return every heading that names the column."""
    return (column.name, *column.headings.values(), *column.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Headings matched with the schema."""

    positions: Mapping[str, int]
    """Our name -> index of the raw column."""
    extra: tuple[int, ...]
    """Columns that the schema does not name."""
    problems: tuple[Problem, ...]


def match_headings(raw: RawTable, lookup: HeadingLookup) -> Matched:
    """Match the headings of a table by name; their order is free."""
    positions: dict[str, int] = {}
    extra: list[int] = []
    problems = _repeated(raw)
    for index, heading in enumerate(raw.headings):
        name = lookup(heading)
        if name is None:
            extra.append(index)
        elif name not in positions:
            positions[name] = index
        elif lookup.is_exact(heading) != lookup.is_exact(raw.headings[positions[name]]):
            first = positions[name]
            positions[name], left = (index, first) if lookup.is_exact(heading) else (first, index)
            extra.append(left)
        elif plain(heading) != plain(raw.headings[positions[name]]):
            other = raw.column_place(positions[name]).column
            place = replace(raw.column_place(index), row=raw.header_row)
            problems.append(error("two_columns", place, heading, name=name, other=other))
    problems += _missing(raw, positions, extra, lookup)
    if not lookup.schema.open:
        problems += _unknown(raw, [i for i in extra if raw.headings[i]], lookup)
    return Matched(positions=positions, extra=tuple(extra), problems=tuple(problems))


def _repeated(raw: RawTable) -> list[Problem]:
    """Find blank headings and headings that are equal but for case and spaces."""
    seen: dict[str, int] = {}
    blank: list[Problem] = []
    twice: list[Problem] = []
    for index, heading in enumerate(raw.headings):
        place = replace(raw.column_place(index), row=raw.header_row)
        if not heading:
            position = raw.columns[index] + 1
            blank.append(error("blank_heading", place, position=position))
        elif plain(heading) in seen:
            first = seen[plain(heading)]
            facts = {"first": raw.columns[first] + 1, "second": raw.columns[index] + 1}
            twice.append(error("duplicate_heading", place, heading, **facts))
        seen.setdefault(plain(heading), index)
    return [one for found in (blank, twice) if found for one in cut(found, count=len(found))]


def _missing(
    raw: RawTable, found: Mapping[str, int], extra: Sequence[int], lookup: HeadingLookup
) -> list[Problem]:
    free = [raw.headings[index] for index in extra if raw.headings[index]]
    place = replace(raw.place, row=raw.header_row)
    problems: list[Problem] = []
    for column in lookup.schema.columns:
        if column.name in found or not (column.required or column.name in lookup.own):
            continue
        near = next(filter(None, (nearest(form, free) for form in lookup.forms(column.name))), "")
        problems.append(
            error(
                "missing_column",
                replace(place, column=column.name),
                name=column.name,
                heading=lookup.heading(column.name),
                nearest=shown(near),
                there=", ".join(shown(heading) for heading in raw.headings[:12]),
            )
        )
    return problems


def _unknown(raw: RawTable, indexes: Sequence[int], lookup: HeadingLookup) -> list[Problem]:
    """Warn of columns that are not read; of many, those like no known one are told together."""
    known = [form for column in lookup.schema.columns for form in accepted(column)]
    near = {index: nearest(raw.headings[index], known) for index in indexes}
    many = len(indexes) > _MOST_UNKNOWN
    single = [index for index in indexes if near[index] or not many]
    found = [
        warning(
            "unknown_column",
            replace(raw.column_place(index), row=raw.header_row),
            nearest=near[index],
        )
        for index in single
    ]
    problems = cut(found, count=len(found)) if found else []
    rest = [raw.headings[index] for index in indexes if index not in set(single)]
    if rest:
        facts = {"count": len(rest), "columns": listed(rest)}
        where = replace(raw.place, row=raw.header_row)
        problems.append(warning("unknown_columns", where, **facts))
    return problems
