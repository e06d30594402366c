"""The list of contradictions in words, on the page and in the result file."""

from dataclasses import replace

import pytest
from opened_samples import SAMPLES, opened

from workbook.diagnostics.summary.contradictions import Contradiction
from workbook.diagnostics.summary.report import contradictions
from workbook.language.catalog import LANGUAGES, load_texts

SAMPLE = SAMPLES / "northbridge"


@pytest.fixture(scope="module")
def view():
    return opened("summary", SAMPLE).view


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_sentence_and_its_customers_in_the_file(view, language):
    """Nine losses without a sale, one of them back and silent; two marks against the records."""
    told = replace(view, texts=load_texts("summary", language, "GBP"))
    rows = contradictions.in_file(told)
    assert [(row["id"], len(row["customers"])) for row in rows] == [
        ("register_without_sales", 9), ("returned_silent", 1), ("answers", 0), ("answers", 0),
    ]  # fmt: skip
    assert all(row["text"] for row in rows)
    assert all(set(row) == {"id", "text", "customers", "diagnostics"} for row in rows)
    assert rows[2]["diagnostics"] == ["controllability"]
    assert "1.14" in rows[2]["text"]


def test_a_row_names_the_first_customers_and_says_how_many(view):
    (table,) = contradictions.table(view)
    cells = [list(row.values()) for row in table.rows]
    assert cells[0][1] == "NB041; NB042; NB043 … (9 in all)"
    assert cells[1][1] == "NB043"
    assert cells[2][1] == ""


def test_a_finding_is_told_in_its_own_words(view):
    figures = {
        "year": "2024", "sales": 1200.0, "stated": 1000.0, "difference": 200.0, "share": 0.2,
    }  # fmt: skip
    one = Contradiction(id="sales_above_statement", diagnostics=(), figures=figures)
    assert "(20.0%) higher" in contradictions.sentence(view, one)


def test_without_any_there_is_no_table(view):
    bare = replace(view, result=replace(view.result, contradictions=()))
    assert contradictions.table(bare) == []
    assert contradictions.in_file(bare) == []
