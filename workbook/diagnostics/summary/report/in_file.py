"""What the result file of the summary says in words: the action plan and contradictions."""

from collections.abc import Mapping

from workbook.diagnostics.summary.report import contradictions
from workbook.diagnostics.summary.report.changes import done_of
from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.page_two import PageTwo
from workbook.report.worded_result import action


def in_file(view: SummaryView, draft: PageTwo, shown: PageTwo) -> Mapping[str, object]:
    """Return the steps of the plan as shown, and who contradicts whom."""
    return {
        "actions": [
            action(step, draft.findings) | {"done": done_of(view, step)} for step in shown.plan
        ],
        "contradictions": contradictions.in_file(view),
    }
