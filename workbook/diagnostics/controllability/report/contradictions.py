"""Chapter: the marks against the client's own data."""

from collections.abc import Mapping

from workbook.diagnostics.controllability.checks_result import Check, CheckStatus
from workbook.diagnostics.controllability.report.shared import ControlView, labels, lead, mark_name
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.report.blocks import Block, Bullets, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table
from workbook.report.view import NO_PERCENTAGES_BELOW

ORDER = (
    CheckStatus.CONTRADICTION,
    CheckStatus.CONSISTENT,
    CheckStatus.NOT_CLAIMED,
    CheckStatus.NO_DATA,
    CheckStatus.NO_ANSWER,
)
_UNTESTED = (CheckStatus.NO_DATA, CheckStatus.NO_ANSWER)


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on contradictions."""
    found = lead(view)
    if found is None or not any(check.base for check in found.checks):
        return left_out(view, "contradictions")
    told = [contradiction(view, found, c) for c in found.contradictions]
    return [
        Heading(
            text=_heading(view, found),
            short=view.text("short.contradictions"),
            caption=view.text(
                "checks.caption", n=len(found.checks), tested=found.tested_checks,
                claimed=view.params.claimed_score,
            ),
            new_page=True,
        ),
        Text((view.text("checks.text"),)),
        *([Bullets(tuple(told))] if told else []),
        *_tables(view, found),
    ]  # fmt: skip


def _heading(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    n = questionnaire.tested_checks
    if not n:
        return view.text("checks.heading.untested", n=len(questionnaire.checks))
    if not questionnaire.contradictions:
        return view.text("checks.heading.none", n=n)
    return view.text("checks.heading.some", k=len(questionnaire.contradictions), n=n)


def contradiction(view: ControlView, questionnaire: QuestionnaireResult, check: Check) -> str:
    """Return one contradiction with the mark and the figure."""
    return view.text(
        "checks.one", item=labels(questionnaire)[check.item], mark=mark_name(view, check.mark),
        score=check.score, measured=view.text(f"measured.{check.measured}"),
        value=_figure(view, check),
    )  # fmt: skip


def _figure(view: ControlView, check: Check) -> str:
    return figure(view, unit=check.unit, value=check.value, n=check.n, base=check.base)


def figure(view: ControlView, *, unit: object, value: object, n: object, base: object) -> str:
    """Return what a check measured, in words of its unit."""
    if value is None:
        return "–"
    if unit == "months":
        return view.text("checks.months", value=value)
    if not isinstance(n, int) or not isinstance(base, int) or not base:
        return view.texts.write(value, "count")
    if base < NO_PERCENTAGES_BELOW:
        return view.text("k_of_n", k=n, n=base)
    return view.text("checks.share", share=value, k=n, n=base)


def bound(view: ControlView, unit: object, value: object) -> str:
    """Return the bound of a check, in words of its unit."""
    return view.text(f"checks.bound.{'months' if unit == 'months' else 'share'}", value=value)


def _tables(view: ControlView, questionnaire: QuestionnaireResult) -> list[Table]:
    """Return the checks with a figure, and those that could not be made."""
    rows = sorted(questionnaire.checks, key=lambda c: ORDER.index(c.status))
    made = [c for c in rows if c.status not in _UNTESTED]
    left = [c for c in rows if c.status in _UNTESTED]
    names = labels(questionnaire)
    return [
        *([_made(view, names, made)] if made else []),
        *([_left(view, names, left)] if left else []),
    ]


def _made(view: ControlView, names: Mapping[str, str], rows: list[Check]) -> Table:
    return Table(
        name="checks",
        title=view.text("checks.table.made"),
        columns=table_columns(
            view,
            ("item", "gaps.columns.item", ""),
            ("mark", "checks.columns.mark", ""),
            ("measured", "checks.columns.measured", ""),
            ("value", "checks.columns.value", ""),
            ("bound", "checks.columns.bound", ""),
            ("verdict", "columns.verdict", ""),
        ),
        rows=[
            {
                "item": names[c.item],
                "mark": view.text("checks.mark", mark=mark_name(view, c.mark), score=c.score),
                "measured": view.text(f"measured.{c.measured}"),
                "value": _figure(view, c),
                "bound": bound(view, c.unit, c.bound),
                "verdict": view.text(f"checks.verdict.{c.status.value}"),
            }
            for c in rows
        ],
        texts=view.texts,
        note=view.text(
            "checks.note", claimed=view.params.claimed_score, low=view.params.unmanaged_below
        ),
    )


def _left(view: ControlView, names: Mapping[str, str], rows: list[Check]) -> Table:
    return Table(
        name="checks_not_made",
        title=view.text("checks.table.left", n=len(rows)),
        columns=table_columns(
            view,
            ("item", "gaps.columns.item", ""),
            ("measured", "checks.columns.would", ""),
            ("why", "checks.columns.why", ""),
        ),
        rows=[
            {
                "item": names[c.item],
                "measured": view.text(f"measured.{c.measured}"),
                "why": _why(view, c),
            }
            for c in rows
        ],
        texts=view.texts,
    )


def _why(view: ControlView, check: Check) -> str:
    if check.status is CheckStatus.NO_ANSWER:
        return view.text("checks.why.no_answer")
    if not check.missing:
        return view.text("checks.why.few")
    return view.text("checks.why.no_data", needed=", ".join(_needed(view, check)))


def _needed(view: ControlView, check: Check) -> list[str]:
    """Return the missing tables, and the missing columns of tables that are there."""
    tables = {name for name in check.missing if "." not in name}
    columns = [name for name in check.missing if "." in name]
    known = [c for c in columns if c.partition(".")[0] not in tables]
    return [view.text(f"need.{name}.all") for name in sorted(tables)] + [
        view.text(f"need.{name}") for name in known
    ]
