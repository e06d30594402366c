"""How full the pages of the samples' reports are, and where they break, measured in the PDF."""

import pytest
from printed import FIGURES, HEADINGS, Placed, made
from shown import ASKED

LEAST = 0.3
"""A third of a page, less the edge of a box below its last words."""
LONGEST_BODY = 12
"""Pages from page 2 up to the appendix."""


@pytest.fixture(params=ASKED, ids=lambda p: f"{p[0]}-{p[1].name}")
def report(request):
    return made(*request.param)


def test_no_page_is_filled_less_than_a_third_but_the_last_of_a_part(report):
    last = {report.body[-1], len(report.fills)}
    pages = {n: round(report.fills[n - 1], 2) for n in range(2, len(report.fills) + 1)}
    assert not {n: fill for n, fill in pages.items() if fill < LEAST and n not in last}


def test_the_body_has_about_eight_pages(report):
    assert len(report.body) <= LONGEST_BODY


def test_page_two_is_one_page(report):
    headings = [p for p in report.placed if p.kind == "/H1"]
    assert headings[0].rows[0] == 2
    assert len(headings) < 2 or headings[1].rows[0] == 3


def test_a_heading_stands_on_the_page_of_its_chart(report):
    """Text may stand between them; tiles under a heading are its exhibit before any table."""
    parts: list[list[Placed]] = []
    for placed in report.placed:
        if placed.kind in HEADINGS:
            parts.append([])
        if parts:
            parts[-1].append(placed)
    body = [part for part in parts if part[0].rows[0] in report.body]
    charts = [part for part in body if len(part) > 1 and part[1].kind in FIGURES]
    apart = [part for part in charts if part[1].rows[0] != part[0].rows[0]]
    assert not apart


def test_a_table_breaks_with_three_rows_on_either_side(report):
    for table in (p for p in report.placed if p.kind == "/Table"):
        breaks = [i for i in range(1, len(table.rows)) if table.rows[i] != table.rows[i - 1]]
        assert all(i >= 3 for i in breaks[:1]), table
        assert all(len(table.rows) - i >= 3 for i in breaks[-1:]), table


def test_the_samples_fill_their_pages():
    """Measured over all samples: few pages are left half empty."""
    reports = [made(*asked) for asked in ASKED]
    inner = [fill for report in reports for fill in report.fills[1:-1]]
    assert sum(fill < 0.5 for fill in inner) / len(inner) < 0.1
