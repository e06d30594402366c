"""The heat table of marks keeps every label whole, whatever its size."""

import pytest

from workbook.charts.chart import NARROW, WIDTH, Palette, draw, figure_of, house_style
from workbook.charts.heat import HeatCell, HeatMarks, HeatRow, Shade

LONG = "2.1 Marketing policy is based strictly on the results of work with customers of the firm"
MARKS = (
    HeatCell(text="+", shade=Shade.HIGH),
    HeatCell(text="+/−", shade=Shade.MIDDLE),
    HeatCell(text="−", shade=Shade.LOW),
    HeatCell(text="?", shade=Shade.NONE),
)


def table(columns):
    cells = [MARKS[i % len(MARKS)] for i in range(len(columns))]
    rows = [HeatRow(label="Marketing"), HeatRow(label=LONG, cells=cells, figure="0.50")]
    return HeatMarks(rows=rows, columns=columns, figure_name="Mean", palette=Palette())


def shown(columns, width=WIDTH):
    with house_style():
        return figure_of(table(columns), width).axes[0].texts


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_a_long_label_is_folded_and_never_cut(width):
    words = [text.get_text().replace("\n", " ") for text in shown(["Ann", "Bob"], width)]
    assert LONG in words


def test_every_mark_is_written_so_that_colour_is_never_the_only_sign():
    words = [text.get_text() for text in shown(["A", "B", "C", "D"])]
    assert [m.text for m in MARKS] == [t for t in words if t in {m.text for m in MARKS}]


@pytest.mark.parametrize(
    ("people", "name", "turned"),
    [(3, "Sales", 0.0), (5, "Commercial Director", 90.0), (12, "Commercial Director", 90.0)],
)
def test_headings_are_turned_where_their_column_is_narrower(people, name, turned):
    names = [f"{name} {i}" for i in range(people)]
    found = [t for t in shown(names) if t.get_text().replace("\n", " ") in names]
    assert len(found) == people
    assert {t.get_rotation() for t in found} == {turned}


def test_drawing_in_the_house_style_gives_the_same_bytes_without_a_warning():
    charts = [draw(table(["A", "B"]), title="T", alt="Marks", note="n") for _ in range(2)]
    assert charts[0].svg == charts[1].svg
    assert charts[0].narrow == charts[1].narrow
