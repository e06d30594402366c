"""Characters that no shipped font has become boxes; all others stay as they are."""

from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from workbook.language.glyphs import BOX, boxed, has_boxes
from workbook.language.lemmas import fold
from workbook.language.package_data import templates


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Опт, Žilina €", "Опт, Žilina €"),
        ("客户", "□□"),
        ("Сервис 客", "Сервис □"),
        ("ok 👍🏽!", "ok □!"),  # the tone of the skin changes the sign before and is none itself
        ("a\u200bb", "a\u200bb"),
        ("Ελλάδα, საქართველო", "Ελλάδα, საქართველო"),
        ("客\u3000户", "□ □"),
        ("≥ 5 → 7 ✓", "≥ 5 → 7 ✓"),
    ],
)
def test_what_no_font_has_is_a_box(text, shown):
    assert boxed(text) == shown
    assert has_boxes(text) == (BOX in shown)


def test_what_is_drawn_is_what_the_faces_of_the_charts_have():
    stock = Path(mpl.get_data_path()) / "fonts" / "ttf"
    sets = [
        {
            *FT2Font(str(templates() / "fonts" / f"Inter-{weight}.ttf")).get_charmap(),
            *FT2Font(str(stock / f"{spare}.ttf")).get_charmap(),
        }
        for weight, spare in (("Regular", "DejaVuSans"), ("Bold", "DejaVuSans-Bold"))
    ]
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    boxes = {character for character in every if boxed(character) == BOX} - {BOX}
    assert boxes.isdisjoint(map(chr, set.intersection(*sets)))
    assert {"客", "👍"} <= boxes


def test_a_box_of_the_client_is_no_missing_character():
    assert boxed("□") == "□"
    assert not has_boxes("□")


@given(st.text())
def test_a_text_with_boxes_is_drawn_whole(text):
    once = boxed(text)
    assert boxed(once) == once
    assert not has_boxes(once)
    assert len(once) <= len(text)


def test_letters_of_the_three_languages_are_never_boxes():
    letters = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x180), *range(0x400, 0x460))))
    assert boxed(letters) == letters
    assert boxed(fold(letters)) == fold(letters)
