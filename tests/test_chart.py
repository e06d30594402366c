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
from matplotlib.figure import Figure

from workbook.charts.bars import bar_rows
from workbook.charts.chart import Chart, Palette, draw, warm_up
from workbook.charts.heat_table import heat_table
from workbook.charts.plot import Freehand
from workbook.charts.stacked_bars import StackedPart, stacked_rows

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
    drawn = {}

    def plot(figure):
        drawn["style"] = dict(mpl.rcParams)
        axes = figure.add_subplot()
        bar_rows(axes, ["Цена и качество", "Ľudia, ktorí"], [1.0, 2.0], ["1,0", "2,0 €"],
                 colours=["#0b5394", "#d95f02"])  # fmt: skip
        axes.text(0.5, 0.5, "clipped", clip_on=True, rotation=45)

    chart = draw(Freehand(plot=plot, tall=1.5), title="T", alt="Bars", note="n")
    with mpl.rc_context(drawn["style"]):
        figure = Figure(figsize=(chart.width, 1.5), layout="constrained")
        FigureCanvasSVG(figure)
        plot(figure)
        saved = io.StringIO()
        figure.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})
    assert in_one_line(chart.svg) == in_one_line(saved.getvalue())


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


def test_a_heat_table_is_drawn_once_with_its_labels():
    def plot(figure):
        heat_table(figure.add_subplot(), [[0.2, 0.3], [0.4, 0.5]], [["1", "2"], ["3", "4"]],
                   rows=["First", "Second"], columns=["A", "B"], palette=Palette())  # fmt: skip

    svg = draw(Freehand(plot=plot, tall=1.2), title="T", alt="Table", note="n").svg
    assert svg.count('id="figure_') == 1
    assert svg.count('id="ytick_') == 2
    assert svg.count('id="xtick_') == 2


def test_parts_of_a_row_follow_one_another_whatever_their_sizes():
    figure = Figure()
    parts = [StackedPart(name=n, colour=c) for n, c in (("a", "red"), ("b", "blue"))]
    axes = figure.add_subplot()
    stacked_rows(axes, ["x", "y"], parts, [(1, 3), (0, 2)], texts=[["1", "3"], ["0", "2"]],
                 right=["4", "2"])  # fmt: skip
    spans = [(p.get_x(), p.get_x() + p.get_width()) for p in axes.patches]
    assert spans == pytest.approx(np.array([(0, 1), (0, 0), (1, 4), (0, 2)]))
    assert [t.get_text() for t in axes.texts] == ["1", "3", "4", "2", "2"]


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
