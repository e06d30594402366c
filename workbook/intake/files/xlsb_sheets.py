"""What the records of an XLSB tell that its values do not.

Records as in Microsoft's [MS-XLSB]: errors, formulas, number formats, merged cells, hidden rows
and columns, the used range.  Belongs to the process that opens workbooks.
"""

import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from workbook.intake.files.biff_sheets import ERRORS
from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.cell_styles import Style, cell_styles
from workbook.intake.files.column_letters import column_letters
from workbook.intake.files.sheet_xml import MOST_COLUMNS, MOST_SHEETS, SheetFacts
from workbook.intake.files.workbook_parts import part_targets

_BOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_SHEET, _FORMAT, _STYLE, _CELL_STYLES, _CELL_STYLES_END = 156, 44, 47, 617, 618
_ROW, _COLUMNS, _MERGED = 0, 60, 176
_BLANK, _LAST_CELL = 1, 11
_NUMBERS = frozenset({2, 5, 9})
_ERRORS = frozenset({3, 11})
_FORMULAS = frozenset({8, 9, 10, 11})
_MOST_RECORD = 1 << 20

_Record = tuple[int, bytes]


def xlsb_facts(archive: zipfile.ZipFile) -> list[tuple[str, SheetFacts | None]]:
    """Return the name and the facts of every sheet in order; None of what is no worksheet."""
    targets = part_targets(archive, _RELATIONS)
    sheets = [_sheet(body) for kind, body in _records(archive, _BOOK) if kind == _SHEET]
    if len(sheets) > MOST_SHEETS:
        raise FaultError("too_many_sheets", count=len(sheets), most=MOST_SHEETS)
    names = set(archive.namelist())
    styles = _styles(archive) if _STYLES in names else {}
    found: list[tuple[str, SheetFacts | None]] = []
    for name, relation in sheets:
        part = targets.get(relation, "")
        is_sheet = "worksheets/" in part
        found.append((name, _facts(archive, part, styles) if is_sheet else None))
    return found


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[_Record]:
    """Yield number and body of the records of a part."""
    with archive.open(part) as source:
        while first := source.read(1):
            kind = first[0]
            if kind & 0x80:
                kind = (kind & 0x7F) | (source.read(1)[0] << 7)
            size = _size(source)
            if size > _MOST_RECORD:
                raise ValueError("a record that is too long")
            yield kind, source.read(size)


def _size(source: IO[bytes]) -> int:
    """Return a number that is written in seven bits a byte."""
    number = 0
    for shift in (0, 7, 14, 21):
        byte = source.read(1)[0]
        number |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return number


def _sheet(body: bytes) -> tuple[str, str]:
    """Return name and relation of a sheet."""
    relation, at = _text(body, 8)
    return _text(body, at)[0], relation


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Return the text at a position, and the position after it."""
    count = struct.unpack_from("<I", body, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return body[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _styles(archive: zipfile.ZipFile) -> dict[int, Style]:
    elements: list[tuple[str, dict[str, str]]] = []
    for kind, body in _records(archive, _STYLES):
        if kind == _FORMAT:
            number = str(struct.unpack_from("<H", body)[0])
            elements.append(("numFmt", {"numFmtId": number, "formatCode": _text(body, 2)[0]}))
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            elements.append(("cellXfs" if kind == _CELL_STYLES else "cellStyles", {}))
        elif kind == _STYLE:
            elements.append(("xf", {"numFmtId": str(struct.unpack_from("<H", body, 2)[0])}))
    return cell_styles(elements)


def _facts(archive: zipfile.ZipFile, part: str, styles: dict[int, Style]) -> SheetFacts:
    facts, row = SheetFacts(), 0
    for kind, body in _records(archive, part):
        if kind == _ROW and len(body) >= 12:
            row = struct.unpack_from("<I", body)[0] + 1
            if body[11] & 0x10:
                facts.hidden_rows.append(row)
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<II", body)
            if body[16] & 1:
                facts.hidden_columns += range(first + 1, min(last, first + MOST_COLUMNS) + 2)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            start, end = column_letters(left + 1), column_letters(right + 1)
            facts.merged.append(f"{start}{top + 1}:{end}{bottom + 1}")
        elif _BLANK < kind <= _LAST_CELL:
            _note_cell(facts, kind, body, row, styles)
    return facts


def _note_cell(
    facts: SheetFacts, kind: int, body: bytes, row: int, styles: dict[int, Style]
) -> None:
    column, style = struct.unpack_from("<II", body)
    column += 1
    facts.note(row, column, styles.get(style & 0xFFFFFF) if kind in _NUMBERS else None)
    if kind in _FORMULAS:
        facts.note_formula(row, column)
    if kind in _ERRORS:
        facts.note_error(row, column, ERRORS.get(body[8], "#ERROR"))
