"""Chapter: the index by items and by sections, beside the reference profiles."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.scores import Score, score_bars, scores_height
from workbook.diagnostics.controllability.answer_result import ProfileResult, SectionResult
from workbook.diagnostics.controllability.page_facts import place_told
from workbook.diagnostics.controllability.report.shared import (
    ControlView,
    Row,
    bounds,
    contrast_profile,
    counts,
    heading_kind,
    lead,
)
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table, TableColumn


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the index."""
    found = lead(view)
    if found is None:
        return left_out(view, "answers")
    return [
        Heading(
            text=heading(view, found),
            short=view.text("short.sections"),
            caption=view.text("sections.caption", items=found.n_items, n=found.n_respondents),
            new_page=True,
        ),
        Text((_reading(view, found), *profile_lines(view, found))),
        _chart(view, found),
        section_table(view, found, name="sections"),
    ]


def ranked(questionnaire: QuestionnaireResult) -> list[SectionResult]:
    """Return the sections with an index, weakest first."""
    known = [s for s in questionnaire.sections if s.index is not None]
    return sorted(known, key=lambda s: s.index or 0.0)


def heading(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    """Return the conclusion on the sections."""
    rows = ranked(questionnaire)
    named = {"": rows[0]} | {s.id: s for s in questionnaire.sections}
    low, high = (place_told(questionnaire, "section", end) for end in ("lowest", "highest"))
    kind = heading_kind(low, high, alike=rows[0].index == rows[-1].index)
    return view.text(
        f"sections.heading.{kind}", weakest=named[low].title,
        low=rows[0].index, strongest=named[high].title, high=rows[-1].index,
        index=questionnaire.index,
    )  # fmt: skip


def _reading(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    return view.text(
        "sections.text", index=questionnaire.index, scored=questionnaire.n_scored,
        items=questionnaire.n_items, by_sections=questionnaire.index_sections,
        sections=len(ranked(questionnaire)),
    )  # fmt: skip


def profile_lines(view: ControlView, questionnaire: QuestionnaireResult) -> list[str]:
    """Return a sentence on the reference profiles; all + is 100% by definition and not told."""
    told = [
        _profile(view, profile) for profile in questionnaire.profiles if profile.asked.index < 1
    ]
    return [view.text("profiles.text", profiles="; ".join(told))] if told else []


def _profile(view: ControlView, profile: ProfileResult) -> str:
    asked, whole = profile.asked, profile.whole
    key = "profiles.one" if asked.index == whole.index else "profiles.both"
    return view.text(
        key, title=profile.title, index=asked.index, items=asked.n_items, whole=whole.index,
        all=whole.n_items, sections=asked.index_sections,
    )  # fmt: skip


def _chart(view: ControlView, questionnaire: QuestionnaireResult) -> Chart:
    profile = contrast_profile(questionnaire)
    reference = {s.id: s.index for s in profile.asked.sections} if profile else {}
    whole = Score(
        label=view.text("sections.whole"),
        value=questionnaire.index or 0.0,
        text=_told(view, questionnaire.index, questionnaire.marks),
        reference=profile.asked.index if profile else None,
        strong=False,
    )
    rows = [whole] + [
        Score(
            label=s.title,
            value=s.index or 0.0,
            text=_told(view, s.index, s.marks),
            reference=reference.get(s.id),
        )
        for s in ranked(questionnaire)
    ]

    def plot(figure: Figure) -> None:
        score_bars(
            figure.add_subplot(), rows, palette=view.palette, write=view.fmt("pct"),
            names=(view.text("sections.chart.own"), profile.title if profile else ""),
            bounds=bounds(view),
        )  # fmt: skip

    notes = [view.text("sections.chart.note")]
    if questionnaire.standing != "plain":
        low, high = bounds(view)
        notes.append(view.text("sections.chart.bounds", low=low, high=high))
    return view.draw(
        plot,
        title=view.text("sections.chart.title"),
        alt=view.text("sections.chart.alt", values="; ".join(f"{r.label}: {r.text}" for r in rows)),
        note=source(view, questionnaire.n_respondents, *notes),
        height=scores_height([r.label for r in rows]),
    )


def _told(view: ControlView, index: float | None, marks: Mapping[str, int]) -> str:
    return view.text("sections.bar", index=index, counts=counts(view, marks))


def section_table(view: ControlView, questionnaire: QuestionnaireResult, *, name: str) -> Table:
    """Return the table of sections with the indexes of the reference profiles."""
    profiles = {f"profile_{p.id}": p for p in questionnaire.profiles}
    rows = [_row(view, section, profiles) for section in questionnaire.sections]
    whole: Row = {
        "section": view.text("sections.whole"),
        "items": view.text("k_of_n", k=questionnaire.n_scored, n=questionnaire.n_items),
        "index": questionnaire.index,
        "plus": questionnaire.marks["+"],
        "half": questionnaire.marks["+/-"],
        "minus": questionnaire.marks["-"],
        **{key: profile.asked.index for key, profile in profiles.items()},
    }
    return Table(
        name=name,
        title=view.text("sections.table", title=questionnaire.title),
        columns=[
            *table_columns(
                view,
                ("section", "sections.columns.section", ""),
                ("items", "sections.columns.items", ""),
                ("plus", "mark.plus", "count"),
                ("half", "mark.half", "count"),
                ("minus", "mark.minus", "count"),
                ("index", "sections.columns.index", "pct1"),
            ),
            *(TableColumn(key=k, heading=p.title, fmt="pct1") for k, p in profiles.items()),
        ],
        rows=[*rows, whole],
        texts=view.texts,
        note=view.text("sections.note"),
    )


def _row(view: ControlView, section: SectionResult, profiles: Mapping[str, ProfileResult]) -> Row:
    reference = {
        key: next((s.index for s in profile.asked.sections if s.id == section.id), None)
        for key, profile in profiles.items()
    }
    return {
        "section": section.title,
        "items": view.text("k_of_n", k=section.n, n=section.n_items),
        "plus": section.marks["+"],
        "half": section.marks["+/-"],
        "minus": section.marks["-"],
        "index": section.index,
        **reference,
    }
