"""The summary of a next period says of every change what the reports themselves say."""

import pytest

from tests.periods.next_periods import northbridge
from workbook.diagnostics.periods.changes import Course
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.notebook import open_book


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return open_book("summary", str(northbridge(tmp_path_factory.mktemp("nb"))))


@pytest.fixture(scope="module")
def joined(book):
    return {one.name: one for one in book.view.result.joined}


def test_it_has_the_changes_that_each_report_tells(book, joined):
    own = open_book("loyalty", str(book.view.engagement.folder))
    assert joined["loyalty"].changed == own.changed
    (told,) = (one for one in book.view.result.changes if one.name == "nps")
    assert (told.diagnostic, told.against, told.course) == ("loyalty", "2025", Course.UP)
    assert [point.period for point in told.series] == ["2024", "2025", "2026"]


def test_told_changes_and_the_headlines_of_all_reports_are_there(book, joined):
    found = book.view.result.changes
    told = [one.is_told for one in found]
    assert told == sorted(told, reverse=True)
    assert {one.diagnostic for one in found} == set(joined)
    assert all(one.is_told or one.headline for one in found)


def test_a_key_figure_stands_beside_its_own_measure(joined):
    """What a key figure was is asked of a measure that is the same figure now."""
    for one in joined.values():
        for figure in one.key_figures:
            found = one.changed.of(figure.measure or figure.name, figure.label)
            if found is not None:
                assert found.now == pytest.approx(figure.value), (one.name, figure.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_claim_names_has_words(joined, language):
    for one in joined.values():
        texts = load_texts(one.name, language)
        claims = (one.result.answer, *one.result.findings)
        for claim in claims:
            if claim is not None and claim.measure is not None:
                assert f"measures.{claim.measure[0]}" in texts


def test_a_finding_says_what_its_figure_was(book):
    told = [found.earlier for found in book.draft.findings if found.earlier is not None]
    assert told
    assert {earlier.period for earlier in told} == {"2025"}
