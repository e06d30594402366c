"""Chapter: the index by items and by sections, beside the reference profiles."""

from collections.abc import Mapping
from dataclasses import replace

from workbook.charts.chart import Chart
from workbook.charts.scores import ScoreBar, ScoreBars
from workbook.diagnostics.controllability.answer_result import ProfileResult, SectionResult
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.controllability.report.mark_words import (
    ControlView,
    bounds,
    counts,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table, TableColumn


def chapter(view: ControlView) -> list[Block]:
    """Return the chapter on the index."""
    found = view.result.lead
    if found is None:
        return view.left_out("answers")
    return [
        Heading(
            text=heading(view, found),
            short=view.text("short.sections"),
            caption=view.text("sections.caption", items=found.n_items, n=found.n_respondents),
        ),
        Text((_reading(view, found), *profile_lines(view, found))),
        _chart(view, found),
        *details(section_table(view, found, name="sections")),
    ]


def ranked(questionnaire: QuestionnaireResult) -> list[SectionResult]:
    """Return the sections with an index, weakest first."""
    known = [s for s in questionnaire.sections if s.index is not None]
    return sorted(known, key=lambda s: s.index or 0.0)


def heading(view: ControlView, questionnaire: QuestionnaireResult) -> str:
    """Return the conclusion on the sections."""
    rows = ranked(questionnaire)
    named = {"": rows[0]} | {s.id: s for s in questionnaire.sections}
    low, high = (questionnaire.named("section", end) for end in ("lowest", "highest"))
    return view.text(
        f"sections.heading.{questionnaire.ranking('section')}", weakest=named[low].title,
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
        _profile(view, profile) for profile in questionnaire.profiles if not profile.by_definition
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
    profile = questionnaire.contrast
    reference = {s.id: s.index for s in profile.asked.sections} if profile else {}
    whole = ScoreBar(
        label=view.text("sections.whole"),
        value=questionnaire.index or 0.0,
        text=_told(view, questionnaire.index, questionnaire.marks),
        reference=profile.asked.index if profile else None,
        strong=False,
    )
    rows = [whole] + [
        ScoreBar(
            label=s.title,
            value=s.index or 0.0,
            text=_told(view, s.index, s.marks),
            reference=reference.get(s.id),
        )
        for s in ranked(questionnaire)
    ]

    notes = [view.text("sections.chart.note")]
    if questionnaire.standing != "plain":
        low, high = bounds(view)
        notes.append(view.text("sections.chart.bounds", low=low, high=high))
    return view.draw(
        ScoreBars(
            rows=rows,
            palette=view.palette,
            write=view.fmt("pct"),
            reference_name=profile.title if profile else "",
            bounds=bounds(view),
        ),
        title=view.text("sections.chart.title"),
        alt=view.text("sections.chart.alt", values="; ".join(f"{r.label}: {r.text}" for r in rows)),
        note=view.source(questionnaire.n_respondents, *notes),
    )


def _told(view: ControlView, index: float | None, marks: Mapping[str, int]) -> str:
    return view.text("sections.bar", index=index, counts=counts(view, marks))


def section_table(view: ControlView, questionnaire: QuestionnaireResult, *, name: str) -> Table:
    """Return the table of sections with the indexes of the reference profiles."""
    rows = [*questionnaire.sections, _whole(view, questionnaire)]
    own = view.table(
        name, rows,
        ("sections.columns.section", lambda s: s.title, ""),
        ("sections.columns.items", lambda s: view.text("k_of_n", k=s.n, n=s.n_items), ""),
        ("mark.plus", lambda s: s.marks["+"], "count"),
        ("mark.half", lambda s: s.marks["+/-"], "count"),
        ("mark.minus", lambda s: s.marks["-"], "count"),
        ("sections.columns.index", lambda s: s.index, "pct1"),
        title=view.text("sections.table", title=questionnaire.title),
        note=view.text("sections.note"),
    )  # fmt: skip
    indexes = {p.id: _indexes(p) for p in questionnaire.profiles}
    return replace(
        own,
        columns=[
            *own.columns,
            *(TableColumn(key=p.id, heading=p.title, fmt="pct1") for p in questionnaire.profiles),
        ],
        rows=[
            {**row, **{profile: known.get(section.id) for profile, known in indexes.items()}}
            for row, section in zip(own.rows, rows, strict=True)
        ],
    )


def _whole(view: ControlView, questionnaire: QuestionnaireResult) -> SectionResult:
    """Return the whole questionnaire as the last row of its sections."""
    return SectionResult(
        id="",
        title=view.text("sections.whole"),
        index=questionnaire.index,
        n=questionnaire.n_scored,
        n_items=questionnaire.n_items,
        marks=questionnaire.marks,
    )


def _indexes(profile: ProfileResult) -> dict[str, float]:
    """Return the indexes of a reference profile by section, of the whole under ""."""
    return {s.id: s.index for s in profile.asked.sections} | {"": profile.asked.index}
