"""Charts are the same bytes each time, carry their words, and leave no style behind."""

import matplotlib as mpl
import pytest

from workbook.chart import Chart, draw


def bars(figure):
    axes = figure.add_subplot()
    axes.bar(["Цена $5 < $x$", "b"], [1, 2])


def chart(**changes):
    given = {"title": "T", "alt": "Two bars", "note": "n = 3", "height": 2.0}
    return draw(bars, **given | changes)


def test_the_same_drawing_gives_the_same_bytes():
    assert chart().svg == chart().svg


def test_drawing_leaves_the_global_style_as_it_was():
    before = dict(mpl.rcParams)
    chart()
    assert dict(mpl.rcParams) == before


def test_text_is_drawn_as_outlines_without_date_or_program():
    svg = chart().svg
    assert svg.startswith("<svg")
    assert "<text" not in svg
    assert "dc:date" not in svg
    assert "<!--" not in svg


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
