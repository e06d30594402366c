"""One streaming pass over a sheet's XML: what reading the values alone would hide.

Error values, formulas without a result, merged cells, hidden rows and columns, and how far the
sheet really reaches.  A document type declaration is refused: no entity is ever expanded.
"""

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from workbook.intake.files.cell_styles import CURRENCY, PERCENT_SIGN, Style
from workbook.intake.files.column_letters import column_number
from workbook.intake.files.plain_rows import PlainRows, declares_prefix, plain_end

MOST_CELLS = 40_000_000
MOST_COLUMNS = 2_000
MOST_SHEETS = 200
_NAMED = 2_000
"""Single cells kept by address; more of them are counted only."""
_CHUNK = 1 << 20
_LONGEST_ROW = 1 << 23
"""Bytes without the end of a row after which nothing is plain any more."""
_DATA, _ROW_END = b"<sheetData>", b"</row>"
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"']\w+[\"'])?\s*\?>)?\s*(?:<(?![!?])[^<]*)*"
)
"""What stands before the rows in UTF-8, without a comment, an instruction or a declaration."""
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class UnsafeXmlError(Exception):
    """The part has a document type declaration."""


class SheetFacts:
    """What the pass found; rows and columns are counted from 1.

    No dataclass, whose import takes a third of the time in which the reading process starts.
    """

    def __init__(self) -> None:
        self.first_row = self.first_column = 0
        self.last_row = self.last_column = 0
        self.cells = 0
        self.errors: list[tuple[int, int, str]] = []
        self.uncalculated: list[tuple[int, int]] = []
        self.formulas: dict[int, list[int]] = {}
        """Column -> [count, first row]."""
        self.merged: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.padded: dict[int, dict[int, int]] = {}
        """Column -> row -> digits shown by a number format of zeros (``00000``)."""
        self.percents: dict[int, list[int]] = {}
        """Column -> rows of numbers that are shown as percentages."""
        self.currencies: dict[int, dict[str, list[int]]] = {}
        """Column -> currency that a number format shows -> [count, first row]."""

    def note(self, row: int, column: int, style: Style | None = None, *, times: int = 1) -> None:
        """Note a cell with content, and what the style of a number tells."""
        self.cells += times
        self.reach(row, column)
        if style:
            self.note_style(row, column, *style)

    def reach(self, row: int, column: int) -> None:
        """Note that the used range holds this cell."""
        self.first_row = min(row, self.first_row or row)
        self.first_column = min(column, self.first_column or column)
        self.last_row = max(row, self.last_row)
        self.last_column = max(column, self.last_column)

    def note_style(self, row: int, column: int, tells: str, fact: object) -> None:
        """Note what the number format of a cell tells."""
        if tells == PERCENT_SIGN:
            self.percents.setdefault(column, []).append(row)
        elif tells == CURRENCY:
            seen = self.currencies.setdefault(column, {}).setdefault(str(fact), [0, row])
            seen[0] += 1
        elif isinstance(fact, int):
            self.padded.setdefault(column, {})[row] = fact

    def note_formula(self, row: int, column: int, *, calculated: bool = True) -> None:
        """Note a formula."""
        self.formulas.setdefault(column, [0, row])[0] += 1
        if not calculated and len(self.uncalculated) < _NAMED:
            self.uncalculated.append((row, column))

    def note_error(self, row: int, column: int, value: str) -> None:
        """Note an error value."""
        if len(self.errors) < _NAMED:
            self.errors.append((row, column, value))

    @property
    def too_large(self) -> bool:
        """Return whether the used range is absurd."""
        area = (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)
        sparse = area > 2_000_000 and area > 200 * max(self.cells, 1)
        return area > MOST_CELLS or sparse


def scan_sheet(
    read: Callable[[int], bytes],
    styles: dict[int, Style],
    *,
    recalculates: bool,
    chunk: int = _CHUNK,
) -> SheetFacts:
    """Return the facts of a sheet; the parser sees what is not plain of it.

    Parameters
    ----------
    read
        Gives the next bytes of the sheet's XML, as ``file.read`` does.
    styles
        Style index -> what its number format tells.
    recalculates
        The workbook asks for a calculation when it is opened: a formula with the result 0 or
        none has never been calculated.
    chunk
        Bytes that are read at once.

    Raises
    ------
    UnsafeXmlError
        On a document type declaration.
    xml.parsers.expat.ExpatError
        When the XML is damaged.
    """
    scan = _Scan(styles, recalculates=recalculates)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = _refuse
    for seen in _without_plain_rows(read, chunk, scan):
        parser.Parse(seen, False)
    while rest := read(chunk):
        parser.Parse(rest, False)
    parser.Parse(b"", True)
    return scan.facts


