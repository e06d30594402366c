"""The chapter of changes: figures in their units, verdicts in words, all of them in the XLSX."""

from datetime import date
from pathlib import Path

import pytest

from workbook.charts.chart import WIDTH, Chart, Palette, figure_of, house_style
from workbook.charts.trends import PERIODS, Trend, TrendPanels
from workbook.diagnostics.claims import Claim
from workbook.diagnostics.periods.changes import Change, Changes, Course, Point, Restated
from workbook.diagnostics.periods.measure import Unit
from workbook.engagement.settings import Engagement
from workbook.language.catalog import LANGUAGES, Texts, load_texts
from workbook.report.blocks import Bullets, Heading, Text
from workbook.report.changes_chapter import ROWS, changes_chapter
from workbook.report.finding import Finding, earlier_of, worded
from workbook.report.page_two import PageTwo, page_two_blocks
from workbook.report.period_words import (
    verdict_of,
    write_difference,
    write_interval,
    write_value,
)
from workbook.report.table import Table
from workbook.report.view import View
from workbook.report.worded_result import changes_in_words, with_words

WORDS = {
    "measures.nps": "NPS {label}",
    "measures.reason": "Left because of “{label}”",
    "findings.low.text": "NPS is {value:points}",
    "short.summary": "Summary",
    "summary.findings": "Findings",
}
NBSP = "\u00a0"


class Worded(Texts):
    """Texts of all reports and a few of one that does not exist."""

    def __init__(self, language):
        known = load_texts("common", language, "EUR")
        super().__init__(language, dict(known._entries) | WORDS, "EUR")


def view_of(changed=None, language="en"):
    engagement = Engagement(
        folder=Path(), id="acme", client="Acme", language=language, currency="EUR",
        period="2025-H2", as_of=date(2025, 12, 31),
    )  # fmt: skip
    return View(
        result=None, params=None, texts=Worded(language), palette=Palette(),
        engagement=engagement, changed=changed or Changes(),
    )  # fmt: skip


def change(name="nps", course=Course.CANNOT_TELL, **more):
    given = {
        "unit": Unit.POINTS, "before": 32.9, "now": 43.6, "before_n": 319, "now_n": 340,
        "difference": 10.7, "low": -0.4, "high": 21.8, "p_value": 0.058, "p_holm": 0.058,
    }  # fmt: skip
    return Change(name=name, course=course, **given | more)


def found_of(*changes, periods=("2025-H1", "2025-H2"), **more):
    return Changes(against=periods[-2], periods=periods, changes=changes, **more)


def series(*values):
    return tuple(Point(period=f"P{i}", value=v, low=None, high=None) for i, v in enumerate(values))


def tables(blocks):
    return {block.name: block for block in blocks if isinstance(block, Table)}


@pytest.mark.parametrize(
    ("unit", "value", "difference", "written", "changed"),
    [
        (Unit.POINTS, 32.94, 10.66, "+32.9", "+10.7"),
        (Unit.SHARE, 0.31, -0.083, "31%", f"−8.3{NBSP}pp"),
        (Unit.MARK, 4.256, 0.4, "4.26", "+0.40"),
        (Unit.SCORE, 0.5, -1.0, "+0.50", "−1.00"),
        (Unit.COUNT, 1102.0, 12.0, "1,102", "+12"),
        (Unit.MONEY, 2_300_000.0, 300_000.0, "€2.3M", "+€300K"),
        (Unit.MONEY, 500.0, -300.0, "€500", "−€300"),
        (Unit.RATIO, 1.2, 0.1, "1.20", "+0.10"),
        (Unit.DAYS, 30.0, -2.0, "30", "−2"),
        (Unit.COUNT, 3.0, 0.0, "3", "0"),
        (Unit.SHARE, None, None, "–", "–"),
    ],
)
def test_values_and_differences_are_written_in_their_unit(
    unit, value, difference, written, changed
):
    view = view_of()
    assert write_value(view, unit, value) == written
    assert write_difference(view, unit, difference) == changed


def test_an_interval_names_its_unit_once():
    assert write_interval(view_of(), Unit.SHARE, -0.02, 0.08) == f"−2.0 to +8.0{NBSP}pp"
    assert write_interval(view_of(), Unit.POINTS, None, 0.08) == "–"


