"""What is wrong with the consultant's notes, before a report is made of them."""

from typing import Any, NamedTuple

from workbook.diagnostics import diagnostic_named
from workbook.diagnostics.outline import AnyOutline
from workbook.engagement.data import EngagementData
from workbook.engagement.settings import ReportShape
from workbook.errors import Problem
from workbook.report.own_chapters import names_figures
from workbook.report.own_words import own_words


class Judged(NamedTuple):
    """The notes on one diagnostic."""

    problems: tuple[Problem, ...]
    """What is wrong with them, and doubts."""
    computed: Any = None
    """What was computed to know (:class:`workbook.diagnostics.diagnostic.Computed`), or None."""


def judge_notes(found: AnyOutline, data: EngagementData) -> Judged:
    """Return what is wrong with the notes on a diagnostic beside its result, and doubts of them.

    Nothing is computed where the notes name no figure, leave page 2 to the program and write no
    number.
    """
    engagement = data.engagement
    words = own_words(engagement.folder, found.name, engagement.earlier_folders)
    shape = engagement.shapes.get(found.name, ReportShape())
    if not words.need_result and not names_figures(shape.titles):
        return Judged(words.of_before)

    from workbook.notebook import notes_of_result

    problems, computed = notes_of_result(diagnostic_named(found.name), data)
    return Judged((*words.of_before, *problems), computed)
