"""What is said of columns that are missing or not read, and which heading was probably meant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.engagement.settings import ColumnSource
from workbook.errors import Problem
from workbook.intake.heading_lookup import HeadingLookup, accepted
from workbook.intake.heading_units import heading_unit
from workbook.intake.likely_columns import may_hold, meant, melt_line
from workbook.intake.problems import copied, cut, error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import has_star
from workbook.intake.schema import ColumnSchema
from workbook.intake.toml_line import columns_line
from workbook.language.languages import LANGUAGES
from workbook.language.nearest import nearest, plain

_MOST_UNKNOWN = 12
"""Unknown columns whose headings a message lists."""


def missing_columns(
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


def unread_columns(
    raw: RawTable, indexes: Sequence[int], free: Sequence[ColumnSchema], lookup: HeadingLookup
) -> list[Problem]:
    """Warn of columns that are not read: of those like no known one together."""
    found = {index: _unread(raw, index, free, lookup) for index in indexes}
    rest = [raw.headings[i] for i, p in found.items() if not p.facts["nearest"]]
    many = len(rest) > 1
    single = [p for p in found.values() if p.facts["nearest"] or not many]
    problems = cut(single, count=len(single)) if single else []
    if many:
        facts = {
            "count": len(rest),
            "columns": listed(rest, _MOST_UNKNOWN),
            "headings": tuple(rest),
            "table": lookup.schema.name,
        }
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
            "headings": (heading,),
        }
        return warning("unknown_column", place, **facts)
    line = columns_line({**lookup.own, near.name: copied(heading)})
    called = {language: heading_in(near, language) for language in LANGUAGES}
    facts = {
        "nearest": called,
        "name": near.name,
        "table": lookup.schema.name,
        "line": line,
        "headings": (heading,),
    }
    return warning("unknown_column", place, **facts)
