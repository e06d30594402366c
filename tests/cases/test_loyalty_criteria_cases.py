"""Retention and the loyalty index: whoever left is not left out of what is told."""

from datetime import date
from pathlib import Path

import pytest

from workbook.diagnostics.claims import Confidence
from workbook.notebook import open_book
from workbook.report.blocks import Bullets, Heading, Text, Tiles

CONFIGURATION = """schema_version = 1
id = "came-back"
client = "Ten Customers Ltd"
language = "{language}"
currency = "GBP"
period = "2025"
as_of = 2025-12-31
[intake]
decimal = "."
"""


def written(folder: Path, language: str, *, came_back: int, customers: int = 40) -> Path:
    """Every customer buys twice in 2024; some once in 2025; a few answer a survey."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(CONFIGURATION.format(language=language), "utf-8")
    days = [(c, day) for c in range(customers) for day in (date(2024, 2, 1), date(2024, 8, 1))]
    days += [(c, date(2025, 11, 1)) for c in range(came_back)]
    rows = [f"C{c},{day},100,D{n}" for n, (c, day) in enumerate(days)]
    sales = "customer_id,date,amount,document_id\n" + "\n".join(rows)
    (folder / "data" / "sales.csv").write_text(sales, "utf-8")
    answers = [f"R{n},2025-05-01,9" for n in range(12)]
    survey = "respondent_id,date,score\n" + "\n".join(answers)
    (folder / "data" / "survey.csv").write_text(survey, "utf-8")
    return folder


def told(book) -> str:
    blocks = [*book.diagnostic.report().summary(book.view)]
    blocks += book.diagnostic.report().chapters["criteria"](book.view)
    words = []
    for block in blocks:
        if isinstance(block, Heading):
            words.append(block.text)
        elif isinstance(block, Text):
            words += block.paragraphs
        elif isinstance(block, Bullets):
            words += block.items
        elif isinstance(block, Tiles):
            words += [f"{t.label} {t.value} {t.base}" for t in block.tiles]
    return "\n".join(words).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "4 of last year’s 40 customers bought again"),
        ("ru", "Снова купили 4 из 40 клиентов предыдущего года"),
        ("sk", "Z vlaňajších zákazníkov (40) opäť nakúpilo 4"),
    ],
)
def test_of_forty_customers_of_whom_36_left_4_came_back(tmp_path, language, sentence):
    book = open_book("loyalty", str(written(tmp_path / "e", language, came_back=4)))
    result = book.view.result
    assert (result.retention.kept, result.retention.before) == (4, 40)
    assert result.retention.share == pytest.approx(0.1)
    assert result.loyalty_index == pytest.approx(4 / 40)
    assert sentence in told(book)
    assert "4 of 4 " not in told(book)
    claim = next(c for c in result.findings if c.id == "retention")
    assert (claim.count, claim.population, claim.money) == (36, 40, 7200)


def test_where_most_came_back_the_one_who_did_not_is_counted(tmp_path):
    result = open_book("loyalty", str(written(tmp_path / "e", "en", came_back=39))).view.result
    (claim,) = [c for c in result.findings if c.id == "retention"]
    assert (claim.count, claim.population, len(claim.customer_ids)) == (1, 40, 1)
    assert claim.confidence is Confidence.COUNTED


def test_that_all_came_back_is_no_finding(tmp_path):
    result = open_book("loyalty", str(written(tmp_path / "e", "en", came_back=40))).view.result
    assert "retention" not in {c.id for c in result.findings}


def test_less_than_two_years_of_sales_are_no_retention(tmp_path):
    folder = written(tmp_path / "e", "en", came_back=4)
    sales = folder / "data" / "sales.csv"
    sales.write_text(sales.read_text("utf-8").replace("2024-02-01", "2024-06-01"), "utf-8")
    book = open_book("loyalty", str(folder))
    assert book.view.result.retention is None
    assert "Retention takes 24 months of sales" in told(book)
