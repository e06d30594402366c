"""Pages of what-if: a heading with its number, one table on the page, one line that it is no
forecast, in every language.
"""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from workbook.charts.chart import Palette
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.what_if.discount_scale import discount_scale
from workbook.diagnostics.what_if.last_year import last_year
from workbook.diagnostics.what_if.leaving_manager import manager_leaves
from workbook.diagnostics.what_if.mended_reason import Returns, StillAway, mended_reason
from workbook.engagement.settings import Engagement
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.report.blocks import Heading, NotStudied, Text
from workbook.report.table import Table
from workbook.report.view import View
from workbook.report.what_if import discount_page, manager_page, reason_page

AS_OF = date(2025, 12, 31)


def view(language):
    engagement = Engagement(
        folder=Path(), id="acme", client="Acme", language=language, currency="EUR",
        period="2025", as_of=AS_OF,
    )  # fmt: skip
    texts = load_texts("common", language, "EUR")
    return View(result=None, params=None, texts=texts, palette=Palette(), engagement=engagement)


def year(manager="Eva"):
    sales = pd.DataFrame(
        {
            "customer_id": ["a", "b", "c"],
            "date": pd.Timestamp("2025-05-05"),
            "amount": [6_000_000.0, 2_000_000.0, 500_000.0],
            "manager": manager,
        }
    )
    customers = pd.DataFrame({"customer_id": ["a", "b"], "name": ["<b>Alfa</b>", "Beta"]})
    return last_year(Inputs(tables={"sales": sales, "customers": customers}, as_of=AS_OF))


class Row:
    reason, label, group = "late_delivery", "Late & late", "delivery"
    any, fractional, sole = 10, 7.5, 6
    revenue, revenue_any, revenue_sole = 750_000.0, 1_000_000.0, 500_000.0


class Nobody(Row):
    any, fractional, sole = 0, 0.0, 0
    revenue, revenue_any, revenue_sole = 0.0, 0.0, 0.0


class Alone(Row):
    any, fractional, sole = 6, 6.0, 6
    revenue, revenue_any, revenue_sole = 500_000.0, 500_000.0, 500_000.0


def reason(row=Row, **changed):
    facts = {
        "of_losses": 40,
        "of_revenue": 4_000_000.0,
        "revenue_known": 40,
        "away": StillAway(n=8, revenue=800_000.0),
        "returns": Returns(n=40, returned=10),
    }
    return mended_reason(row(), **{**facts, **changed})


SCALE = [(1_000_000, 0.02), (5_000_000, 0.05)]
NOW = year()
ONE = {"a": True, "b": True, "c": False}
LEAVES = manager_leaves(NOW, single_contact=ONE, single_product=ONE, manager="Eva")
PAGES = [
    (reason_page, reason()),
    (discount_page, discount_scale(NOW, SCALE, margin=0.25)),
    (manager_page, LEAVES),
]
NO_FORECAST = {"en": "not a forecast", "ru": "не прогноз", "sk": "nie prognóza"}


def heading(blocks):
    return blocks[0].text.replace("\u00a0", " ").replace("\u202f", " ")


def said(blocks):
    return " ".join(b.plain() for b in blocks if isinstance(b, Text))


def cells(table):
    """Return the rows of a table as its page shows them."""
    rows = re.findall(r"<tr>(.*?)</tr>", table.html().split("<tbody>")[1])
    return [[unescape(cell).replace("\u00a0", " ") for cell in re.findall(r">([^<]+)</t[hd]>", row)]
            for row in rows]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "found"), PAGES)
def test_a_page_is_a_heading_with_a_number_one_table_and_one_line(page, found, language):
    blocks = page(view(language), found)
    first, *rest = blocks
    assert isinstance(first, Heading)
    assert any(char.isdigit() for char in first.text)
    assert len([b for b in rest if isinstance(b, Table) and not b.appendix_only]) == 1
    assert len([b for b in rest if isinstance(b, Text)]) == 1
    assert NO_FORECAST[language] in said(blocks)
    assert "<b>" not in "".join(b.html() for b in blocks)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [reason_page, discount_page, manager_page])
def test_without_data_there_is_a_name_and_no_page(page, language):
    (block,) = page(view(language), None)
    assert isinstance(block, NotStudied)
    assert block.html() == ""


