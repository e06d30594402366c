"""What several chapters of the loyalty report need."""

from workbook.diagnostics.loyalty import Params, Result
from workbook.diagnostics.loyalty.result import Nps
from workbook.views.view import FLAGGED_BELOW, View

LoyaltyView = View[Result, Params]


def class_colours(view: LoyaltyView) -> tuple[str, str, str]:
    """Return the colours of detractors, passives and promoters."""
    return view.palette.secondary, "#c7ced6", view.palette.primary


def source(view: LoyaltyView, n: int, method: str = "") -> str:
    """Return the line under an exhibit: source, n and method."""
    parts = [view.say("source_n", n=n)]
    if method:
        parts.append(view.say(method, confidence=view.params.confidence))
    if n < FLAGGED_BELOW:
        parts.append(view.say("few_answers"))
    return " ".join(parts)


def low_class_end(view: LoyaltyView) -> str:
    """Return the range of detractors on the scale in use."""
    return "1–6" if view.params.scale == "1-10" else "0–6"


def class_parts(view: LoyaltyView, nps: Nps) -> dict[str, str]:
    """Say the three classes as shares, or as "k of n" where n is small."""
    return {
        "detractors": view.part(nps.detractors, nps.n),
        "passives": view.part(nps.passives, nps.n),
        "promoters": view.part(nps.promoters, nps.n),
    }
