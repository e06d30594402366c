"""The iceberg of complaints never holds more customers than there are."""

import pytest

from workbook.diagnostics.loyalty.complaints import register
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.report import REPORT
from workbook.notebook import open_book
from workbook.report.blocks import Callout, Text, Tiles
from workbook.report.table import Table

CONFIGURATION = """schema_version = 1
id = "iceberg"
client = "Ten Customers Ltd"
language = "{language}"
currency = "GBP"
period = "2025"
as_of = 2025-12-31
anonymity_threshold = 1
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
    report = book.diagnostic.report()
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
    assert book.view.text("complaints.unnamed", n=0) not in told
    assert "27" not in told


def test_among_forty_customers_the_illustration_stays_below_them(tmp_path):
    book = book_of(tmp_path / "e", "en", customers=40)
    complaints = book.view.result.complaints
    assert (complaints.unhappy_estimate, complaints.silent_estimate) == (30, 27)
    assert "about 30 of 40 customers would be unhappy, 27 of them without saying so" in words(book)


def test_complaints_without_a_customer_are_of_nobody_in_particular(table, inputs):
    """Twenty anonymous complaints and one of a: not 21 of 30 customers who complained."""
    complaints = table(
        complaint_id=[str(n) for n in range(21)],
        customer_id=["a"] + [None] * 20,
        date="2025-06-01",
    )
    customers = table(customer_id=[f"c{n}" for n in range(29)])
    found = register(inputs(complaints=complaints, customers=customers), None, Params())
    assert (found.n, found.complaining_customers, found.unnamed) == (21, 1, 20)
    assert (found.customers, found.unhappy_estimate, found.silent_estimate) == (30, 10, 9)
    assert not found.assumption_refuted


def test_a_year_without_complaints_does_not_say_that_nobody_is_unhappy(table, inputs):
    complaints = table(complaint_id=["1"], customer_id=["a"], date="2023-06-01")
    customers = table(customer_id=["a", "b"])
    found = register(inputs(complaints=complaints, customers=customers), None, Params())
    assert (found.n, found.unhappy_estimate, found.silent_estimate) == (0, None, None)


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_who_is_known_to_be_unhappy_and_silent_is_named_where_names_may_be_told(tmp_path, language):
    """C1 gave a 2 and a 3, C2 a 6; C0 gave a 1, and complained."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "engagement.toml").write_text(CONFIGURATION.format(language=language), "utf-8")
    tables = {
        "complaints": ["complaint_id,customer_id,date", "K1,C0,2025-06-01"],
        "customers": ["customer_id,name,manager", *(f"C{n},Firm {n},Ann" for n in range(9))],
        "satisfaction": [
            "respondent_id,customer_id,date,product,parameter,mark",
            "r1,C1,2025-05-01,x,price,2",
            "r0,C0,2025-05-01,x,price,1",
        ],
        "survey": [
            "respondent_id,customer_id,date,score",
            "r1,C1,2025-05-01,3",
            "r2,C2,2025-05-01,6",
            "r3,C3,2025-05-01,9",
        ],
    }
    for name, lines in tables.items():
        (data / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    view = open_book("loyalty", str(tmp_path)).view
    assert view.result.complaints.silent_unhappy == 2
    named = view.result.silent_named
    assert named.values("customer_id") == ["C1", "C2"]
    assert named.values("lowest_mark") == [2.0, None]
    assert named.values("detractor") == [True, True]
    chapter = REPORT.chapters["complaints"](view)
    listed = next(b for b in chapter if isinstance(b, Table) and b.name == "silent_named")
    assert [row[0] for row in listed.sheet()["rows"]] == ["Firm 1", "Firm 2"]
    claim = next(c for c in view.result.findings if c.id == "unheard")
    assert (claim.count, claim.population) == (2, 8)