def _without_plain_rows(read: Callable[[int], bytes], chunk: int, scan: "_Scan") -> Iterator[bytes]:
    """Yield what the parser has to see; plain rows are noted in between instead.

    A row that is not plain is seen by the parser alone.  Ends where the rest may be anything: in
    what looks like rows there may be a comment then.
    """
    head, data, block = read(chunk).partition(_DATA)
    yield head + data
    if not (data and scan.notes_plain_rows and _HEAD.fullmatch(head)):
        yield block
        return
    prefixed = declares_prefix(head)
    while len(block) < _LONGEST_ROW:
        at, last = 0, block.rfind(_ROW_END)
        end = last + len(_ROW_END) if last >= 0 else 0
        while at < end:
            after = plain_end(block, at, formulas=not scan.recalculates)
            if after > at:
                rows = PlainRows(block[at:after])
                if not rows.follow(scan.row, prefixed=prefixed):
                    yield block[at:]
                    return
                rows.note(scan.facts, scan.styles)
                scan.row, at = rows.last, after
                continue
            after = block.index(_ROW_END, at) + len(_ROW_END)
            yield block[at:after]
            if _may_hide_rows(block[at:after]) or scan.in_cell:
                yield block[after:]
                return
            at = after
        more = read(chunk)
        block = block[at:] + more
        if not more:
            break
    yield block


def _may_hide_rows(row: bytes) -> bool:
    """Return whether a comment or the like begins in a row, which may go on after it."""
    return b"<!" in row or b"<?" in row


def _refuse(*_: object) -> None:
    raise UnsafeXmlError


class _LocalNames(dict[str, str]):
    """Names of elements without their namespace, each cut once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(" ")[2]
        return self[name]


class _Scan:
    """Handlers of the parser; keeps the cell it is in."""

    def __init__(self, styles: dict[int, Style], *, recalculates: bool) -> None:
        self.facts = SheetFacts()
        self.styles = styles
        self.recalculates = recalculates
        self.row = self._column = 0
        self.in_cell = False
        self._type = self._style = ""
        self._formula = self._value = self._inside = False
        self._written = ""
        self._local = _LocalNames()

    @property
    def notes_plain_rows(self) -> bool:
        """Whether rows may be noted without the parser: no cell has a style without saying so."""
        return 0 not in self.styles

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        if local == "c":
            self.in_cell = True
            self._open_cell(attributes)
        elif local == "v":
            self._value = self._inside = True
        elif local == "f":
            self._formula = True
        elif local == "is":
            self._value = True
        elif local == "row":
            self._open_row(attributes)
        elif local == "mergeCell":
            self.facts.merged.append(attributes.get("ref", ""))
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.facts.hidden_columns += range(first, min(last, first + MOST_COLUMNS) + 1)

    def text(self, data: str) -> None:
        if self._inside:
            self._written += data

    def end(self, name: str) -> None:
        local = self._local[name]
        if local == "v":
            self._inside = False
        elif local == "c":
            self.in_cell = False
            self._close_cell()

    def _open_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r") or self.row + 1)
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_rows.append(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        if address:
            self._column, self.row = column_number(address[1]), int(address[2])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._formula = self._value = False
        self._written = ""

    def _close_cell(self) -> None:
        if self._formula:
            self._close_formula()
        if not self._value or not (self._written or self._type == "inlineStr"):
            return
        facts, row, column = self.facts, self.row, self._column
        facts.cells += 1
        if not facts.first_row or row < facts.first_row:
            facts.first_row = row
        if not facts.first_column or column < facts.first_column:
            facts.first_column = column
        if row > facts.last_row:
            facts.last_row = row
        if column > facts.last_column:
            facts.last_column = column
        if self._type == "e" and len(facts.errors) < _NAMED:
            facts.errors.append((row, column, self._written))
        elif self.styles and self._type == "n" and int(self._style) in self.styles:
            facts.note_style(row, column, *self.styles[int(self._style)])

    def _close_formula(self) -> None:
        empty = not self._written and self._type != "str"
        never = self.recalculates and self._written in ("", "0")
        self.facts.note_formula(self.row, self._column, calculated=not (empty or never))
