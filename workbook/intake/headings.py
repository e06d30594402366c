"""Which column is which: headings in three languages, aliases, the consultant's own mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.engagement.settings import ColumnSource
from workbook.errors import Problem
from workbook.intake.heading_units import heading_unit
from workbook.intake.likely_columns import may_hold, meant
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.intake.toml_line import columns_line
from workbook.language.languages import LANGUAGES
from workbook.language.nearest import nearest, plain

_MOST_UNKNOWN = 12
"""Unknown columns whose headings a message lists."""


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
    """Tell of the columns that are not there: all at once, with the one line that maps them."""
    missing = [
        column
        for column in lookup.schema.columns
        if column.name not in found and (column.required or column.name in lookup.own)
    ]
    if not missing:
        return []
    near = _likely(raw, missing, extra, lookup)
    names = [column.name for column in missing]
    mapped: dict[str, str | ColumnSource] = {
        name: heading for name, heading in lookup.own.items() if name not in names
    }
    mapped |= {c.name: copied(near.get(c.name, "")) or _stand_in(c) for c in missing}
    facts = {
        "there": ", ".join(copied(heading) for heading in raw.headings if heading),
        "table": lookup.schema.name,
        "line": columns_line(mapped),
    }
    place = replace(raw.place, row=raw.header_row)
    if len(missing) > 1:
        told = {
            language: "; ".join(
                f"{column.name} ({lookup.own.get(column.name) or heading_in(column, language)})"
                for column in missing
            )
            for language in LANGUAGES
        }
        open_ones = [one for one in mapped.values() if one == "?"]
        remedy = "" if not open_ones else "some" if found or near else "elsewhere"
        return [error("missing_columns", place, columns=told, names=names, remedy=remedy, **facts)]
    (name,) = names
    heading = lookup.own.get(name) or {
        language: heading_in(missing[0], language) for language in LANGUAGES
    }
    nearest_one = copied(near.get(name, ""))
    where = replace(place, column=name)
    return [
        error("missing_column", where, name=name, heading=heading, nearest=nearest_one, **facts)
    ]


def _stand_in(column: ColumnSchema) -> str | ColumnSource:
    """Return what the line of a remedy has for a column that no heading is like.

    Who answered a nameless survey is told apart by the number of the row.
    """
    return ColumnSource(row=True) if column.thing == "respondent" else "?"


def heading_in(column: ColumnSchema, language: str) -> str:
    """Return the heading of a column in a language; its name where it has none."""
    return column.headings.get(language) or column.name


def _likely(
    raw: RawTable, missing: Sequence[ColumnSchema], extra: Sequence[int], lookup: HeadingLookup
) -> dict[str, str]:
    """Return the heading that each missing column may have: by its words, letters and cells."""
    free = [index for index in extra if raw.headings[index]]
    there = {plain(heading): heading for heading in raw.headings if heading}
    near: dict[str, str] = {}
    for column in missing:
        forms = lookup.forms(column.name)
        fitting = [raw.headings[index] for index in free if may_hold(raw, index, column)]
        alike = (there.get(plain(form), "") for form in forms)  # it feeds another column already
        letters = (nearest(form, fitting) or _bare(form, fitting) for form in forms)
        index = None if column.name in lookup.own else meant(raw, free, column)
        words = "" if index is None else raw.headings[index]
        heading = next(filter(None, (*alike, words, *letters)), "")
        if heading:
            near[column.name] = heading
            free = [index for index in free if raw.headings[index] != heading]
    return near


def _bare(form: str, free: Sequence[str]) -> str:
    """Return the heading that is most like a form when its unit is taken off."""
    names = {heading_unit(heading).name: heading for heading in free}
    return names.get(nearest(form, names), "")


def _unknown(
    raw: RawTable, indexes: Sequence[int], free: Sequence[ColumnSchema], lookup: HeadingLookup
) -> list[Problem]:
    """Warn of columns that are not read: of those like no known one together."""
    found = {index: _unread(raw, index, free, lookup) for index in indexes}
    rest = [raw.headings[i] for i, p in found.items() if not p.facts["nearest"]]
    many = len(rest) > 1
    single = [p for p in found.values() if p.facts["nearest"] or not many]
    problems = cut(single, count=len(single)) if single else []
    if many:
        facts = {"count": len(rest), "columns": listed(rest, _MOST_UNKNOWN)}
        where = replace(raw.place, row=raw.header_row)
        problems.append(warning("unknown_columns", where, **facts))
    return problems


def _unread(
    raw: RawTable, index: int, free: Sequence[ColumnSchema], lookup: HeadingLookup
) -> Problem:
    """Tell of a column that was not read, and which of the ``free`` columns it may be."""
    heading = raw.headings[index]
    known = {
        form: column
        for column in free
        if not (column.money and "%" in heading)  # a margin in per cent is no money
        for form in accepted(column)
    }
    place = replace(raw.column_place(index), row=raw.header_row)
    near = known.get(nearest(heading, known))
    if near is None or not may_hold(raw, index, near):
        facts: dict[str, object] = {
            "nearest": "",
            "name": "",
            "table": lookup.schema.name,
            "line": "",
        }
        return warning("unknown_column", place, **facts)
    line = columns_line({**lookup.own, near.name: copied(heading)})
    called = {language: heading_in(near, language) for language in LANGUAGES}
    facts = {"nearest": called, "name": near.name, "table": lookup.schema.name, "line": line}
    return warning("unknown_column", place, **facts)
