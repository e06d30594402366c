"""The findings of the rules across diagnostics in words: lists of signs, customers and steps."""

from collections.abc import Iterator, Mapping

from workbook.diagnostics.claims import Claim, Figure
from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.language.catalog import load_texts
from workbook.report.finding import Finding, worded


def own_finding(view: SummaryView, claim: Claim) -> Finding:
    """Return the finding that a claim of a rule is told as."""
    return worded(view, claim, **own_words(view, claim.figures))


def own_words(view: SummaryView, figures: Mapping[str, Figure]) -> Mapping[str, str]:
    """Return what the sentences list: signs and steps that there are, customers, a system."""
    owner = figures.get("owner")
    language, own = view.engagement.language, view.engagement.sentences("churn_reasons")
    return {
        "signs": "; ".join(_counted(view, "signs_of_a", figures)),
        "steps": "; ".join(_counted(view, "complaint_steps", figures)),
        "named": "; ".join(_named(view, figures)),
        "system": load_texts("churn_reasons", language, own=own)(f"owner.{owner}") if owner else "",
    }


def _counted(view: SummaryView, group: str, figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield those of a group of counts that there are, in the order of the figures."""
    for name, value in figures.items():
        key = f"{group}.{name}"
        if key in view.texts and value:
            yield view.text(key, n=value)


def _named(view: SummaryView, figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the customers that a claim names, with their revenue."""
    for key, name in figures.items():
        place = key.removeprefix("name_")
        if name and place != key:
            yield view.text("named", name=name, money=figures[f"money_{place}"])
