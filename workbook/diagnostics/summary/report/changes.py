"""What changed since the last time, and what of the last action plan was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from workbook.diagnostics.periods.changes import Changes
from workbook.diagnostics.summary.changes import SummaryChange
from workbook.diagnostics.summary.earlier_actions import EarlierAction
from workbook.diagnostics.summary.report.summary_view import SummaryView, view_of
from workbook.language.lemmas import bare
from workbook.report.blocks import Block, Heading, Text
from workbook.report.changes_chapter import Figured, changes_tables, heading, trend_chart
from workbook.report.finding import Step

SOURCE = "earlier_actions"
"""Where a step comes from that was carried over."""
PANELS = 9
"""Trends of the page."""


def chapter(view: SummaryView) -> list[Block]:
    """Return what changed of all reports, its trend, and the last plan with its marks."""
    counts, plan = view.result.change_counts, view.result.earlier_counts
    if counts is None and plan is None:
        return view.left_out("changes")
    done = {} if plan is None else {"steps": plan.steps, "done": plan.done}
    told = view.text("earlier.heading", **done) if plan else ""
    if counts is not None:
        told = heading(view, told=counts.told, tested=counts.tested, against=view.against)
    return [
        Heading(text=told, short=view.text("short.changes"), caption=view.text("changes.caption")),
        *(_changes(view) if counts is not None else []),
        *_plan(view),
    ]


def _changes(view: SummaryView) -> list[Block]:
    """Return the trend and the table; every figure is called as its own report calls it."""
    own = {one.name: view_of(view, one) for one in view.result.joined}
    figures = [(own[one.diagnostic], one) for one in view.result.changes]
    report = ("changes.report", lambda row: row[0].text("title"), "")
    return [
        *trend_chart(view, _by_turns(figures), PANELS),
        *changes_tables(view, "changes", figures, _compared(view), report),
    ]


def _compared(view: SummaryView) -> Changes:
    """Return what is said of the comparison as a whole: that of the first report with one."""
    found = (one.changed for one in view.result.joined if one.changed.changes)
    return next(found)


def _by_turns(figures: Sequence[Figured]) -> list[Figured]:
    """Return the first figure of each report, then the second of each, and so on."""
    turn: Counter[str] = Counter()
    placed = []
    for own, one in figures:
        assert isinstance(one, SummaryChange)
        if one.headline:
            placed.append((turn[one.diagnostic], own, one))
            turn[one.diagnostic] += 1
    return [(own, one) for _, own, one in sorted(placed, key=lambda row: row[0])]


def _plan(view: SummaryView) -> list[Block]:
    counts = view.result.earlier_counts
    if counts is None:
        return []
    marks = {True: "done", False: "not_done", None: "not_marked"}
    return [
        Text((view.text(
            "earlier.counts", n=counts.steps, done=counts.done, not_done=counts.not_done,
            not_marked=counts.not_marked,
        ),)),
        view.table(
            "earlier_actions",
            view.result.earlier_actions,
            ("actions.what", lambda one: one.what, ""),
            ("actions.who", lambda one: one.who, ""),
            ("actions.by_when", lambda one: one.by_when, "day_short"),
            ("earlier.done", lambda one: view.text(f"earlier.{marks[one.done]}"), ""),
            title=view.text("earlier.title"),
            shown=5,
        ),
    ]  # fmt: skip


def with_carried_over(view: SummaryView, steps: Sequence[Step]) -> list[Step]:
    """Return this period's steps and those of the last plan that are still open.

    A step that is recommended again stands once, where this period has it.
    """
    still_open = {bare(one.what): one for one in view.result.earlier_actions if one.is_open}
    again = {bare(step.what) for step in steps} & still_open.keys()
    return [
        *(_marked(view, step) if bare(step.what) in again else step for step in steps),
        *(_step(view, one) for what, one in still_open.items() if what not in again),
    ]


def _marked(view: SummaryView, step: Step) -> Step:
    return replace(step, what=view.text("earlier.carried", what=step.what))


def _step(view: SummaryView, one: EarlierAction) -> Step:
    return Step(
        what=view.text("earlier.carried", what=one.what),
        who=one.who,
        by_when=one.by_when,
        effect=one.effect,
        metric=one.metric,
        source=SOURCE,
    )


def done_of(view: SummaryView, step: Step) -> bool | None:
    """Return whether a step of the plan was done: False of one carried over, None of a new one."""
    steps = (view.text("earlier.carried", what=one.what) for one in view.result.earlier_actions)
    carried = {bare(words) for words in steps}
    return False if step.source == SOURCE or bare(step.what) in carried else None
