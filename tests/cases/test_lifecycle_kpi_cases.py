"""Lifecycle, KPI tables, funnel and control points: small tables with the one right answer."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.purchases import purchases
from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.findings import with_page_two
from workbook.diagnostics.segmentation_matrix.lifecycle import ORDER, statuses
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.notebook import open_book
from workbook.report.blocks import Bullets, Callout, Heading, Text, Tiles
from workbook.report.table import Table

AS_OF = date(2025, 12, 31)
TOML = """schema_version = 1
id = "case"
client = "Client Ltd"
language = "{language}"
currency = "EUR"
period = "2025"
as_of = {as_of}
diagnostics = ["segmentation_matrix"]
"""


@pytest.fixture
def report(tmp_path):
    """Open the report of tables written as a client's files."""

    def build(language="en", as_of=AS_OF, params="", **tables):
        (tmp_path / "data").mkdir()
        text = TOML.format(language=language, as_of=as_of)
        if params:
            text += f"[params.segmentation_matrix]\n{params}\n"
        (tmp_path / "engagement.toml").write_text(text, "utf-8")
        for name, rows in tables.items():
            pd.DataFrame(rows).to_csv(tmp_path / "data" / f"{name}.csv", index=False)
        return open_book("segmentation_matrix", str(tmp_path))

    return build


def chapter(book, name):
    return list(book.diagnostic.report().chapters[name](book.view))


def page_two(book):
    return words(book.diagnostic.report().summary(book.view))


def words(blocks):
    """Return what blocks say, table cells included, with plain spaces."""
    told = []
    for block in blocks:
        match block:
            case Heading():
                told += [block.text, block.caption]
            case Text() | Callout():
                told += block.paragraphs
            case Bullets():
                told += block.items
            case Tiles():
                told += [w for t in block.tiles for w in (t.label, t.value, t.change, t.base)]
            case Table():
                told += [block.title, block.note, *(c.heading for c in block.columns)]
                told += [str(cell) for row in block.rows for cell in row.values()]
    return [str(word).replace("\xa0", " ") for word in told if word]


def every(days, n, last="2025-12-20"):
    """Return n days up to the last one, each so many days after the one before."""
    end = date.fromisoformat(last)
    return [str(end - timedelta(days=days * k)) for k in range(n)]


def slow_and_fast():
    """Twenty customers buy every 180 days, ten every 50."""
    rows = []
    for k in range(20):
        last = str(date(2025, 12, 20) - timedelta(days=9 * k))
        rows += [(f"slow{k:02d}", day, 100.0) for day in every(180, 4, last)]
    for k in range(10):
        rows += [(f"fast{k}", day, 100.0) for day in every(50, 14)]
    who, day, amount = zip(*rows, strict=True)
    return {"customer_id": who, "date": day, "amount": amount}


