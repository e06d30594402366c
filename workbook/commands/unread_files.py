"""Files of ``data/`` with the name of no table: what they look like, and what reads them."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from workbook.engagement.preset_options import presets_of
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem, Severity
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import names_in
from workbook.intake.files.sources import DATA, EXTENSIONS
from workbook.intake.guess.likely_table import looks_like
from workbook.intake.problems import few_of_each, listed, warning
from workbook.intake.recipe.patterns import matches
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.intake.toml_line import toml_value
from workbook.language.nearest import plain

_MOST_FILES = 24
"""Files that are opened for a hint."""
_SHORTEST = 3
"""Letters that names must begin with alike to be told by a pattern."""
_NONE, _ONE = "files_not_tables", "unknown_file"


def with_likely_tables(engagement: Engagement, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those of files that look like a table with the line that reads them."""
    unread = _unread(engagement.folder, problems)
    if not unread:
        return tuple(problems)
    schemas = all_schemas()
    tables: dict[str, list[str]] = {}
    presets = presets_of(engagement.folder)
    with BookReader() as books:
        for name in unread[:_MOST_FILES]:
            table = looks_like(
                engagement.folder, name, language=engagement.language, books=books, presets=presets
            )
            if table:
                tables.setdefault(table, []).append(name)
    if not tables:
        return tuple(problems)
    nothing = any(problem.code == _NONE for problem in problems)
    severity = Severity.ERROR if nothing else Severity.WARNING
    told = {f"{DATA}/{name}" for names in tables.values() for name in names}
    unlike = [f"{DATA}/{name}" for name in unread if nothing and f"{DATA}/{name}" not in told]
    kept = [p for p in problems if p.code != _NONE and (p.code != _ONE or p.place.file not in told)]
    found = [
        _like(table, names, engagement, schemas, severity=severity)
        for table, names in tables.items()
    ]
    rest = [warning(_ONE, Location(file=file), nearest="") for file in unlike]
    return (*found, *kept, *few_of_each(rest))


def _unread(folder: Path, problems: Sequence[Problem]) -> list[str]:
    """Return the tables of ``data/`` that were not read for their names, in order."""
    if any(problem.code == _NONE for problem in problems):
        names = names_in(folder, DATA)[0]
    else:
        names = [Path(p.place.file).name for p in problems if p.code == _ONE]
    return [
        name
        for name in names
        if name.casefold().endswith(EXTENSIONS) and not name.startswith(("~$", "."))
    ]


def _like(
    table: str,
    names: Sequence[str],
    engagement: Engagement,
    schemas: Mapping[str, TableSchema],
    *,
    severity: Severity,
) -> Problem:
    schema = schemas[table]
    every = names_in(engagement.folder, DATA)[0]
    said = engagement.intake.of(table).files
    met = tuple(one for one in said if any(matches(one, name) for name in every))
    there = met if said else _named(engagement.folder, schema)
    others = [name for name in every if name not in names]
    pattern = _pattern(names, others)
    patterns = [*there, *([pattern] if pattern else names)]
    facts = {
        "table": table,
        "title": dict(schema.headings),
        "files": listed(names, 8),
        "line": f"files = {toml_value(patterns[0] if len(patterns) == 1 else patterns)}",
    }
    code = "files_look_like" if len(patterns) == 1 and len(names) == 1 else "files_together"
    place = Location(file=f"{DATA}/{names[0]}" if len(names) == 1 else DATA)
    return Problem(code=code, place=place, facts=facts, severity=severity)


def _named(folder: Path, schema: TableSchema) -> tuple[str, ...]:
    """Return the files that hold the table by their names already."""
    titles = {plain(title) for title in (schema.name, *schema.headings.values())}
    names = names_in(folder, DATA)[0]
    return tuple(
        name
        for name in names
        if name.casefold().endswith(EXTENSIONS) and plain(Path(name).stem) in titles
    )


def _pattern(names: Sequence[str], others: Sequence[str] = ()) -> str:
    """Return the pattern of several names that no other has; empty when there is none.

    Numbers at its star are left to it: next month's file has the pattern too.

    >>> _pattern(["Sales 01.xlsx", "Sales 02.xlsx"]), _pattern(["a.csv", "b.csv"])
    ('Sales *.xlsx', '')
    """
    start = _beginning(names).rstrip("0123456789")
    end = _beginning([name[len(start) :][::-1] for name in names])[::-1].lstrip("0123456789")
    if len(names) < 2 or len(start) < _SHORTEST or "." not in end or "*" in start + end:
        return ""
    if any(name.startswith(start) and name.endswith(end) for name in others):
        return ""
    return f"{start}*{end}"


def _beginning(names: Sequence[str]) -> str:
    """Return what all names begin with."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in alike)
