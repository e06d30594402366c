"""Which column is which: headings in three languages, aliases, the consultant's own mapping."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.engagement.settings import ColumnSource
from workbook.errors import Problem
from workbook.intake.files.sheet_xml import column_number
from workbook.intake.heading_units import heading_unit
from workbook.intake.likely_columns import may_hold, meant, melt_line
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable, column_letter
from workbook.intake.recipe.patterns import first_match, has_star, matches
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
        Our column name -> where engagement.toml says that it comes from; wins over the rest.
    language
        Of the messages: a column that is missing is told by its heading in it.
    """

    def __init__(
        self, schema: TableSchema, own: Mapping[str, ColumnSource], language: str = "en"
    ) -> None:
        self.schema = schema
        self.own = own
        self.language = language
        self._names: dict[str, str] = {}
        for column in schema.columns:
            if column.name not in own or not own[column.name].expected:
                self._names |= dict.fromkeys(map(plain, accepted(column)), column.name)
        said = [(head, name) for name, source in own.items() for head in reversed(source.headings)]
        self._names |= {plain(head): name for head, name in said if not has_star(head)}
        self._patterns = [(head, name) for head, name in said if has_star(head)]
        self._known: dict[str, str | None] = {}

    def __call__(self, heading: str) -> str | None:
        """Return our name of the column, or None.

        A column of amounts is also known by its heading with a unit: "Сумма, тыс. руб.".
        """
        if heading not in self._known:
            self._known[heading] = (
                self._names.get(plain(heading)) or self._alike(heading) or self._money(heading)
            )
        return self._known[heading]

    def is_exact(self, heading: str) -> bool:
        """Return whether a heading names its column as it stands, with no unit to take off."""
        return plain(heading) in self._names

    def _alike(self, heading: str) -> str | None:
        return next((name for head, name in self._patterns if matches(head, heading)), None)

    def _money(self, heading: str) -> str | None:
        name = self._names.get(plain(heading_unit(heading).name))
        column = self.schema.column(name) if name else None
        return name if column and (column.money or column.unit_as_option) else None

    def count(self, cells: Sequence[str]) -> int:
        """Return how many different columns a line names."""
        return len({name for cell in cells if cell and (name := self(cell))})

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the headings accepted for a column."""
        if name in self.own and self.own[name].headings:
            return self.own[name].headings
        return accepted(self.schema.column(name))

    def heading(self, name: str) -> str:
        """Return the heading that a column should have, in the language of the messages."""
        column = self.schema.column(name)
        said = self.own[name].headings if name in self.own else ()
        return said[0] if said else column.headings.get(self.language) or column.name


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


def match_headings(
    raw: RawTable, lookup: HeadingLookup, made: Mapping[str, int] | None = None
) -> Matched:
    """Match the headings of a table by name; their order is free.

    ``made`` are the columns that the recipe has made: our name -> index.
    """
    mapped, problems = _mapped(raw, lookup)
    positions = {**mapped, **(made or {})}
    open_ones = {p.place.column for p in problems if not p.is_error}
    taken, known = set(positions.values()), set(positions) | open_ones
    extra: list[int] = []
    problems += _repeated(raw, lookup, taken)
    for index, heading in enumerate(raw.headings):
        name = None if index in taken or not heading else lookup(heading)
        if name is None or name in known:
            extra += [] if index in taken else [index]
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
    if not any(p.code == "several_headings" and p.is_error for p in problems):
        problems += _missing(raw, positions, extra, lookup)
    if not lookup.schema.open:
        free = [c for c in lookup.schema.columns if c.name not in positions and not c.required]
        problems += _unknown(raw, [i for i in extra if raw.headings[i]], free, lookup)
    return Matched(positions=positions, extra=tuple(extra), problems=tuple(problems))


def _mapped(raw: RawTable, lookup: HeadingLookup) -> tuple[dict[str, int], list[Problem]]:
    """Return the columns that engagement.toml maps: one heading may feed several of ours.

    Where several headings fit a column that only a preset asks for and that the table can do
    without, it is not read, and a warning says so.
    """
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for name, source in lookup.own.items():
        if source.column:
            at = _at(raw, source.column)
            if at is None:
                facts = {"name": name, "last": _last(raw)}
                place = replace(raw.place, row=raw.header_row)
                problems.append(error("no_such_column", place, source.column, **facts))
            else:
                found[name] = at
            continue
        hits = first_match(source.headings, raw.headings)
        if len({plain(raw.headings[at]) for at in hits}) > 1:
            place = replace(raw.place, row=raw.header_row, column=name)
            heads = "; ".join(copied(raw.headings[at]) for at in hits[:5])
            line = columns_line({**lookup.own, name: copied(raw.headings[hits[0]])})
            facts = {"headings": heads, "table": lookup.schema.name, "line": line}
            said = ", ".join(source.headings)
            if source.usual and not lookup.schema.column(name).required:
                problems.append(warning("several_headings", place, said, **facts))
                continue
            problems.append(error("several_headings", place, said, **facts))
        if hits:
            found[name] = hits[0]
    return found, problems


def _at(raw: RawTable, said: str) -> int | None:
    """Return the index of a column by its letter or number in the file."""
    first = raw.first_column or 1
    number = int(said) if said.isdigit() else column_number(said.upper())
    places = {first + column: at for at, column in enumerate(raw.columns) if column >= 0}
    return places.get(number)


def _last(raw: RawTable) -> str:
    number = (raw.first_column or 1) + max(raw.columns, default=0)
    return f"{column_letter(number)} ({number})"


def _repeated(raw: RawTable, lookup: HeadingLookup, taken: Collection[int]) -> list[Problem]:
    """Find columns without a heading, and needed headings that are there twice.

    A blank heading is only told of: nobody can need a column that has no name.
    """
    seen: dict[str, int] = {}
    blank: list[int] = []
    twice: list[Problem] = []
    for index, heading in enumerate(raw.headings):
        if not heading:
            blank += [] if index in taken else [index]
        elif plain(heading) in seen:
            first = seen[plain(heading)]
            if not _is_needed(heading, (first, index), lookup, taken):
                continue
            place = replace(raw.column_place(index), row=raw.header_row)
            numbers = [(raw.first_column or 1) + raw.columns[at] for at in (first, index)]
            name = lookup(heading) or "?"
            source = ColumnSource(column=column_letter(numbers[0]))
            facts = {
                "first": raw.columns[first] + 1,
                "second": raw.columns[index] + 1,
                "table": lookup.schema.name,
                "line": columns_line({**lookup.own, name: source}),
            }
            twice.append(error("duplicate_heading", place, heading, **facts))
        seen.setdefault(plain(heading), index)
    return [*_blank(raw, blank, lookup), *(cut(twice, count=len(twice)) if twice else [])]


def _is_needed(
    heading: str, both: tuple[int, int], lookup: HeadingLookup, taken: Collection[int]
) -> bool:
    """Return whether it matters which of two columns with one heading is meant."""
    if lookup.schema.open or any(at in taken for at in both):
        chosen = any(source.column for source in lookup.own.values())
        return not chosen
    name = lookup(heading)
    return name is not None and name not in lookup.own


def _blank(raw: RawTable, indexes: Sequence[int], lookup: HeadingLookup) -> list[Problem]:
    if not indexes:
        return []
    letters = [column_letter((raw.first_column or 1) + raw.columns[at]) for at in indexes]
    place = replace(raw.place, row=raw.header_row)
    source = ColumnSource(column=letters[0])
    facts = {
        "columns": listed(letters),
        "count": len(indexes),
        "table": lookup.schema.name,
        "line": columns_line({**lookup.own, "name": source}),
    }
    return [warning("blank_headings", place, **facts)]


def _missing(
    raw: RawTable, found: Mapping[str, int], extra: Sequence[int], lookup: HeadingLookup
) -> list[Problem]:
    """Tell of the columns that are not there: all at once, with the one line that maps them."""
    missing = [
        column
        for column in lookup.schema.columns
        if column.name not in found and (column.required or _is_asked(lookup, column.name))
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
                f"{column.name} ({_said(lookup, column.name) or heading_in(column, language)})"
                for column in missing
            )
            for language in LANGUAGES
        }
        open_ones = [one for one in mapped.values() if one == "?"]
        melt = melt_line(raw, [i for i in extra if raw.headings[i]], missing)
        if melt:
            facts |= {"line": melt}
        remedy = (
            "melt" if melt else "" if not open_ones else "some" if found or near else "elsewhere"
        )
        return [error("missing_columns", place, columns=told, names=names, remedy=remedy, **facts)]
    (name,) = names
    heading: object = _said(lookup, name) or {
        language: heading_in(missing[0], language) for language in LANGUAGES
    }
    nearest_one = copied(near.get(name, ""))
    where = replace(place, column=name)
    return [
        error("missing_column", where, name=name, heading=heading, nearest=nearest_one, **facts)
    ]


def _is_asked(lookup: HeadingLookup, name: str) -> bool:
    """Return whether engagement.toml says outright that a column is there."""
    return name in lookup.own and lookup.own[name].expected


def _said(lookup: HeadingLookup, name: str) -> str:
    """Return the heading that engagement.toml gives a column; nothing where it gives a pattern."""
    said = lookup.own[name].headings if name in lookup.own else ()
    return next((heading for heading in said if not has_star(heading)), "")


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
