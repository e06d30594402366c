"""The heat table of marks keeps every label whole, whatever its size."""

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from workbook.charts.chart import WIDTH, Palette, draw
from workbook.charts.heat import HeatCell, HeatMarks, HeatRow, Shade, heat_height, heat_marks

LONG = "2.1 Marketing policy is based strictly on the results of work with customers of the firm"
MARKS = (
    HeatCell(text="+", shade=Shade.HIGH),
    HeatCell(text="+/−", shade=Shade.MIDDLE),
    HeatCell(text="−", shade=Shade.LOW),
    HeatCell(text="?", shade=Shade.NONE),
)


def rows(people):
    cells = [MARKS[i % len(MARKS)] for i in range(people)]
    return [HeatRow(label="Marketing"), HeatRow(label=LONG, cells=cells, figure="0.50")]


def figure_of(people, columns):
    figure = Figure(figsize=(WIDTH, heat_height(rows(people), columns)))
    heat_marks(figure, rows(people), columns=columns, figure_name="Mean", palette=Palette())
    return figure


def words(figure):
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def test_a_long_label_is_folded_and_never_cut():
    shown = words(figure_of(2, ["Ann", "Bob"]))
    assert LONG in [text.replace("\n", " ") for text in shown]


def test_every_mark_is_written_so_that_colour_is_never_the_only_sign():
    shown = words(figure_of(4, ["A", "B", "C", "D"]))
    assert [m.text for m in MARKS] == [t for t in shown if t in {m.text for m in MARKS}]


@pytest.mark.parametrize(
    ("people", "name", "turned"),
    [(3, "Sales", 0.0), (5, "Commercial Director", 90.0), (14, "Commercial Director", 90.0)],
)
def test_headings_are_turned_where_their_column_is_narrower(people, name, turned):
    names = [f"{name} {i}" for i in range(people)]
    found = [
        t for t in figure_of(people, names).findobj(Text)
        if t.get_text().replace("\n", " ") in names
    ]  # fmt: skip
    assert len(found) == people
    assert {t.get_rotation() for t in found} == {turned}


@pytest.mark.parametrize("people", [1, 5, 14])
def test_everything_stays_on_the_page(people):
    figure = figure_of(people, [f"Account Manager {i}" for i in range(people)])
    figure.canvas.draw()
    for text in figure.findobj(Text):
        box = text.get_window_extent()
        if text.get_text():
            assert 0 <= box.x0 <= box.x1 <= figure.bbox.width, text.get_text()
            assert 0 <= box.y0 <= box.y1 <= figure.bbox.height, text.get_text()


def test_drawing_in_the_house_style_gives_the_same_bytes_without_a_warning():
    table = HeatMarks(rows=rows(2), columns=["A", "B"], figure_name="Mean", palette=Palette())
    charts = [draw(table, title="T", alt="Marks", note="n") for _ in range(2)]
    assert charts[0].svg == charts[1].svg
