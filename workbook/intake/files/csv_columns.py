"""A CSV text cut into columns at once, where it is plain; else :mod:`csv_lines` reads it.

Plain is a text whose every quote opens, closes or doubles as in RFC 4180, whose lines all end
alike, and whose rows below the header have as many cells as it has.  Then separators outside
quotes are all that there is to find: they are looked up in the bytes, and every column is coded by
its distinct texts eight bytes at a time.  What is cut is what the careful reader cuts.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.intake.files.csv_lines import MOST_ROWS
from workbook.intake.files.sheet_xml import MOST_COLUMNS
from workbook.intake.text_column import Codes, TextColumn, as_texts

Bytes: TypeAlias = npt.NDArray[np.uint8]
Positions: TypeAlias = npt.NDArray[np.int64]
_NEWLINE, _RETURN, _SPACE, _QUOTE = b'\n\r "'
_WORD = 8
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(_WORD + 1)], dtype=np.uint64)
_LONGEST = 100_000
"""Bytes of a cell; the careful reader refuses longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvColumns:
    """The lines of a plain CSV text; those without any sign are left out."""

    data: bytes
    """The text as UTF-8, with some bytes more at its end."""
    separators: Positions
    """Delimiters and ends of lines that stand outside quotes."""
    ends: Positions
    """Per line, the place of its end among ``separators``."""
    begins: Positions
    """Per line, its first byte."""
    cells: Positions
    """Cells per line."""
    rows: Positions
    """Number of each line in the file, counted from 1: where it begins."""

    def head(self, lines: int) -> str:
        """Return the text of the first lines."""
        last = self.ends[min(lines, len(self.ends)) - 1]
        return self.data[: self.separators[last] + 1].decode("utf-8")

    def below(self, row: int, width: int) -> tuple[list[TextColumn], Positions] | None:
        """Return the columns below a row of the file and the numbers of their rows.

        Rows of blank cells are left out.  None where a line has not ``width`` cells, where there is
        no line, or where a cell is too long.
        """
        at = int(np.searchsorted(self.rows, row, side="right"))
        if at == len(self.rows) or not (self.cells[at:] == width).all() or width > MOST_COLUMNS:
            return None
        columns: list[TextColumn] = []
        first = self.ends[at:] - (width - 1)
        starts = self.begins[at:]
        for number in range(width):
            stops = self.separators[first + number]
            column = self._column(starts, stops, last=number == width - 1)
            if column is None:
                return None
            columns.append(column)
            starts = stops + 1
        blank = np.logical_and.reduce([column.blank for column in columns])
        rows = self.rows[at:]
        if blank.any():
            columns, rows = [column.keep(~blank) for column in columns], rows[~blank]
        return columns, rows

    def _column(self, starts: Positions, stops: Positions, *, last: bool) -> TextColumn | None:
        """Return the column of the cells between two places; None where one is too long."""
        signs = np.frombuffer(self.data, dtype=np.uint8)
        if last:  # the end of the line may be of two signs
            stops = stops - ((stops > starts) & (signs[stops - 1] == _RETURN))
        while (spaced := (signs[starts] == _SPACE) & (starts < stops)).any():
            starts = starts + spaced
        quoted = (signs[starts] == _QUOTE) & (starts < stops)
        if has_quotes := bool(quoted.any()):
            starts, stops = starts + quoted, stops - quoted
        lengths = stops - starts
        if lengths.max() > _LONGEST:
            return None
        codes, first = _coded(self.data, starts, lengths)
        spans = zip(starts[first].tolist(), stops[first].tolist(), strict=True)
        joined = b"\0".join([self.data[start:stop] for start, stop in spans])
        texts = joined.decode("utf-8").split("\0")
        if has_quotes:
            texts = [text.replace('""', '"') for text in texts]
        return TextColumn(codes, as_texts(texts))


