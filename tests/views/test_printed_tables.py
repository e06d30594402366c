"""Tables of the samples' reports as they are printed: type that can be read, names whole."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from opened_samples import opened
from printed import made
from shown import ASKED, drawn

from workbook.report.table import Table

SMALLEST = 8.0
NAME = re.compile(r"[^\W\d_]{4,}")
SPLIT_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_]\.\s*\n\s*[^\W\d_]\.")


@pytest.fixture(params=ASKED, ids=lambda p: f"{p[0]}-{p[1].name}")
def asked(request):
    return request.param


def test_nothing_is_smaller_than_8_points(asked):
    sizes = sum((page.sizes for page in made(*asked).pages), Counter())
    small = {size: n for size, n in sizes.items() if size < SMALLEST - 0.01}
    assert not small


def test_no_name_of_a_row_is_hyphenated_and_no_initials_are_parted(asked):
    text = "\n".join(page.text for page in made(*asked).pages)
    assert not SPLIT_INITIALS.search(text)
    printed = set(NAME.findall(text.replace("\u2060", "")))
    assert not {word for name in names(asked) for word in NAME.findall(name)} - printed


def names(asked):
    """Return the labels of all rows that a report shows."""
    tables = [block for block in drawn(opened(*asked)) if isinstance(block, Table)]
    for table in tables:
        cells = BeautifulSoup(table.html(), "html.parser").select("th[scope=row]")
        yield from (cell.get_text() for cell in cells)
