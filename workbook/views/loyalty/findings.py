"""Findings: the sentences of the summary and the rows of the action plan, strongest first.

Each rule looks at one part of the result and gives a finding or nothing.  The order of
:data:`RULES` is the order of importance; the summary takes the first three.
"""

from collections.abc import Callable

from workbook.diagnostics.loyalty.result import Verdict
from workbook.views.finding import Finding, finding
from workbook.views.loyalty.drivers import by_importance
from workbook.views.loyalty.reasons import leading
from workbook.views.loyalty.satisfaction import by_mean, mark_format
from workbook.views.loyalty.shared import LoyaltyView, class_words, mark_words
from workbook.views.loyalty.touchpoints import worst_first


def _fell(view: LoyaltyView) -> Finding | None:
    change = view.result.change
    if change is None or change.verdict is not Verdict.DOWN:
        return None
    return finding(
        view, "fell", difference=change.difference, wave=change.wave, against=change.against
    )


def _weighted(view: LoyaltyView) -> Finding | None:
    by = {w.by: w.value for w in view.result.weighted}
    plain, weighted = by.get("customer"), by.get("revenue")
    if plain is None or weighted is None or not weighted < 0 < plain:
        return None
    return finding(
        view,
        "weighted",
        plain=plain,
        weighted=weighted,
        below_top=class_words(view)["below_top"],
    )


def _group(view: LoyaltyView) -> Finding | None:
    below = [g for g in view.result.groups if g.differs is Verdict.DOWN and not g.repeats]
    if not below:
        return None
    worst = min(below, key=lambda g: g.p_holm or 0.0)
    return finding(
        view, "group", by=view.say(f"by.{worst.by}"), group=worst.group, value=worst.value,
        n=worst.n,
    )  # fmt: skip


def _theme(view: LoyaltyView) -> Finding | None:
    critics = leading(view, "reason")
    if len(critics) != 1:
        return None
    theme = critics[0]
    return finding(view, "theme", theme=theme.label, n=theme.detractors)


def _driver(view: LoyaltyView) -> Finding | None:
    drivers = by_importance(view)
    if len(view.result.driver_leaders) != 1:
        return None
    mean = view.texts.write(drivers[0].mean, mark_format(view))
    return finding(view, "driver", parameter=drivers[0].parameter, mean=mean)


def _marks(view: LoyaltyView) -> Finding | None:
    marks = by_mean(view)
    if not marks or not view.result.complaint_list:
        return None
    return finding(
        view, "marks", n=len(view.result.complaint_list), parameter=marks[0].parameter,
        days=view.params.complaint_days, low_mark=mark_words(view)["low_mark"],
    )  # fmt: skip


def _improvement(view: LoyaltyView) -> Finding | None:
    asked = leading(view, "improvement")
    if len(asked) != 1:
        return None
    return finding(view, "improvement", theme=asked[0].label, n=asked[0].n)


def _register(view: LoyaltyView) -> Finding | None:
    complaints = view.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return finding(
        view, "register", n=complaints.n, mended=complaints.process_mended,
        silent=complaints.silent_estimate,
    )  # fmt: skip


def _touchpoint(view: LoyaltyView) -> Finding | None:
    points = [t for t in worst_first(view) if t.balance < 0]
    if not points:
        return None
    return finding(view, "touchpoint", n=len(points), worst=points[0].touchpoint)


def _uncertain(view: LoyaltyView) -> Finding | None:
    change = view.result.change
    if change is None or change.verdict is not Verdict.CANNOT_TELL:
        return None
    return finding(
        view,
        "uncertain",
        problem=False,
        wave=change.wave,
        against=change.against,
        n=change.needed_n,
    )


def _rose(view: LoyaltyView) -> Finding | None:
    change = view.result.change
    if change is None or change.verdict is not Verdict.UP:
        return None
    return finding(
        view, "rose", problem=False, difference=change.difference, wave=change.wave,
        against=change.against,
    )  # fmt: skip


Rule = Callable[[LoyaltyView], Finding | None]

RULES: tuple[Rule, ...] = (
    _fell,
    _rose,
    _weighted,
    _group,
    _theme,
    _driver,
    _marks,
    _register,
    _improvement,
    _touchpoint,
    _uncertain,
)


def findings(view: LoyaltyView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [found for rule in RULES if (found := rule(view)) is not None]
