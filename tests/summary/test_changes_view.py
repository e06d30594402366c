"""The chapter of changes, and steps of the last plan that are carried over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from workbook.diagnostics.summary.earlier_actions import EarlierAction, plan_counts
from workbook.diagnostics.summary.report.changes import (
    SOURCE,
    chapter,
    done_of,
    with_carried_over,
)
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.notebook import open_book
from workbook.report.blocks import Heading, NotStudied
from workbook.report.finding import Step
from workbook.report.table import Table

SAMPLE = Path(__file__).resolve().parents[2] / "data_samples" / "northbridge"

PLAN = (
    EarlierAction(what="Call the critics", done=True),
    EarlierAction(what="Mend the post.", who="Head of service", by_when=date(2025, 6, 30)),
    EarlierAction(what="Look at prices", by_when="soon", done=False),
)


@pytest.fixture(scope="module")
def view():
    return open_book("summary", str(SAMPLE)).view


def seen(view, language="en", **more):
    """Return the view with another result, in a language."""
    counts = plan_counts(more.get("earlier_actions", ()))
    result = replace(view.result, earlier_counts=counts, **more)
    return replace(view, result=result, texts=load_texts("summary", language, "GBP"))


def step(what):
    return Step(what=what, who="Head of sales", by_when=date(2026, 1, 31), effect="", source="x")


def test_open_steps_follow_and_one_recommended_again_stands_once(view):
    """Done is left out; what is recommended again is marked where this period has it."""
    told = seen(view, earlier_actions=PLAN)
    plan = with_carried_over(told, [step("Mend the post"), step("New"), step("Call the critics")])
    assert [one.what for one in plan] == [
        "Carried over: Mend the post", "New", "Call the critics", "Carried over: Look at prices",
    ]  # fmt: skip
    assert [one.source for one in plan] == ["x", "x", "x", SOURCE]
    assert (plan[0].who, plan[0].by_when) == ("Head of sales", date(2026, 1, 31))
    assert plan[3].by_when == "soon"
    assert [done_of(told, one) for one in plan] == [False, None, None, False]


def test_without_a_last_plan_the_steps_are_as_they_were(view):
    steps = [step("Mend the post"), step("New")]
    assert with_carried_over(seen(view), steps) == steps
    assert [done_of(seen(view), one) for one in steps] == [None, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_tells_changes_and_the_last_plan(view, language):
    told = seen(view, language, earlier_actions=PLAN)
    tables = [block for block in chapter(told) if isinstance(block, Table)]
    assert [table.name for table in tables] == ["changes", "earlier_actions"]
    assert len(tables[0].rows) == len(view.result.changes)
    assert len(tables[1].rows) == 3
    (heading,) = (block for block in chapter(told) if isinstance(block, Heading))
    confirmed = sum(one.is_told for one in view.result.changes)
    assert str(confirmed) in heading.text
    assert str(len(view.result.changes)) in heading.text


def test_a_plan_alone_has_a_heading_of_its_own(view):
    told = seen(view, earlier_actions=PLAN, changes=())
    heading = chapter(told)[0]
    assert heading.text == "The last plan: 1 of 3 steps done"


def test_without_either_the_chapter_is_left_out(view):
    (block,) = chapter(seen(view, changes=()))
    assert isinstance(block, NotStudied)
