"""The workbook of a marked copy: a list of all problems, then the client's sheets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workbook.commands.marks import Marks, marks_of
from workbook.errors import Problem
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BOOLEAN, DAY, NUMBER, PERCENT, UNWANTED
from workbook.intake.files.rebuilt_sheets import RebuiltSheet
from workbook.language.catalog import Texts
from workbook.language.problems import describe
from workbook.report.appendix import MAX_CELL, MAX_SHEET
from workbook.report.sheet_names import sheet_names

MOST_ROWS = 100_000
"""Rows of a sheet that are copied; of the rest only those with problems."""
MOST_COMMENTS = 2_000
"""Comments of a file: Excel opens many more only slowly."""
_MOST_COLUMNS = 16_384
_LONGEST_COMMENT = 1_000
_EXACT_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
_LIST_ROW = 4
_COLOURS = {True: ("#ffc7ce", "#9c0006"), False: ("#ffeb9c", "#7f6000")}
"""Background and letters of cells with errors, and with remarks."""
_CLAUSES = re.compile(r"; |(?<=[.?]) ")
_OURS = re.compile(r" = |engagement\.toml|\[intake|\bworkbook [a-z]+|skip_rows|drop_rows")
"""What only the consultant can follow."""
_PLAIN, _DAY_FORMAT, _PERCENT_FORMAT = "", "yyyy-mm-dd", "0.##%"


def write_book(
    path: Path,
    file: str,
    problems: Sequence[Problem],
    sheets: Sequence[RebuiltSheet],
    texts: Texts,
    *,
    aside: str,
) -> None:
    """Write the marked copy of one file.

    Parameters
    ----------
    problems
        Of this file, in the order of the list.
    sheets
        None where the file cannot be read: there is the list only.
    aside
        Folder for what the writer keeps on disk meanwhile.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": aside,
    }
    *names, own = sheet_names([*(sheet.name for sheet in sheets), texts("marked_sheet.name")])
    marks = [marks_of(sheet, _of(sheet, at == 0, problems)) for at, sheet in enumerate(sheets)]
    with xlsxwriter.Workbook(path, options) as book:
        book.set_size(2400, 1600)
        writer = _Writer(book=book, texts=texts)
        links = {
            position: (name, address)
            for name, one in zip(names, marks, strict=True)
            for position, address in one.first.items()
        }
        first = book.add_worksheet(own)
        made = [book.add_worksheet(name) for name in names]
        cut = any(sheet.count > MOST_ROWS for sheet in sheets)
        writer.listing(first, file, problems, links, cut=cut)
        for sheet, client, one in zip(made, sheets, marks, strict=True):
            writer.copy(sheet, client, one)
        first.activate()


def _of(sheet: RebuiltSheet, first: bool, problems: Sequence[Problem]) -> list[tuple[int, Problem]]:
    """Return the problems of a sheet with their positions; those of no sheet are of the first."""
    return [
        (at, problem)
        for at, problem in enumerate(problems)
        if problem.place.sheet == sheet.name or (not problem.place.sheet and first)
    ]


