"""Sources, competitors, contribution and next dates as the report tells them, and their files."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from opened_samples import SAMPLES, opened

from workbook.diagnostics.segmentation_matrix.competitors import CompetitorBasis, CompetitorDeals
from workbook.diagnostics.segmentation_matrix.next_dates import NEXT_DATES, manager_dates
from workbook.diagnostics.segmentation_matrix.offer_sources import SourceDifference
from workbook.diagnostics.segmentation_matrix.report import REPORT
from workbook.report.blocks import FileData, Heading, NotStudied
from workbook.report.table import Table
from workbook.stats.data_table import DataTable


@pytest.fixture(scope="module", params=["vektor-it", "northbridge", "tatra-servis"])
def view(request):
    return opened("segmentation_matrix", SAMPLES / request.param).view


@pytest.fixture(scope="module")
def firm():
    return opened("segmentation_matrix", SAMPLES / "vektor-it").view


def shown(view, name):
    return list(REPORT.chapters[name](view))


def headings(blocks):
    return [b.text.replace("\xa0", " ") for b in blocks if isinstance(b, Heading)]


def tables(blocks):
    return {b.name: b for b in blocks if isinstance(b, Table)}


def file(blocks, name):
    (found,) = [b for b in blocks if isinstance(b, FileData) and b.name == name]
    assert found.folder == "internal"
    return found.content


def column(view, table, heading):
    (key,) = [c.key for c in table.columns if c.heading == view.text(heading)]
    return [row[key] for row in table.rows]


def changed(view, **parts):
    return replace(view, result=replace(view.result, **parts))


class TestSources:
    def test_the_heading_counts_what_the_table_adds_up_to(self, view):
        blocks = shown(view, "sources")
        won, lost = (column(view, tables(blocks)["sources"], f"sources.columns.{c}")
                     for c in ("won", "lost"))  # fmt: skip
        numbers = set(map(int, re.findall(r"\d+", headings(blocks)[0])))
        assert {sum(won), sum(won) + sum(lost)} <= numbers

    def test_no_source_stands_in_a_heading_without_a_test(self, view):
        """In the samples a deal's source is drawn apart from how it ends."""
        assert view.result.source_difference is None
        names = [row.source for row in view.result.sources if row.source]
        assert not any(name in text for name in names for text in headings(shown(view, "sources")))

    def test_a_source_that_a_test_tells_apart_is_named_with_both_sides(self, firm):
        found = SourceDifference(source="Web", more=True, won=24, closed=30, rate=0.8,
                                 others_won=11, others_closed=40, others_rate=0.275,
                                 p_value=0.01)  # fmt: skip
        more = headings(shown(changed(firm, source_difference=found), "sources"))[0]
        less = headings(
            shown(changed(firm, source_difference=replace(found, more=False)), "sources")
        )[0]
        assert "«Web»" in more
        assert "80 %" in more
        assert more != less

    def test_columns_of_cost_are_there_where_a_deal_has_a_cost(self, firm):
        plain = tables(shown(firm, "sources"))["sources"]
        first, *rest = firm.result.sources
        dear = replace(first, cost=10.0, costed=first.entered, cost_per_won=2.0)
        cost = tables(shown(changed(firm, sources=(dear, *rest)), "sources"))["sources"]
        assert len(cost.columns) == len(plain.columns) + 2
        assert column(firm, cost, "sources.columns.cost_per_won")[:2] == [2.0, None]

    def test_without_sources_and_competitors_the_chapter_is_not_there(self, firm):
        (block,) = shown(
            changed(firm, sources=(), competitors=(), competitor_basis=None), "sources"
        )
        assert isinstance(block, NotStudied)

    def test_competitors_alone_make_the_chapter(self, firm):
        blocks = shown(changed(firm, sources=()), "sources")
        assert list(tables(blocks)) == ["competitors"]
        assert re.search(r"23 из 94", headings(blocks)[0])

    def test_wins_are_shown_only_where_they_could_have_been_recorded(self, firm):
        """Where lost deals alone name a competitor, "won: 0" would be true by definition."""
        lost = tables(shown(firm, "sources"))["competitors"]
        assert not any(c.heading == firm.text("sources.columns.won") for c in lost.columns)
        basis = replace(firm.result.competitor_basis, only_lost=False)
        both = tables(shown(changed(firm, competitor_basis=basis), "sources"))["competitors"]
        assert column(firm, both, "sources.columns.won") == [0, 0, 0, 0]

    def test_competitors_of_deals_that_are_not_lost_are_told_as_met(self, firm):
        row = CompetitorDeals(competitor="Rival", met=3, customers=2, won=1, lost=0, open=2,
                              amount_won=5.0, amount_lost=None, reasons=())  # fmt: skip
        basis = CompetitorBasis(lost=0, lost_named=0, amount_lost=None, without_amount=0,
                                only_lost=False)  # fmt: skip
        one = changed(firm, sources=(), competitors=(row,), competitor_basis=basis)
        assert "3" in headings(shown(one, "sources"))[0]


