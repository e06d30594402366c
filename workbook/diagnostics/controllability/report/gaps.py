"""Chapter: what is missing, most urgent first, with what to do and the figure that proves it."""

from collections.abc import Callable
from typing import TypeAlias

from workbook.diagnostics.controllability.answer_result import Gap
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import ControlView
from workbook.report.blocks import Block, Heading, Text
from workbook.report.cells import Value
from workbook.report.table import Table

SHOWN = 8
Column: TypeAlias = tuple[str, Callable[[Gap], Value], str]


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the gaps."""
    found = view.result.lead
    if found is None:
        return view.left_out("gaps")
    if not found.gaps:
        head = view.text("gaps.heading.none", n=found.n_scored)
        return [Heading(text=head, short=view.text("short.gaps")), Text((view.text("gaps.none"),))]
    first = found.gaps[0]
    return [
        Heading(
            text=view.text(
                "gaps.heading.some", k=found.low_items, n=found.n_scored,
                item=found.labels[first.item], score=first.score,
                bound=view.params.unmanaged_below,
            ),
            short=view.text("short.gaps"),
            caption=view.text("gaps.caption"),
        ),
        gap_table(view, found, name="gaps", shown=SHOWN),
    ]  # fmt: skip


def gap_table(
    view: ControlView, questionnaire: QuestionnaireResult, *, name: str, shown: int
) -> Table:
    """Return the list of gaps with recommendation and metric."""
    items, gaps = {i.id: i for i in questionnaire.items}, questionnaire.gaps
    weights: Column = ("gaps.columns.weight", lambda g: g.weight, "dec1")
    weighted = [weights] if any(g.weight != 1 for g in gaps) else []
    return view.table(
        name, gaps,
        ("gaps.columns.item", lambda g: items[g.item].label, ""),
        ("marks.score", lambda g: g.score, "dec2"),
        *weighted,
        ("gaps.columns.priority", lambda g: g.priority, "dec2"),
        ("gaps.columns.recommendation", lambda g: items[g.item].recommendation, ""),
        ("gaps.columns.metric", lambda g: items[g.item].metric, ""),
        title=view.text("gaps.table", title=questionnaire.title),
        note=view.text("gaps.note"),
        shown=shown,
    )  # fmt: skip