class TestWindow:
    def test_a_window_shorter_than_the_usual_pause_of_most_does_not_fit(self, table, inputs):
        sales = table(**{k: list(v) for k, v in slow_and_fast().items()})
        result = compute(inputs(sales=sales), Params())
        window = result.lifecycle_window
        assert (window.own_median_days, window.with_interval) == (180, 30)
        assert window.share_longer == window.longer / window.longer_of > 0.2
        assert window.share_returned > 0.2
        assert (window.fits, window.fitting_months, window.called) == (False, 6, "silent")

    def test_the_report_calls_them_silent_and_never_lost(self, report):
        book = report(sales=slow_and_fast())
        told = page_two(book) + words(chapter(book, "sales"))
        heading, *_ = words(chapter(book, "lifecycle"))
        assert not [sentence for sentence in [*told, heading] if "lost" in sentence.casefold()]
        assert "have bought nothing for 3 months" in heading
        assert any(
            "Silence alone does not mean a customer has left" in sentence for sentence in told
        )
        refused = {r.id: r.gate for r in book.view.result.refused_findings}
        assert refused["lost"] == "fit"
        tables = [b for b in chapter(book, "lifecycle") if isinstance(b, Table)]
        assert not [cell for cell in words(tables) if cell == "lost"]
        assert "the shortest that would is 6 months" in " ".join(
            text for b in book.diagnostic.report().method(book.view)
            for pair in getattr(b, "items", ()) for text in pair
        ).replace("\xa0", " ")  # fmt: skip

    @pytest.mark.parametrize(
        ("language", "banned"), [("ru", "потер"), ("sk", "straten"), ("en", "lost")]
    )
    def test_in_no_language_is_anybody_lost(self, report, language, banned):
        book = report(language, sales=slow_and_fast())
        told = page_two(book) + words(chapter(book, "sales"))
        assert not [sentence for sentence in told if banned in sentence.casefold()]

    @pytest.mark.parametrize("language", ["en", "ru", "sk"])
    def test_data_shorter_than_the_window_say_nothing_of_silence(self, report, language):
        """One month of sales: that nobody was silent for three was true by definition."""
        rows = [(f"c{k}", day, 50.0) for k in range(12) for day in every(9, 4)]
        who, day, amount = zip(*rows, strict=True)
        book = report(language, sales={"customer_id": who, "date": day, "amount": amount})
        result = book.view.result
        assert (result.lifecycle_counts.lost, result.lifecycle_basis.silence_possible) == (0, False)
        assert {r.id: r.gate for r in result.refused_findings}["quiet"] == "definition"
        heading, *_ = words(chapter(book, "lifecycle"))
        assert heading == book.view.text("lifecycle.heading.too_short", months=3).replace(
            "\xa0", " "
        )

    def test_a_window_that_fits_calls_them_lost(self, report):
        """Twelve buy every month; three stopped in spring and nobody of them came back."""
        rows = [(f"c{k}", day, 50.0) for k in range(12) for day in every(30, 24)]
        rows += [(f"gone{k}", day, 50.0) for k in range(3) for day in every(30, 12, "2025-04-01")]
        who, day, amount = zip(*rows, strict=True)
        book = report(sales={"customer_id": who, "date": day, "amount": amount})
        window = book.view.result.lifecycle_window
        assert (window.fits, window.called, window.share_returned) == (True, "lost", 0)
        assert words(chapter(book, "lifecycle"))[0] == "3 of 15 customers are lost, 0 came back"
        assert "Lost customers" in page_two(book)

    def test_without_intervals_and_history_fit_is_not_known_and_nobody_is_lost(self, report):
        rows = {"customer_id": ["a", "b"], "date": ["2025-09-20", "2025-12-01"], "amount": 1.0}
        book = report(sales=rows)
        window = book.view.result.lifecycle_window
        assert (window.fits, window.called, window.own_median_days) == (None, "silent", None)

    def test_a_shorter_window_is_no_cure(self, table, inputs):
        """Of 20 that stop for four months and return, few return within one month."""
        rows = []
        for k in range(20):
            end = date(2025, 12, 28) - timedelta(days=6 * k)
            rows += [(f"c{k}", str(end - timedelta(days=120 * j)), 10.0) for j in range(6)]
        who, day, amount = (list(c) for c in zip(*rows, strict=True))
        sales = table(customer_id=who, date=day, amount=amount)
        window = compute(inputs(sales=sales), Params()).lifecycle_window
        assert window.fits is False
        assert window.fitting_months is None or window.fitting_months > 3


CONTRACTS = [
    # customer, end of contract, purchases, status
    ("ended", "2025-11-30", ["2025-05-10", "2025-11-15"], "lost"),
    ("running", "2026-06-30", ["2025-01-10"], "regular"),
    ("last day", "2025-12-31", ["2025-01-10"], "regular"),
    ("bought since", "2025-06-30", ["2025-05-10", "2025-08-10", "2025-12-10"], "regular"),
    ("came back", "2025-05-31", ["2025-05-10", "2025-12-10"], "renewed"),
    ("never", "2025-06-30", [], "potential"),
    ("none", None, ["2025-01-10"], "lost"),
]


