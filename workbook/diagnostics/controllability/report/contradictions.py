"""Chapter: the marks against the client's own data."""

from collections.abc import Mapping

from workbook.diagnostics.controllability.checks_result import CheckStatus, DataCheck
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    mark_name,
)
from workbook.report.blocks import Block, Bullets, Heading, Text, details
from workbook.report.table import Table

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
    found = view.result.lead
    if found is None or not any(check.base for check in found.checks):
        return view.left_out("contradictions")
    told = [contradiction(view, found, c) for c in found.contradictions]
    return [
        Heading(
            text=_heading(view, found),
            short=view.text("short.contradictions"),
            caption=view.text(
                "checks.caption", n=len(found.checks), tested=found.tested_checks,
                claimed=view.params.claimed_score,
            ),
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


def contradiction(view: ControlView, questionnaire: QuestionnaireResult, check: DataCheck) -> str:
    """Return one contradiction with the mark and the figure."""
    return view.text(
        "checks.one", item=questionnaire.labels[check.item], mark=mark_name(view, check.mark),
        score=check.score, measured=view.text(f"measured.{check.measured}"),
        value=_figure(view, check),
    )  # fmt: skip


def _figure(view: ControlView, check: DataCheck) -> str:
    return figure(view, unit=check.unit, value=check.value, n=check.n, base=check.base)


def figure(view: ControlView, *, unit: object, value: object, n: object, base: object) -> str:
    """Return what a check measured, in words of its unit."""
    if value is None:
        return "–"
    if unit == "months":
        return view.text("checks.months", value=value)
    if not isinstance(n, int) or not isinstance(base, int) or not base:
        return view.texts.write(value, "count")
    if view.in_percent(base):
        return view.text("checks.share", share=value, k=n, n=base)
    return view.text("k_of_n", k=n, n=base)


def bound(view: ControlView, unit: object, value: object) -> str:
    """Return the bound of a check, in words of its unit."""
    return view.text(f"checks.bound.{'months' if unit == 'months' else 'share'}", value=value)


def _tables(view: ControlView, questionnaire: QuestionnaireResult) -> list[Block]:
    """Return the checks with a figure, and those that could not be made."""
    rows = sorted(questionnaire.checks, key=lambda c: ORDER.index(c.status))
    made = [c for c in rows if c.status not in _UNTESTED]
    left = [c for c in rows if c.status in _UNTESTED]
    names = questionnaire.labels
    return details(
        *([_made(view, names, made)] if made else []),
        *([_left(view, names, left)] if left else []),
    )


def _made(view: ControlView, names: Mapping[str, str], rows: list[DataCheck]) -> Table:
    def mark(check: DataCheck) -> str:
        return view.text("checks.mark", mark=mark_name(view, check.mark), score=check.score)

    return view.table(
        "checks", rows,
        ("gaps.columns.item", lambda c: names[c.item], ""),
        ("checks.columns.mark", mark, ""),
        ("checks.columns.measured", lambda c: view.text(f"measured.{c.measured}"), ""),
        ("checks.columns.value", lambda c: _figure(view, c), ""),
        ("checks.columns.bound", lambda c: bound(view, c.unit, c.bound), ""),
        ("columns.verdict", lambda c: view.text(f"checks.verdict.{c.status.value}"), ""),
        title=view.text("checks.table.made"),
        note=view.text(
            "checks.note", claimed=view.params.claimed_score, low=view.params.unmanaged_below
        ),
    )  # fmt: skip


def _left(view: ControlView, names: Mapping[str, str], rows: list[DataCheck]) -> Table:
    return view.table(
        "checks_not_made", rows,
        ("gaps.columns.item", lambda c: names[c.item], ""),
        ("checks.columns.would", lambda c: view.text(f"measured.{c.measured}"), ""),
        ("checks.columns.why", lambda c: _why(view, c), ""),
        title=view.text("checks.table.left", n=len(rows)),
    )  # fmt: skip


def _why(view: ControlView, check: DataCheck) -> str:
    if check.status is CheckStatus.NO_ANSWER:
        return view.text("checks.why.no_answer")
    if not check.missing:
        return view.text("checks.why.few")
    return view.text("checks.why.no_data", needed=", ".join(_needed(view, check)))


def _needed(view: ControlView, check: DataCheck) -> list[str]:
    """Return the missing tables, and the missing columns of tables that are there."""
    tables = {name for name in check.missing if "." not in name}
    columns = [name for name in check.missing if "." in name]
    known = [c for c in columns if c.partition(".")[0] not in tables]
    return [view.text(f"need.{name}.all") for name in sorted(tables)] + [
        view.text(f"need.{name}") for name in known
    ]
