"""A template of the consultant's own: its layouts, colours and fonts are used, its slides go."""

import io
import re
import zipfile

import pytest
from office_samples import meta, opened, report, words_on
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from workbook.errors import RunError
from workbook.report.office.deck import to_pptx
from workbook.report.office.storyline import storyline_of


def template(*, keep=range(11), accent="7A1FA2", font="Georgia"):
    """Return a template whose layouts have names of their own, with a slide of its own."""
    deck = Presentation()
    deck.core_properties.author = "Somebody"
    for number, layout in enumerate(list(deck.slide_layouts)):
        layout.name = f"Макет {number}"
        if number not in keep:
            deck.slide_layouts.remove(layout)
    part = deck.slide_master.part.part_related_by(RT.THEME)
    fill = f'<a:accent1><a:srgbClr val="{accent}"/></a:accent1>'.encode()
    theme = re.sub(rb"<a:accent1>.*?</a:accent1>", fill, part.blob, flags=re.S)
    part._blob = theme.replace(b"Calibri", font.encode())
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "OLD SLIDE"
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def made(**options):
    return to_pptx(storyline_of(report(), "en"), meta(pptx_template=template(**options)))


def test_the_template_s_own_slides_and_facts_are_gone():
    slides = made()
    with zipfile.ZipFile(io.BytesIO(slides)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        names = archive.namelist()
    assert b"OLD SLIDE" not in everything
    assert b"Somebody" not in everything
    assert not [n for n in names if "thumbnail" in n or n == "docProps/app.xml"]
    assert len([n for n in names if re.match(r"ppt/slides/slide\d+\.xml", n)]) == 7


def test_its_theme_wins_over_the_brand_s_colours():
    slides = made()
    with zipfile.ZipFile(io.BytesIO(slides)) as archive:
        theme = archive.read("ppt/theme/theme1.xml")
    assert b"7A1FA2" in theme
    assert b"Georgia" in theme
    frame = next(s for s in opened(slides).slides[3].shapes if s.has_chart)
    assert b"0B5394" not in frame.chart.part.blob
    assert b'schemeClr val="accent1"' in frame.chart.part.blob


def test_layouts_are_found_by_their_placeholders_whatever_they_are_called():
    deck = opened(made())
    names = [s.slide_layout.name for s in deck.slides]
    assert names == ["Макет 0", *["Макет 1"] * 6]


def test_exhibits_fill_the_placeholder_of_content():
    deck = opened(made())
    index = {s.placeholder_format.idx for s in deck.slides[3].shapes if s.is_placeholder}
    assert 1 in index
    chart = next(s for s in deck.slides[3].shapes if s.has_chart)
    assert chart.is_placeholder


@pytest.mark.parametrize("keep", [(0, 5), (5,), (0, 3), (2,), (1,)])
def test_a_template_with_few_layouts_does(keep):
    deck = opened(made(keep=keep))
    assert deck.slides[0].shapes.title.text_frame.text == "Loyalty"
    assert "What to do first" in words_on(deck.slides[1]) + words_on(deck.slides[2])
    for slide in deck.slides:
        empty = [s for s in slide.placeholders if s.has_text_frame and not s.text_frame.text]
        assert not [s for s in empty if s.placeholder_format.type not in (13, 15, 16)]


def test_the_same_template_gives_the_same_bytes():
    story, given = storyline_of(report(), "en"), meta(pptx_template=template())
    assert to_pptx(story, given) == to_pptx(story, given)


def test_a_template_that_the_library_cannot_open_is_told_by_its_key():
    with pytest.raises(RunError, match=r"brand\.pptx_template"):
        to_pptx(storyline_of(report(), "en"), meta(pptx_template=b"PK\x05\x06" + b"\0" * 18))
