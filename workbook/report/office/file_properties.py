"""What an office file says of itself: the same in slides and in Word."""

from collections.abc import Iterable
from typing import Any

from workbook.report.meta import ReportMeta
from workbook.report.office.office_font import PROOFING
from workbook.report.office.storyline import Storyline

_OF_TEMPLATE = ("/thumbnail", "/extended-properties")
"""Ends of the kinds of parts in which a template tells of itself."""


def set_properties(core: Any, story: Storyline, meta: ReportMeta) -> None:
    """Say whose the file is; what a template said there goes.

    Parameters
    ----------
    core
        The core properties of a python-pptx or python-docx file.
    """
    core.title = f"{story.title} · {story.client}".strip(" ·")
    core.subject = meta.period_told
    core.author = core.last_modified_by = meta.author
    core.content_status = meta.status
    core.language = PROOFING.get(meta.language, meta.language)
    core.created = core.modified = meta.created.replace(tzinfo=None)
    core.keywords = core.comments = core.category = ""
    core.revision = 1


def told_by_template(relations: Iterable[tuple[str, Any]]) -> list[str]:
    """Return the keys of the relations to parts in which a template tells of itself."""
    return [key for key, one in relations if one.reltype.endswith(_OF_TEMPLATE)]
