"""A coding file as a grid of text: CSV in the usual encodings, or XLSX by its values."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.plain_file import read_plain
from workbook.language.lemmas import fold

REQUIRED = ("answer_id", "confirmed")
MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
_MAX_UNPACKED = 400_000_000
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_Rows = Iterable[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of one file by column name; rows without any text are left out."""

    file: str
    sheet: str = ""
    columns: Mapping[str, str]
    """Column name -> heading as a spreadsheet shows it: ``E (confirmed)``."""
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    problems: tuple[Problem, ...] = ()


class _UnusableError(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read_grid(folder: Path, name: str, *, headings: Mapping[str, str]) -> Grid:
    """Return a coding file as rows of text; what is wrong with it is in ``problems``.

    Parameters
    ----------
    folder
        The engagement folder.
    name
        Path of the file inside it, which problems show.
    headings
        Column name by folded heading.
    """
    try:
        content = read_plain(folder, name, most=MAX_BYTES)
        if not content.strip():
            raise _UnusableError("file_empty")
        if content.startswith(b"PK"):
            return _workbook(content, name, headings)
        return _grid(_csv_rows(content, headings), name, "", headings)
    except _UnusableError as error:
        problem = Problem(code=error.code, place=Location(file=name), facts=error.facts)
        return Grid(file=name, columns={}, problems=(problem,))
    except InputError as failure:
        return Grid(file=name, columns={}, problems=failure.problems)


def _workbook(content: bytes, name: str, headings: Mapping[str, str]) -> Grid:
    """Return the first sheet that has the headings."""
    sheets = list(_sheets(content))
    for title, rows in sheets:
        if rows and _columns(rows[0][1], headings).keys() >= set(REQUIRED):
            return _grid(rows, name, title, headings)
    title, rows = sheets[0] if sheets else ("", [])
    return _grid(rows, name, title, headings)


def _sheets(content: bytes) -> Iterator[tuple[str, list[tuple[int, Sequence[str]]]]]:
    import openpyxl  # a third of a second, and only where there is a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise _UnusableError("file_too_large", most=_MAX_UNPACKED // 1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size that the file claims may be wrong
                yield sheet.title, list(_sheet_rows(sheet.iter_rows(values_only=True)))
    except _UnusableError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        raise _UnusableError("coding_unreadable") from error


def _sheet_rows(rows: Iterable[Sequence[object]]) -> _Rows:
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise _UnusableError("coding_too_many_rows", most=MAX_ROWS)
        cells = ["" if cell is None else str(cell) for cell in row]
        if any(cells):
            yield number, cells


def _csv_rows(content: bytes, headings: Mapping[str, str]) -> list[tuple[int, Sequence[str]]]:
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    offset = 0
    if first.strip().casefold().startswith("sep="):
        text, first, offset = rest, rest.partition("\n")[0], 1
    delimiter = max(";,\t", key=lambda mark: len(_columns(first.split(mark), headings)))
    try:
        return list(_csv_lines(text, delimiter, offset))
    except csv.Error as error:
        raise _UnusableError("coding_unreadable") from error


def _csv_lines(text: str, delimiter: str, offset: int) -> _Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = offset + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = offset + reader.line_num + 1


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    # Words of both alphabets are Slovak read as Russian.
    return content.decode("cp1250", errors="replace") if len(_MIXED.findall(text)) > 2 else text


def _grid(rows: _Rows, name: str, sheet: str, headings: Mapping[str, str]) -> Grid:
    lines = list(rows)
    if not lines:
        raise _UnusableError("file_empty")
    header_row, header = lines[0]
    columns = _columns(header, headings)
    place = Location(file=name, sheet=sheet, row=header_row)
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        problems = tuple(
            Problem(code="coding_column_missing", place=place, facts={"column": column})
            for column in missing
        )
        return Grid(file=name, sheet=sheet, columns={}, problems=problems)
    wide = [n for n, cells in lines[1:] if any(c.strip() for c in cells[len(header) :])]
    return Grid(
        file=name,
        sheet=sheet,
        columns={c: f"{_letter(i)} ({header[i].strip()})" for c, i in columns.items()},
        rows=tuple((n, _cells(cells, columns)) for n, cells in lines[1:] if n not in wide),
        problems=tuple(
            Problem(code="coding_row_too_wide", place=Location(file=name, sheet=sheet, row=n))
            for n in wide
        ),
    )


def _columns(header: Sequence[str], headings: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, heading in enumerate(header):
        column = headings.get(fold(heading.strip(' "\ufeff\r\n')))
        if column:
            found.setdefault(column, position)
    return found


def _cells(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {c: cells[i].strip() if i < len(cells) else "" for c, i in columns.items()}


def _letter(position: int) -> str:
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