def csv_columns(text: str, delimiter: str) -> CsvColumns | None:
    r"""Return the lines of a text; None where it is not plain.

    Parameters
    ----------
    text
        A CSV file, decoded, without control characters.
    delimiter
        Between its cells.

    Examples
    --------
    >>> lines = csv_columns('id,name\n\n1,"a, ""b"" c"\n2, d\n', ",")
    >>> columns, rows = lines.below(1, 2)
    >>> [column.distinct.tolist() for column in columns], rows.tolist()
    ([['1', '2'], ['a, "b" c', 'd']], [3, 4])
    >>> csv_columns('1,5" pipe\n', ",") is None
    True
    """
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n ':
        return None
    if not text or "\0" in text:
        return None
    if text.count("\r") != text.count("\r\n"):
        return None
    ended = b"" if text[-1] == "\n" else b"\n"
    data = b"".join([text.encode("utf-8"), ended, bytes(_WORD)])
    signs = np.frombuffer(data, dtype=np.uint8)[:-_WORD]
    found: Positions = np.flatnonzero((signs == ord(delimiter)) | (signs == _NEWLINE))
    newlines = None
    if '"' in text:
        outside = _outside_quotes(signs, found, ord(delimiter))
        if outside is None:
            return None
        newlines = found[signs[found] == _NEWLINE]
        found = found[outside]
    ends: Positions = np.flatnonzero(signs[found] == _NEWLINE)
    if not len(ends) or ends[-1] != len(found) - 1 or len(ends) > MOST_ROWS:
        return None
    begins = np.concatenate([[0], found[ends[:-1]] + 1])
    rows = np.arange(1, len(ends) + 1)
    if newlines is not None and len(newlines) > len(ends):
        rows = np.searchsorted(newlines, begins) + 1
    signs_of_line = found[ends] - begins
    empty = (signs_of_line == 0) | ((signs_of_line == 1) & (signs[begins] == _RETURN))
    cells = np.diff(ends, prepend=-1)
    kept = slice(None) if not empty.any() else ~empty
    return CsvColumns(
        data=data,
        separators=found,
        ends=ends[kept],
        begins=begins[kept],
        cells=cells[kept],
        rows=rows[kept],
    )


def _outside_quotes(
    signs: Bytes, separators: Positions, delimiter: int
) -> npt.NDArray[np.bool_] | None:
    """Return which separators stand outside quotes; None where a quote is where none may be.

    Every second quote opens: at the beginning of a cell, or as the second of a doubled one.  The
    one after it closes: at the end of a cell, or as the first of a doubled one.
    """
    quotes = np.flatnonzero(signs == _QUOTE)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, signs[opening - 1], _NEWLINE)
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    beside = (delimiter, _NEWLINE, _QUOTE)
    if not (np.isin(before, beside).all() and np.isin(after, (*beside, _RETURN)).all()):
        return None
    outside: npt.NDArray[np.bool_] = np.searchsorted(quotes, separators) % 2 == 0
    return outside


def _coded(data: bytes, starts: Positions, lengths: Positions) -> tuple[Codes, Positions]:
    """Return the code of every cell by the order of first rows, and the first row of each code."""
    words = np.ndarray((len(data) - _WORD + 1,), dtype="<u8", buffer=data, strides=(1,))
    codes, found = pd.factorize(words[starts] & _MASKS[np.minimum(lengths, _WORD)])
    count, done = len(found), _WORD
    rows = np.flatnonzero(lengths > done)
    while len(rows):
        left = np.minimum(lengths[rows] - done, _WORD)
        inner, different = pd.factorize(words[starts[rows] + done] & _MASKS[left])
        further, pairs = pd.factorize(codes[rows] * len(different) + inner)
        codes[rows] = count + further  # never that of a cell which has ended
        count, done = count + len(pairs), done + _WORD
        rows = rows[lengths[rows] > done]
    if done > _WORD:
        codes, used = pd.factorize(codes)
        count = len(used)
    first = np.empty(count, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, first
