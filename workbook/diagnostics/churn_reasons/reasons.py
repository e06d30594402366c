"""Reasons, groups of reasons and owner systems: three counts, money, intervals, ties."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.special import bdtr

from workbook.diagnostics.churn_reasons.counting import MentionCounts, Mentions, count, mentions
from workbook.diagnostics.churn_reasons.losses import Losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reason_text import Named, named
from workbook.diagnostics.churn_reasons.reasons_result import NotPreventable, Preventable, Reason
from workbook.diagnostics.churn_reasons.taxonomy import KnownReason, Taxonomy
from workbook.diagnostics.gates import mostly_judged
from workbook.stats import Floats, effective_n, normal_p, wilson

_ROUNDING = 1e-9
"""Slack of a share of money in floating point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodedReasons:
    """Why each loss of the register happened."""

    given: Mentions
    """A loss without any reason names the unknown one."""
    words: Named
    taxonomy: Taxonomy
    language: str

    def label(self, reason: str) -> str:
        """Return the name of a reason in the report's language."""
        return self.words.spelling.get(reason) or self.taxonomy.label(reason, self.language)

    def preventable(self, reason: str) -> bool | None:
        """Return whether a reason is preventable; None where nobody has judged."""
        known = self.taxonomy.get(reason)
        return None if known is None else known.preventable


def code_reasons(losses: Losses, taxonomy: Taxonomy, language: str) -> CodedReasons:
    """Return the reasons of every loss."""
    words = named(losses.frame["reasons"], taxonomy)
    lists = [names or (taxonomy.unknown,) for names in words.lists]
    return CodedReasons(given=mentions(lists), words=words, taxonomy=taxonomy, language=language)


def reasons(found: CodedReasons, revenue: Floats, params: Params) -> tuple[Reason, ...]:
    """Return every reason named, most often first."""
    return _table(found.given, found, revenue=revenue, params=params, describe=found.taxonomy.get)


def groups(found: CodedReasons, revenue: Floats, params: Params) -> tuple[Reason, ...]:
    """Return the upper level, a loss counting once per group; unknown words stay themselves."""
    get = found.taxonomy.get
    upper = _merged(found.given, lambda name: known.group if (known := get(name)) else name)
    return _table(upper, found, revenue=revenue, params=params, describe=get)


def owners(found: CodedReasons, revenue: Floats, params: Params) -> tuple[Reason, ...]:
    """Return the owner systems; reasons without one (unknown) are the owner ``""``."""
    unknown = found.taxonomy.unknown

    def owner(name: str) -> str:
        known = found.taxonomy.get(name)
        return known.owner if known and name != unknown else ""

    by_owner = _merged(found.given, owner)
    return _table(by_owner, found, revenue=revenue, params=params, describe=None)


def preventable(found: CodedReasons, revenue: Floats, params: Params) -> Preventable | None:
    """Return the losses that need not have been, over the judged ones; None without losses."""
    given = found.given
    if not given.n:
        return None
    verdicts = [found.preventable(name) for name in given.names]
    hits = given.sums([v is True for v in verdicts])
    part = hits / given.per_row
    is_hit = hits > 0
    judged = is_hit | (given.sums([v is None for v in verdicts]) == 0)
    money = np.nan_to_num(revenue)
    known = known_sum(revenue) is not None
    base = known_sum(revenue[judged])
    n, of = int(is_hit.sum()), int(judged.sum())
    interval = wilson(n, of, confidence=params.confidence)
    lost = float(money[is_hit].sum())
    return Preventable(
        n=n,
        share=n / of if of else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        judged=of,
        unjudged=given.n - of,
        low=n / given.n,
        high=(n + given.n - of) / given.n,
        enough_judged=mostly_judged(of, given.n, least=1 - params.most_unjudged) is None,
        by_definition=not any(v is False for v in verdicts),
        revenue=lost if known else None,
        revenue_share=lost / base if base else None,
        fractional=float(part.sum()),
        sole=int((part == 1).sum()),
        revenue_fractional=float((money * part).sum()) if known else None,
        revenue_sole=float(money[part == 1].sum()) if known else None,
    )


def not_preventable(found: CodedReasons) -> tuple[NotPreventable, ...]:
    """Return what the taxonomy in use calls not preventable, as often as it is named."""
    named = Counter(found.given.names[i] for i in found.given.reason.tolist())
    rows = [
        NotPreventable(reason=one.id, label=one.label[found.language], n=named[one.id])
        for one in found.taxonomy.not_preventable()
    ]
    return tuple(sorted(rows, key=lambda row: -row.n))


def _merged(given: Mentions, name_of: Callable[[str], str]) -> Mentions:
    upper = [name_of(name) for name in given.names]
    lists: list[set[str]] = [set() for _ in range(given.n)]
    for row, reason in zip(given.row.tolist(), given.reason.tolist(), strict=True):
        lists[row].add(upper[reason])
    return mentions(lists)