class TestContribution:
    def test_only_the_sample_with_costs_has_the_chapter(self, view):
        there = view.result.contribution is not None
        assert there == (view.engagement.id == "vektor-it")
        assert isinstance(shown(view, "contribution")[0], Heading if there else NotStudied)

    def test_the_planted_segment_is_where_the_losses_are(self, firm):
        """Small makers were planted to cost more than they bring."""
        rows = {s.segment: s for s in firm.result.contribution.segments}
        small = rows.pop("Малые и средние производства")
        assert small.contribution < 0
        assert small.negative == firm.result.contribution.total.negative
        assert all(s.contribution > 0 for s in rows.values())

    def test_the_result_is_the_truth_of_the_sample(self, firm):
        stated = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
        truth = stated["vektor-it"]["segmentation"]["contribution"]
        found = firm.result.contribution
        for part in ("margin", "cost", "contribution"):
            assert getattr(found.total, part) == pytest.approx(truth[part])
        rows = found.customers
        assert sorted(rows.where(rows["negative"]).values("customer_id")) == truth["negative"]
        assert found.negative_amount == pytest.approx(truth["negative_amount"])
        segments = {s.segment: s.contribution for s in found.segments if s.segment}
        assert segments == pytest.approx(truth["segments"])

    def test_the_list_of_losses_begins_with_the_largest_and_holds_all(self, firm):
        found = firm.result.contribution
        listed = tables(shown(firm, "contribution"))["contribution_negative"]
        left = column(firm, listed, "contribution.columns.contribution")
        assert left == sorted(left)
        assert len(left) == found.total.negative
        assert sum(left) == pytest.approx(found.negative_amount)

    def test_what_the_contributions_leave_out_is_said_and_nothing_else(self, firm):
        found = firm.result.contribution
        basis = replace(found.basis, months_with_cost=3, across=2, across_cost=77.0, outside=5,
                        no_margin=4)  # fmt: skip
        partly = changed(firm, contribution=replace(found, basis=basis, no_cost=6))
        facts = {
            "months": {"k": 3, "n": 12},
            "across": {"n": 2, "cost": 77.0},
            "outside": {"n": 5},
            "no_cost": {"n": 6},
            "no_margin": {"n": 4},
        }
        limits = [firm.text(f"contribution.text.{key}", **told) for key, told in facts.items()]
        whole, less = (shown(view, "contribution")[1].plain() for view in (firm, partly))
        assert less == " ".join([whole, *limits])

    def test_without_a_loss_the_heading_says_so(self, firm):
        found = firm.result.contribution
        total = replace(found.total, negative=0)
        keep = found.customers.where(~found.customers["negative"])
        one = changed(firm, contribution=replace(found, total=total, customers=keep))
        blocks = shown(one, "contribution")
        assert "contribution_negative" not in tables(blocks)
        assert headings(blocks) != headings(shown(firm, "contribution"))


class TestNextDates:
    def test_every_manager_has_a_sheet_with_his_dates(self, view):
        content = file(shown(view, "next_dates"), "next_dates.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheets = book.worksheets[1:]
        assert len(sheets) == len(view.result.next_dates_managers)
        rows = [[r for r in s.iter_rows(min_row=5, values_only=True) if r[0]] for s in sheets]
        counts = [r.overdue + r.soon + r.later for r in view.result.next_dates_managers]
        assert [len(own) for own in rows] == counts

    def test_the_calendar_holds_what_is_ahead_and_nothing_overdue(self, view):
        content = file(shown(view, "next_dates"), "next_dates.ics").decode("utf-8")
        dates = view.result.next_dates
        days = re.findall(r"DTSTART;VALUE=DATE:(\d{8})\r\n", content)
        ahead = [d for d in dates.values("date") if d >= view.engagement.as_of]
        assert sorted(days) == sorted(f"{d:%Y%m%d}" for d in ahead)
        ids = re.findall(r"UID:(\S+)\r\n", content)
        assert len(set(ids)) == len(ids) == len(ahead)

    def test_both_files_are_the_same_again(self, firm):
        first, second = shown(firm, "next_dates"), shown(firm, "next_dates")
        for name in ("next_dates.xlsx", "next_dates.ics"):
            assert file(first, name) == file(second, name)

    def test_the_whole_list_is_in_the_appendix(self, view):
        listed = tables(shown(view, "next_dates"))["next_dates"]
        assert listed.appendix_only
        assert len(listed.rows) == len(view.result.next_dates)

    def test_words_of_a_client_are_text_in_the_sheet_and_in_the_calendar(self, firm):
        nasty = '=HYPERLINK("x")\r\nEND:VCALENDAR;a,b\\n'
        rows = firm.result.next_dates.frame.head(2).assign(
            name=nasty, manager="[M]/'1'*", number=nasty, overdue=False, days=5,
            date=date(2026, 1, 5),
        )  # fmt: skip
        dates = DataTable(NEXT_DATES, rows)
        one = changed(firm, next_dates=dates, next_dates_managers=manager_dates(dates, firm.params))
        blocks = shown(one, "next_dates")
        content = file(blocks, "next_dates.ics")
        unfolded = content.replace(b"\r\n ", b"")
        assert content.count(b"\r\nEND:VCALENDAR\r\n") == 1
        assert b'SUMMARY:=HYPERLINK("x")\\nEND:VCALENDAR\\;a\\,b\\\\n: ' in unfolded
        sheet = openpyxl.load_workbook(io.BytesIO(file(blocks, "next_dates.xlsx"))).worksheets[1]
        kinds = {cell.data_type for row in sheet.iter_rows(min_row=5) for cell in row}
        assert "f" not in kinds

    def test_without_dates_there_is_no_chapter_and_no_file(self, firm):
        (block,) = shown(changed(firm, next_dates=DataTable.empty(NEXT_DATES)), "next_dates")
        assert isinstance(block, NotStudied)
