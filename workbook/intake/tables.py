"""Reading the tables of an engagement: all files, all problems, never an exception for content."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.intake.aliases.alias_file import NO_ALIASES, Aliases, read_aliases
from workbook.intake.aliases.renaming import Key, renamed
from workbook.intake.cells.locale import conventions_of
from workbook.intake.checks import cross_checks
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import EXTENSIONS_OF, MOST_BYTES, format_of, kind_of
from workbook.intake.files.csv_file import read_csv
from workbook.intake.files.excel import BOOKS, ExcelBook, Sheet, read_sheets
from workbook.intake.files.sheet_table import is_named, read_sheet
from workbook.intake.files.sources import (
    Contents,
    TableFile,
    find_sources,
    has_changed,
    read_contents,
)
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.near_ids import near_ids
from workbook.intake.one_spelling import one_spelling
from workbook.intake.problems import error, listed, shown, step, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.recipe.patterns import matches
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.intake.table import InputTable, build_table
from workbook.intake.toml_line import toml_value
from workbook.intake.unread_columns import unread_by_all
from workbook.language.languages import in_all
from workbook.language.nearest import nearest, plain

_REFUSED = {
    "empty": "file_empty",
    "encrypted": "password_protected",
    "ole": "old_excel",
    "html": "html_file",
    "xml": "html_file",
    "mhtml": "mhtml_file",
    "pdf": "not_a_table_file",
    "image": "not_a_table_file",
}
_SERVICE_SHEETS = frozenset(map(plain, in_all(lambda language: language.files.service_sheets)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """How one file was read, for the log and the manifest."""

    file: str
    """Path relative to the engagement folder."""
    sha256: str
    tables: tuple[str, ...]
    encoding: str
    """Codec of a CSV file; empty for a workbook."""
    delimiter: str
    rows: int
    """Rows of data in all its tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The client's tables and everything that is wrong with them."""

    tables: Mapping[str, InputTable]
    problems: tuple[Problem, ...]
    files: tuple[FileRead, ...]
    aliases: Aliases = NO_ALIASES
    """The engagement's own."""
    renamed: Mapping[Key, int] = field(default_factory=lambda: MappingProxyType({}))
    """Rows in which an old name stood that an alias, of this or a later engagement, knows."""

    @property
    def usable(self) -> bool:
        """Return whether a report may be made."""
        return not any(problem.is_error for problem in self.problems)


Completed = Callable[[Mapping[str, InputTable]], tuple[Mapping[str, InputTable], Sequence[Problem]]]
"""Gives the tables with further rows, and what is wrong with these."""


@dataclass(slots=True)
class _File:
    """What has been read of one file."""

    contents: Contents
    encoding: str = ""
    delimiter: str = ""


@dataclass(slots=True)
class _Found:
    """What has been gathered so far."""

    tables: dict[str, InputTable] = field(default_factory=dict)
    parts: dict[str, list[RawTable]] = field(default_factory=dict)
    """Of tables that several files or sheets may make together."""
    places: dict[str, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, _File] = field(default_factory=dict)


