"""Whatever bytes a client sends: problems come of them, never an exception, and never without end.

The files begin as good ones, so that a change leads deep into the reader.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from fuzzing import assert_worded, bounded, examples, folder_of
from hypothesis import given
from hypothesis import strategies as st

from workbook.engagement.settings import Engagement
from workbook.intake.files.book_reader import BookReader
from workbook.intake.tables import Intake, read_tables

ROWS = (
    ("respondent_id", "date", "score", "customer_id", "reason", "segment"),
    *(
        (f"R{n}", f"2025-0{n % 9 + 1}-1{n % 9}", n % 11, f"C{n % 7}", "late, again", "a")
        for n in range(12)
    ),
)
LANGUAGES = ("en", "ru", "sk")
PIECES = (
    *(b'"', b'""', b";", b",", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\0", b"\xff", b"\xfe\xff"),
    *(b"\xef\xbb\xbf", b"sep=;\n", b"=1+1", b"1,234.50", b"31/12/2025", b"#N/A", b"Total", b" "),
    *("Итого".encode("cp1251"), "é".encode("latin-1"), "\u202e".encode(), b"x" * 40_000),
    *(b"\n\n\n", b",,,,", b"9" * 400, b"-0", b"nan", b"score", b"date,date\n"),
)


@pytest.fixture(scope="module")
def books() -> Iterator[BookReader]:
    with BookReader() as process:
        yield process


def read(name: str, content: bytes, books: BookReader, language: str = "en") -> Intake:
    """Read one file of an engagement; every problem must have its sentences."""
    with folder_of({f"data/{name}": content}) as folder, bounded():
        intake = read_tables(_engagement(folder, language), books=books)
    assert_worded(intake.problems)
    assert intake.tables or intake.problems
    assert all(table.frame.index.is_unique for table in intake.tables.values())
    return intake


def _engagement(folder: Path, language: str) -> Engagement:
    return Engagement(
        folder=folder,
        id="acme",
        client="Acme",
        language=language,
        currency="EUR",
        period="2025",
        as_of=date(2025, 12, 31),
    )


@cache
def csv_text(sign: str = ",", encoding: str = "utf-8") -> bytes:
    quoted = [[f'"{cell}"' if sign in str(cell) else str(cell) for cell in row] for row in ROWS]
    return "\n".join(sign.join(row) for row in quoted).encode(encoding)


@cache
def book() -> bytes:
    return written([list(row) for row in ROWS])


def written(
    rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """Return a workbook of these cells; texts with ``=`` are formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd.mm.yyyy", "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(buffer, options) as made:
        sheet = made.add_worksheet("survey")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    sheet.write(r, c, cell)
        for first_row, first, last_row, last in merged:
            sheet.merge_range(first_row, first, last_row, last, "merged")
    return buffer.getvalue()


changes = st.lists(
    st.tuples(
        st.sampled_from(["put", "replace", "cut", "double", "swap"]),
        st.floats(0, 1),
        st.integers(1, 40),
        st.sampled_from(PIECES) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def changed(content: bytes, how: list[tuple[str, float, int, bytes]]) -> bytes:
    """Return bytes with pieces put in, replaced, cut out, doubled and put elsewhere."""
    for kind, place, length, piece in how:
        at = int(place * len(content))
        before, part, after = content[:at], content[at : at + length], content[at + length :]
        content = {
            "put": before + piece + part + after,
            "replace": before + piece + after,
            "cut": before + after,
            "double": before + part * 3 + after,
            "swap": after + part + before,
        }[kind]
    return content


@pytest.mark.parametrize("name", ["survey.csv", "survey.xlsx", "intake.xlsx"])
@examples(30)
@given(content=st.binary(max_size=300) | st.sampled_from(PIECES))
def test_bytes_of_any_kind(name: str, content: bytes, books: BookReader) -> None:
    for begin in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html"):
        read(name, begin + content, books)


@examples(120)
@given(
    how=changes,
    sign=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1251", "utf-8-sig"]),
    language=st.sampled_from(LANGUAGES),
)
def test_a_csv_file_with_changes(
    how: list[tuple[str, float, int, bytes]],
    sign: str,
    encoding: str,
    language: str,
    books: BookReader,
) -> None:
    read("survey.csv", changed(csv_text(sign, encoding), how), books, language)


numbers = st.floats(allow_nan=True) | st.integers(-(2**70), 2**70).map(float)
days = st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30))
words = st.sampled_from([str(cell) for row in ROWS[:2] for cell in row]) | st.text(max_size=20)
formulas = st.sampled_from(["=1+1", "=NA()", '="x"', "=A1", "=1/0"])
cells = st.none() | words | numbers | days | st.booleans() | formulas
grids = st.lists(st.lists(cells, max_size=8), max_size=8)


@examples(60)
@given(
    grid=grids,
    headed=st.booleans(),
    merged=st.lists(st.tuples(*[st.integers(0, 5)] * 2), max_size=1),
    language=st.sampled_from(LANGUAGES),
)
def test_a_workbook_of_any_cells(
    grid: list[list[Any]],
    headed: bool,
    merged: list[tuple[int, int]],
    language: str,
    books: BookReader,
) -> None:
    rows = [*(ROWS[:2] if headed else ()), *grid]
    areas = [(row, column, row + 1, column + 1) for row, column in merged]
    read("survey.xlsx", written(rows, areas), books, language)


@examples(60)
@given(how=changes)
def test_a_workbook_with_changed_bytes(
    how: list[tuple[str, float, int, bytes]], books: BookReader
) -> None:
    read("survey.xlsx", changed(book(), how), books)


PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")
XML = (
    *(b"<", b">", b"/", b'"', b"&amp;", b"&#0;", b"<v>1e999</v>", b"<c/>", b"<row/>", b"<!--"),
    *(b'r="XFD1048576"', b'r="A0"', b'r="ZZZZ9"', b't="d"', b't="n"', b't="s"', b't="e"', b"-1"),
    *(b"<v>99999999</v>", b'<mergeCell ref="A1:XFD1048576"/>', b'hidden="1"', b"<is><t>x</t></is>"),
)


@examples(80)
@given(
    part=st.sampled_from(PARTS),
    how=st.lists(
        st.tuples(
            st.sampled_from(["put", "replace", "cut", "double"]),
            st.floats(0, 1),
            st.integers(1, 60),
            st.sampled_from(XML) | st.binary(max_size=4),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_workbook_with_a_changed_part(
    part: str, how: list[tuple[str, float, int, bytes]], books: BookReader
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as good, zipfile.ZipFile(buffer, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, changed(content, how) if name == part else content)
    read("survey.xlsx", buffer.getvalue(), books)