def _table(
    given: Mentions,
    found: CodedReasons,
    *,
    revenue: Floats,
    params: Params,
    describe: Callable[[str], KnownReason | None] | None,
) -> tuple[Reason, ...]:
    """Return one row per name, most often named first.

    Parameters
    ----------
    describe
        What the taxonomy knows of a name; None: the names are owner systems.
    """
    if not given.names:
        return ()
    numbers, money = count(given), count(given, np.nan_to_num(revenue))
    order = sorted(
        range(len(given.names)),
        key=lambda i: (-numbers.any[i], -numbers.fractional[i], -money.fractional[i], i),
    )
    by_money = sorted(order, key=lambda i: -money.fractional[i])
    alpha, known = 1 - params.confidence, known_sum(revenue) is not None
    ties = _ties(given, order, alpha=alpha)
    dear = _money_ties(given, by_money, revenue=revenue, alpha=alpha)
    rows = []
    for i in order:
        row = _counted(given, numbers, i, found=found, describe=describe, params=params)
        ranked = replace(row, revenue_rank=by_money.index(i) + 1, tied_with_next=ties[i])
        if known:
            ranked = _with_money(ranked, money, i, revenue=revenue, params=params)
            ranked = replace(ranked, revenue_tied_with_next=dear[i])
        rows.append(ranked)
    return tuple(rows)


def _counted(
    given: Mentions,
    counts: MentionCounts,
    i: int,
    *,
    found: CodedReasons,
    describe: Callable[[str], KnownReason | None] | None,
    params: Params,
) -> Reason:
    """Return the row of one name with its three counts; of an owner system the name is its id."""
    name = given.names[i]
    known = describe(name) if describe else None
    owner = name if describe is None else ""
    interval = wilson(counts.any[i], given.n, confidence=params.confidence)
    return Reason(
        reason=name,
        label="" if describe is None else found.label(name),
        group=known.group if known else "",
        owner=known.owner if known else owner,
        known=known is not None or bool(owner),
        any=int(counts.any[i]),
        fractional=float(counts.fractional[i]),
        sole=int(counts.sole[i]),
        share=float(counts.any[i]) / given.n,
        ci_low=interval.low if interval else 0.0,
        ci_high=interval.high if interval else 1.0,
        preventable=known.preventable if known else None,
    )


def _with_money(
    row: Reason, counts: MentionCounts, i: int, *, revenue: Floats, params: Params
) -> Reason:
    """Return the row with its three sums and its share of the revenue, which is known."""
    total = known_sum(revenue)
    share = float(counts.fractional[i]) / total if total else None
    # A few large losses make most of the revenue: the interval is that of so many equal ones.
    n_eff = effective_n(np.clip(np.nan_to_num(revenue), 0, None))
    bounds = None
    # Where more came back than was sold, a share may lie outside of 0-1 and has no interval.
    if share is not None and 0 <= share <= 1 + _ROUNDING and n_eff:
        bounds = wilson(min(share, 1.0) * n_eff, n_eff, confidence=params.confidence)
    return replace(
        row,
        revenue=float(counts.fractional[i]),
        revenue_any=float(counts.any[i]),
        revenue_sole=float(counts.sole[i]),
        revenue_share=share,
        revenue_ci_low=bounds.low if bounds else None,
        revenue_ci_high=bounds.high if bounds else None,
    )


def _ties(given: Mentions, order: list[int], *, alpha: float) -> dict[int, bool]:
    """Return for each reason whether the next one may be as frequent: McNemar's exact test."""
    rows = [frozenset(given.row[given.reason == i].tolist()) for i in range(len(given.names))]
    tied = dict.fromkeys(order, False)
    for first, second in pairwise(order):
        only_first = len(rows[first] - rows[second])
        only_second = len(rows[second] - rows[first])
        tied[first] = mcnemar(only_first, only_second) >= alpha
    return tied


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the exact two-sided p value of two marginal shares of one sample being equal.

    Source: McNemar (1947), Psychometrika 12, 153-157, in its binomial form.

    Examples
    --------
    >>> mcnemar(9, 1), mcnemar(0, 0)
    (0.021484375, 1.0)
    """
    n, fewer = only_first + only_second, min(only_first, only_second)
    return 1.0 if n == 0 else min(1.0, 2 * float(bdtr(fewer, n, 0.5)))


def _money_ties(
    given: Mentions, order: list[int], *, revenue: Floats, alpha: float
) -> dict[int, bool]:
    """Return for each reason whether the next one may cost as much: signs of the differences."""
    each = np.nan_to_num(revenue)[given.row] / given.per_row[given.row]
    shares = [
        np.bincount(
            given.row[given.reason == i], weights=each[given.reason == i], minlength=given.n
        )
        for i in range(len(given.names))
    ]
    tied = dict.fromkeys(order, False)
    for first, second in pairwise(order):
        parts = shares[first] - shares[second]
        spread = math.sqrt(float((parts * parts).sum()))
        tied[first] = spread == 0 or normal_p(float(parts.sum()) / spread) >= alpha
    return tied
