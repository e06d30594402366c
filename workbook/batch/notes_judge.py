"""What is wrong with the consultant's notes, before a report is made of them.

Where that takes the result, or the report would wait for it, it is computed here and kept.
"""

from contextlib import suppress
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


def judge_notes(found: AnyOutline, data: EngagementData, *, computes: bool = False) -> Judged:
    """Return what is wrong with the notes on a diagnostic beside its result, and doubts of them.

    Nothing is computed where the notes name no figure, leave page 2 to the program and write no
    number.

    Parameters
    ----------
    computes
        Compute it nevertheless, for the process that makes the report is still importing.
    """
    engagement = data.engagement
    words = own_words(engagement.folder, found.name, engagement.earlier_folders)
    shape = engagement.shapes.get(found.name, ReportShape())
    if not words.need_result and not names_figures(shape.titles):
        return Judged(words.of_before, _computed(found, data) if computes else None)

    from workbook.notebook import notes_of_result

    problems, computed = notes_of_result(diagnostic_named(found.name), data)
    return Judged((*words.of_before, *problems), computed)


def _computed(found: AnyOutline, data: EngagementData) -> Any:
    """Return what the report is made of; None where it fails, which the report then tells."""
    from workbook.notebook import compute

    with suppress(Exception):
        return compute(diagnostic_named(found.name), data)
    return None
