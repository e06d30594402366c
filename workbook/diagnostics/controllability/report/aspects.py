"""Chapter: the index by aspect of management."""

from workbook.charts.chart import Chart
from workbook.charts.scores import ScoreBar, ScoreBars
from workbook.diagnostics.controllability.answer_result import AspectResult
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    bounds,
    counts,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on planning, organisation, control, activation and analysis."""
    found = view.result.lead
    rows = ranked_aspects(found) if found else []
    if found is None or not rows:
        return view.left_out("aspects")
    blocks: list[Block] = [
        Heading(
            text=_heading(view, found, rows),
            short=view.text("short.aspects"),
            caption=view.text("aspects.caption", items=found.n_scored, n=found.n_respondents),
        ),
        Text((view.text("aspects.text"), *([found.aspects_note] if found.aspects_note else []))),
        _chart(view, found, rows),
        _table(view, found),
    ]
    return blocks if found.sets_apart("aspect") else details(*blocks)


def ranked_aspects(questionnaire: QuestionnaireResult) -> list[AspectResult]:
    """Return the aspects with an index, weakest first."""
    known = [a for a in questionnaire.aspects if a.index is not None]
    return sorted(known, key=lambda a: a.index or 0.0)


def _heading(
    view: ControlView, questionnaire: QuestionnaireResult, rows: list[AspectResult]
) -> str:
    named = {"": rows[0]} | {a.aspect: a for a in questionnaire.aspects}
    low, high = (questionnaire.named("aspect", end) for end in ("lowest", "highest"))
    return view.text(
        f"aspects.heading.{questionnaire.ranking('aspect')}", weakest=named[low].name,
        index=rows[0].index, low=rows[0].index, strongest=named[high].name, high=rows[-1].index,
    )  # fmt: skip


def _chart(
    view: ControlView, questionnaire: QuestionnaireResult, rows: list[AspectResult]
) -> Chart:
    bars = [
        ScoreBar(
            label=view.text("aspects.row", name=a.name, n=a.n),
            value=a.index or 0.0,
            text=view.text("sections.bar", index=a.index, counts=counts(view, a.marks)),
        )
        for a in rows
    ]

    return view.draw(
        ScoreBars(
            rows=bars,
            palette=view.palette,
            write=view.fmt("pct"),
            reference_name="",
            bounds=bounds(view),
        ),
        title=view.text("aspects.chart.title"),
        alt=view.text("aspects.chart.alt", values="; ".join(f"{b.label}: {b.text}" for b in bars)),
        note=view.source(questionnaire.n_respondents, view.text("sections.chart.note")),
    )


def _table(view: ControlView, questionnaire: QuestionnaireResult) -> Table:
    return view.table(
        "aspects", questionnaire.aspects,
        ("aspects.columns.aspect", lambda a: a.name, ""),
        ("aspects.columns.n", lambda a: a.n, "count"),
        ("mark.plus", lambda a: a.marks["+"], "count"),
        ("mark.half", lambda a: a.marks["+/-"], "count"),
        ("mark.minus", lambda a: a.marks["-"], "count"),
        ("sections.columns.index", lambda a: a.index, "pct1"),
        title=view.text("aspects.table"),
        note=questionnaire.aspects_note,
        appendix_only=True,
    )  # fmt: skip
