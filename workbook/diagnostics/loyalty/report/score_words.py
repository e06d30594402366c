"""Words and colours of the classes of the score, on the scale of the survey."""

from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.loyalty.survey_result import Nps
from workbook.diagnostics.score_classes import ScoreClasses, score_classes


def class_colours(view: LoyaltyView) -> tuple[str, str, str]:
    """Return the colours of detractors, passives and promoters."""
    return view.palette.secondary, "#c7ced6", view.palette.primary


def classes_of(view: LoyaltyView) -> ScoreClasses:
    """Return the classes of the score on the scale of the survey."""
    nps = view.result.nps
    return nps.classes if nps else score_classes(view.params.scale)


def class_words(view: LoyaltyView) -> dict[str, str]:
    """Return the scale and the range of each class as texts write them."""
    classes = classes_of(view)
    first, last = classes.scores[0], classes.scores[-1]
    return {
        "scale": _range(first, last),
        "low": _range(*classes.detractors),
        "mid": _range(*classes.passives),
        "top": _range(*classes.promoters),
        "below_top": _range(first, classes.passives[1]),
    }


def class_parts(view: LoyaltyView, nps: Nps) -> dict[str, str]:
    """Say the three classes as shares, or as "k of n" where n is small."""
    return {
        "detractors": view.part(nps.detractors, nps.n),
        "passives": view.part(nps.passives, nps.n),
        "promoters": view.part(nps.promoters, nps.n),
    }


def _range(first: int, last: int) -> str:
    return f"{first}–{last}"
