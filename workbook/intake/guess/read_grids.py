"""The files of ``data/`` as grids, through the readers that open every client's file."""

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbook.errors import Location, Problem
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BLANKS, TEXT
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import EXTENSIONS_OF, MOST_BYTES, kind_of
from workbook.intake.files.csv_lines import read_lines, without_controls
from workbook.intake.files.encoding import decode
from workbook.intake.files.excel import BOOKS, Sheet, read_sheets
from workbook.intake.files.plain_file import names_in, problem_at
from workbook.intake.files.sources import DATA, FORMS, READ_ELSEWHERE, is_leftover, read_contents
from workbook.intake.guess.grid import LAST, Grid, Line
from workbook.intake.guess.heading_words import known_headings
from workbook.language.visible import is_text

MOST_LINES = 20_000
"""Rows of a file that a recipe is told from, besides the last ones."""
_WIDEST = 400
_ENDINGS = frozenset(ending for endings in EXTENSIONS_OF.values() for ending in endings)
_NO_TABLES = frozenset({"empty", "encrypted", "ole", "pdf", "image"})


def read_grids(folder: Path, language: str, books: BookReader) -> list[Grid]:
    """Return the grids of an engagement's files in the order of their names.

    What cannot be opened is left out: ``check`` tells of it.
    """
    found, _ = names_in(folder, DATA)
    grids: list[Grid] = []
    for name in found:
        if _is_input(folder, name):
            grids += file_grids(folder, name, language, books)
    return grids


def _is_input(folder: Path, name: str) -> bool:
    if is_leftover(name) or not is_text(name) or name.casefold() in READ_ELSEWHERE:
        return False
    if f"{DATA}/{name}" == FORMS or Path(name).suffix.casefold() not in _ENDINGS:
        return False
    return problem_at(folder, f"{DATA}/{name}") is None


def file_grids(folder: Path, name: str, language: str, books: BookReader) -> list[Grid]:
    """Return the grids of one file of ``data/``; none where it cannot be opened."""
    place = Location(file=f"{DATA}/{name}")
    path = folder / DATA / name
    contents, problems = read_contents(path, place, MOST_BYTES, folder=folder)
    if contents is None or problems:
        return []
    kind = kind_of(contents.data)
    if kind in BOOKS:
        book = read_sheets(
            path, contents.data, place, books, kind=kind, encoding="", language=language
        )
        full = [sheet for sheet in book.sheets if not sheet.empty]
        shown = [sheet for sheet in full if sheet.visible] or full
        return [sheet_grid(sheet, name, sheets=len(shown)) for sheet in shown]
    if kind in _NO_TABLES:
        return []
    return csv_grids(contents.data, name, language)


def csv_grids(data: bytes, name: str, language: str) -> list[Grid]:
    """Return the one grid of a CSV file, or none when it cannot be decoded or cut."""
    place = Location(file=name)
    decoded = decode(data, language=language, declared="", place=place, headings=_known_in_head)
    if decoded.text is None:
        return []
    text, _ = without_controls(decoded.text, place)
    cut = read_lines(text, place=place, declared="", headings=known_headings)
    rows = zip(cut.rows, cut.records, strict=False)
    lines = ((number, [Cell(TEXT, text.strip(BLANKS)) for text in row]) for number, row in rows)
    unsure = any(_is_guess(problem) for problem in decoded.problems)
    return [_grid(lines, file=name, encoding=decoded.encoding if unsure else "")]


def _is_guess(problem: Problem) -> bool:
    return problem.code == "encoding_guessed"


def _known_in_head(text: str) -> int:
    words = text[:5000].replace('"', " ")
    for sign in (";", "\t", "|", "\r", "\n"):
        words = words.replace(sign, ",")
    return known_headings([cell for cell in words.split(",") if not cell.isascii()])


def sheet_grid(sheet: Sheet, name: str, *, sheets: int = 1) -> Grid:
    """Return a sheet as a grid."""
    height = len(sheet.columns[0]) if sheet.columns else 0
    lines = (
        (
            sheet.first_row + at,
            [
                Cell(kinds[at], column[at].strip(BLANKS))
                for column, kinds in zip(sheet.columns, sheet.kinds, strict=True)
            ],
        )
        for at in range(height)
    )
    return _grid(lines, file=name, sheet=sheet.name, sheets=sheets, first_column=sheet.first_column)


def _grid(rows: "Iterator[tuple[int, list[Cell]]]", **facts: object) -> Grid:
    kept: list[tuple[int, list[Cell]]] = []
    last: deque[tuple[int, list[Cell]]] = deque(maxlen=LAST)
    for number, cells in rows:
        if any(cell.text for cell in cells):
            (kept if len(kept) < MOST_LINES else last).append((number, cells[:_WIDEST]))
    kept += last
    return Grid(lines=_of_one_width(kept), **facts)  # type: ignore[arg-type]


def _of_one_width(rows: Sequence[tuple[int, list[Cell]]]) -> tuple[Line, ...]:
    width = max((_last(cells) for _, cells in rows), default=0)
    blank = Cell(TEXT, "")
    return tuple(
        Line(number=number, cells=(*cells[:width], *[blank] * (width - len(cells))))
        for number, cells in rows
    )


def _last(cells: Sequence[Cell]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if cell.text), default=0)