@dataclass(slots=True)
class _Writer:
    """Writes list and copies; formats are made once."""

    book: xlsxwriter.Workbook
    texts: Texts
    comments: int = 0
    _formats: dict[tuple[str, bool | None], Format] = field(default_factory=dict)

    def listing(
        self,
        sheet: Worksheet,
        file: str,
        problems: Sequence[Problem],
        links: Mapping[int, tuple[str, tuple[int, int]]],
        *,
        cut: bool,
    ) -> None:
        """Write the list of problems, each with a link to its first cell."""
        self._head(sheet, file, cut=cut)
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        link = self.book.add_format(
            {"text_wrap": True, "valign": "top", "font_color": "#0b5394", "underline": 1}
        )
        for at, problem in enumerate(problems):
            row, told = _LIST_ROW + at, describe(problem, self.texts.language)
            where = _text(told.spot or told.where)
            if at in links:
                name, (to_row, to_column) = links[at]
                quoted = "'" + name.replace("'", "''") + "'"
                cell = xl_rowcol_to_cell(to_row - 1, to_column - 1)
                sheet.write_url(row, 0, f"internal:{quoted}!{cell}", link, where[:250] or cell)
            else:
                sheet.write_string(row, 0, where, wrapped)
            kind = "error" if problem.is_error else "warning"
            colour = self._format(_PLAIN, problem.is_error)
            sheet.write_string(row, 1, self.texts(f"marked_sheet.{kind}"), colour)
            sheet.write_string(row, 2, _text(_sentence(told.what)), wrapped)
            sheet.write_string(row, 3, _text(for_client(told.fix, self.texts)), wrapped)

    def _head(self, sheet: Worksheet, file: str, *, cut: bool) -> None:
        sheet.hide_gridlines(2)
        for at, width in enumerate((34, 12, 70, 70)):
            sheet.set_column(at, at, width)
        title = self.book.add_format({"bold": True, "font_size": 14})
        bold = self.book.add_format({"bold": True, "bottom": 1})
        sheet.write_string(0, 0, _text(self.texts("marked_sheet.title", file=file)), title)
        sheet.write_string(1, 0, self.texts("marked_sheet.note"))
        if cut:
            sheet.write_string(2, 0, self.texts("marked_sheet.cut", rows=MOST_ROWS))
        for at, name in enumerate(("place", "kind", "what", "fix")):
            sheet.write_string(_LIST_ROW - 1, at, self.texts(f"marked_sheet.columns.{name}"), bold)
        sheet.freeze_panes(_LIST_ROW, 0)

    def copy(self, sheet: Worksheet, client: RebuiltSheet, marks: Marks) -> None:
        """Write the client's cells where they were, the marked ones with colour and comment."""
        sheet.set_column(0, 200, 14)
        by_row: dict[int, dict[int, Sequence[Problem]]] = {}
        for (row, column), problems in marks.cells.items():
            by_row.setdefault(row, {})[column] = problems
        seen: set[int] = set()
        for count, (row, cells) in enumerate(client.rows()):
            marked = by_row.get(row, {})
            if row > MAX_SHEET or (count >= MOST_ROWS and not marked):
                continue
            seen.add(row)
            for at, cell in enumerate(cells[:_MOST_COLUMNS]):
                self._cell(sheet, (row, client.first_column + at), cell, marked)
            beyond = range(client.first_column, client.first_column + len(cells))
            for column in sorted(set(marked) - set(beyond)):
                self._cell(sheet, (row, column), Cell("t", ""), marked)

    def _cell(
        self,
        sheet: Worksheet,
        address: tuple[int, int],
        cell: Cell,
        marked: Mapping[int, Sequence[Problem]],
    ) -> None:
        row, column = address[0] - 1, address[1] - 1
        problems = marked.get(address[1], ())
        colour = any(problem.is_error for problem in problems) if problems else None
        if cell.text or problems:
            self._value(sheet, row, column, cell, colour)
        if problems and self.comments < MOST_COMMENTS:
            self.comments += 1
            text = _comment(problems, self.texts)
            options = {"x_scale": 3, "y_scale": 2.2, "author": ""}
            sheet.write_comment(row, column, text, options)

    def _value(
        self, sheet: Worksheet, row: int, column: int, cell: Cell, colour: bool | None
    ) -> None:
        kind, text = cell
        if kind in (NUMBER, PERCENT) and sum(map(str.isdigit, text)) <= _EXACT_DIGITS:
            form = _PERCENT_FORMAT if kind == PERCENT else _PLAIN
            sheet.write_number(row, column, float(text), self._format(form, colour))
        elif kind == DAY and (day := _day(text)):
            sheet.write_datetime(row, column, day, self._format(_DAY_FORMAT, colour))
        elif kind == BOOLEAN:
            sheet.write_boolean(row, column, text == "TRUE", self._format(_PLAIN, colour))
        elif text:
            sheet.write_string(row, column, _text(text), self._format(_PLAIN, colour))
        else:
            sheet.write_blank(row, column, None, self._format(_PLAIN, colour))

    def _format(self, number: str, error: bool | None) -> Format:
        """Return the format of a cell: of a number, and of a mark (None: there is none)."""
        if (number, error) not in self._formats:
            look: dict[str, object] = {"num_format": number} if number else {}
            if error is not None:
                background, letters = _COLOURS[error]
                look |= {"bg_color": background, "font_color": letters, "valign": "top"}
            self._formats[number, error] = self.book.add_format(look)
        return self._formats[number, error]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _comment(problems: Sequence[Problem], texts: Texts) -> str:
    told = (describe(problem, texts.language) for problem in problems)
    text = "\n\n".join(f"{_sentence(one.what)} {for_client(one.fix, texts)}" for one in told)
    return _text(text)[:_LONGEST_COMMENT]


def for_client(fix: str, texts: Texts) -> str:
    """Return the part of a remedy that whoever has the file can follow.

    What the consultant writes into engagement.toml is no business of the client's; where nothing
    else is left the client is asked to mend the file or to say what is meant.

    Examples
    --------
    >>> from workbook.language.catalog import load_texts
    >>> fix = "Fill the cell in; if such rows are no data, write drop_rows = [3] under [intake.x]."
    >>> for_client(fix, load_texts("check", "en"))
    'Fill the cell in.'
    >>> fix = "Write missing = [] under [intake.x]; otherwise correct it."
    >>> for_client(fix, load_texts("check", "en"))
    'Correct it.'
    """
    every = _CLAUSES.split(fix)
    clauses = [clause for clause in every if not _OURS.search(clause)]
    text = "; ".join(clause.strip().rstrip(".;") for clause in clauses if clause.strip())
    if clauses[:1] != every[:1]:  # what it was the other way to has gone
        words = texts("marked_sheet.otherwise").split("; ")
        text = re.sub(rf"^(?:{'|'.join(map(re.escape, words))})\s+", "", text, flags=re.IGNORECASE)
    if not text:
        return texts("marked_sheet.ask")
    return text[:1].upper() + text[1:] + ("" if text.endswith("?") else ".")


def _sentence(text: str) -> str:
    """Return a sentence that begins with a capital and ends with a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def _text(text: str) -> str:
    """Return a text that a cell may hold."""
    kept = UNWANTED.sub("", text)
    return kept if len(kept) <= MAX_CELL else f"{kept[: MAX_CELL - 2]} …"
