"""Chapter: what is missing, most urgent first, with what to do and the figure that proves it."""

from workbook.diagnostics.controllability.report.shared import ControlView, labels, lead
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, Value

SHOWN = 8


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the gaps."""
    found = lead(view)
    if found is None:
        return left_out(view, "gaps")
    if not found.gaps:
        head = view.text("gaps.heading.none", n=found.n_scored)
        return [Heading(text=head, short=view.text("short.gaps")), Text((view.text("gaps.none"),))]
    first = found.gaps[0]
    return [
        Heading(
            text=view.text(
                "gaps.heading.some", k=found.low_items, n=found.n_scored,
                item=labels(found)[first.item], score=first.score,
                bound=view.params.unmanaged_below,
            ),
            short=view.text("short.gaps"),
            caption=view.text("gaps.caption"),
            new_page=True,
        ),
        gap_table(view, found, name="gaps", shown=SHOWN),
    ]  # fmt: skip


def gap_table(
    view: ControlView, questionnaire: QuestionnaireResult, *, name: str, shown: int
) -> Table:
    """Return the list of gaps with recommendation and metric."""
    items = {i.id: i for i in questionnaire.items}
    names = labels(questionnaire)
    rows: list[dict[str, Value]] = [
        {
            "item": names[g.item],
            "score": g.score,
            "weight": g.weight,
            "priority": g.priority,
            "recommendation": items[g.item].recommendation,
            "metric": items[g.item].metric,
        }
        for g in questionnaire.gaps
    ]
    weighted = any(g.weight != 1 for g in questionnaire.gaps)
    return Table(
        name=name,
        title=view.text("gaps.table", title=questionnaire.title),
        columns=table_columns(
            view,
            ("item", "gaps.columns.item", ""),
            ("score", "marks.score", "dec2"),
            *([("weight", "gaps.columns.weight", "dec1")] if weighted else []),
            ("priority", "gaps.columns.priority", "dec2"),
            ("recommendation", "gaps.columns.recommendation", ""),
            ("metric", "gaps.columns.metric", ""),
        ),
        rows=rows,
        texts=view.texts,
        shown=shown,
        note=view.text("gaps.note"),
    )
