"""Chapter: every mark of every respondent, and how far the answers can be relied on."""

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading
from workbook.chart import Chart
from workbook.diagnostics.controllability.result import Item, QuestionnaireResult
from workbook.heat import HeatCell, HeatRow, Shade, heat_height, heat_marks
from workbook.table import Table
from workbook.views.controllability.doubts import doubts
from workbook.views.controllability.shared import (
    ControlView,
    label,
    lead,
    level_name,
    mark_name,
    respondent_names,
)
from workbook.views.parts import left_out, source, table_columns

CHARTED = 14
"""Respondents in the chart; the XLSX has all."""
_SHADES = {"+": Shade.HIGH, "+/-": Shade.MIDDLE, "-": Shade.LOW}
_UNSCORED = {"don't know": "dont_know", "not applicable": "not_applicable", "": "blank"}


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the single marks and who gave them."""
    found = lead(view)
    if found is None:
        return left_out(view, "marks")
    return [
        Heading(
            text=view.say(
                "marks.heading", plus=found.marks["+"], minus=found.marks["-"], n=found.n_marks
            ),
            short=view.say("short.marks"),
            caption=view.say(
                "marks.caption", n=found.n_respondents, items=found.n_items,
                unknown=found.dont_know, other=found.not_applicable, blank=found.blank,
            ),
            new_page=True,
        ),
        _chart(view, found),
        *view.how_to_read(*_meanings(view, found)),
        *view.limitation(*doubts(view, found)),
        _respondents(view, found),
    ]  # fmt: skip


def _meanings(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    return [
        view.say("marks.meaning", mark=mark_name(view, m.mark), meaning=m.meaning)
        for m in questionnaire.mark_meanings
    ]


def _chart(view: ControlView, questionnaire: QuestionnaireResult) -> Chart:
    rows = _rows(view, questionnaire)
    columns = respondent_names(view, questionnaire)[:CHARTED]

    def plot(figure: Figure) -> None:
        heat_marks(
            figure, rows, columns=columns, figure_name=view.say("marks.score"),
            palette=view.palette,
        )  # fmt: skip

    left = len(questionnaire.respondents) - len(columns)
    notes = [view.say("marks.chart.note")]
    notes += [view.say("marks.chart.more", n=left)] if left else []
    return view.draw(
        plot,
        title=view.say("marks.chart.title"),
        alt=view.say(
            "marks.chart.alt", items=questionnaire.n_items, n=questionnaire.n_respondents,
            plus=questionnaire.marks["+"], half=questionnaire.marks["+/-"],
            minus=questionnaire.marks["-"], unknown=questionnaire.dont_know,
        ),
        note=source(view, questionnaire.n_respondents, *notes),
        height=heat_height(rows, columns),
    )  # fmt: skip


def _rows(view: ControlView, questionnaire: QuestionnaireResult) -> list[HeatRow]:
    rows: list[HeatRow] = []
    for section in questionnaire.sections:
        rows.append(HeatRow(label=section.title))
        rows += [_row(view, i) for i in questionnaire.items if i.section == section.id]
    return rows


def _row(view: ControlView, item: Item) -> HeatRow:
    return HeatRow(
        label=label(item),
        cells=[_cell(view, given) for given in item.given[:CHARTED]],
        figure=view.texts.write(item.score, "dec2"),
    )


def _cell(view: ControlView, given: str) -> HeatCell:
    if given in _SHADES:
        return HeatCell(text=mark_name(view, given), shade=_SHADES[given])
    return HeatCell(text=view.say(f"cell.{_UNSCORED[given]}"), shade=Shade.NONE)


def _respondents(view: ControlView, questionnaire: QuestionnaireResult) -> Table:
    names = respondent_names(view, questionnaire)
    return Table(
        name="respondents",
        title=view.say("respondents.table"),
        columns=table_columns(
            view,
            ("respondent", "respondents.columns.respondent", ""),
            ("level", "respondents.columns.level", ""),
            ("department", "respondents.columns.department", ""),
            ("index", "respondents.columns.index", "pct1"),
            ("n", "respondents.columns.n", "count"),
            ("unknown", "respondents.columns.unknown", "count"),
            ("other", "respondents.columns.inapplicable", "count"),
            ("blank", "respondents.columns.blank", "count"),
        ),
        rows=[
            {
                "respondent": name,
                "level": level_name(view, r.level) if r.level else "–",
                "department": r.department or "–",
                "index": r.index,
                "n": r.n,
                "unknown": r.dont_know,
                "other": r.not_applicable,
                "blank": r.blank,
            }
            for name, r in zip(names, questionnaire.respondents, strict=True)
        ],
        texts=view.texts,
        shown=12,
        note=view.say("respondents.note"),
    )
