"""Slides: one message each, native exhibits, words for everybody, nothing outside the slide."""

import base64
import io
import zipfile

import pytest
from office_samples import (
    EMU,
    REASONS,
    SVG,
    chart,
    meta,
    notebook_of,
    opened,
    report,
    table,
    words_on,
)
from pptx.enum.shapes import MSO_SHAPE_TYPE

from workbook.report.blocks import Cover, Heading
from workbook.report.office.deck import MOST_SLIDES, to_pptx
from workbook.report.office.storyline import storyline_of
from workbook.report.office.text_fit import LINE, wrapped

LONG = "This sentence of ninety characters goes on and on about some customers and their turnover "
HOSTILE = "=cmd|/c calc!A1 <script>alert(1)</script> &amp; \x07\u202e ]]> {page} %s"


def slides_of(notebook, language="en", **brand):
    return opened(to_pptx(storyline_of(notebook, language), meta(language, **brand)))


@pytest.fixture(scope="module")
def deck():
    return slides_of(report())


def test_titles_tell_the_story(deck):
    assert [s.shapes.title.text_frame.text for s in deck.slides] == [
        "Loyalty",
        "Bring the warehouse back",
        "Commentary",
        "Bring the warehouse back 1",
        "Bring the warehouse back 2",
        "Bring the warehouse back 3",
        "Where the rest is: the whole report and its tables",
    ]


def test_page_two_has_key_figures_findings_steps_and_the_limitation(deck):
    said = words_on(deck.slides[1])
    for part in ("+34", "Main findings", "What to do first", "By when"):
        assert part in said
    assert "Limitation: Bring the warehouse back" in said


def test_steps_that_have_no_room_stand_on_a_slide_of_their_own():
    deck = slides_of(report(words=LONG * 2))
    titles = [s.shapes.title.text_frame.text for s in deck.slides]
    assert titles[2] == "What to do first"


def test_a_chart_with_numbers_is_native_and_keeps_them(deck):
    [frame] = [s for s in deck.slides[3].shapes if s.has_chart]
    plot = frame.chart.plots[0]
    assert tuple(plot.categories) == REASONS.categories
    assert [(s.name, tuple(s.values)) for s in plot.series] == [("Losses", (12.0, 7.0))]
    assert frame.chart.has_legend is False


def test_a_chart_without_numbers_is_the_picture_of_the_page(deck):
    [picture] = [s for s in deck.slides[4].shapes if s._element.tag.endswith("}pic")]
    assert picture.image.content_type == "image/png"
    assert picture.image.size[0] / (picture.width / EMU) >= 200  # dots per inch
    assert picture.image.size[1] / picture.image.size[0] == pytest.approx(200 / 480, rel=0.02)


def test_a_table_shows_the_rows_that_fit_and_says_how_many_there_are(deck):
    slide = deck.slides[5]
    [frame] = [s for s in slide.shapes if s.has_table]
    shown = len(frame.table.rows) - 2  # the heading, the group
    assert 5 < shown < 60
    assert f"The first {shown} of 60 rows" in words_on(slide)


def test_a_short_table_that_does_not_fit_goes_on_to_a_second_slide():
    long = " ".join([LONG] * 3)
    deck = slides_of(notebook_of(Heading(text="A"), Heading(text="Plan"), table(9, words=long)))
    titles = [s.shapes.title.text_frame.text for s in deck.slides]
    assert titles[2:4] == ["Plan", "Plan (2)"]
    rows = [len(s.table.rows) - 1 for d in deck.slides for s in d.shapes if s.has_table]
    assert sum(rows) == 9


def test_every_picture_chart_and_table_has_words_for_those_who_do_not_see_it(deck):
    shapes = (shape for slide in deck.slides for shape in slide.shapes)
    shown = [s for s in shapes if s.has_chart or s.has_table or s._element.tag.endswith("}pic")]
    assert [s._element.xpath("./*[1]/p:cNvPr")[0].get("descr") for s in shown] == [
        "What to do first",
        "Price leads",
        "The share falls",
        "Segments",
    ]


def test_speakers_read_captions_words_and_method_in_their_notes(deck):
    notes = deck.slides[3].notes_slide.notes_text_frame.text.replace("\u00a0", " ")
    for part in ("Losses, count", "19 losses are known.", "How to read", "n = 19", "Price leads"):
        assert part in notes


def test_every_slide_but_the_first_has_its_number_and_says_whose_it_is(deck):
    for slide in list(deck.slides)[1:]:
        assert "slidenum" in {f.get("type") for f in slide._element.iter() if "type" in f.attrib}
        assert "Acme · Loyalty · " in words_on(slide)


