"""What reference organisations would have scored."""

from workbook.diagnostics.controllability.answer_result import (
    ProfileIndex,
    ProfileResult,
    ProfileSection,
)
from workbook.diagnostics.controllability.questionnaire import SCORES, Profile, Questionnaire
from workbook.diagnostics.controllability.scores import index, mark_counts


def profiles(
    whole: Questionnaire, asked: Questionnaire, language: str
) -> tuple[ProfileResult, ...]:
    """Return the reference profiles over the items that are on and over those of the source."""
    return tuple(
        ProfileResult(
            id=reference.id,
            title=reference.title[language],
            asked=_index(reference, asked, language),
            whole=_index(reference, whole, language),
        )
        for reference in whole.profiles
    )


def _index(reference: Profile, over: Questionnaire, language: str) -> ProfileIndex:
    marks = {item.id: reference.marks[item.id] for item in over.items}
    scores = {item: SCORES[mark] for item, mark in marks.items()}
    found = index(over, scores)
    sections = [
        ProfileSection(
            id=section.id,
            title=section.title[language],
            index=sum(scores[item.id] for item in section.items) / len(section.items),
        )
        for section in over.sections
    ]
    if found.items is None or found.sections is None:
        raise ValueError(f"questionnaire {over.id} has no items")
    return ProfileIndex(
        n_items=found.n,
        index=found.items,
        index_sections=found.sections,
        marks=mark_counts(marks.values()),
        sections=tuple(sections),
    )