@pytest.mark.parametrize(
    ("course", "rising", "told"),
    [
        (Course.UP, 1, "▲ rose, for the better"),
        (Course.UP, -1, "▲ rose, for the worse"),
        (Course.DOWN, -1, "▼ fell, for the better"),
        (Course.DOWN, 0, "▼ fell"),
        (Course.CANNOT_TELL, 1, "cannot tell"),
        (Course.NOT_TESTED, 1, "counted"),
        (Course.SAME, 1, "unchanged"),
    ],
)
def test_good_and_bad_news_are_words(course, rising, told):
    assert verdict_of(view_of(), change(course=course, rising=rising)) == told


def test_a_first_period_has_no_chapter():
    assert changes_chapter(view_of(), Changes()) == []


def test_periods_that_could_not_be_computed_are_named():
    blocks = changes_chapter(view_of(), Changes(unusable=("2025-H1", "2024-H2")))
    (text,) = (block for block in blocks if isinstance(block, Text))
    assert "H1 2025, H2 2024" in text.plain()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_has_a_page_and_a_sheet(language):
    found = found_of(
        change(course=Course.UP, headline=True),
        *(change("reason", label=f"Reason {n}", unit=Unit.SHARE) for n in range(300)),
        confidence=0.9,
    )
    blocks = changes_chapter(view_of(language=language), found)
    made = tables(blocks)
    assert list(made) == ["period_changes_page", "period_changes"]
    page, sheet = made.values()
    assert (page.page_only, page.shown, len(page.rows)) == (True, ROWS, 301)
    assert page.html().count("<tr>") == ROWS + 1
    assert "301" in page.html()  # so many are in the XLSX
    assert (sheet.appendix_only, len(sheet.rows)) == (True, 301)
    assert sheet.rows[0]["c2"].value == 32.9  # a number, not a text
    head = " ".join(column.heading for column in page.columns)
    assert "90" in head
    assert view_of(language=language).period("2025-H1", "short") in head
    assert "90" in page.note
    (heading,) = (block for block in blocks if isinstance(block, Heading))
    assert "301" in heading.text
    assert "2025-H1" not in heading.text


def test_a_page_names_a_person_only_where_a_test_says_so():
    found = found_of(
        change(label="Nováková", course=Course.DOWN, of_person=True),
        change(label="Kováč", of_person=True),
        change(label="North"),
    )
    page, sheet = tables(changes_chapter(view_of(), found)).values()
    assert [row["c0"] for row in page.rows] == ["NPS Nováková", "NPS North"]
    assert len(sheet.rows) == 3


@pytest.mark.parametrize(
    ("courses", "told"),
    [
        ([Course.UP, Course.CANNOT_TELL], "Since H1 2025, 1 of 2 tested figures has changed"),
        ([Course.CANNOT_TELL] * 3, "Since H1 2025, none of 3 tested figures has changed"),
        ([Course.CANNOT_TELL], "Since H1 2025, the one figure that could be tested has not"),
    ],
)
def test_the_heading_says_how_many_changed(courses, told):
    found = found_of(*(change(label=str(i), course=c) for i, c in enumerate(courses)))
    assert changes_chapter(view_of(), found)[0].text.startswith(told)


