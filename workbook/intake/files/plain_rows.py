"""Rows of a sheet's XML that hold values and nothing strange, told from their bytes at once.

Nearly all rows of nearly all sheets are like this: cells with addresses, a style perhaps, a number
or a text, a formula with its result.  One regular expression, which only ever walks forwards, says
whether rows are such; what is to be noted of them is counted.  Whatever is not plain (errors,
formulas without a result, hidden rows, prefixes, comments, references to characters) is for the
parser in :mod:`workbook.intake.files.sheet_xml`.
"""

import re
from typing import TYPE_CHECKING

from workbook.intake.files.cell_styles import Style
from workbook.intake.files.column_letters import column_number

if TYPE_CHECKING:
    from workbook.intake.files.sheet_xml import SheetFacts

_SIGNS = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]"
_TEXT = _SIGNS + rb"*+(?:&(?:amp|lt|gt|quot|apos);" + _SIGNS + rb"*+)*+"
_OF_ROW = rb"spans|s|customFormat|ht|customHeight|x14ac:dyDescent|thickTop|thickBot|ph"


def _attributes(of: bytes, names: bytes, signs: bytes) -> bytes:
    """Return the pattern of attributes, none of them twice: that is no XML."""
    once = rb"(?![^>]*? (?P=" + of + rb')=")'
    return rb"(?: (?P<" + of + rb">" + names + rb')="' + signs + rb'*+"' + once + rb")*+"


_FORMULA = (
    rb"<f" + _attributes(b"of_formula", b"t|ref|si|ca", rb"[\w:]") + rb"(?:/>|>" + _TEXT + rb"</f>)"
)


def _rows(before_value: bytes) -> "re.Pattern[bytes]":
    value = before_value + rb"<v>(?!</v>)" + _TEXT + rb"</v>"
    cell = (
        rb'<c r="[A-Z]{1,3}(?P=row)"(?: s="\d{1,5}")?+'
        rb'(?:(?: t="(?:n|s|str|b)")?+(?:/>|>(?:' + value + rb")?+</c>)"
        rb'| t="inlineStr"><is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is></c>)"
    )
    return re.compile(
        rb'(?:<row r="(?P<row>[1-9]\d{0,6})"'
        + _attributes(b"of_row", _OF_ROW, rb"[\w.: -]")
        + rb">"
        rb"(?:" + cell + rb")*+</row>)*+"
    )


_OF_VALUES, _OF_FORMULAS_TOO = _rows(b""), _rows(rb"(?:" + _FORMULA + rb")?+")
_NUMBERS = re.compile(rb'<row r="(\d+)"')
_PREFIX = b" x14ac:"
_DECLARES = re.compile(rb"<worksheet\b[^>]*\sxmlns:x14ac=")
_FILLED = re.compile(rb'<c r="([A-Z]+)\d+"(?: [st]="\w+")*+><[vif]')
_FORMULAS = re.compile(rb'<c r="([A-Z]+)(\d+)"(?: [st]="\w+")*+><f')
_STRANGE = (b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""What a parser refuses though it looks like text."""


def plain_end(block: bytes, start: int, *, formulas: bool = True) -> int:
    """Return where the plain rows end that begin at ``start``; ``start`` itself without one.

    Parameters
    ----------
    formulas
        Whether a row with formulas and their results is plain.

    Examples
    --------
    >>> plain_end(b'<row r="1"><c r="A1"><v>5</v></c></row><row r="2" hidden="1"/>', 0)
    39
    >>> plain_end(b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', 0)
    0
    """
    found = (_OF_FORMULAS_TOO if formulas else _OF_VALUES).match(block, start)
    return found.end() if found else start


def declares_prefix(head: bytes) -> bool:
    """Return whether a sheet declares the one prefix that plain rows may have.

    Parameters
    ----------
    head
        What stands before the rows.

    Examples
    --------
    >>> declares_prefix(b'<worksheet xmlns:x14ac="http://schemas.microsoft.com/x"><sheetData>')
    True
    >>> declares_prefix(b"<worksheet><sheetData>")
    False
    """
    return _DECLARES.search(head) is not None


class PlainRows:
    """Plain rows that follow each other."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._rows = [int(number) for number in _NUMBERS.findall(block)]

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self._rows[-1]

    def follow(self, row: int, *, prefixed: bool) -> bool:
        """Return whether they are text of UTF-8, and their numbers grow from one after ``row``.

        Parameters
        ----------
        prefixed
            The sheet declares the prefix of rows (:func:`declares_prefix`).
        """
        if not prefixed and _PREFIX in self._block:
            return False
        if any(strange in self._block for strange in _STRANGE):
            return False
        try:
            self._block.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return all(a < b for a, b in zip((row, *self._rows), self._rows, strict=False))

    def note(self, facts: "SheetFacts", styles: dict[int, Style]) -> None:
        """Note how far their content reaches, their formulas, and what styles of numbers tell."""
        block = self._block
        columns = [column_number(found.decode()) for found in set(_FILLED.findall(block))]
        if not columns:
            return
        facts.cells += block.count(b"</v>") + block.count(b"</is>")
        first = min(at for at in (block.find(b"<v>"), block.find(b"<is>")) if at >= 0)
        last = max(block.rfind(b"</v>"), block.rfind(b"</is>"))
        facts.reach(_row_at(block, first), min(columns))
        facts.reach(_row_at(block, last), max(columns))
        if b"<f" in block:
            for letters, row in _FORMULAS.findall(block):
                facts.note_formula(int(row), column_number(letters.decode()))
        if styles:
            for letters, row, style in _numbers_of(styles).findall(block):
                place = int(row), column_number(letters.decode())
                facts.note_style(*place, *styles[int(style)])


def _row_at(block: bytes, place: int) -> int:
    start = block.rfind(b'<row r="', 0, place) + len(b'<row r="')
    return int(block[start : block.index(b'"', start)])


def _numbers_of(styles: dict[int, Style]) -> "re.Pattern[bytes]":
    """Return the pattern of numbers in one of the styles; ``re`` keeps what it has compiled."""
    wanted = "|".join(map(str, sorted(styles, reverse=True))).encode()
    formula = rb"(?:<f[^<]*+(?:</f>)?+)?+"
    return re.compile(
        rb'<c r="([A-Z]+)(\d+)" s="0*(' + wanted + rb')"(?: t="n")?>' + formula + rb"<v>"
    )
