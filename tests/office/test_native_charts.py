"""Every kind of chart that PowerPoint has is drawn by it, with the numbers of the result."""

import re

import pytest
from office_samples import chart, meta, notebook_of, opened
from pptx.oxml.ns import qn

from workbook.charts.chart_data import ChartData, Series
from workbook.language.catalog import load_texts
from workbook.report.blocks import Heading
from workbook.report.office.deck import to_pptx
from workbook.report.office.native_chart import has_native
from workbook.report.office.number_codes import number_code
from workbook.report.office.storyline import storyline_of

NAMES = ("North", "South", "West")
KINDS = {"bar": 57, "stacked_bar": 58, "column": 51, "line": 65, "points": 65}
"""Types of chart as Microsoft numbers them (XlChartType)."""


def made(data):
    notebook = notebook_of(Heading(text="Answer"), Heading(text="Why"), chart(data=data))
    deck = opened(to_pptx(storyline_of(notebook, "en"), meta()))
    return [s for s in deck.slides[2].shapes if s.has_chart]


def data_of(kind, *series, categories=NAMES, fmt="pct"):
    return ChartData(kind=kind, categories=categories, series=series, fmt=fmt)


ONE = Series(name="Share", values=(0.5, None, 0.2))
TWO = Series(name="Before", values=(0.4, 0.1, 0.3), colour="#c7ced6")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_native_chart_with_the_same_values(kind):
    [frame] = made(data_of(kind, ONE, TWO))
    assert frame.chart.chart_type == KINDS[kind]
    plot = frame.chart.plots[0]
    assert tuple(plot.categories) == NAMES
    assert [tuple(s.values) for s in plot.series] == [ONE.values, TWO.values]


def test_one_series_needs_no_legend_and_two_do():
    assert [made(data_of("bar", *s))[0].chart.has_legend for s in ((ONE,), (ONE, TWO))] == [0, 1]


def test_no_chart_has_a_title_for_the_slide_has_it():
    assert made(data_of("bar", ONE))[0].chart.has_title is False


def test_intervals_are_drawn_with_their_ends():
    series = Series(
        name="Mean", values=(3.0, 4.0, None), low=(2.5, 3.0, None), high=(3.25, 4.75, None)
    )
    [frame] = made(data_of("points", series, fmt="dec2"))
    bars = frame.chart._chartSpace.xpath("//c:errBars")
    ends = [
        [float(v.text) for v in bars[0].find(qn(f"c:{side}")).iter(qn("c:v"))]
        for side in ("plus", "minus")
    ]
    assert ends == [[0.25, 0.75], [0.5, 1.0]]


def test_a_bar_with_an_interval_carries_its_value_in_its_name():
    series = Series(
        name="NPS", values=(12.0, -3.0, None), low=(1.0, -9.0, None), high=(20.0, 4.0, None)
    )
    [frame] = made(data_of("bar", series, fmt="points"))
    assert list(frame.chart.plots[0].categories) == ["North: +12.0", "South: −3.0", "West"]


def test_colours_of_values_are_kept():
    series = Series(name="n", values=(3.0, 2.0, 1.0), colours=("#0b5394", "#7a7f87", "#d95f02"))
    [frame] = made(data_of("bar", series, fmt="count"))
    points = frame.chart._chartSpace.xpath("//c:dPt")
    fills = [p.xpath(".//a:solidFill/*")[0].get("val") for p in points]
    assert fills == ["7A7F87", "accent2"]


@pytest.mark.parametrize("data", [
    None,
    ChartData(kind="bar", categories=(), series=()),
    data_of("bar", Series(name="n", values=(1.0,) * 60), categories=tuple(map(str, range(60)))),
])  # fmt: skip
def test_what_cannot_be_read_as_a_native_chart_is_a_picture(data):
    assert has_native(data) is False
    assert made(data) == []


@pytest.mark.parametrize(
    ("language", "fmt", "largest", "code"),
    [
        ("en", "pct", 0.4, '0%;"−"0%;0%'),
        ("ru", "pct", 0.4, '0"\u00a0"%;"−"0"\u00a0"%;0"\u00a0"%'),
        ("en", "points", 34, '"+"0.0;"−"0.0;0.0'),
        ("en", "count", 34, '#,##0;"−"#,##0;#,##0'),
        ("en", "", 34, "General"),
    ],
)
def test_number_formats_write_as_the_page_does(language, fmt, largest, code):
    assert number_code(fmt, load_texts("report", language, "RUB").write, largest) == code


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
@pytest.mark.parametrize("size", [950, 12_300, 342_000, 2_300_000, 456_000_000, 7_100_000_000])
def test_money_has_the_unit_that_the_page_would_write(language, size):
    write = load_texts("report", language, "EUR").write
    positive = number_code("money", write, size).split(";")[0]
    commas = len(re.search(r",*$", re.sub(r'"[^"]*"', "", positive))[0])
    digits = 1 if "0.0" in positive else 0
    figures = f"{size / 1000**commas:,.{digits}f}"
    shown = re.sub(r"[#,]*0(?:\.0)?,*", lambda _: figures, positive).replace('"', "")
    page = write(size, "money")
    plain = [re.sub(r"[^\d]", "", text) for text in (shown, page)]
    assert plain[0].rstrip("0") == plain[1].rstrip("0")
    assert re.sub(r"[\d.,\s]", "", shown) == re.sub(r"[\d.,\s]", "", page)