class TestContractEnd:
    @pytest.mark.parametrize(("customer", "end", "days", "status"), CONTRACTS)
    def test_a_contract_decides_whatever_the_window(
        self, table, inputs, customer, end, days, status
    ):
        known = table(customer_id=[customer, "z"], contract_end=[end, None])
        sales = table(
            customer_id=[customer] * len(days) + ["z"], date=[*days, "2023-01-01"], amount=1.0
        )
        result = compute(inputs(customers=known, sales=sales), Params())
        found = {row.customer_id: row for row in rows_of(result.lifecycle)}
        assert found[customer].status == status
        assert found[customer].contract_ended is (customer == "ended")

    def test_a_contract_that_ended_is_told_as_lost_even_where_the_window_does_not_fit(self, report):
        sales = slow_and_fast()
        customers = {"customer_id": ["slow00"], "contract_end": ["2025-12-25"]}
        book = report(sales=sales, customers=customers)
        result = book.view.result
        assert result.lifecycle_window.called == "silent"
        assert result.lifecycle_window.silent == result.lifecycle_counts.lost - 1
        text = " ".join(words(chapter(book, "lifecycle")))
        assert "the contract has ended and nothing has been bought since: 1 customer" in text
        rows = next(b for b in chapter(book, "lifecycle") if getattr(b, "name", "") == "lifecycle")
        customer, _, status, *_ = (column.key for column in rows.columns)
        told = {row[customer]: row[status] for row in rows.rows}
        assert told["slow00"] == "lost (contract ended)"

    def test_with_a_fitting_window_the_lost_are_told_by_both_reasons(self, report):
        rows = [(f"c{k}", day, 50.0) for k in range(12) for day in every(30, 24)]
        rows += [(f"gone{k}", day, 50.0) for k in range(3) for day in every(30, 12, "2025-04-01")]
        who, day, amount = zip(*rows, strict=True)
        book = report(
            sales={"customer_id": who, "date": day, "amount": amount},
            customers={"customer_id": ["c0", "c1"], "contract_end": ["2025-12-25", "2026-12-25"]},
        )
        assert book.view.result.lifecycle_counts.lost == 4
        told = " ".join(page_two(book))
        assert "nothing bought for 3 months: 3; contract ended and nothing bought since: 1" in told

    @settings(max_examples=40, deadline=None)
    @given(
        ends=st.lists(st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
                      min_size=3, max_size=3),
        days=st.lists(st.lists(st.dates(date(2023, 1, 1), AS_OF), max_size=6),
                      min_size=3, max_size=3),
    )  # fmt: skip
    def test_every_customer_has_one_status_and_a_contract_concerns_its_customer_only(
        self, table, ends, days
    ):
        who = ["a", "b", "c"]
        rows = [(w, str(d)) for w, own in zip(who, days, strict=True) for d in own]
        names, when = zip(*rows, strict=True) if rows else ((), ())
        sales = table(customer_id=[*names, "z"], date=[*when, "2023-01-01"], amount=1.0)

        def marks(contract_end):
            known = table(customer_id=who, contract_end=contract_end)
            book = ledger_of(Inputs(tables={"customers": known, "sales": sales}, as_of=AS_OF))
            found = statuses(book, purchases(book), Params())
            return [str(ORDER[mark]) for mark in found]

        told = marks([None if end is None else str(end) for end in ends])
        plain = marks([None] * 3)
        assert all(a == b for a, b, end in zip(told, plain, ends, strict=False) if end is None)
        running = [end is not None and end >= AS_OF for end in ends]
        assert all(a != "lost" for a, kept in zip(told, running, strict=False) if kept)


