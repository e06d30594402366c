"""Stated against verified reasons, and what is known of the losses at all."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reason_text import Named, named
from workbook.diagnostics.churn_reasons.reasons import CodedReasons
from workbook.diagnostics.churn_reasons.reasons_result import (
    LossShare,
    Replacement,
    StatedReason,
    UnknownReason,
    Verified,
)
from workbook.stats import Floats, wilson


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statements:
    """The stated reasons of the losses, next to the reasons that were found."""

    words: Named
    found: CodedReasons
    verified: Floats
    """1, 0, NaN where blank."""
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Stated and verified reasons of verified losses that have both."""

    @property
    def given(self) -> bool:
        """Return whether any reason is stated at all."""
        return any(self.words.lists)

    def label(self, reason: str) -> str:
        """Return the name of a stated or verified reason."""
        return self.words.spelling.get(reason) or self.found.label(reason)

    def unknown(self) -> list[UnknownReason]:
        """Return the stated words that the taxonomy does not know."""
        found = self.found
        return self.words.unknown(found.taxonomy, language=found.language, column="stated_reasons")


def stated_and_verified(losses: Losses, found: CodedReasons) -> Statements:
    """Return what customers said of the losses, and of which it was verified."""
    words = named(losses.frame["stated_reasons"], found.taxonomy)
    sure = losses.frame["verified"].to_numpy(dtype=float)
    rows = zip(words.lists, found.words.lists, sure.tolist(), strict=True)
    pairs = tuple((frozenset(s), frozenset(a)) for s, a, v in rows if v == 1 and s and a)
    return Statements(words=words, found=found, verified=sure, pairs=pairs)


def coverage(flags: Floats, params: Params, *, base: int | None = None) -> LossShare | None:
    """Return how many losses a yes-no column affirms; None where it is blank throughout.

    Parameters
    ----------
    base
        None: the losses of which the column says yes or no.
    """
    known = ~np.isnan(flags)
    if not known.any():
        return None
    n, whole = int((flags == 1).sum()), int(known.sum()) if base is None else base
    interval = wilson(n, whole, confidence=params.confidence)
    return LossShare(
        n=n,
        base=whole,
        share=n / whole if whole else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
    )


def verified(given: Statements, params: Params) -> Verified | None:
    """Return how many reasons were verified; a blank cell is a no.  None without the column."""
    sure = coverage(given.verified, params, base=len(given.verified))
    if sure is None:
        return None
    compared = len(given.pairs)
    differs = sum(stated != actual for stated, actual in given.pairs)
    interval = wilson(differs, compared, confidence=params.confidence)
    return Verified(
        n=sure.n,
        base=sure.base,
        share=sure.share,
        ci_low=sure.ci_low,
        ci_high=sure.ci_high,
        differs=differs if given.given else None,
        compared=compared,
        differs_share=differs / compared if compared else None,
        differs_low=interval.low if interval else None,
        differs_high=interval.high if interval else None,
    )


def stated_reasons(given: Statements) -> tuple[StatedReason, ...]:
    """Return each reason as often as it was stated and as often as it was found."""
    claimed = Counter(r for stated, _ in given.pairs for r in stated)
    true = Counter(r for _, actual in given.pairs for r in actual)
    both = Counter(r for stated, actual in given.pairs for r in stated & actual)
    names = sorted(claimed.keys() | true.keys(), key=lambda r: (-claimed[r] - true[r], r))
    return tuple(
        StatedReason(
            reason=name,
            label=given.label(name),
            stated=claimed[name],
            verified=true[name],
            both=both[name],
        )
        for name in names
    )


def replacements(given: Statements) -> tuple[Replacement, ...]:
    """Return which reasons were found behind stated ones that proved wrong."""
    found = Counter(
        (claimed, true)
        for stated, actual in given.pairs
        for claimed in stated - actual
        for true in actual - stated
    )
    return tuple(
        Replacement(
            stated=claimed,
            stated_label=given.label(claimed),
            verified=true,
            verified_label=given.label(true),
            n=n,
        )
        for (claimed, true), n in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    )
