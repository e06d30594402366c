"""The chapter of changes, and steps of the last plan that are carried over."""

from dataclasses import replace
from datetime import date

import pytest
from opened_samples import SAMPLES, opened

from workbook.charts.chart import Chart
from workbook.diagnostics.periods.changes import Change, Changes, Course, Point
from workbook.diagnostics.periods.measure import Unit
from workbook.diagnostics.summary.changes import change_counts, changes
from workbook.diagnostics.summary.earlier_actions import EarlierAction, plan_counts
from workbook.diagnostics.summary.report.changes import (
    SOURCE,
    chapter,
    done_of,
    with_carried_over,
)
from workbook.language.catalog import LANGUAGES, Texts, load_texts
from workbook.report.blocks import Heading, NotStudied
from workbook.report.finding import Step
from workbook.report.table import Table

SAMPLE = SAMPLES / "northbridge"

TEXT = Texts.__call__
PLAN = (
    EarlierAction(what="Call the critics", done=True),
    EarlierAction(what="Mend the post.", who="Head of service", by_when=date(2025, 6, 30)),
    EarlierAction(what="Look at prices", by_when="soon", done=False),
)


@pytest.fixture(scope="module")
def view():
    return opened("summary", SAMPLE).view


def seen(view, language="en", **more):
    """Return the view with another result, in a language."""
    counts = plan_counts(more.get("earlier_actions", ()))
    result = replace(view.result, earlier_counts=counts, **more)
    engagement = replace(view.engagement, language=language)
    texts = load_texts("summary", language, "GBP")
    return replace(view, result=result, texts=texts, engagement=engagement)


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


@pytest.fixture
def changed(monkeypatch):
    """Return the parts of a result whose reports of losses and of loyalty changed."""

    def text(self, key, **values):
        return key.rpartition(".")[2] if key.startswith("measures.") else TEXT(self, key, **values)

    monkeypatch.setattr(Texts, "__call__", text)

    def made(view, periods=("2024", "2025")):
        series = tuple(Point(period=p, value=float(i)) for i, p in enumerate(periods))
        parts = {
            "churn_reasons": (change("reason", course=Course.UP, rising=-1),),
            "loyalty": (change("nps", headline=True, series=series if len(periods) > 2 else ()),),
        }
        joined = tuple(
            replace(one, changed=Changes(
                against=periods[-2], periods=periods, changes=parts.get(one.name, ()),
            ))
            for one in view.result.joined
        )  # fmt: skip
        return {
            "joined": joined, "changes": changes(joined), "change_counts": change_counts(joined),
        }  # fmt: skip

    return made


def change(name, course=Course.CANNOT_TELL, **more):
    return Change(
        name=name, unit=Unit.POINTS, before=10.0, now=30.0, difference=20.0, p_value=0.01,
        course=course, **more,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_tells_changes_and_the_last_plan(view, changed, language):
    told = seen(view, language, earlier_actions=PLAN, **changed(view))
    blocks = chapter(told)
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [table.name for table in tables] == ["changes_page", "changes", "earlier_actions"]
    page = tables[0]
    assert [row["c0"] for row in page.rows] == ["reason", "nps"]  # told first
    words = {"en": "▲ rose, for the worse", "ru": "▲ рост, к худшему", "sk": "▲ nárast, k horšiemu"}
    assert page.rows[0]["c6"] == words[language]
    assert len(tables[2].rows) == 3
    (heading,) = (block for block in blocks if isinstance(block, Heading))
    assert "1" in heading.text
    assert "2" in heading.text
    assert not any(isinstance(block, Chart) for block in blocks)


def test_from_three_periods_on_the_headline_figures_have_a_trend(view, changed):
    blocks = chapter(seen(view, **changed(view, ("2023", "2024", "2025"))))
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert "nps: 2023 0.0, 2025 +2.0" in chart.alt


def test_a_plan_alone_has_a_heading_of_its_own(view):
    told = seen(view, earlier_actions=PLAN, changes=(), change_counts=None)
    heading = chapter(told)[0]
    assert heading.text == "The last plan: 1 of 3 steps done"


def test_without_either_the_chapter_is_left_out(view):
    (block,) = chapter(seen(view, changes=(), change_counts=None))
    assert isinstance(block, NotStudied)