class TestKpi:
    def test_kpis_cover_the_lifecycle_window_and_turnover_the_window_of_abc(self, report):
        sales = {
            "customer_id": ["a", "a", "b", "c", "c"],
            "date": ["2025-02-01", "2025-11-01", "2025-08-20", "2025-10-05", "2024-01-05"],
            "amount": [100, 10, 1000, 1, 5],
            "manager": ["Ann", "Ann", "Bob", "Bob", "Bob"],
        }
        book = report(sales=sales)
        result = book.view.result
        assert (result.turnover.total, result.kpi_total.total) == (1111, 11)
        assert (result.turnover_basis.months, result.kpi_basis.months) == (12, 3)
        assert sum(c.amount for c in rows_of(result.customers)) == result.turnover.total
        rows = {row.manager: row for row in result.kpi_managers}
        assert (rows["Bob"].lost, rows["Bob"].renewed, rows["Bob"].lost_stock) == (1, 1, 1)
        told = words(chapter(book, "sales"))
        assert "Managers, last 3 months" in told
        assert any("last 12 months" in word for word in told)

    def test_kpi_months_is_an_option_apart_from_the_abc_window(self, report):
        sales = {"customer_id": ["a", "a"], "date": ["2025-02-01", "2025-11-01"], "amount": [7, 1]}
        result = report(params="kpi_months = 12", sales=sales).view.result
        assert (result.kpi_total.total, result.kpi_basis.months) == (8, 12)

    def test_the_stock_of_lost_customers_changes_by_the_flows(self, table, inputs):
        rows = [(f"c{k}", day, 5.0) for k in range(9) for day in every(37 + 9 * k, 9, "2025-12-01")]
        who, day, amount = (list(c) for c in zip(*rows, strict=True))
        sales = table(customer_id=who, date=day, amount=amount)
        result = compute(inputs(sales=sales), Params())
        total, before = result.kpi_total, result.lifecycle_counts_before
        assert total.lost_stock == result.lifecycle_counts.lost
        assert total.lost_stock == before.lost + total.lost - total.renewed

    @pytest.mark.parametrize(("months", "text"), [(120, "120"), (6, "6")])
    def test_page_two_names_the_window_in_use(self, report, months, text):
        sales = {"customer_id": ["a", "b"], "date": ["2025-02-01", "2025-11-01"], "amount": [7, 1]}
        book = report(params=f"window_months = {months}", sales=sales)
        told = page_two(book)
        assert not [sentence for sentence in told if "twelve" in sentence]
        assert [sentence for sentence in told if f"{text} months" in sentence]

    def test_first_sales_of_the_first_data_year_are_not_compared(self, report):
        """The data begin with the year before: all of it looks like first sales."""
        rows = [(f"c{k}", f"{y}-0{1 + k % 9}-10", 10.0) for y in (2024, 2025) for k in range(20)]
        who, day, amount = zip(*rows, strict=True)
        customers = {"customer_id": list(dict.fromkeys(who)), "registered_date": "2020-01-01"}
        book = report(
            params="kpi_months = 12",
            sales={"customer_id": who, "date": day, "amount": amount},
            customers=customers,
        )
        rows = {row.kpi: row for row in book.view.result.department}
        for name in ("first_sales", "repeat_sales", "new_directions", "conversion"):
            assert (rows[name].n_before, rows[name].amount_before) == (None, None)
        assert rows["first_sales"].n == 0
        assert any("too close" in word for word in words(chapter(book, "sales")))


