"""The shape of a diagnostic's report: what its views give to the notebook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from workbook.report.blocks import Block
from workbook.report.view import P, R, View

Section: TypeAlias = Callable[[View[R, P]], Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[R, P]):
    """The parts of one diagnostic's report, in reading order."""

    summary: Section[R, P]
    chapters: Mapping[str, Section[R, P]]
    actions: Section[R, P]
    method: Section[R, P]
    """Method box and full tables of the appendix."""
