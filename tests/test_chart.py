"""Charts are the same bytes each time, carry their words, and leave no style behind."""

import io
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG

from workbook.charts.bars import Bars
from workbook.charts.chart import WIDTH, Chart, Palette, draw, figure_of, house_style, warm_up
from workbook.charts.plot import Freehand
from workbook.charts.shaded_fields import ShadedFields
from workbook.charts.stacked_bars import StackedBars, StackedPart

ROOT = str(Path(__file__).parents[1])
IN_A_NEW_PROCESS = """
import sys
from tests.test_chart import words_and_marks
sys.stdout.buffer.write(words_and_marks().svg.encode())
"""


def bars(figure):
    axes = figure.add_subplot()
    axes.bar(["Цена $5 < $x$", "b"], [1, 2])


def chart(**changes):
    given = {"title": "T", "alt": "Two bars", "note": "n = 3"}
    return draw(Freehand(plot=bars, tall=2.0), **given | changes)


def words_and_marks():
    def plot(figure):
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 1], "o-")
        axes.set_title("Удовлетворённость и верность")
        axes.set_xlabel("Kvalita služieb, ďalej „cena“", loc="right")
        axes.set_xticks([0, 1], ["Two\nlines", "Slanted"], rotation=30, ha="right")
        axes.annotate("−12 % & <b>", (0.5, 0.5), fontweight="bold", color="#d95f02", alpha=0.5)
        axes.text(0.5, 0.2, "black", color="black", rotation=90)

    return draw(Freehand(plot=plot, tall=2.0), title="T", alt="Words", note="n = 3")


def in_one_line(svg):
    told = re.sub(r"<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    return re.sub(r"\s+", " ", told).replace("> <", "><").replace(' "', '"').strip()


def test_the_picture_is_the_one_that_matplotlib_saves():
    plot = Bars(labels=["Цена и качество", "Ľudia, ktorí"], values=[1.0, 2.0],
                texts=["1,0", "2,0 €"], colours=["#0b5394", "#d95f02"], fmt="dec1")  # fmt: skip
    drawn = draw(plot, title="T", alt="Bars", note="n")
    with house_style():
        figure = figure_of(plot, WIDTH)
        FigureCanvasSVG(figure)
        saved = io.StringIO()
        figure.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})
    assert in_one_line(drawn.svg) == in_one_line(saved.getvalue())


def test_a_chart_is_the_same_in_a_new_process_after_others_and_warmed_up():
    first = subprocess.run(
        [sys.executable, "-c", IN_A_NEW_PROCESS], capture_output=True, check=True, text=True,
        encoding="utf-8", env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": ROOT},
    ).stdout  # fmt: skip
    warm_up()
    for _ in range(3):
        chart()
    assert words_and_marks().svg == first


def test_warming_up_starts_no_thread_and_leaves_the_style_as_it_was():
    threads, style = threading.active_count(), dict(mpl.rcParams)
    warm_up()
    assert threading.active_count() == threads
    assert dict(mpl.rcParams) == style


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_process_draws_the_same_chart():
    warm_up()
    here = words_and_marks().svg
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, b"same" if words_and_marks().svg == here else b"other")
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"same"
    os.waitpid(child, 0)


def test_a_shaded_table_has_its_words_once():
    table = ShadedFields(shares=[[0.2, 0.3], [0.4, None]], texts=[["1", "2"], ["3", "–"]],
                         rows=["First", "Second"], columns=["A", "B"],
                         palette=Palette())  # fmt: skip
    with house_style():
        figure = figure_of(table, WIDTH)
    told = [text.get_text() for text in (*figure.axes[0].texts, *figure.texts)]
    assert sorted(told) == ["1", "2", "3", "A", "B", "First", "Second", "–"]


def test_parts_of_a_row_follow_one_another_whatever_their_sizes():
    parts = [StackedPart(name=n, colour=c) for n, c in (("a", "red"), ("b", "blue"))]
    plot = StackedBars(labels=["x", "y"], parts=parts, sizes=[(1, 3), (0, 2)],
                       texts=[["1", "3"], ["0", "2"]], right=["4", "2"], fmt="count")  # fmt: skip
    with house_style():
        axes = figure_of(plot, WIDTH).axes[0]
    spans = [(p.get_x(), p.get_x() + p.get_width()) for p in axes.patches]
    assert spans == pytest.approx(np.array([(0, 1), (0, 0), (1, 4), (0, 2)]))
    assert sorted(t.get_text() for t in axes.texts) == ["1", "2", "2", "3", "4", "x", "y"]


def test_a_chart_is_drawn_for_the_page_and_for_a_phone_and_knows_its_numbers():
    plot = Bars(labels=["a", "b"], values=[1.0, None], texts=["1", "not known"],
                colours=["#0b5394"] * 2, fmt="count")  # fmt: skip
    drawn = draw(plot, title="Customers", alt="Bars", note="n")
    assert 'width="482.4pt"' in drawn.svg
    assert 'width="241.2pt"' in drawn.narrow
    assert drawn.data is not None
    assert drawn.data.series[0].name == "Customers"
    assert drawn.data.series[0].values == (1.0, None)


def test_the_same_drawing_gives_the_same_bytes():
    assert chart().svg == chart().svg


def test_drawing_leaves_the_global_style_as_it_was():
    before = dict(mpl.rcParams)
    chart()
    assert dict(mpl.rcParams) == before


@pytest.mark.bad_input("J6")
def test_text_is_drawn_as_outlines_without_date_or_program():
    svg = chart().svg
    assert svg.startswith("<svg")
    assert "<text" not in svg
    assert "dc:date" not in svg
    assert "<!--" not in svg


@pytest.mark.bad_input("E7")
def test_a_dollar_sign_in_a_label_is_a_character_and_not_mathematics():
    assert "svg" in chart().svg  # an unbalanced formula would raise while drawing


def test_a_chart_without_words_for_those_who_do_not_see_it_is_refused():
    with pytest.raises(ValueError, match="alt text"):
        Chart(title="T", alt=" ", note="", svg="<svg/>")


def test_a_notebook_gets_the_picture_with_its_words_in_the_metadata():
    data, metadata = chart()._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<svg")
    assert metadata["image/svg+xml"]["alt"] == "Two bars"
    assert metadata["image/svg+xml"]["note"] == "n = 3"


def test_a_character_that_no_font_has_is_drawn_as_a_box():
    def named(words):
        def plot(figure):
            figure.add_subplot().bar([words], [1])

        return draw(Freehand(plot=plot, tall=1.5), title="T", alt="One bar", note="n = 1").svg

    assert named("客户 Опт") == named("□□ Опт")
    assert named("客户 Опт") != named("Опт")
