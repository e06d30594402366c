"""A CSV file as records with physical line numbers."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workbook.errors import Location, Problem
from workbook.intake.cells.cell_kinds import UNWANTED
from workbook.intake.files.sheet_xml import MOST_COLUMNS
from workbook.intake.problems import error, warning

DELIMITERS = (";", ",", "\t", "|")
MOST_ROWS = 2_000_000
_LAST = MOST_COLUMNS + 1
"""Cells of a line that are looked at before a file with more columns is refused."""
_SEP = re.compile(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_HEAD_LINES = 60
_CONTROLS = bytes(sign for sign in range(128) if UNWANTED.match(chr(sign)))
_NO_CHARACTERS = tuple(sign.encode("utf-8") for sign in "\ufffe\uffff")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvLines:
    """Records with content, blank ones left out."""

    delimiter: str
    records: Sequence[list[str]] = ()
    rows: Sequence[int] = ()
    """First physical line of each record."""
    problems: Sequence[Problem] = field(default=())


def without_controls(text: str, place: Location) -> tuple[str, list[Problem]]:
    """Return the text without control characters, and a warning with their count."""
    if _is_clean(text):
        return text, []
    cleaned, count = UNWANTED.subn("", text)
    if not count:
        return text, []
    return cleaned, [warning("control_characters_removed", place, count=count)]


def _is_clean(text: str) -> bool:
    r"""Return whether there is surely no such character, much sooner than by an expression.

    >>> [_is_clean(text) for text in ("Клиент\t1\r\n", "a\x00", "\ufffe", "\ud800")]
    [True, False, False, False]
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # half a character
        return False
    if any(sign in data for sign in _NO_CHARACTERS):
        return False
    return len(data.translate(None, _CONTROLS)) == len(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvText:
    """A CSV text whose delimiter is known."""

    text: str
    delimiter: str
    first: int
    """Line of the file in which the text begins."""


def opened_csv(text: str, *, declared: str, headings: Callable[[Sequence[str]], int]) -> CsvText:
    """Return the text with its delimiter, without a line that does nothing but name that.

    Parameters
    ----------
    text
        The whole file, decoded.
    declared
        [intake].delimiter; empty to detect among :data:`DELIMITERS`.
    headings
        Counts the known headings in a record.
    """
    first = 1
    said = _SEP.match(text)
    if said:
        text, first = text[said.end() :], 2
    in_file = said[1] if said and said[1] in DELIMITERS else ""
    return CsvText(text=text, delimiter=declared or in_file or sniff(text, headings), first=first)


def sniff(text: str, headings: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter under which most headings are known, then most lines agree."""
    head = "\n".join(text[:200_000].splitlines()[:_HEAD_LINES])

    def merit(delimiter: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            records = [record for record in reader if record]
        except csv.Error:
            return 0, 0, 0
        known = max((headings(record[:_LAST]) for record in records), default=0)
        widths = [len(record) for record in records if len(record) > 1]
        usual = max(set(widths), key=widths.count, default=1)
        return known, widths.count(usual), usual

    return max(DELIMITERS, key=merit)


def read_lines(
    text: str, *, place: Location, declared: str, headings: Callable[[Sequence[str]], int]
) -> CsvLines:
    """Split a CSV text into records; what is not said here is as :func:`opened_csv` has it.

    ``place`` is the file, for problems.
    """
    return cut_lines(opened_csv(text, declared=declared, headings=headings), place)


def cut_lines(csv_text: CsvText, place: Location) -> CsvLines:
    """Split a CSV text whose delimiter is known into records."""
    text, delimiter, first = csv_text.text, csv_text.delimiter, csv_text.first
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    records: list[list[str]] = []
    rows: list[int] = []
    problems: list[Problem] = []
    line = 0
    try:
        for record in reader:
            if len(record) > MOST_COLUMNS and any(map(str.strip, record[MOST_COLUMNS:])):
                problems.append(_too_wide(place, line + first))
                break
            if any(record) and any(map(str.strip, record)):
                records.append(record)
                rows.append(line + first)
            line = reader.line_num
            if len(records) > MOST_ROWS:
                problems.append(error("too_many_rows", place, most=MOST_ROWS))
                break
    except csv.Error as failure:
        problems.append(_broken(str(failure), place, line + first))
    return CsvLines(delimiter=delimiter, records=records, rows=rows, problems=problems)


def _too_wide(place: Location, line: int) -> Problem:
    return error("too_many_columns", Location(file=place.file, row=line), most=MOST_COLUMNS)


def _broken(message: str, place: Location, line: int) -> Problem:
    where = Location(file=place.file, row=line)
    if "field larger" in message:
        return error("cell_too_long", where, most=csv.field_size_limit())
    if "unexpected end" in message:
        return error("quote_not_closed", where)
    return error("quote_inside_quotes", where)
