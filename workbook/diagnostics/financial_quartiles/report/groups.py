"""What groups are called: of ratios, of companies by industry and size."""

from workbook.diagnostics.financial_quartiles.report.shared import FinancialView
from workbook.diagnostics.financial_quartiles.result import Band


def group_label(view: FinancialView, group: str) -> str:
    """Return the name of a group of ratios."""
    names = {g.group: g.label for g in view.result.groups}
    return names.get(group, group)


def industry_words(view: FinancialView, level: str, code: str) -> str:
    """Return the words of an industry at its level."""
    if level in ("all", "section"):
        return view.text(f"industry.{level}", code=code)
    return view.text("industry.code", code=code)


def size_words(view: FinancialView, size: str) -> str:
    """Return the words of a size group."""
    return view.text(f"size.{size}")


def peer_group(view: FinancialView, found: Band) -> str:
    """Return the words of the companies that a ratio is compared with."""
    return view.text(
        "peer_group",
        industry=industry_words(view, found.level, found.code),
        size=size_words(view, found.size),
    )
