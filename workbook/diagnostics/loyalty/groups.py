"""The index by segment, product, manager, channel and region, with groups that stay hidden."""

from collections.abc import Mapping

import pandas as pd

from workbook.diagnostics.cells import has, natural, texts
from workbook.diagnostics.loyalty.answers import Answers
from workbook.diagnostics.loyalty.nps import Counts, count, difference, score
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Group, Verdict
from workbook.diagnostics.loyalty.verdict import verdict
from workbook.stats import holm

ASKED = ("segment", "product", "manager", "channel")
"""Columns of ``survey``."""
KNOWN = ("segment", "manager", "region")
"""Columns of ``customers`` that stand in for an absent column of the survey."""


def groups(
    given: Answers, customers: pd.DataFrame | None, *, params: Params, threshold: int
) -> tuple[Group, ...]:
    """Return the index of every group; within ``by`` the largest first, hidden ones last.

    The groups of one ``by`` are all answers: those whose group is not known are the group ``""``.

    Parameters
    ----------
    customers
        Used for what the survey itself does not say about a customer.
    threshold
        Smaller groups are suppressed, see :func:`hidden`.
    """
    found: list[Group] = []
    for by, labels in _divisions(given.frame, customers).items():
        found += _division(by, labels, given=given, params=params, threshold=threshold)
    return tuple(found)


def hidden(sizes: Mapping[str, int], threshold: int) -> frozenset[str]:
    """Return the groups that must not be shown.

    Those below the threshold; and as the total is known, the next smallest too until at least
    two groups and at least ``threshold`` answers are hidden together, so that none can be told
    from the total and the groups shown.
    """
    order = sorted(sizes, key=lambda g: (sizes[g], g))
    below = [g for g in order if sizes[g] < threshold]
    count_hidden, answers_hidden = len(below), sum(sizes[g] for g in below)
    if not below:
        return frozenset()
    for group in order[len(below) :]:
        if count_hidden >= 2 and answers_hidden >= threshold:
            break
        count_hidden, answers_hidden = count_hidden + 1, answers_hidden + sizes[group]
    return frozenset(order[:count_hidden])


def _divisions(frame: pd.DataFrame, customers: pd.DataFrame | None) -> "dict[str, pd.Series[str]]":
    """Group of each answer, for every way of dividing that the tables know."""
    found = {by: texts(frame, by) for by in ASKED if has(frame, by)}
    if customers is None or not has(frame, "customer_id"):
        return found
    unique = customers.loc[~texts(customers, "customer_id").duplicated()]
    ids = pd.Index(texts(unique, "customer_id"))
    for by in KNOWN:
        if by not in found and has(unique, by):
            of_customer = pd.Series(texts(unique, by).to_numpy(), index=ids, dtype="str")
            labels = texts(frame, "customer_id").map(of_customer).fillna("")
            if (labels != "").any():
                found[by] = labels
    return _distinct(found)


def _distinct(divisions: "dict[str, pd.Series[str]]") -> "dict[str, pd.Series[str]]":
    """Leave out a division that a later one repeats group by group (segments that are regions)."""
    names = list(divisions)
    return {
        by: labels
        for i, (by, labels) in enumerate(divisions.items())
        if not any((labels == divisions[later]).all() for later in names[i + 1 :])
    }


def _division(
    by: str, labels: "pd.Series[str]", *, given: Answers, params: Params, threshold: int
) -> list[Group]:
    scores = pd.Series(given.scores, index=labels.index)
    counts = {str(g): count(part) for g, part in scores.groupby(labels)}
    sizes = {g: int(c.n) for g, c in counts.items()}
    if sum(sizes.values()) != given.n:
        raise ValueError(f"groups by {by} hold {sum(sizes.values())} answers of {given.n}")
    secret = hidden(sizes, threshold)
    shown = sorted((g for g in sizes if g not in secret), key=lambda g: (-sizes[g], natural(g)))
    p_values = _p_values({g: counts[g] for g in shown}, given.counts, params)
    return [
        _group(by, g, counts=counts[g], p_holm=p_values.get(g), whole=given.counts, params=params)
        for g in shown
    ] + [_suppressed(by, g) for g in sorted(secret, key=natural)]


def _p_values(shown: Mapping[str, Counts], whole: Counts, params: Params) -> dict[str, float]:
    """Holm's p values of each group against the rest, where both are large enough."""
    tested = [g for g, c in shown.items() if min(c.n, whole.n - c.n) >= max(1, params.min_n)]
    raw = [difference(_rest(whole, shown[g]), shown[g]).p_value for g in tested]
    return dict(zip(tested, holm(raw), strict=True))


def _rest(whole: Counts, part: Counts) -> Counts:
    return Counts(
        whole.detractors - part.detractors,
        whole.passives - part.passives,
        whole.promoters - part.promoters,
    )


def _group(
    by: str, group: str, *, counts: Counts, p_holm: float | None, whole: Counts, params: Params
) -> Group:
    result = score(counts, params)
    above = 0.0 if p_holm is None else difference(_rest(whole, counts), counts).adjusted
    return Group(
        by=by,
        group=group,
        n=result.n,
        detractors=result.detractors,
        passives=result.passives,
        promoters=result.promoters,
        value=result.value,
        ci_low=result.ci_low,
        ci_high=result.ci_high,
        suppressed=False,
        differs=verdict(above, p_holm, confidence=params.confidence),
        p_holm=p_holm,
    )


def _suppressed(by: str, group: str) -> Group:
    return Group(
        by=by,
        group=group,
        n=None,
        detractors=None,
        passives=None,
        promoters=None,
        value=None,
        ci_low=None,
        ci_high=None,
        suppressed=True,
        differs=Verdict.CANNOT_TELL,
        p_holm=None,
    )
