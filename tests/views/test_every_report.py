"""What holds for every report: whole sentences, few charts, an answer on page 2.

A report of one chapter passes as well as one of ten; :data:`OF_A_STUDY` names those that are the
subject of a whole study, of which more is asked.
"""

import re
from dataclasses import replace

from shown import chapters, drawn, sentences, whole

from workbook.charts.chart import Chart
from workbook.diagnostics.summary.report.summary_view import sisters
from workbook.report.blocks import Bullets, Callout, Heading, NotStudied, Text, Tiles
from workbook.report.frame import not_studied
from workbook.report.table import Table

OF_A_STUDY = frozenset(
    {
        "loyalty",
        "churn_reasons",
        "segmentation_matrix",
        "controllability",
        "financial_quartiles",
    }
)


def is_of_a_study(book):
    return book.diagnostic.name in OF_A_STUDY


def report(book):
    return book.diagnostic.report()


def test_no_sentence_shows_a_missing_value_or_a_placeholder(any_book):
    for sentence in sentences(drawn(any_book)):
        assert not re.search(r"\bNone\b(?! of|:)|\bnan\b|[{}]|\binf\b", sentence), sentence


def test_the_body_has_at_most_eight_charts_and_each_has_words(any_book):
    charts = [b for b in drawn(any_book) if isinstance(b, Chart)]
    assert len(charts) <= 8
    assert not is_of_a_study(any_book) or len(charts) >= 3
    assert all(len(c.alt) > 20 for c in charts)


def test_the_summary_is_an_answer_up_to_four_tiles_three_findings_and_their_steps(any_book):
    """Fewer findings than three are told where no more pass their gates."""
    blocks = list(report(any_book).summary(any_book.view))
    assert isinstance(blocks[0], Heading)
    (tiles,) = [b for b in blocks if isinstance(b, Tiles)]
    assert 1 <= len(tiles.tiles) <= 4
    assert not is_of_a_study(any_book) or len(tiles.tiles) == 4
    (bullets,) = [b for b in blocks if isinstance(b, Bullets)]
    assert 1 <= len(bullets.items) <= 3
    (steps,) = [b for b in blocks if isinstance(b, Table)]
    assert 1 <= len(steps.rows) <= 3
    assert all(row[key] for row in steps.rows for key in ("what", "who", "by_when", "effect"))
    assert len([b for b in blocks if isinstance(b, Callout)]) <= 1


def words_of_the_consultant(book):
    """Return the answers in the notes to what the report joins: they need no number."""
    joined = sisters(book.view) if book.diagnostic.joins else []
    return {one.shown.answer for one in joined if one.own_answer}


def test_every_chapter_heading_carries_a_number(any_book):
    own = words_of_the_consultant(any_book)
    for name, blocks in chapters(any_book.view, report(any_book)).items():
        heading = next((b for b in blocks if not isinstance(b, NotStudied)), None)
        if heading is None or getattr(heading, "appendix_only", False):
            continue  # nothing of it is on a page
        assert isinstance(heading, Heading), name
        absent = isinstance(blocks[1], Text) and not any(isinstance(b, Chart) for b in blocks)
        assert absent or heading.text in own or re.search(r"\d", heading.text), name


def test_a_chapter_without_data_is_no_chapter_and_is_named_once_in_the_appendix(any_book, capsys):
    absent = [b for b in drawn(any_book) if isinstance(b, NotStudied)]
    assert all(b.html() == "" for b in absent)
    book = replace(any_book, not_studied=[])
    book.chapter(*report(book).chapters)
    assert sorted(book.not_studied) == sorted({b.name for b in absent})
    (line,) = not_studied(book.view.texts, book.not_studied) or [None]
    assert (line is None) == (not absent)
    assert all(b.name in line.plain() for b in absent)


def test_every_table_of_the_report_is_in_the_appendix_under_its_own_name(any_book):
    names = [b.name for b in drawn(any_book) if isinstance(b, Table)]
    assert len(names) == len(set(names))


def test_the_views_do_not_touch_the_result(any_book):
    before = repr(any_book.view.result)
    whole(any_book.view, report(any_book))
    assert repr(any_book.view.result) == before


def test_the_notes_of_a_sample_say_nothing_that_its_report_says_otherwise(any_book):
    """Page 2 holds the consultant's answer where there is one; numbers of both are the same."""
    front = any_book.words.front
    assert (any_book.page is any_book.draft) == (front is None)
    assert front is None or any_book.page.author == any_book.view.engagement.brand.author
    assert {p.code for p in any_book.doubts()} <= {"notes_not_set_apart"}