class TestBuyers:
    def test_who_only_returned_is_no_buying_customer(self, report):
        """A and b bought, d only sent something back."""
        book = report(
            customers={"customer_id": ["a", "b", "d"], "registered_date": "2020-01-01"},
            sales={
                "customer_id": ["a", "b", "d"],
                "date": ["2025-03-01", "2025-06-01", "2025-07-01"],
                "amount": [100, 100, -150],
                "document_id": [1, 2, 3],
                "kind": ["sale", "sale", "return"],
            },
        )
        basis = book.view.result.abc_basis
        assert (basis.buyers, basis.returns_only, basis.zero_only) == (2, 1, 0)
        told = words(chapter(book, "abc"))
        assert told[0].startswith("2 of 2 buying customers are class A")
        assert any("Returns and no purchase in the window: 1 customer" in word for word in told)

    def test_lines_of_nothing_make_no_buying_customer_and_are_counted(self, report):
        book = report(
            sales={
                "customer_id": ["a", "b", "b"],
                "date": ["2025-03-01", "2025-06-01", "2025-07-01"],
                "amount": ["100.00", "0.00", "0.00"],
            }
        )
        result = book.view.result
        assert (result.abc_basis.buyers, result.abc_basis.zero_only) == (1, 1)
        assert {w.code: w.n for w in result.warnings}["zero_lines"] == 2
        assert result.lifecycle_counts.potential == 1

    def test_that_class_a_brings_half_is_no_heading(self, report):
        sales = {"customer_id": list("abcd"), "date": "2025-11-01", "amount": [50, 20, 15, 15]}
        book = report(sales=sales)
        told = [*page_two(book), words(chapter(book, "abc"))[0]]
        assert not [s for s in told if "buying customers bring" in s or "bring 50%" in s]

    def test_the_turnover_of_the_classes_is_the_turnover(self, report):
        """A customer with more returns than purchases counts in both."""
        book = report(
            sales={
                "customer_id": ["a", "b", "b"],
                "date": ["2025-03-01", "2025-06-01", "2025-07-01"],
                "amount": [100, 10, -40],
            }
        )
        result = book.view.result
        assert result.abc_history[-1].amount == result.turnover.total == 70


class TestSilent:
    @pytest.mark.parametrize(("n", "listed"), [(2, False), (3, False), (4, True)])
    def test_a_habit_needs_three_intervals(self, table, inputs, n, listed):
        """Bought on successive days long ago: two days are no usual interval of one day."""
        days = [str(date(2025, 3, 1) + timedelta(days=10 * k)) for k in range(n)]
        sales = table(customer_id=["big"] * n + ["z"], date=[*days, "2025-12-20"],
                      amount=[1000.0] * n + [1.0])  # fmt: skip
        found = compute(inputs(sales=sales), Params()).silent
        assert bool(found) is listed
        if listed:
            (row,) = rows_of(found)
            assert (row.usual_days, row.overdue) == (10, row.silent_days / 10)

    def test_how_many_intervals_is_an_option(self, table, inputs):
        sales = table(customer_id=["big", "big", "z"],
                      date=["2025-03-01", "2025-03-11", "2025-12-20"],
                      amount=[1000.0, 1000.0, 1.0])  # fmt: skip
        assert compute(inputs(sales=sales), Params(min_intervals=1)).silent


class TestPeriods:
    def test_a_year_that_ends_inside_a_quarter_has_four_quarters(self, table, inputs):
        days = [str(d.date()) for d in pd.date_range("2024-12-01", "2025-11-30", freq="MS")]
        sales = table(customer_id=["a"] * 12, date=days, amount=[10.0] * 12)
        result = compute(
            inputs(sales=sales, as_of=date(2025, 11, 30)),
            Params(xyz_bucket="quarter"),
        )
        assert (result.xyz_basis.buckets, result.xyz_basis.window.complete) == (4, True)
        (row,) = rows_of(result.xyz)
        assert (row.n, row.cv, row.class_) == (4, 0.0, "X")

    def test_the_value_moved_is_in_the_result(self, table, inputs):
        sales = table(
            customer_id=["a", "a", "b", "b"],
            date=["2024-05-01", "2025-05-01", "2024-06-01", "2025-06-01"],
            amount=[100.0, 30.0, 10.0, 90.0],
        )
        moves = compute(inputs(sales=sales), Params()).migration.abc
        assert all(m.net == m.amount_now - m.amount_before for m in moves)
        assert sum(m.net for m in moves) == pytest.approx(10.0)
        for move in moves:
            assert move.row_net == sum(m.net for m in moves if m.before == move.before)

    def test_days_overdue_of_an_offer_are_in_the_result(self, table, inputs):
        offers = table(customer_id=["a", "b", "c"], product="P", stage="proposal", status="open",
                       date="2025-10-01", due_date=["2025-12-01", None, "2026-02-01"])  # fmt: skip
        board = compute(inputs(offers=offers), Params()).board
        late = {c.customer_id: c.overdue_days for c in rows_of(board)}
        assert late == {"a": 30, "b": None, "c": None}


