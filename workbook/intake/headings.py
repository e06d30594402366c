"""Which column is which: headings in three languages, aliases, the consultant's own mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.errors import Problem
from workbook.intake.heading_units import heading_unit
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.intake.toml_line import columns_line
from workbook.language.nearest import nearest, plain

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

        A column of amounts is also known by its heading with a unit: "Сумма, тыс. руб.".
        """
        if heading not in self._known:
            self._known[heading] = self._names.get(plain(heading)) or self._money(heading)
        return self._known[heading]

    def is_exact(self, heading: str) -> bool:
        """Return whether a heading names its column as it stands, with no unit to take off."""
        return plain(heading) in self._names

    def _money(self, heading: str) -> str | None:
        name = self._names.get(plain(heading_unit(heading).name))
        column = self.schema.column(name) if name else None
        return name if column and (column.money or column.unit_as_option) else None

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


def accepted(column: ColumnSchema) -> tuple[str, ...]:
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
            line = columns_line({**lookup.own, name: copied(heading)})
            facts = {"name": name, "other": other, "table": lookup.schema.name, "line": line}
            problems.append(error("two_columns", place, heading, **facts))
    positions |= _shared(raw, positions, lookup)
    problems += _missing(raw, positions, extra, lookup)
    if not lookup.schema.open:
        free = [c for c in lookup.schema.columns if c.name not in positions and not c.required]
        problems += _unknown(raw, [i for i in extra if raw.headings[i]], free, lookup)
    return Matched(positions=positions, extra=tuple(extra), problems=tuple(problems))


def _shared(raw: RawTable, found: Mapping[str, int], lookup: HeadingLookup) -> dict[str, int]:
    """Return the columns that the consultant's mapping feeds from a heading that another has."""
    there = {plain(heading): index for index, heading in reversed([*enumerate(raw.headings)])}
    return {
        name: there[plain(heading)]
        for name, heading in lookup.own.items()
        if name not in found and plain(heading) in there
    }


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
    missing = [
        column.name
        for column in lookup.schema.columns
        if column.name not in found and (column.required or column.name in lookup.own)
    ]
    near: dict[str, str] = {}
    there = {plain(heading): heading for heading in raw.headings if heading}
    for name in missing:
        forms = lookup.forms(name)
        alike = (there.get(plain(form), "") for form in forms)  # it feeds another column already
        likely = (nearest(form, free) or _bare(form, free) for form in forms)
        near[name] = next(filter(None, (*alike, *likely)), "")
        free = [heading for heading in free if heading != near[name]]
    mapped = {name: heading for name, heading in lookup.own.items() if name not in missing}
    mapped |= {name: copied(heading) for name, heading in near.items() if heading}
    return [
        error(
            "missing_column",
            replace(raw.place, row=raw.header_row, column=name),
            name=name,
            heading=lookup.heading(name),
            nearest=copied(near[name]),
            there=", ".join(copied(heading) for heading in raw.headings if heading),
            table=lookup.schema.name,
            line=columns_line(mapped if near[name] else {**mapped, name: "?"}),
        )
        for name in missing
    ]


def _bare(form: str, free: Sequence[str]) -> str:
    """Return the heading that is most like a form when its unit is taken off."""
    names = {heading_unit(heading).name: heading for heading in free}
    return names.get(nearest(form, names), "")


def _unknown(
    raw: RawTable, indexes: Sequence[int], free: Sequence[ColumnSchema], lookup: HeadingLookup
) -> list[Problem]:
    """Warn of columns that are not read; of many, those like no known one are told together."""
    found = {index: _unread(raw, index, free, lookup) for index in indexes}
    many = len(indexes) > _MOST_UNKNOWN
    single = [p for p in found.values() if p.facts["nearest"] or not many]
    problems = cut(single, count=len(single)) if single else []
    rest = [raw.headings[i] for i, p in found.items() if many and not p.facts["nearest"]]
    if rest:
        facts = {"count": len(rest), "columns": listed(rest)}
        where = replace(raw.place, row=raw.header_row)
        problems.append(warning("unknown_columns", where, **facts))
    return problems


def _unread(
    raw: RawTable, index: int, free: Sequence[ColumnSchema], lookup: HeadingLookup
) -> Problem:
    """Tell of a column that was not read, and which of the ``free`` columns it may be."""
    heading = raw.headings[index]
    known = {
        form: column.name
        for column in free
        if not (column.money and "%" in heading)  # a margin in per cent is no money
        for form in accepted(column)
    }
    place = replace(raw.column_place(index), row=raw.header_row)
    near = nearest(heading, known)
    line = columns_line({**lookup.own, known[near]: copied(heading)}) if near else ""
    facts = {"nearest": near, "table": lookup.schema.name, "line": line}
    return warning("unknown_column", place, **facts)
