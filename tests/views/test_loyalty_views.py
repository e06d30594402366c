"""The loyalty report says what the result says, in sentences that are whole."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from workbook.blocks import Bullets, Callout, Definitions, Heading, Quotes, Text, Tiles
from workbook.chart import Chart
from workbook.diagnostics.loyalty.compute import NOTHING_FOUND
from workbook.diagnostics.loyalty.result import IntervalKind, Verdict
from workbook.notebook import open_book
from workbook.table import Table
from workbook.views.loyalty import REPORT
from workbook.views.loyalty.findings import findings

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"


def chapters(view):
    return {name: list(chapter(view)) for name, chapter in REPORT.chapters.items()}


def whole(view):
    body = [block for blocks in chapters(view).values() for block in blocks]
    return [*REPORT.summary(view), *body, *REPORT.actions(view), *REPORT.method(view)]


def tile_words(tiles):
    return [w for t in tiles.tiles for w in (t.label, t.value, t.change, t.base)]


WORDS = {
    Heading: lambda b: [b.text, b.caption, b.short],
    Text: lambda b: b.paragraphs,
    Bullets: lambda b: b.items,
    Callout: lambda b: b.paragraphs,
    Tiles: tile_words,
    Chart: lambda b: [b.title, b.alt, b.note],
    Table: lambda b: [b.title, b.note, *(c.heading for c in b.columns)],
    Quotes: lambda b: [b.title],
    Definitions: lambda b: [text for item in b.items for text in item],
}


def sentences(blocks):
    return [words for block in blocks for words in WORDS[type(block)](block)]


def test_no_sentence_shows_a_missing_value_or_a_placeholder(book):
    for sentence in sentences(whole(book.view)):
        assert not re.search(r"\bNone\b|\bnan\b|[{}]|\binf\b", sentence), sentence


def test_the_body_has_at_most_eight_charts_and_each_has_words(book):
    charts = [b for b in whole(book.view) if isinstance(b, Chart)]
    assert 3 <= len(charts) <= 8
    assert all(len(c.alt) > 20 for c in charts)


def test_the_summary_is_an_answer_four_tiles_three_findings_and_a_recommendation(book):
    blocks = list(REPORT.summary(book.view))
    assert isinstance(blocks[0], Heading)
    (tiles,) = [b for b in blocks if isinstance(b, Tiles)]
    assert len(tiles.tiles) == 4
    (bullets,) = [b for b in blocks if isinstance(b, Bullets)]
    assert len(bullets.items) == 3
    assert len([b for b in blocks if isinstance(b, Callout)]) == 1


def test_every_chapter_heading_carries_a_number_or_says_what_is_missing(book):
    for name, blocks in chapters(book.view).items():
        heading = blocks[0]
        assert isinstance(heading, Heading), name
        absent = isinstance(blocks[1], Text) and len(blocks) == 2
        no_difference = book.view.say("groups.heading.none")
        assert absent or heading.text == no_difference or re.search(r"\d", heading.text), name


def test_the_index_in_the_summary_is_the_index_of_the_result(book):
    nps = book.view.result.nps
    told = book.view.texts.write(nps.value, "points")
    summary = " ".join(sentences(REPORT.summary(book.view)))
    assert told in summary
    assert told in " ".join(sentences(chapters(book.view)["recommendation"]))


def test_the_unweighted_row_of_the_weights_table_has_the_interval_of_the_headline(book):
    nps = book.view.result.nps
    row = next(w for w in book.view.result.weighted if w.by == "customer")
    assert row.value == pytest.approx(nps.value)
    assert row.ci_low == pytest.approx(nps.ci_low, abs=0.35)
    assert row.ci_high == pytest.approx(nps.ci_high, abs=0.35)


def test_every_table_of_the_report_is_in_the_appendix_under_its_own_name(book):
    names = [b.name for b in whole(book.view) if isinstance(b, Table)]
    assert len(names) == len(set(names))


def test_an_index_whose_interval_holds_zero_claims_no_side(book):
    nps = replace(book.view.result.nps, value=4.0, ci_low=-3.0, ci_high=11.0)
    view = replace(book.view, result=replace(book.view.result, nps=nps))
    heading = chapters(view)["recommendation"][0]
    wanted = view.say("nps.heading.open", value=4.0, promoters="", detractors="").split(":")[0]
    assert heading.text.startswith(wanted)


def test_good_news_and_open_questions_give_no_recommendation(book):
    for verdict in (Verdict.UP, Verdict.CANNOT_TELL):
        change = replace(book.view.result.change, verdict=verdict)
        view = replace(book.view, result=replace(book.view.result, change=change))
        calm = [f for f in findings(view) if f.id in ("rose", "uncertain")]
        assert calm
        assert not any(f.problem for f in calm)
        box = next(b for b in REPORT.summary(view) if isinstance(b, Callout))
        assert box.paragraphs[0] not in [f.action for f in calm]


def test_an_engagement_without_any_table_says_for_each_chapter_what_would_fill_it(book):
    view = replace(book.view, result=NOTHING_FOUND)
    for name, blocks in chapters(view).items():
        assert len(blocks) == 2, name
        assert isinstance(blocks[1], Text), name
    assert isinstance(REPORT.summary(view)[0], Heading)
    assert REPORT.actions(view)


def test_a_survey_below_the_minimum_shows_answers_and_no_index(book):
    few = IntervalKind.TOO_FEW
    nps = replace(book.view.result.nps, interval=few, n=4, value=None, ci_low=None, ci_high=None)
    view = replace(
        book.view,
        result=replace(book.view.result, nps=nps, small_answers=(3, 7, 9, 10), change=None),
    )
    text = " ".join(sentences(chapters(view)["recommendation"]))
    assert "3, 7, 9, 10" in text


def test_groups_below_the_threshold_show_neither_number_nor_size(book):
    hidden = {g.group for g in book.view.result.groups if g.suppressed}
    table = next(
        b for b in chapters(book.view)["groups"] if isinstance(b, Table) and b.name == "nps_groups"
    )
    for row in table.rows:
        if row["verdict"] == book.view.say("groups.suppressed"):
            assert row["group"] in hidden
            assert row["n"] is None
            assert row["value"] is None


def test_the_views_do_not_touch_the_result(book):
    before = repr(book.view.result)
    whole(book.view)
    assert repr(book.view.result) == before


def test_open_book_takes_a_path_with_spaces_and_cyrillic(tmp_path):
    folder = tmp_path / "Клиент 1"
    shutil.copytree(SAMPLES / "northbridge", folder)
    text = (folder / "engagement.toml").read_text("utf-8")
    (folder / "engagement.toml").write_text(re.sub(r"(?m)^previous.*\n", "", text), "utf-8")
    assert open_book("loyalty", str(folder)).view.result.nps.n == 27