def one_event_each(stages):
    """One row per deal, thirty of each stage; the last two names mean won and lost."""
    rows = []
    for k in range(30 * len(stages)):
        at = k % len(stages)
        status = {len(stages) - 2: "won", len(stages) - 1: "lost"}.get(at, "open")
        rows.append((str(k), f"K{k:03d}", "P", stages[at], status, f"2025-0{1 + at}-10", 1000))
    names = ("deal_id", "customer_id", "product", "stage", "status", "date", "amount")
    return dict(zip(names, (list(c) for c in zip(*rows, strict=True)), strict=True))


BITRIX = ["New", "Preparing documents", "Invoice", "Deal won", "Deal lost"]
RUSSIAN = ["Новая", "Подготовка документов", "Счёт", "Успешно реализовано",
           "Закрыто и не реализовано"]  # fmt: skip
SLOVAK = ["Nový", "Príprava", "Faktúra", "Vyhraté", "Prehraté"]


class TestFunnel:
    @pytest.mark.parametrize(
        ("language", "stages", "leak"),
        [
            ("en", BITRIX, "Most "),
            ("ru", RUSSIAN, "Больше всего"),
            ("ru", [*RUSSIAN[:3], "Сделка успешна", "Сделка провалена"], "Больше всего"),
            ("sk", SLOVAK, "Najviac"),
        ],
    )
    def test_with_one_event_per_deal_no_stage_is_named(self, report, language, stages, leak):
        book = report(language, offers=one_event_each(stages))
        result = book.view.result
        assert result.leak is None
        assert {r.id: r.gate for r in result.refused_findings}["stage"] == "history"
        told = page_two(book) + words(chapter(book, "funnel"))
        assert not [sentence for sentence in told if leak in sentence]
        assert not [sentence for sentence in told if stages[-1] in sentence]
        assert [s.stage for s in result.funnel] == [*stages[:2], "payment"]

    def test_names_of_outcomes_are_no_stages(self, table, inputs):
        """The deals went New, Preparing, Invoice, then were won or lost where they stood."""
        rows = []
        for k in range(40):
            went = [("Preparing", 5), ("New", 1), ("Agreed", 9)][: 3 if k % 2 else 2]
            rows += [(str(k), stage, "open", f"2025-03-{d:02d}", 10.0) for stage, d in went]
            rows.append((str(k), "Deal won" if k % 2 else "Deal lost", "won" if k % 2 else "lost",
                         "2025-04-01", 10.0))  # fmt: skip
        number, stage, status, day, amount = (list(c) for c in zip(*rows, strict=True))
        offers = table(deal_id=number, customer_id="a", product="P", stage=stage, status=status,
                       date=day, amount=amount)  # fmt: skip
        result = compute(inputs(offers=offers), Params())
        assert [s.stage for s in result.funnel] == ["New", "Preparing", "Agreed"]
        assert [(s.lost, s.advanced) for s in result.funnel] == [(0, 40), (20, 20), (0, 20)]
        assert result.funnel_basis.order == "deals"
        assert (result.leak.by_count.stage, result.leak.agree) == ("Preparing", True)
        assert {r.stage for r in result.refusals} == {"Preparing"}

    def test_a_name_that_means_won_stays_a_stage_while_deals_are_open_in_it(self, table, inputs):
        offers = table(deal_id=["1", "2"], customer_id="a", product="P", stage="Won back",
                       status=["open", "won"], date="2025-03-01", amount=1.0)  # fmt: skip
        result = compute(inputs(offers=offers), Params())
        assert [s.stage for s in result.funnel] == ["Won back"]

    def _losses(self, plan, *, amount):
        """Return deals that entered a stage and were lost there: (stage, how many, amount each)."""
        rows, k = [], 0
        for stage, n in plan:
            for _ in range(n):
                rows += [(str(k), stage, "open", "2025-03-01", amount[stage]),
                         (str(k), stage, "lost", "2025-04-01", amount[stage])]  # fmt: skip
                k += 1
            for _ in range(10):
                rows += [(str(k), stage, "open", "2025-03-01", 1.0),
                         (str(k), stage, "won", "2025-04-01", 1.0)]  # fmt: skip
                k += 1
        number, stage, status, day, amounts = (list(c) for c in zip(*rows, strict=True))
        return {"deal_id": number, "customer_id": "a", "product": "P", "stage": stage,
                "status": status, "date": day, "amount": amounts}  # fmt: skip

    def test_most_deals_and_most_money_are_told_apart(self, report):
        plan = [("presentation", 5), ("proposal", 6)]
        offers = self._losses(plan, amount={"presentation": 1000.0, "proposal": 10.0})
        book = report(offers=offers)
        leak = book.view.result.leak
        assert (leak.by_count.stage, leak.by_money.stage) == ("proposal", "presentation")
        (heading, *_) = words(chapter(book, "funnel"))
        assert heading == (
            "Most deals are lost at “Proposal” (6 of 11), most money at “Presentation” "
            "(€5,000 of €5,060)"
        )

    def test_a_tie_names_no_stage(self, report):
        plan = [("presentation", 6), ("proposal", 6)]
        offers = self._losses(plan, amount={"presentation": 10.0, "proposal": 10.0})
        assert report(offers=offers).view.result.leak is None

    def test_money_is_not_told_where_an_amount_is_missing(self, table, inputs):
        plan = [("presentation", 5), ("proposal", 8)]
        columns = self._losses(plan, amount={"presentation": None, "proposal": 10.0})
        leak = compute(inputs(offers=table(**columns)), Params()).leak
        assert (leak.by_count.stage, leak.by_money, leak.amount) == ("proposal", None, None)


