"""Eight managers with equal risks and marks independent of the score: nobody is named."""

import re
from pathlib import Path

import pytest

from benchmarks.calibration.pages import words_of
from workbook.notebook import open_book

FOLDER = Path(__file__).parent / "equal_customers"
LABELS = re.compile(r"Manager \d|\b(price|delivery|quality|service)\b.*(more than|standard)")


@pytest.fixture(params=["churn_reasons", "loyalty"])
def book(request):
    return open_book(request.param, str(FOLDER))


def test_no_page_names_a_manager_a_driver_or_a_group(book):
    named = [words for words in words_of(book) if LABELS.search(words)]
    assert not named


def test_no_claim_singles_anybody_out(book):
    result = book.view.result
    told = [*([result.answer] if result.answer else []), *result.tiles, *result.findings]
    assert not [claim.id for claim in told if claim.singled_out]


def test_what_was_tested_is_told(book):
    families = book.view.result.families
    assert families
    assert all(family.passed <= family.comparisons for family in families)
