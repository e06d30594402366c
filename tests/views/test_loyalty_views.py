"""The loyalty report says what the result says, in sentences that are whole."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from shown import chapters, sentences

from workbook.diagnostics.loyalty.findings import page_two
from workbook.diagnostics.loyalty.marks_result import AuditBefore
from workbook.diagnostics.loyalty.report import REPORT
from workbook.diagnostics.loyalty.report.findings import findings
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Verdict
from workbook.notebook import open_book
from workbook.report.blocks import Heading, NotStudied
from workbook.report.table import Table

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"


def test_the_index_in_the_summary_is_the_index_of_the_result(book):
    nps = book.view.result.nps
    told = book.view.texts.write(nps.value, "points")
    summary = " ".join(sentences(REPORT.summary(book.view)))
    assert told in summary
    assert told in " ".join(sentences(chapters(book.view, REPORT)["recommendation"]))


def test_the_unweighted_row_of_the_weights_table_has_the_interval_of_the_headline(book):
    nps = book.view.result.nps
    row = next(w for w in book.view.result.weighted if w.by == "customer")
    assert row.value == pytest.approx(nps.value)
    assert row.ci_low == pytest.approx(nps.ci_low, abs=0.35)
    assert row.ci_high == pytest.approx(nps.ci_high, abs=0.35)


def test_an_index_whose_interval_holds_zero_claims_no_side(book):
    nps = replace(book.view.result.nps, value=4.0, ci_low=-3.0, ci_high=11.0)
    view = replace(book.view, result=replace(book.view.result, nps=nps))
    heading = chapters(view, REPORT)["recommendation"][0]
    wanted = view.text("nps.heading.open", value=4.0, promoters="", detractors="").split(":")[0]
    assert heading.text.startswith(wanted)


def test_good_news_gives_no_step_and_what_is_open_is_no_finding(book):
    def told(verdict):
        change = replace(book.view.result.change, verdict=verdict)
        result = page_two(replace(book.view.result, change=change), book.view.params)
        return {f.id: f for f in findings(replace(book.view, result=result))}

    rose = told(Verdict.UP)["rose"]
    assert not rose.problem
    assert rose.step is None
    assert not {"rose", "fell", "uncertain"} & set(told(Verdict.CANNOT_TELL))


def test_the_answer_ends_with_the_first_step(book):
    """What page 2 decides is what it then tells as a finding with its step."""
    view = book.view
    answer = REPORT.page_two(view).answer
    ids = {f.id for f in findings(view)}
    first = str(view.result.answer.figures.get("first", view.result.answer.id))
    assert first in ids | {"group_driver"}
    assert answer.count("{") == 0
    assert not re.search(r"[.:]$", answer)


def test_an_engagement_without_any_table_says_for_each_chapter_what_would_fill_it(book):
    view = replace(book.view, result=page_two(Result(), book.view.params))
    for name, blocks in chapters(view, REPORT).items():
        assert [type(b) for b in blocks] == [NotStudied], name
    assert isinstance(REPORT.summary(view)[0], Heading)
    assert REPORT.actions(view) == []


def test_a_survey_below_the_minimum_shows_answers_and_no_index(book):
    few = IntervalKind.TOO_FEW
    nps = replace(book.view.result.nps, interval=few, n=4, value=None, ci_low=None, ci_high=None)
    view = replace(
        book.view,
        result=replace(book.view.result, nps=nps, small_answers=(3, 7, 9, 10), change=None),
    )
    text = " ".join(sentences(chapters(view, REPORT)["recommendation"]))
    assert "3, 7, 9, 10" in text


def test_groups_below_the_threshold_show_neither_number_nor_size(book):
    hidden = {g.group for g in book.view.result.groups if g.suppressed}
    table = next(
        b
        for b in chapters(book.view, REPORT)["groups"]
        if isinstance(b, Table) and b.name == "nps_groups"
    )
    headings = [column["heading"] for column in table.sheet()["columns"]]
    wanted = ("groups.table.group", "columns.n", "columns.nps", "groups.table.verdict")
    places = [headings.index(book.view.text(key)) for key in wanted]
    rows = [[row[place] for place in places] for row in table.sheet()["rows"]]
    suppressed = [row for row in rows if row[-1] == book.view.text("groups.suppressed")]
    assert {row[0] for row in suppressed} == hidden
    assert all(row[1:3] == [None, None] for row in suppressed)


def test_open_book_takes_a_path_with_spaces_and_cyrillic(tmp_path):
    folder = tmp_path / "Клиент 1"
    shutil.copytree(SAMPLES / "northbridge", folder)
    text = (folder / "engagement.toml").read_text("utf-8")
    (folder / "engagement.toml").write_text(re.sub(r"(?m)^previous.*\n", "", text), "utf-8")
    assert open_book("loyalty", str(folder)).view.result.nps.n == 27


def test_complaints_of_a_period_name_its_days_and_the_whole_register(book):
    """A register that is carried on is told of this period; the whole of it is another line."""
    told = book.view.result.complaints
    if told is None:
        pytest.skip("no register of complaints")
    first = replace(told, of_year=True, stock=None, stock_open=None)
    later = replace(told, of_year=False, stock=told.n + 7, stock_open=3)
    shown = []
    for complaints in (first, later):
        view = replace(book.view, result=replace(book.view.result, complaints=complaints))
        blocks = chapters(view, REPORT)["complaints"]
        shown.append((blocks[0].text, " ".join(sentences(blocks))))
    days = view.text("complaints.when.period", start=told.start, end=told.end)
    stock = (view.text("complaints.stock", n=told.n + 7), view.text("complaints.stock_open", n=3))
    (heading, said), (heading_later, said_later) = shown
    assert days in heading_later
    assert days not in heading
    for sentence in stock:
        assert sentence in said_later
        assert sentence not in said


def test_touchpoints_without_a_counterpart_are_told(book):
    if not book.view.result.touchpoints:
        pytest.skip("no audit")
    n = len(book.view.result.touchpoints)
    before = AuditBefore(against="2024", all=n, unmatched=n, other_language=True)
    view = replace(book.view, result=replace(book.view.result, touchpoints_before=before))
    told = " ".join(sentences(chapters(view, REPORT)["touchpoints"]))
    assert view.text("touchpoints.unmatched", n=n, all=n, against="2024") in told
    assert view.text("touchpoints.other_language") in told
    same = replace(before, unmatched=0, other_language=False)
    view = replace(view, result=replace(view.result, touchpoints_before=same))
    assert view.text("touchpoints.other_language") not in " ".join(
        sentences(chapters(view, REPORT)["touchpoints"])
    )


def test_a_chapter_without_waves_asks_for_no_engagement_that_is_named_already(book):
    result = replace(book.view.result, waves=(), changes=(), change=None, waves_left_out=())
    first = replace(book.view, result=replace(result, period_before=""))
    later = replace(book.view, result=replace(result, period_before="2024"))
    fills = []
    for view in (first, later):
        (told,) = chapters(view, REPORT)["waves"]
        assert isinstance(told, NotStudied)
        fills.append(told.fill)
    assert fills[0] == first.text("absent.waves.fill")
    assert fills[1] == later.text("absent.waves.before", against="2024")