@pytest.mark.parametrize(("language", "code"), [("en", "en-GB"), ("ru", "ru-RU"), ("sk", "sk-SK")])
def test_words_are_proofread_in_the_language_of_the_report(language, code):
    deck = slides_of(report(language), language)
    slides = list(deck.slides)
    trees = [s._element for s in slides]
    trees += [s.notes_slide._element for s in slides if s.has_notes_slide]
    runs = [r for tree in trees for r in tree.iter() if r.tag.endswith("}r")]
    assert {run.rPr.get("lang") for run in runs} == {code}
    assert deck.core_properties.language == code


@pytest.mark.parametrize("times", [1, 3, 6])
def test_nothing_runs_out_of_its_box_or_of_the_slide(times):
    notebook = report(words=(LONG * times).strip())
    deck = slides_of(notebook)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            bottom = shape.top + (
                sum(r.height for r in shape.table.rows) if shape.has_table else shape.height
            )
            assert bottom <= deck.slide_height
            if shape.has_text_frame and shape.text_frame.text and shape != slide.shapes.title:
                assert text_height(shape) <= shape.height / EMU + 0.02, shape.text_frame.text


def test_a_title_that_cannot_fit_is_cut_and_whole_in_the_notes():
    words = (LONG * 5).strip()
    deck = slides_of(notebook_of(Heading(text="First"), Heading(text=words), chart()))
    slide = deck.slides[2]
    title = slide.shapes.title.text_frame.text
    assert title.endswith("…")
    assert words.startswith(title[:-1])
    assert words in slide.notes_slide.notes_text_frame.text


def test_of_many_chapters_those_with_charts_and_the_last_have_slides():
    blocks = [Heading(text="Answer")]
    for number in range(20):
        blocks += [Heading(text=f"Chapter {number}"), chart() if number % 2 else table()]
    blocks += [Heading(text="What to do"), table()]
    deck = slides_of(notebook_of(*blocks))
    titles = [s.shapes.title.text_frame.text for s in deck.slides]
    assert len(titles) == MOST_SLIDES
    assert titles[-2] == "What to do"
    assert {f"Chapter {n}" for n in range(1, 20, 2)} <= set(titles)
    assert "Chapter 18" in words_on(deck.slides[-1])


def test_the_same_report_gives_the_same_bytes_with_no_time_of_day_in_it():
    made = [to_pptx(storyline_of(report(), "en"), meta()) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        [inner] = [n for n in archive.namelist() if n.endswith(".xlsx")]
        with zipfile.ZipFile(io.BytesIO(archive.read(inner))) as book:
            assert b"2025-12-31T00:00:00Z" in book.read("docProps/core.xml")


def test_hostile_text_stays_text():
    made = to_pptx(storyline_of(report(words=HOSTILE), "en"), meta())
    deck = opened(made)
    clean = "=cmd|/c calc!A1 <script>alert(1)</script> &amp; ]]> {page} %s"
    assert clean in words_on(deck.slides[1])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        everything = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".xml"))
        rels = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    assert b"<script" not in everything
    assert b"External" not in rels


def test_the_brand_s_colours_are_those_of_the_theme():
    made = to_pptx(storyline_of(report(), "en"), meta(primary="#123456", secondary="#654321"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert 'accent1><a:srgbClr val="123456"' in theme
    assert 'accent2><a:srgbClr val="654321"' in theme


def test_a_logo_of_any_kind_stands_on_the_cover():
    drawing = base64.b64encode(SVG.encode()).decode()
    cover = Cover(
        title="Loyalty", client="Acme", facts=[], logo=f"data:image/svg+xml;base64,{drawing}"
    )
    deck = slides_of(notebook_of(cover, Heading(text="Answer")))
    [picture] = [s for s in deck.slides[0].shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert picture.left + picture.width < deck.slide_width


def text_height(shape):
    """Return the inches that the text of a shape takes, measured paragraph by paragraph."""
    frame = shape.text_frame
    inner = (shape.width - frame.margin_left - frame.margin_right) / EMU
    high = (frame.margin_top + frame.margin_bottom) / EMU
    for paragraph in frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        if not sizes:
            continue
        indent = int(paragraph._p.get_or_add_pPr().get("marL") or 0) / EMU
        bold = any(run.font.bold for run in paragraph.runs)
        text = "".join(run.text for run in paragraph.runs)
        lines = len(wrapped(text, sizes[0], inner - indent, bold=bold))
        high += lines * sizes[0] * LINE / 72
    return high
