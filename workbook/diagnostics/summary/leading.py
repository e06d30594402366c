"""Which findings lead the summary: the most important of each report, nothing told twice."""

from collections.abc import Mapping, Sequence

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.result import Told

_LOST_BY_NAME = frozenset({("segmentation_matrix", "turnover_down"),
                           ("segmentation_matrix", "silent_registered")})  # fmt: skip
_REASON = frozenset({("churn_reasons", name) for name in
                     ("money", "money_tied", "reason", "reason_tied")})  # fmt: skip
REPLACES: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = {
    # What customers leave over and would recommend for, and whose work it is, says more than
    # what it costs.
    ("", "driver_of_loss"): _REASON | {("loyalty", "driver_low")},
    ("", "unmanaged_reasons"): _REASON,
    ("", "growth_and_losses"): frozenset({("churn_reasons", "group"),
                                          ("segmentation_matrix", "only_repeat")}),
    # Who left, and why, says more than that turnover fell with them.
    ("churn_reasons", "group"): _LOST_BY_NAME,
    ("churn_reasons", "key_losses_reason"): _LOST_BY_NAME,
    ("churn_reasons", "money"): _LOST_BY_NAME,
    ("churn_reasons", "money_tied"): _LOST_BY_NAME,
}  # fmt: skip
"""Findings, by report ("" of a rule across reports), that tell more of the same thing than those
they replace (the project's own)."""


def leading(told: Sequence[Told]) -> list[Told]:
    """Return the most important finding of each report and of the rules across reports.

    What has no money at stake leads nothing; nor does what a better finding of another report
    replaces, or whose customers all stand in one that leads, with money of the same kind.

    Parameters
    ----------
    told
        All findings, most important first.
    """
    staked = [one for one in told if one.claim.problem and one.claim.stake]
    best = {_report(one): one for one in reversed(staked)}
    replaced = {name for one in best.values() for name in REPLACES.get(_name(one), ())}
    first: dict[str, Told] = {}
    for one in staked:
        if _report(one) in first or _name(one) in replaced:
            continue
        if not any(inside(one.claim, lead.claim) for lead in first.values()):
            first[_report(one)] = one
    return list(first.values())


def inside(claim: Claim, other: Claim) -> bool:
    """Return whether a finding tells money of customers that another has told already.

    Examples
    --------
    >>> from workbook.diagnostics.claims import MoneyKind
    >>> risk = MoneyKind.AT_RISK
    >>> every = Claim(id="a", figures={}, money=9.0, money_kind=risk, customer_ids=("x", "y"))
    >>> some = Claim(id="b", figures={}, money=5.0, money_kind=risk, customer_ids=("x",))
    >>> inside(some, every), inside(every, some)
    (True, False)
    """
    ids = set(claim.customer_ids)
    return bool(ids) and claim.money_kind is other.money_kind and ids <= set(other.customer_ids)


def _report(one: Told) -> str:
    return "" if one.own else one.claim.diagnostics[0]


def _name(one: Told) -> tuple[str, str]:
    return _report(one), one.claim.id