class _Reader:
    """Reads the files of one engagement."""

    def __init__(
        self, engagement: Engagement, wanted: Collection[str] | None, books: BookReader
    ) -> None:
        self.engagement = engagement
        self.books = books
        self.schemas = all_schemas()
        self.wanted = self.schemas.keys() if wanted is None else set(wanted)
        self.found = _Found()

    def read(self, source: TableFile) -> None:
        """Read one file: by what it is, not by what it is called."""
        contents, problems = read_contents(
            source.path, source.place, MOST_BYTES, folder=self.engagement.folder
        )
        self.found.problems += problems
        if contents is None:
            return
        self.found.files.setdefault(source.place.file, _File(contents))
        kind = kind_of(contents.data)
        if kind in BOOKS:
            self._note_extension(source, format_of(contents.data, kind))
            self._read_workbook(source, contents, kind)
        elif kind in _REFUSED:
            self.found.problems.append(error(_REFUSED[kind], source.place))
        elif source.table:
            self._note_extension(source, "CSV")
            self._read_csv(source, contents)
        else:
            self.found.problems.append(error("workbook_damaged", source.place))
        if has_changed(source.path, contents.sha256, folder=self.engagement.folder):
            self.found.problems.append(error("file_changed", source.place))

    def _note_extension(self, source: TableFile, true: str) -> None:
        if source.path.suffix.casefold() not in EXTENSIONS_OF[true]:
            self.found.problems.append(warning("wrong_extension", source.place, true=true))

    def _read_csv(self, source: TableFile, contents: Contents) -> None:
        lookup = self._lookup(source.table)
        read = read_csv(
            contents.data,
            place=source.place,
            lookup=lookup,
            options=self.engagement.intake.of(source.table),
            language=self.engagement.language,
        )
        self.found.problems += read.problems
        file = self.found.files[source.place.file]
        file.encoding, file.delimiter = read.encoding, read.delimiter
        self._take(read.raw, lookup, source.place)

    def _read_workbook(self, source: TableFile, contents: Contents, kind: str) -> None:
        book = read_sheets(
            source.path,
            contents.data,
            source.place,
            self.books,
            kind=kind,
            encoding=self.engagement.intake.of(source.table).encoding,
            language=self.engagement.language,
        )
        self.found.problems += book.problems
        filled = next((sheet for sheet in book.sheets if sheet.is_form), None)
        if filled is not None:
            place = Location(file=source.place.file, sheet=filled.name)
            self.found.problems.append(error("form_misplaced", place))
            return
        sheets = self._own_sheets(book, source) if source.table else self._many_sheets(book, source)
        for name, sheet in sheets:
            lookup = self._lookup(name)
            place = Location(file=source.place.file, sheet=sheet.name)
            options = self.engagement.intake.of(name)
            raw, problems = read_sheet(sheet, file=place.file, lookup=lookup, options=options)
            if not source.table and raw is not None and not len(raw.rows):
                continue  # a sheet of the intake workbook left unfilled
            self.found.problems += problems
            self._take(raw, lookup, place)

    def _own_sheets(self, book: ExcelBook, source: TableFile) -> list[tuple[str, Sheet]]:
        """Return the sheets of a workbook that ``sheets`` names, or the one of the table."""
        patterns = self.engagement.intake.of(source.table).sheets
        if not patterns or not book.sheets:
            return self._one_sheet(book, source)
        full = [sheet for sheet in book.sheets if not sheet.empty]
        chosen = [s for s in full if any(matches(pattern, s.name) for pattern in patterns)]
        if not chosen:
            there = ", ".join(shown(sheet.name) for sheet in full)
            facts = {"sheets": there, "table": source.table}
            self.found.problems.append(
                error("sheets_unmet", source.place, ", ".join(patterns), **facts)
            )
        return [(source.table, sheet) for sheet in chosen]

    def _one_sheet(self, book: ExcelBook, source: TableFile) -> list[tuple[str, Sheet]]:
        """Return the sheet of a workbook that holds one table."""
        full = [sheet for sheet in book.sheets if not sheet.empty]
        named = [s for s in full if is_named(s, self._titles(source.table))]
        visible = [sheet for sheet in full if sheet.visible]
        if named or len(visible) == 1:
            chosen = (named or visible)[0]
            self._warn_of_sheets([s for s in visible if s is not chosen], source)
            return [(source.table, chosen)]
        if not book.sheets:
            return []
        names = ", ".join(sheet.name for sheet in visible)
        code = "which_sheet" if visible else "no_rows"
        self.found.problems.append(error(code, source.place, sheets=names, table=source.table))
        return []

    def _many_sheets(self, book: ExcelBook, source: TableFile) -> list[tuple[str, Sheet]]:
        """Return the sheets of the intake workbook that are tables; blank ones are left out."""
        chosen: list[tuple[str, Sheet]] = []
        unknown: list[Sheet] = []
        for sheet in book.sheets:
            name = next((n for n in self.schemas if is_named(sheet, self._titles(n))), None)
            if name is None:
                unknown += [sheet] if sheet.visible and not sheet.empty else []
            elif name in self.wanted and not sheet.empty:
                chosen.append((name, sheet))
        self._warn_of_sheets(unknown, source)
        return chosen

    def _warn_of_sheets(self, sheets: Sequence[Sheet], source: TableFile) -> None:
        titles = [title for name in self.schemas for title in self._titles(name)]
        for sheet in sheets:
            if plain(sheet.name) not in _SERVICE_SHEETS and not sheet.name.startswith("_"):
                place = Location(file=source.place.file, sheet=sheet.name)
                near = nearest(sheet.name, titles)
                self.found.problems.append(warning("unknown_sheet", place, nearest=near))

    def _take(self, raw: RawTable | None, lookup: HeadingLookup, place: Location) -> None:
        """Build the table of what was read, or keep it until all its files are there."""
        name = lookup.schema.name
        said = self.engagement.intake.of(name)
        if said.files or said.sheets:
            self.found.places.setdefault(name, place)
            self.found.parts.setdefault(name, []).extend([raw] if raw is not None else [])
            return
        first = self.found.places.setdefault(name, place)
        if first is not place:
            other = first.file + (f" ({first.sheet})" if first.sheet else "")
            self.found.problems.append(self._twice(name, place, first, other))
        elif raw is not None:
            self._build([raw], lookup)

    def _twice(self, name: str, place: Location, first: Location, other: str) -> Problem:
        if first.file == place.file:
            line = f"sheets = {toml_value([first.sheet, place.sheet])}"
        else:
            names = [one.file.rpartition("/")[2] for one in (first, place)]
            line = f"files = {toml_value(names)}"
        return error("table_twice", place, table=name, other=other, line=line)

    def build_joined(self) -> None:
        """Build the tables of several files or sheets."""
        for name, parts in self.found.parts.items():
            if len(parts) > 1:
                self.found.problems.append(_joined(parts, name))
            if parts:
                self._build(parts, self._lookup(name))

    def _build(self, parts: Sequence[RawTable], lookup: HeadingLookup) -> None:
        name = lookup.schema.name
        table, problems = build_table(
            parts,
            lookup,
            conventions_of(self.engagement, name),
            as_of=self.engagement.as_of,
            options=self.engagement.intake.of(name),
        )
        self.found.problems += problems
        if table:
            self.found.tables[name] = table

    def files(self) -> tuple[FileRead, ...]:
        """Return how every file was read."""
        tables: dict[str, list[str]] = {}
        rows: Counter[str] = Counter()
        for name, table in self.found.tables.items():
            for file, rows_in, _ in table.rows_by_file:
                tables.setdefault(file, []).append(name)
                rows[file] += rows_in
        return tuple(
            FileRead(
                file=name,
                sha256=file.contents.sha256,
                tables=tuple(tables.get(name, ())),
                encoding=file.encoding,
                delimiter=file.delimiter,
                rows=rows[name],
            )
            for name, file in self.found.files.items()
        )

    def _lookup(self, table: str) -> HeadingLookup:
        own = self.engagement.intake.of(table).columns
        return HeadingLookup(self.schemas[table], own, self.engagement.language)

    def _titles(self, table: str) -> tuple[str, ...]:
        return (table, *self.schemas[table].headings.values())


