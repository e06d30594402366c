"""The shape of a diagnostic's report: what its views give to the notebook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.blocks import Block
from workbook.views.view import View

Section = Callable[[View[Any, Any]], Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The parts of one diagnostic's report, in reading order."""

    summary: Section
    chapters: Mapping[str, Section]
    actions: Section
    method: Section
    """Method box and full tables of the appendix."""
