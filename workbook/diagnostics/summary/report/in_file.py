"""What the result file of the summary says in words: the action plan and contradictions."""

from collections.abc import Mapping

from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.page_two import PageTwo
from workbook.report.worded_result import action


def in_file(view: SummaryView, draft: PageTwo, shown: PageTwo) -> Mapping[str, object]:
    """Return the steps of the plan as shown, and who contradicts whom."""
    return {
        "actions": [action(step, draft.findings) | {"done": None} for step in shown.plan],
        "contradictions": contradictions(view),
    }


def contradictions(view: SummaryView) -> list[dict[str, object]]:
    """Return each kind of contradiction between the tables, with its customers."""
    found = view.result.differences
    kinds = dict.fromkeys(found.values("kind"))
    rows = list(zip(found.values("kind"), found.values("customer_id"), strict=True))
    return [
        {
            "id": kind,
            "text": view.text(f"differences.{kind}"),
            "customers": [customer for one, customer in rows if one == kind],
        }
        for kind in kinds
    ]
