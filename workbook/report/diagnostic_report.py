"""The shape of a diagnostic's report: what its views give to the notebook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from workbook.report.blocks import Block
from workbook.report.page_two import PageTwo, action_plan, page_two_blocks
from workbook.report.view import P, R, View

Section: TypeAlias = Callable[[View[R, P]], Sequence[Block]]


def _nothing_more(view: View[R, P], draft: PageTwo, shown: PageTwo) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[R, P]):
    """The parts of one diagnostic's report, in reading order."""

    page_two: Callable[[View[R, P]], PageTwo]
    """The program's draft of page 2."""
    chapters: Mapping[str, Section[R, P]]
    method: Section[R, P]
    """Method box and full tables of the appendix."""
    in_file: Callable[[View[R, P], PageTwo, PageTwo], Mapping[str, object]] = _nothing_more
    """What the result file has beside the result, in words; given page 2 as drafted and shown."""
    best: Sequence[str] = ()
    """Chapters whose first chart, else table, stands for the diagnostic in the summary report:
    the first of them that is there."""

    def summary(self, view: View[R, P]) -> list[Block]:
        """Return page 2 as the program drafts it."""
        return page_two_blocks(view, self.page_two(view))

    def actions(self, view: View[R, P]) -> list[Block]:
        """Return the action plan as the program drafts it."""
        return action_plan(view, self.page_two(view))


AnyReport: TypeAlias = Report[Any, Any]
"""Of a diagnostic that is only known by its name."""