def test_what_has_no_counterpart_is_counted():
    blocks = changes_chapter(view_of(), found_of(change(), only_now=1, only_before=2))
    assert "1 figure of this period is not known for H1 2025. 2 figures of H1 2025 are" in next(
        block.plain() for block in blocks if isinstance(block, Text)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_that_read_otherwise_are_listed_with_the_reason(language):
    restated = Restated(
        name="nps", unit=Unit.POINTS, printed=32.9, now=14.8, options=("headline",),
        tables=("survey",),
    )  # fmt: skip
    blocks = changes_chapter(view_of(language=language), found_of(change(), restated=(restated,)))
    row = tables(blocks)["restated"].rows[0]
    words = load_texts("common", language)
    assert words("periods.because.options") in row["c3"]
    assert "headline" not in row["c3"]  # the client knows no names of options
    assert words("tables.survey") in row["c3"]


def charts(blocks):
    return [block for block in blocks if isinstance(block, Chart)]


def test_a_trend_is_drawn_from_three_periods_on_and_its_words_stay_short():
    assert charts(changes_chapter(view_of(), found_of(change(headline=True)))) == []
    many = series(*map(float, range(12)))
    found = found_of(
        *(change(label=str(n), headline=True, series=many) for n in range(9)),
        periods=tuple(p.period for p in many),
    )
    (chart,) = charts(changes_chapter(view_of(), found))
    assert "NPS 0: P4 +4.0, P11 +11.0" in chart.alt  # the first and the last that are drawn
    assert "P5" not in chart.alt
    assert chart.alt.count("NPS") == 6
    assert len(chart.alt) < 400
    assert "8 periods" in chart.title


@pytest.mark.parametrize("count", [3, 5, PERIODS])
def test_a_panel_bears_gaps_and_figures_that_never_move(count):
    flat = [0.0] * count
    gaps = [None if i % 2 else float(i) for i in range(count)]
    nothing = [None] * count
    trends = [
        Trend(title="T", periods=[str(i) for i in range(count)], values=values, lows=flat,
              highs=flat, write=str)
        for values in (flat, gaps, nothing)
    ]  # fmt: skip
    with house_style():
        figure = figure_of(TrendPanels(trends=trends, palette=Palette()), WIDTH)
        heights = [TrendPanels(trends=trends[:1] * n, palette=Palette()).height(WIDTH)
                   for n in (3, 4)]  # fmt: skip
    assert all(low < high for low, high in (axes.get_ylim() for axes in figure.axes))
    assert heights[1] > heights[0]


LOW = Claim(id="low", figures={"value": 43.6}, problem=False, measure=("nps", ""))


def test_a_finding_says_what_its_figure_was():
    view = view_of(found_of(change(course=Course.CANNOT_TELL)))
    finding = worded(view, LOW)
    assert finding.earlier.text == "NPS: H1 2025 +32.9, now +43.6 (+10.7): cannot tell"
    (bullets,) = (
        block
        for block in page_two_blocks(view, PageTwo(answer="A", findings=[finding]))
        if isinstance(block, Bullets)
    )
    assert bullets.html() == (
        f'<ol><li>NPS is +43.6<p class="wb-note">{finding.earlier.text}</p></li></ol>'
    )


def test_what_a_figure_was_is_said_once():
    view = view_of(found_of(change(course=Course.CANNOT_TELL)))
    page = PageTwo(answer="A", findings=[worded(view, LOW), worded(view, LOW)])
    bullets = next(b for b in page_two_blocks(view, page) if isinstance(b, Bullets))
    assert bullets.html().count("H1 2025") == 1


@pytest.mark.parametrize(
    ("changed", "claim"),
    [
        (Changes(), LOW),
        (found_of(change("reason")), LOW),
        (found_of(change()), Claim(id="low", figures={})),
        (found_of(change()), None),
    ],
)
def test_without_an_earlier_value_nothing_is_said(changed, claim):
    view = view_of(changed)
    assert earlier_of(view, claim) is None
    page = PageTwo(answer="A", findings=[Finding(id="x", claim=claim, text="Text")])
    bullets = next(b for b in page_two_blocks(view, page) if isinstance(b, Bullets))
    assert bullets.html() == "<ol><li>Text</li></ol>"


def test_the_result_file_says_so_too():
    view = view_of(found_of(change(course=Course.UP)))
    page = PageTwo(answer="A", findings=[worded(view, LOW)])
    data = with_words("x", {"findings": [{"id": "low", "diagnostics": []}]}, draft=page, shown=page)
    assert data["findings"][0]["earlier"] == {
        "period": "2025-H1", "value": 32.9, "difference": 10.7, "course": "up",
        "text": "NPS: H1 2025 +32.9, now +43.6 (+10.7): ▲ rose",
    }  # fmt: skip


def test_the_result_file_has_headline_figures_as_they_are_told():
    found = found_of(
        change(course=Course.UP, rising=1, headline=True), change("reason", label="Late")
    )
    data = changes_in_words(view_of(), found)
    assert [row["figure"] for row in data["changes"]] == ["NPS", "Left because of “Late”"]
    assert data["headline"] == [
        {
            "measure": "nps|", "figure": "NPS", "values": {"2025-H1": "+32.9", "2025-H2": "+43.6"},
            "difference": "+10.7", "course": "up", "judged": "better",
        }
    ]  # fmt: skip
