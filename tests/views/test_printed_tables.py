"""Tables of the samples' reports as they are printed: type that can be read, names whole."""

import math
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from shown import ASKED, drawn, opened
from test_page_flow import made

from workbook.report.table import Table

SMALLEST = 8.0
NAME = re.compile(r"[^\W\d_]{4,}")
SPLIT_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_]\.\s*\n\s*[^\W\d_]\.")


@pytest.fixture(params=ASKED, ids=lambda p: f"{p[0]}-{p[1].name}")
def asked(request):
    return request.param


def sizes(reader):
    """Return how many letters a PDF has of each size, points."""
    found = Counter()

    def see(text, matrix, text_matrix, font, size):
        scale = math.hypot(text_matrix[1], text_matrix[3]) * math.hypot(matrix[1], matrix[3])
        if text.strip():
            found[round(abs(size) * scale, 2)] += len(text.strip())

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    return found


def test_nothing_is_smaller_than_8_points(asked):
    small = {size: n for size, n in sizes(made(*asked).reader).items() if size < SMALLEST - 0.01}
    assert not small


def test_no_name_of_a_row_is_hyphenated_and_no_initials_are_parted(asked):
    text = "\n".join(page.extract_text() for page in made(*asked).reader.pages)
    assert not SPLIT_INITIALS.search(text)
    printed = set(NAME.findall(text.replace("\u2060", "")))
    assert not {word for name in names(asked) for word in NAME.findall(name)} - printed


def names(asked):
    """Return the labels of all rows that a report shows."""
    tables = [block for block in drawn(opened(*asked)) if isinstance(block, Table)]
    for table in tables:
        cells = BeautifulSoup(table.html(), "html.parser").select("th[scope=row]")
        yield from (cell.get_text() for cell in cells)
