"""The iceberg of complaints never holds more customers than there are."""

import pytest

from workbook.blocks import Callout, Text, Tiles
from workbook.notebook import open_book

CONFIGURATION = """schema_version = 1
id = "iceberg"
client = "Ten Customers Ltd"
language = "{language}"
currency = "GBP"
period = "2025"
as_of = 2025-12-31
"""
REFUTED = {
    "en": "At least 3 of 10 customers complained (30%), so the assumed 10% does not hold here",
    "ru": "Жаловались не менее 3 из 10 клиентов (30 %), поэтому предположение о 10 %",
    "sk": "Sťažovalo sa aspoň 3; zákazníkov je spolu 10 (30 %). Predpoklad 10 % tu teda neplatí",
}


def book_of(folder, language, *, customers):
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.toml").write_text(CONFIGURATION.format(language=language), "utf-8")
    ids = "customer_id\n" + "\n".join(f"C{n}" for n in range(1, customers + 1))
    (folder / "data" / "customers.csv").write_text(ids, "utf-8")
    rows = [f"K{n},C{n},2025-06-0{n},no" for n in (1, 2, 3)]
    table = "complaint_id,customer_id,date,process_mended\n" + "\n".join(rows)
    (folder / "data" / "complaints.csv").write_text(table, "utf-8")
    return open_book("loyalty", str(folder))


def words(book):
    report = book.diagnostic.report
    blocks = [*report.summary(book.view), *report.chapters["complaints"](book.view)]
    told = [p for b in blocks if isinstance(b, Text | Callout) for p in b.paragraphs]
    told += [t.value for b in blocks if isinstance(b, Tiles) for t in b.tiles]
    return "\n".join(told).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_three_complaints_among_ten_customers_refute_the_tenth(tmp_path, language):
    book = book_of(tmp_path / "e", language, customers=10)
    complaints = book.view.result.complaints
    assert complaints.assumption_refuted
    assert (complaints.unhappy_estimate, complaints.silent_estimate) == (None, None)
    told = words(book)
    assert REFUTED[language] in told
    assert "27" not in told


def test_among_forty_customers_the_illustration_stays_below_them(tmp_path):
    book = book_of(tmp_path / "e", "en", customers=40)
    complaints = book.view.result.complaints
    assert (complaints.unhappy_estimate, complaints.silent_estimate) == (30, 27)
    assert "about 30 of 40 customers would be unhappy, 27 of them in silence" in words(book)
