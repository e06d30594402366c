"""Which column is which: headings in three languages, aliases, the consultant's own mapping."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.engagement.settings import ColumnSource
from workbook.errors import Problem
from workbook.intake.files.sheet_xml import column_number
from workbook.intake.heading_units import heading_unit
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable, column_letter
from workbook.intake.recipe.patterns import first_match, has_star, matches
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
    taken, known = set(positions.values()), set(positions)
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
    if not any(problem.code == "several_headings" for problem in problems):
        problems += _missing(raw, positions, extra, lookup)
    if not lookup.schema.open:
        free = [c for c in lookup.schema.columns if c.name not in positions and not c.required]
        problems += _unknown(raw, [i for i in extra if raw.headings[i]], free, lookup)
    return Matched(positions=positions, extra=tuple(extra), problems=tuple(problems))


def _mapped(raw: RawTable, lookup: HeadingLookup) -> tuple[dict[str, int], list[Problem]]:
    """Return the columns that engagement.toml maps: one heading may feed several of ours."""
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
    return [*_blank(raw, blank), *(cut(twice, count=len(twice)) if twice else [])]


def _is_needed(
    heading: str, both: tuple[int, int], lookup: HeadingLookup, taken: Collection[int]
) -> bool:
    """Return whether it matters which of two columns with one heading is meant."""
    if lookup.schema.open or any(at in taken for at in both):
        chosen = any(source.column for source in lookup.own.values())
        return not chosen
    name = lookup(heading)
    return name is not None and name not in lookup.own


def _blank(raw: RawTable, indexes: Sequence[int]) -> list[Problem]:
    if not indexes:
        return []
    letters = [column_letter((raw.first_column or 1) + raw.columns[at]) for at in indexes]
    place = replace(raw.place, row=raw.header_row)
    return [warning("blank_headings", place, columns=listed(letters), count=len(indexes))]


def _missing(
    raw: RawTable, found: Mapping[str, int], extra: Sequence[int], lookup: HeadingLookup
) -> list[Problem]:
    free = [raw.headings[index] for index in extra if raw.headings[index]]
    missing = [
        column.name
        for column in lookup.schema.columns
        if column.name not in found and (column.required or _is_asked(lookup, column.name))
    ]
    near: dict[str, str] = {}
    there = {plain(heading): heading for heading in raw.headings if heading}
    for name in missing:
        forms = lookup.forms(name)
        alike = (there.get(plain(form), "") for form in forms)  # it feeds another column already
        likely = (nearest(form, free) or _bare(form, free) for form in forms)
        near[name] = next(filter(None, (*alike, *likely)), "")
        free = [heading for heading in free if heading != near[name]]
    mapped: dict[str, str | ColumnSource] = {
        name: source for name, source in lookup.own.items() if name not in missing
    }
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


def _is_asked(lookup: HeadingLookup, name: str) -> bool:
    """Return whether engagement.toml says outright that a column is there."""
    return name in lookup.own and lookup.own[name].expected


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
