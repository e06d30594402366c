"""Reasons that the largest losses have in common beyond chance."""

from collections.abc import Collection
from dataclasses import dataclass
from math import comb

from workbook.diagnostics.churn_reasons.counting import Mentions
from workbook.stats import Correction, Family, Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What some losses have in common, and how surprising that is."""

    reasons: tuple[str, ...] = ()
    """Reasons that all of them name, beyond chance."""
    p_value: float | None = None
    """Chance that as many losses drawn at random share a reason as rare; None where these losses
    share none."""
    compared: int = 0
    """Reasons that could have been shared."""

    def family(self, alpha: float) -> Family | None:
        """Return the test; None where nothing could be shared."""
        if not self.compared:
            return None
        return Family(
            id="key_reasons",
            procedure=Procedure.EXACT,
            correction=Correction.SINGLE,
            comparisons=1,
            passed=int(bool(self.reasons)),
            alpha=alpha,
        )


def shared(
    given: Mentions, losses: Collection[int], *, among: Collection[str], alpha: float
) -> Shared:
    """Return the reasons that all of these losses name, where chance would rarely do so.

    Of k losses drawn from n all name a reason that m of the n name with probability
    C(m, k) / C(n, k); the probability that they share any reason as rare is at most the sum over
    such reasons, those of the very same losses once.

    Parameters
    ----------
    among
        Reasons that may be named.

    Examples
    --------
    Two of nine losses name both "late" and "silent", which nobody else names: 1 of 36 pairs.

    >>> from workbook.diagnostics.churn_reasons.counting import mentions
    >>> given = mentions([["late", "silent"], ["late", "silent"], *[["price"]] * 7])
    >>> found = shared(given, [0, 1], among={"late", "silent", "price"}, alpha=0.05)
    >>> found.reasons, round(found.p_value, 4)
    (('late', 'silent'), 0.0278)
    """
    k, wanted = len(losses), frozenset(losses)
    named = {
        name: frozenset(given.row[given.reason == place].tolist())
        for place, name in enumerate(given.names)
        if name in among
    }
    possible = {name: rows for name, rows in named.items() if len(rows) >= k}
    common = sorted(name for name, rows in possible.items() if wanted <= rows)
    if not common or not k:
        return Shared(compared=len(possible))
    rarest = min(len(possible[name]) for name in common)
    as_rare = {rows for rows in possible.values() if len(rows) <= rarest}
    p_value = min(1.0, sum(comb(len(rows), k) for rows in as_rare) / comb(given.n, k))
    told = tuple(name for name in common if len(possible[name]) == rarest)
    return Shared(reasons=told if p_value < alpha else (), p_value=p_value, compared=len(possible))
