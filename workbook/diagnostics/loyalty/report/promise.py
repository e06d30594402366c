"""Part of the chapter on criteria: whether promoters recommend and detractors leave."""

from workbook.diagnostics.loyalty.criteria_result import Promise
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.report.blocks import Block, Heading, Text


def promise(view: LoyaltyView) -> list[Block]:
    """Return promise against deed; nothing where survey and sales name no customers."""
    found = view.result.promise
    if found is None:
        return []
    told = tuple(s for s in (_recommended(view, found), _left(view, found)) if s)
    return [Heading(text=view.text("promise.heading"), level=3), Text(told)] if told else []


def _recommended(view: LoyaltyView, found: Promise) -> str:
    if not found.promoters or found.promoters_named is None:
        return ""
    return view.text("promise.recommended", n=found.promoters, named=found.promoters_named)


def _left(view: LoyaltyView, found: Promise) -> str:
    if not found.detractors_followed or found.detractors_left is None:
        return ""
    told = view.text(
        "promise.left",
        n=found.detractors_followed,
        left=found.detractors_left,
        months=view.params.silence_months,
    )
    if not found.promoters_followed or found.promoters_left is None:
        return told
    return f"{told} " + view.text(
        "promise.left_promoters", n=found.promoters_followed, left=found.promoters_left
    )
