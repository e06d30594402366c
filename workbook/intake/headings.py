"""Which column of a file is which of ours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.engagement.settings import ColumnSource
from workbook.errors import Problem
from workbook.intake.files.column_letters import column_letters, column_number
from workbook.intake.heading_hints import missing_columns, unread_columns
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import first_match
from workbook.intake.toml_line import columns_line
from workbook.language.nearest import plain


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
        problems += missing_columns(raw, positions, extra, lookup)
    if not lookup.schema.open:
        free = [c for c in lookup.schema.columns if c.name not in positions and not c.required]
        problems += unread_columns(raw, [i for i in extra if raw.headings[i]], free, lookup)
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
    return f"{column_letters(number)} ({number})"


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
            source = ColumnSource(column=column_letters(numbers[0]))
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
    letters = [column_letters((raw.first_column or 1) + raw.columns[at]) for at in indexes]
    place = replace(raw.place, row=raw.header_row)
    source = ColumnSource(column=letters[0])
    facts = {
        "columns": listed(letters),
        "count": len(indexes),
        "table": lookup.schema.name,
        "line": columns_line({**lookup.own, "name": source}),
    }
    return [warning("blank_headings", place, **facts)]
