"""Chapter: what management says and what line staff says."""

from workbook.charts.chart import Chart
from workbook.charts.scores import ScorePairs, TwoScores
from workbook.diagnostics.controllability.agreement_result import LevelTest
from workbook.diagnostics.controllability.answer_result import HiddenLevel, ItemResult, LevelIndex
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    bounds,
    counts,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table

CHARTED = 10


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on management against line staff."""
    found = view.result.lead
    both = _both(found) if found else None
    if found is not None and sum(isinstance(one, HiddenLevel) for one in found.levels) > 1:
        return _hidden(view)
    if found is None or both is None or found.level_test is None:
        return view.left_out("levels")
    rows = apart(found)
    return [
        Heading(
            text=_heading(view, found.level_test, both),
            short=view.text("short.levels"),
            caption=view.text(
                "levels.caption", management=both[0].n_respondents, line=both[1].n_respondents
            ),
        ),
        Text((_reading(view, found, both, rows),)),
        *([_chart(view, found, rows[:CHARTED])] if rows else []),
        *details(*([_table(view, found, rows)] if rows else [])),
    ]


def _hidden(view: ControlView) -> list[Block]:
    threshold = view.engagement.anonymity_threshold
    return details(
        Heading(text=view.text("levels.heading.hidden"), short=view.text("short.levels")),
        Text((view.text("levels.hidden", threshold=threshold),)),
    )


def _both(questionnaire: QuestionnaireResult) -> tuple[LevelIndex, LevelIndex] | None:
    """Return management and line staff where both gave marks."""
    known = {
        level.level: level
        for level in questionnaire.levels
        if isinstance(level, LevelIndex) and level.index is not None
    }
    if len(known) < 2:
        return None
    return known["management"], known["line"]


def apart(questionnaire: QuestionnaireResult) -> list[ItemResult]:
    """Return the items on which the levels differ, largest gap first."""
    rows = [i for i in questionnaire.items if i.gap]
    return sorted(rows, key=lambda i: -round(abs(i.gap or 0.0), 9))


def _heading(view: ControlView, test: LevelTest, both: tuple[LevelIndex, LevelIndex]) -> str:
    management, line = both
    return view.text(
        f"levels.heading.{test.verdict}", management=management.index, line=line.index,
        above=test.management_n, below=test.line_n,
    )  # fmt: skip


def _reading(
    view: ControlView,
    questionnaire: QuestionnaireResult,
    both: tuple[LevelIndex, LevelIndex],
    rows: list[ItemResult],
) -> str:
    management, line = both
    compared = [i for i in questionnaire.items if i.gap is not None]
    told = [
        view.text("levels.marks", management=counts(view, management.marks),
                 line=counts(view, line.marks)),
        view.text(
            "levels.text", n=len(compared), gap=questionnaire.level_gap,
            above=sum((i.gap or 0.0) > 0 for i in rows),
            below=sum((i.gap or 0.0) < 0 for i in rows),
        ),
    ]  # fmt: skip
    return " ".join([*told, *_test(view, questionnaire), view.text("levels.meaning")])


def _test(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    """Say what the test of the difference gives, or why it can give nothing."""
    test = questionnaire.level_test
    if test is None:
        return []
    bound = view.params.level_p_value
    if not test.testable:
        return [
            view.text(
                "levels.test.untestable", least=test.least_p_value, bound=bound,
                above=test.management_n, below=test.line_n,
            )
        ]  # fmt: skip
    told = [view.text("levels.test.p_value", p_value=test.p_value)]
    if test.told:
        apart = sum(item.told for item in test.items)
        told.append(view.text("levels.test.items", k=apart, n=len(test.items)))
    return told


def _chart(view: ControlView, questionnaire: QuestionnaireResult, rows: list[ItemResult]) -> Chart:
    pairs = [
        TwoScores(
            label=i.label,
            first=i.line or 0.0,
            second=i.management or 0.0,
            text=view.text("levels.pair", management=i.management, line=i.line),
        )
        for i in rows
    ]

    return view.draw(
        ScorePairs(
            rows=pairs,
            palette=view.palette,
            write=view.fmt("dec2"),
            names=(view.text("level.line"), view.text("level.management")),
            bounds=bounds(view),
        ),
        title=view.text("levels.chart.title"),
        alt=view.text("levels.chart.alt", values="; ".join(f"{p.label}: {p.text}" for p in pairs)),
        note=view.source(questionnaire.n_respondents, view.text("levels.chart.note")),
    )


def _table(view: ControlView, questionnaire: QuestionnaireResult, rows: list[ItemResult]) -> Table:
    test = questionnaire.level_test
    p_values = {i.item: i.p_value for i in test.items} if test else {}
    return view.table(
        "levels", rows,
        ("gaps.columns.item", lambda i: i.label, ""),
        ("level.management", lambda i: i.management, "dec2"),
        ("columns.n", lambda i: i.management_n, "count"),
        ("level.line", lambda i: i.line, "dec2"),
        ("columns.n", lambda i: i.line_n, "count"),
        ("levels.columns.gap", lambda i: i.gap, "signed2"),
        ("levels.columns.p_value", lambda i: p_values.get(i.id), "p"),
        title=view.text("levels.table"),
        appendix_only=True,
    )  # fmt: skip
