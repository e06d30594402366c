"""What the records of an old XLS tell that its values do not (BIFF5 and BIFF8).

Records as in Microsoft's [MS-XLS]: errors, formulas and whether they have a result, number
formats, merged cells, hidden rows and columns, the used range.  Belongs to the process that opens
workbooks.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.cell_styles import Style, cell_styles
from workbook.intake.files.column_letters import column_letters
from workbook.intake.files.ole_file import OleFile
from workbook.intake.files.sheet_xml import MOST_SHEETS, SheetFacts

_STREAMS = ("workbook", "book")
"""Of Excel 97 and later, and of Excel 5; some programs write them in capitals."""
_DOCUMENTS = {
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
    "VisioDocument": "Visio",
}
"""Streams by which other documents are known."""
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_END, _PASSWORD, _SHEET, _BEGIN = 0x0A, 0x2F, 0x85, 0x809
_CALCULATED_BY = 0x1C1
"""Which version of Excel has calculated the workbook; other programs do not write it."""
_FORMAT, _STYLE = 0x41E, 0xE0
_FORMULA, _RESULT_TEXT, _TRUTH_OR_ERROR = 0x06, 0x207, 0x205
_EMPTY = b"\x03\0\0\0\0\0\xff\xff"
"""Result of a formula: a text without a letter."""
_BETWEEN = frozenset({0x4BC, 0x221, 0x236})
"""Shared and array formulas stand between a formula and the text of its result."""
_NUMBERS = frozenset({0x203, 0x27E})
_TEXTS = frozenset({0x204, 0xFD, 0xD6})
_SEVERAL_NUMBERS = 0xBD
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_LAYOUT = frozenset({_ROW, _COLUMNS, _MERGED})

_Record = tuple[int, bytes]


def biff_facts(path: str) -> list[tuple[str, SheetFacts | None]]:
    """Return the name and the facts of every sheet in order; None of what is no worksheet.

    Raises
    ------
    FaultError
        When it is no workbook, is protected by a password, or has too many sheets.
    """
    file = OleFile(Path(path).read_bytes())
    stream = next((n for n in sorted(file.names, reverse=True) if n.casefold() in _STREAMS), "")
    if not stream:
        raise _no_workbook(file.names)
    data = file.stream(stream)
    sheets: list[tuple[str, int, bool]] = []
    formats: list[tuple[str, dict[str, str]]] = []
    styles: list[tuple[str, dict[str, str]]] = []
    by_excel = False
    for kind, body in _records(data, 0):
        if kind == _PASSWORD:
            raise FaultError("password_protected")
        if kind == _SHEET:
            sheets.append((_name(body), struct.unpack_from("<I", body)[0], body[5] == 0))
        elif kind == _CALCULATED_BY:
            by_excel = True
        elif kind == _FORMAT:
            number = str(struct.unpack_from("<H", body)[0])
            formats.append(("numFmt", {"numFmtId": number, "formatCode": _format(body)}))
        elif kind == _STYLE:
            number = str(struct.unpack_from("<H", body, 2)[0])
            styles.append(("xf", {"numFmtId": number}))
    if len(sheets) > MOST_SHEETS:
        raise FaultError("too_many_sheets", count=len(sheets), most=MOST_SHEETS)
    told = cell_styles([*formats, ("cellXfs", {}), *styles])
    return [
        (name, _facts(data, start, told, by_excel=by_excel) if is_sheet else None)
        for name, start, is_sheet in sheets
    ]


def _no_workbook(names: set[str]) -> FaultError:
    """Return the fault of a file that is no workbook: by the program whose document it is."""
    program = next((known for name, known in _DOCUMENTS.items() if name in names), "")
    if program:
        return FaultError("other_document", program=program)
    return FaultError("not_a_table_file")


def _records(data: bytes, start: int) -> Iterator[_Record]:
    """Yield number and body of the records from one beginning to its end."""
    at, depth = start, 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:  # charts in a sheet have records of their own
            yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _name(body: bytes) -> str:
    """Return the name of a sheet, as far as it can be known without its code page."""
    count, wide = body[6], body[7] if len(body) > 7 else 0
    if wide not in (0, 1) or len(body) != 8 + count * (wide + 1):
        return body[7 : 7 + count].decode("latin-1")
    return body[8:].decode("utf-16-le" if wide else "latin-1", errors="replace")


def _format(body: bytes) -> str:
    """Return the code of a number format."""
    count = struct.unpack_from("<H", body, 2)[0]
    if len(body) >= 5 and body[4] in (0, 1) and len(body) == 5 + count * (body[4] + 1):
        return body[5:].decode("utf-16-le" if body[4] else "latin-1", errors="replace")
    return body[3:].decode("latin-1")


def _facts(data: bytes, start: int, styles: dict[int, Style], *, by_excel: bool) -> SheetFacts:
    facts = SheetFacts()
    results = 0
    empty: list[tuple[int, int]] = []
    waiting: tuple[int, int] | None = None
    for kind, body in _records(data, start):
        if waiting and kind not in _BETWEEN:
            facts.note_formula(*waiting, calculated=kind == _RESULT_TEXT)
            waiting = None
        if kind in _LAYOUT:
            _note_layout(facts, kind, body)
        elif len(body) >= 6:
            waiting = _cell(facts, kind, body, styles)
            if kind == _FORMULA:
                results += 1
                empty += [_place(body)] if body[6:14] == _EMPTY else []
    if results == len(empty) and not by_excel:  # a program has written them and calculated none
        facts.uncalculated += empty
    return facts


def _note_layout(facts: SheetFacts, kind: int, body: bytes) -> None:
    """Note what is hidden or merged."""
    if kind == _MERGED:
        facts.merged += _areas(body)
    elif kind == _COLUMNS:
        first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
        if flags & 1:
            facts.hidden_columns += range(first + 1, min(last, 255) + 2)
    elif len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        facts.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)


def _place(body: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", body)
    return row + 1, column + 1


def _areas(body: bytes) -> list[str]:
    count = struct.unpack_from("<H", body)[0]
    areas = (struct.unpack_from("<HHHH", body, 2 + 8 * at) for at in range(count))
    return [
        f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
        for top, bottom, left, right in areas
    ]


def _cell(
    facts: SheetFacts, kind: int, body: bytes, styles: dict[int, Style]
) -> tuple[int, int] | None:
    """Note a cell; return the place of a formula whose result is a text that may follow."""
    row, column = _place(body)
    style = struct.unpack_from("<H", body, 4)[0]
    if kind in _NUMBERS:
        facts.note(row, column, styles.get(style))
    elif kind in _TEXTS:
        facts.note(row, column)
    elif kind == _SEVERAL_NUMBERS:
        for at in range((len(body) - 6) // 6):
            style = struct.unpack_from("<H", body, 4 + 6 * at)[0]
            facts.note(row, column + at, styles.get(style))
    elif kind == _TRUTH_OR_ERROR:
        facts.note(row, column)
        if body[7]:
            facts.note_error(row, column, ERRORS.get(body[6], "#ERROR"))
    elif kind == _FORMULA:
        return _formula(facts, body, (row, column), styles.get(style))
    return None


def _formula(
    facts: SheetFacts, body: bytes, place: tuple[int, int], style: Style | None
) -> tuple[int, int] | None:
    is_number = body[12:14] != b"\xff\xff"
    facts.note(*place, style if is_number else None)
    if not is_number and body[6] == 0:
        return place
    facts.note_formula(*place)
    if not is_number and body[6] == 2:
        facts.note_error(*place, ERRORS.get(body[8], "#ERROR"))
    return None