def refusal(kind: str) -> str:
    """Return the code for a file that should be a workbook and is of another kind."""
    return _REFUSED.get(kind, "workbook_damaged")


def read_tables(
    engagement: Engagement,
    names: Collection[str] | None = None,
    *,
    books: BookReader | None = None,
    completed: Completed | None = None,
    later: Sequence[Aliases] = (),
) -> Intake:
    """Read the client's tables.

    Parameters
    ----------
    engagement
        The engagement, with its folder and [intake] options.
    names
        Tables to read; None: all that are there.
    books
        The process that reads workbooks; None: one for this reading.
    completed
        Puts rows that are no file's into the tables, before these are compared; None: there are
        none.
    later
        Aliases of later engagements, in order of time; the engagement's own come before them.

    Returns
    -------
    Intake
        Typed tables, every problem of every file, and how each file was read.  Bad content never
        raises.
    """
    if books is None:
        with BookReader() as own:
            return read_tables(engagement, names, books=own, completed=completed, later=later)
    reader = _Reader(engagement, names, books)
    claims = {name: engagement.intake.of(name).files for name in reader.schemas}
    sources, problems = find_sources(engagement.folder, reader.schemas, claims)
    reader.found.problems += problems
    for source in sources:
        if not source.table or source.table in reader.wanted:
            reader.read(source)
    reader.build_joined()
    found = reader.found
    whole: Mapping[str, InputTable] = found.tables
    if completed is not None:
        whole, said = completed(whole)
        found.problems += said
    aliases = read_aliases(engagement.folder, engagement.language)
    named = renamed(whole, (aliases, *later))
    tables, spelt = one_spelling(named.tables)
    tables, near = near_ids(
        tables, lambda table: engagement.intake.of(table).join_ids, engagement.language
    )
    found.problems += [*aliases.problems, *named.problems]
    found.problems += as_files_show([*spelt, *near, *cross_checks(tables)], tables)
    problems = unread_by_all(found.problems, tables)
    return Intake(
        tables=tables,
        problems=tuple(problems),
        files=reader.files(),
        aliases=aliases,
        renamed=named.rows,
    )


def as_files_show(problems: Iterable[Problem], tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return problems of tables with rows as the files show them, where several are joined."""
    joined = [table for table in tables.values() if table.blocks]
    if not joined:
        return list(problems)
    return [_in_table(problem, joined).located(problem) for problem in problems]


def _in_table(problem: Problem, joined: Sequence[InputTable]) -> InputTable:
    """Return the joined table that a problem is of; any where it is of none."""
    place = (problem.place.file, problem.place.sheet)
    return next((table for table in joined if place in table.places), joined[0])


def _joined(parts: Sequence[RawTable], table: str) -> Problem:
    files = list(dict.fromkeys(part.place.file.rpartition("/")[2] for part in parts))
    rows: Counter[str] = Counter()
    for part in parts:
        name = part.place.file.rpartition("/")[2] if len(files) > 1 else part.place.sheet
        rows[name] += len(part.rows)
    told = listed([f"{name}: {count}" for name, count in rows.items()], most=12)
    code = "files_joined" if len(files) > 1 else "sheets_joined"
    place = Location(file=parts[0].place.file)
    return step(code, place, table=table, count=len(parts), told=told)


__all__ = ["FileRead", "InputTable", "Intake", "TableSchema", "read_tables", "refusal"]
