"""Reading the tables of an engagement: all files, all problems, never an exception for content."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
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
from workbook.intake.headings import HeadingLookup
from workbook.intake.one_spelling import one_spelling
from workbook.intake.problems import error, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.intake.table import InputTable, build_table
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

    @property
    def usable(self) -> bool:
        """Return whether a report may be made."""
        return not any(problem.is_error for problem in self.problems)


@dataclass(slots=True)
class _Found:
    """What has been gathered so far."""

    tables: dict[str, InputTable] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)


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
        table = self._build(read.raw, lookup, source.place)
        self._log(source, contents, [table], encoding=read.encoding, delimiter=read.delimiter)

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
        sheets = self._one_sheet(book, source) if source.table else self._many_sheets(book, source)
        tables: list[InputTable | None] = []
        for name, sheet in sheets:
            lookup = self._lookup(name)
            place = Location(file=source.place.file, sheet=sheet.name)
            said = self.engagement.intake.of(name)
            raw, problems = read_sheet(
                sheet, file=place.file, lookup=lookup, skip=said.skip_rows, drop=said.drop_rows
            )
            if not source.table and raw is not None and not len(raw.rows):
                continue  # a sheet of the intake workbook left unfilled
            self.found.problems += problems
            tables.append(self._build(raw, lookup, place))
        self._log(source, contents, tables)

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

    def _build(
        self, raw: RawTable | None, lookup: HeadingLookup, place: Location
    ) -> InputTable | None:
        name = lookup.schema.name
        first = self.found.places.setdefault(name, place)
        if first is not place:
            other = first.file + (f" ({first.sheet})" if first.sheet else "")
            self.found.problems.append(error("table_twice", place, table=name, other=other))
            return None
        if raw is None:
            return None
        conventions = conventions_of(self.engagement, name)
        options = self.engagement.intake.of(name)
        table, problems = build_table(
            raw, lookup, conventions, as_of=self.engagement.as_of, options=options
        )
        self.found.problems += problems
        if table:
            self.found.tables[name] = table
        return table

    def _log(
        self,
        source: TableFile,
        contents: Contents,
        tables: Sequence[InputTable | None],
        *,
        encoding: str = "",
        delimiter: str = "",
    ) -> None:
        made = [table for table in tables if table]
        self.found.files.append(
            FileRead(
                file=source.place.file,
                sha256=contents.sha256,
                tables=tuple(table.name for table in made),
                encoding=encoding,
                delimiter=delimiter,
                rows=sum(table.rows_in for table in made),
            )
        )

    def _lookup(self, table: str) -> HeadingLookup:
        said = self.engagement.intake.of(table).columns
        own = {name: one.headings[0] for name, one in said.items() if one.headings}
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

    Returns
    -------
    Intake
        Typed tables, every problem of every file, and how each file was read.  Bad content never
        raises.
    """
    if books is None:
        with BookReader() as own:
            return read_tables(engagement, names, books=own)
    reader = _Reader(engagement, names, books)
    sources, problems = find_sources(engagement.folder, reader.schemas)
    reader.found.problems += problems
    for source in sources:
        if not source.table or source.table in reader.wanted:
            reader.read(source)
    found = reader.found
    tables, spelt = one_spelling(found.tables)
    found.problems += [*spelt, *cross_checks(tables)]
    return Intake(tables=tables, problems=tuple(found.problems), files=tuple(found.files))


__all__ = ["FileRead", "InputTable", "Intake", "TableSchema", "read_tables", "refusal"]
