"""Chapter: the marks of each item over all respondents, and how far they can be relied on."""

from workbook.charts.chart import Chart
from workbook.charts.heat import HeatCell, HeatMarks, HeatRow, Shade
from workbook.diagnostics.controllability.answer_result import ItemResult
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.limitations import doubts
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    mark_name,
)
from workbook.report.blocks import Block, Heading, details

_SHADES = {"+": Shade.HIGH, "+/-": Shade.MIDDLE, "-": Shade.LOW}
_UNSCORED = ("dont_know", "not_applicable", "blank")


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the marks; who gave them is not told; all of it detail."""
    found = view.result.lead
    if found is None:
        return view.left_out("marks")
    return details(
        Heading(
            text=view.text(
                "marks.heading", plus=found.marks["+"], minus=found.marks["-"], n=found.n_marks
            ),
            short=view.text("short.marks"),
            caption=view.text(
                "marks.caption", n=found.n_respondents, items=found.n_items,
                unknown=found.dont_know, other=found.not_applicable, blank=found.blank,
            ),
        ),
        _chart(view, found),
        *view.how_to_read(*_meanings(view, found)),
        *view.limitation(*doubts(view, found)),
    )  # fmt: skip


def _meanings(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    return [
        view.text("marks.meaning", mark=mark_name(view, m.mark), meaning=m.meaning)
        for m in questionnaire.mark_meanings
    ]


def _chart(view: ControlView, questionnaire: QuestionnaireResult) -> Chart:
    rows = _rows(view, questionnaire)
    columns = [mark_name(view, mark) for mark in _SHADES]
    columns += [view.text(f"cell.{name}") for name in _UNSCORED]

    return view.draw(
        HeatMarks(
            rows=rows,
            columns=columns,
            figure_name=view.text("marks.score"),
            palette=view.palette,
        ),
        title=view.text("marks.chart.title"),
        alt=view.text(
            "marks.chart.alt", items=questionnaire.n_items, n=questionnaire.n_respondents,
            plus=questionnaire.marks["+"], half=questionnaire.marks["+/-"],
            minus=questionnaire.marks["-"], unknown=questionnaire.dont_know,
        ),
        note=view.source(questionnaire.n_respondents, view.text("marks.chart.note")),
    )  # fmt: skip


def _rows(view: ControlView, questionnaire: QuestionnaireResult) -> list[HeatRow]:
    rows: list[HeatRow] = []
    for section in questionnaire.sections:
        rows.append(HeatRow(label=section.title))
        rows += [_row(view, i) for i in questionnaire.items if i.section == section.id]
    return rows


def _row(view: ControlView, item: ItemResult) -> HeatRow:
    """Return how often each mark was given; the most frequent one is shaded."""
    marks = dict(zip(_SHADES, (item.plus, item.half, item.minus), strict=True))
    most = max(marks.values())
    cells = [
        HeatCell(text=str(n or ""), shade=_SHADES[mark] if n and n == most else Shade.NONE)
        for mark, n in marks.items()
    ]
    cells += [
        HeatCell(text=str(n or ""), shade=Shade.NONE)
        for n in (item.dont_know, item.not_applicable, item.blank)
    ]
    return HeatRow(label=item.label, cells=cells, figure=view.texts.write(item.score, "dec2"))