class TestPeople:
    def test_growth_of_a_few_repeat_sales_is_not_told_of_a_person(self, table, inputs):
        rows = [("r", f"{y}-0{k + 1}-10", 100.0, "p", "Rita")
                for y, n in ((2023, 1), (2024, 2), (2025, 4)) for k in range(n)]  # fmt: skip
        rows += [("n", f"{y}-05-05", 100.0, "p", "Nora") for y in (2022, 2023, 2024, 2025)]
        who, day, amount, product, manager = (list(c) for c in zip(*rows, strict=True))
        sales = table(customer_id=who, date=day, amount=amount, product=product, manager=manager)
        params = Params()
        result = with_page_two(compute(inputs(sales=sales), params), params)
        assert [(m.manager, m.repeat, m.enough) for m in result.only_repeat] == [("Rita", 4, False)]
        assert "only_repeat" not in {claim.id for claim in result.findings}
        assert "only_repeat" in {refusal.id for refusal in result.refused_findings}

    def test_overdue_control_points_are_counted_of_those_that_were_due(self, report):
        """Ten points: six were due, two of these are overdue; four are due next year."""
        rows = {
            "customer_id": [f"c{k}" for k in range(10)],
            "point": "Call",
            "due_date": ["2025-11-01"] * 6 + ["2026-03-01"] * 4,
            "done_date": ["2025-11-01"] * 4 + [None] * 6,
            "manager": "Ann",
        }
        book = report(control_points=rows)
        (point,) = book.view.result.control_points
        assert (point.n, point.due, point.overdue) == (10, 6, 2)
        assert words(chapter(book, "control"))[0] == "2 of 6 control points due are overdue"
