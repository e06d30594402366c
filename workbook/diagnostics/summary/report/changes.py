"""What changed since the last time, and what of the last action plan was done."""

from collections.abc import Sequence
from dataclasses import replace

from workbook.diagnostics.summary.changes import Change
from workbook.diagnostics.summary.earlier_actions import EarlierAction
from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.language.lemmas import bare
from workbook.report.blocks import Block, Heading, Text
from workbook.report.finding import Step

SOURCE = "earlier_actions"
"""Where a step comes from that was carried over."""
_FORMATS = {
    "points": ("points", "points"),
    "share": ("pct", "points"),
    "mark": ("dec2", "signed2"),
    "score": ("signed2", "signed2"),
    "money": ("money", "money"),
    "count": ("count", "count"),
}
"""By unit: how a value is written, and how a difference."""
_PLAIN = ("dec2", "signed2")


def chapter(view: SummaryView) -> list[Block]:
    """Return the table of changes, and the last plan with its marks."""
    found, plan = view.result.changes, view.result.earlier_counts
    if not found and plan is None:
        return view.left_out("changes")
    told = sum(change.is_told for change in found)
    key = "changes.heading" if found else "earlier.heading"
    done = {} if plan is None else {"steps": plan.steps, "done": plan.done}
    return [
        Heading(
            text=view.text(key, n=told, all=len(found), **done),
            short=view.text("short.changes"),
            caption=view.text("changes.caption"),
        ),
        *([_table(view, found)] if found else []),
        *_plan(view),
    ]


def _table(view: SummaryView, found: Sequence[Change]) -> Block:
    return view.table(
        "changes",
        found,
        ("changes.figure", lambda one: label(view, one), ""),
        ("changes.before", lambda one: _value(view, one, one.before), ""),
        ("changes.now", lambda one: _value(view, one, one.now), ""),
        ("changes.difference", lambda one: _difference(view, one), ""),
        ("changes.course", lambda one: view.text(f"changes.courses.{one.course}"), ""),
        ("changes.against", lambda one: one.against or view.text("changes.year_before"), ""),
        title=view.text("changes.title"),
        note=view.text("changes.note"),
        shown=8,
    )


def label(view: SummaryView, one: Change) -> str:
    """Return what a figure is called."""
    return view.text(f"changes.figures.{one.diagnostic}.{one.name}", label=one.label)


def _value(view: SummaryView, one: Change, value: float) -> str:
    return view.texts.write(value, _FORMATS.get(one.unit, _PLAIN)[0])


def _difference(view: SummaryView, one: Change) -> str:
    written = view.texts.write(one.difference, _FORMATS.get(one.unit, _PLAIN)[1])
    return view.text("changes.share_points", value=written) if one.unit == "share" else written


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