def test_the_reason_in_words():
    blocks = reason_page(view("en"), reason())
    assert heading(blocks) == (
        "Without “Late & late”, 6 to 10 of 40 lost customers might have stayed: "
        "€500K to €1M of annual revenue"
    )
    kept, back = cells(blocks[1])
    assert kept[1:] == ["10", "75%", "7.5", "6.0 to 10.0", "750", "500 to 1,000"]
    assert back[1:5] == ["8", "25%", "2.0", "1.1 to 3.2"]
    assert "10 of 40 lost customers have come back" in said(blocks)
    russian = heading(reason_page(view("ru"), reason()))
    assert "остались бы от 6 до 10 из 40 потерянных клиентов — от 500 тыс. €" in russian
    slovak = heading(reason_page(view("sk"), reason()))
    assert "by zostalo 6 až 10 zo 40 stratených zákazníkov, čo je 500 tis. €" in slovak


def test_a_range_of_one_number_is_one_number():
    assert heading(reason_page(view("en"), reason(Alone))) == (
        "Without “Late & late”, 6 of 40 lost customers might have stayed: €500K of annual revenue"
    )
    assert heading(reason_page(view("en"), reason(Nobody))) == (
        "0 of 40 lost customers gave “Late & late” as a reason"
    )


def test_what_the_rate_rests_on_is_said():
    assumed = reason_page(view("en"), reason(win_back=0.3))
    assert "own rate of 30%, without a range" in said(assumed)
    assert cells(assumed[1])[1][4] == "–"
    unknown = reason_page(view("en"), reason(returns=None))
    assert "the second question cannot be answered" in said(unknown)
    assert len(unknown[1].rows) == 1
    partly = reason_page(view("en"), reason(revenue_known=30))
    assert "known for 30 of 40 lost customers" in said(partly)


def test_the_scale_in_words():
    """300,000 + 40,000; of three customers two reach a step."""
    blocks = discount_page(view("en"), discount_scale(NOW, SCALE, margin=0.25))
    assert heading(blocks) == (
        "The discount scale would cost €340K a year: 2 of 3 customers would qualify"
    )
    rows = cells(blocks[1])
    assert rows[1] == ["5,000", "5.0%", "1", "6,000", "300", "1,500", "25.0%"]
    assert rows[2][:5] == ["All steps", "–", "2", "8,000", "340"]
    assert [row["c0"] for row in blocks[3].rows] == ["<b>Alfa</b>", "Beta"]
    assert "скидка была бы у 2 из 3 клиентов" in heading(
        discount_page(view("ru"), discount_scale(NOW, SCALE))
    )
    assert "nárok na zľavu by malo 2 z 3 zákazníkov" in heading(
        discount_page(view("sk"), discount_scale(NOW, SCALE))
    )


def test_what_never_pays_is_said_to():
    blocks = discount_page(view("en"), discount_scale(NOW, SCALE, margin=0.05))
    assert [row[5] for row in cells(blocks[1])] == ["1,333", *["never pays for itself"] * 2]
    assert "takes the whole margin" in said(blocks)
    assert "The margin is not known" in said(discount_page(view("en"), discount_scale(NOW, SCALE)))


def test_a_scale_of_nothing_is_said_to_cost_nothing():
    blocks = discount_page(view("en"), discount_scale(NOW, [(0, 0.0)]))
    assert heading(blocks) == "The discount scale would cost €0: none of 3 customers would qualify"
    assert "margin" not in said(blocks)


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (ONE, "If Eva leaves, €8M a year has no other tie to the company (2 of 3 customers)"),
        ({}, "If Eva leaves, up to €8M a year may have no other tie to the company "
             "(2 of 3 customers)"),
        (dict.fromkeys("abc", False), "None of Eva’s customers (3) depends on Eva alone; "
                                      "€8.5M a year would need another manager"),
    ],
)  # fmt: skip
def test_the_manager_in_words(contact, words):
    found = manager_leaves(NOW, single_contact=contact, single_product=ONE, manager="Eva")
    blocks = manager_page(view("en"), found)
    assert heading(blocks) == words
    assert ("number of contacts per customer is not recorded" in said(blocks)) is (not contact)
    assert len(blocks[3].rows) == 3


def test_a_manager_without_customers_is_told_so():
    found = manager_leaves(NOW, single_contact=ONE, single_product=ONE, manager="Olga")
    assert heading(manager_page(view("en"), found)).startswith("Olga had 0 customers")


def test_all_managers_stand_beside_the_one_who_leaves():
    found = manager_leaves(year(["Eva", "Ivan", ""]), single_contact=ONE, single_product=ONE)
    rows = cells(manager_page(view("en"), found)[1])
    assert [row[0] for row in rows] == ["Eva", "Ivan", "No manager named"]
    assert rows[0] == ["Eva", "6,000", "1", "6,000", "0"]  # what all have alike is told once
