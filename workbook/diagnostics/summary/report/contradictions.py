"""All contradictions of an engagement in one short table."""

from workbook.diagnostics.summary.contradictions import OF_CLAIMS, Contradiction
from workbook.diagnostics.summary.report.own_findings import own_words
from workbook.diagnostics.summary.report.summary_view import SummaryView, title_of, view_of
from workbook.report.blocks import Block

NAMED = 3
"""Customers that a row names; the appendix has all of them."""


def table(view: SummaryView) -> list[Block]:
    """Return the table of contradictions; nothing without any."""
    found = view.result.contradictions
    if not found:
        return []
    return [
        view.table(
            "contradictions",
            found,
            ("contradictions.what", lambda one: sentence(view, one), ""),
            ("contradictions.customers", lambda one: _customers(view, one), ""),
            ("contradictions.reports", lambda one: _reports(view, one), ""),
            title=view.text("contradictions.title"),
        )
    ]


def _customers(view: SummaryView, one: Contradiction) -> str:
    """Name the first customers, which have most revenue, and say how many there are."""
    found = view.result.differences
    names = dict(zip(found.values("customer_id"), found.values("name"), strict=True))
    named = [names.get(customer) or customer for customer in one.customers]
    if not named:
        return ""
    told = "; ".join(named[:NAMED])
    more = view.text("contradictions.more", n=len(named)) if named[NAMED:] else ""
    return f"{told} {more}".strip()


def in_file(view: SummaryView) -> list[dict[str, object]]:
    """Return each contradiction as the result file has it, with its customers."""
    return [
        {
            "id": one.id,
            "text": sentence(view, one),
            "customers": list(one.customers),
            "diagnostics": list(one.diagnostics),
        }
        for one in view.result.contradictions
    ]


def sentence(view: SummaryView, one: Contradiction) -> str:
    """Return a contradiction in words."""
    if one.id == "answers":
        return _of_answers(view, one)
    if one.id in OF_CLAIMS:
        words = own_words(view, one.figures)
        return view.text(f"findings.{one.id}.text", **{**one.figures, **words})
    return view.text(f"differences.{one.id}")


def _of_answers(view: SummaryView, one: Contradiction) -> str:
    """Say what the records say against a mark, in the words of the report on the marks."""
    sister = next(j for j in view.result.joined if j.name == "controllability")
    measured = view_of(view, sister).text(f"measured.{one.figures['check']}")
    counted = "months" if one.figures["unit"] == "months" else "records"
    return view.text(f"contradictions.answers.{counted}", measured=measured, **one.figures)


def _reports(view: SummaryView, one: Contradiction) -> str:
    return "; ".join(title_of(view, name) for name in one.diagnostics)
