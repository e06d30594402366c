"""Chapters: the further questionnaires, each by itself."""

from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.gaps import gap_table
from workbook.diagnostics.controllability.report.limitations import doubts
from workbook.diagnostics.controllability.report.mark_words import ControlView, counts
from workbook.diagnostics.controllability.report.sections import profile_lines, section_table
from workbook.report.blocks import Block, Heading, Text

SHOWN = 4


def chapter(view: ControlView) -> list[Block]:
    """Return one short chapter for each further questionnaire."""
    rows = view.result.further
    if not rows:
        return view.left_out("others")
    return [block for one in rows for block in _one(view, one)]


def _one(view: ControlView, one: QuestionnaireResult) -> list[Block]:
    if one.index is None:
        head = view.text("others.heading.empty", title=one.title, n=one.n_items)
        return [Heading(text=head, short=one.title), Text((view.text("others.empty"),))]
    heading = Heading(
        text=view.text("others.heading.index", title=one.title, index=one.index),
        short=one.title,
        caption=view.text("others.caption", items=one.n_items, n=one.n_respondents),
    )
    reading = view.text(
        "others.text", counts=counts(view, one.marks), unknown=one.dont_know,
        by_sections=one.index_sections,
    )  # fmt: skip
    gaps = [gap_table(view, one, name=f"gaps_{one.id}", shown=SHOWN)] if one.gaps else []
    return [
        heading,
        Text((one.purpose, " ".join([reading, *profile_lines(view, one)]))),
        section_table(view, one, name=f"sections_{one.id}"),
        *gaps,
        *([] if one.gaps else [Text((view.text("gaps.none"),))]),
        *view.limitation(*doubts(view, one)),
    ]
