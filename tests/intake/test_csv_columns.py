"""A plain CSV text is cut into columns at once; what comes out is what the careful reader cuts."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from intake_folder import Folder

from workbook.errors import Location
from workbook.intake.files import csv_file
from workbook.intake.files.csv_columns import csv_columns
from workbook.intake.files.csv_lines import CsvText, cut_lines

PLACE = Location(file="data/sales.csv")
_SIGNS = st.text(alphabet='ab,; "\n\r\tжя', max_size=60)
"""Anything that can go wrong, mostly not plain."""
_CELL = st.text(alphabet='aжb1 ,";\n\tčлинный', max_size=20)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a text that a program has written, and its delimiter."""
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=9))
    delimiter = draw(st.sampled_from(",;\t|"))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    for row in rows:
        writer.writerow(row)
        out.write(draw(st.sampled_from(["", "", end])))
    text = out.getvalue()
    return text.removesuffix(end) if draw(st.booleans()) else text, delimiter


def careful(text: str, delimiter: str) -> tuple[list[list[str]], list[int]] | None:
    """Return records and rows as the careful reader cuts them; None where it refuses the text."""
    lines = cut_lines(CsvText(text=text, delimiter=delimiter, first=1), PLACE)
    return None if lines.problems else ([*lines.records], [*lines.rows])


def at_once(text: str, delimiter: str, width: int) -> tuple[list[list[str]], list[int]] | None:
    """Return the same from the columns; None where these decline."""
    lines = csv_columns(text, delimiter)
    found = lines.below(0, width) if lines else None
    if found is None:
        return None
    columns, rows = found
    return [list(cells) for cells in zip(*(c.texts for c in columns), strict=True)], rows.tolist()


@given(_SIGNS, st.sampled_from(",;"), st.integers(1, 3))
@example('a,b\n"x\ny", z\n\n1,2', ",", 2)
@example('"a"b,c\n', ",", 2)
@example(' "a",c\n', ",", 2)
@example('a "b",c\n', ",", 2)
@example('"""",""""""\n', ",", 2)
@example("a,b\r\n\r\n \r\nc,d\r\n", ",", 2)
@example("a\rb\n", ",", 1)
def test_any_text_is_cut_alike_or_left_to_the_careful_reader(
    text: str, delimiter: str, width: int
) -> None:
    found = at_once(text, delimiter, width)
    assert found is None or found == careful(text, delimiter)


@given(written())
def test_what_a_program_writes_is_plain_and_cut_alike(drawn: tuple[str, str]) -> None:
    text, delimiter = drawn
    expected = careful(text, delimiter)
    assert expected is not None
    width = max((len(record) for record in expected[0]), default=1)
    found = at_once(text, delimiter, width)
    assert found == expected if expected[0] else found in (None, expected)


@given(written())
def test_the_head_is_the_first_lines_of_the_text(drawn: tuple[str, str]) -> None:
    text, delimiter = drawn
    lines = csv_columns(text, delimiter)
    if lines is None or not len(lines.rows):
        return
    head, whole = careful(lines.head(3), delimiter), careful(text, delimiter)
    assert head is not None
    assert whole is not None
    assert head[0] == whole[0][: len(head[0])]
    assert head[1] == whole[1][: len(head[1])]


FILE = (
    "Sales of 2025\n\ncustomer_id;date;amount;product\n"
    + '007;2025-03-01;12,50;"Tea; green"\n\n;;;\n'
    + '008;2025-03-02;-3,00; Чай\n"0""9";2025-03-03;1,25;"two\nlines"\n' * 40
)


@pytest.mark.parametrize(
    "text",
    [
        FILE,
        FILE.replace("\n", "\r\n"),
        "sep=;\n" + FILE,
        FILE.replace("12,50", "").replace("Tea; green", ""),
        FILE.replace("-3,00", "n/a"),
        FILE.replace("008;2025-03-02;-3,00", "008;2025-03-02"),
        FILE + "Total;;100;\n",
        FILE + '"open;1;2;3\n',
    ],
)
def test_a_long_file_is_read_as_a_short_one_is(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """The same tables and problems, whichever reader has cut the text."""
    folder.write("sales.csv", text.encode())
    short = folder.read()
    monkeypatch.setattr(csv_file, "_LONG", 0)
    long = folder.read()
    assert long.problems == short.problems
    assert long.files == short.files
    assert long.tables.keys() == short.tables.keys()
    for name, table in short.tables.items():
        assert long.tables[name].frame.equals(table.frame)
        assert long.tables[name].frame.index.equals(table.frame.index)
