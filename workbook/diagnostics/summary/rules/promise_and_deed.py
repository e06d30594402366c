"""Rule 10: whether promoters recommend, and whether detractors leave more than promoters do."""

from collections.abc import Iterator
from typing import Any

from workbook.diagnostics.claims import Claim, Confidence, Judged, judge
from workbook.diagnostics.gates import fits, has_history, is_tested
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.stats.two_shares import fisher_p

ALPHA = 0.05


def promise_and_deed(facts: CrossFacts) -> Iterator[Judged]:
    """Yield what those who answered did: only sums of at least the anonymity threshold."""
    found = getattr(facts.result("loyalty"), "promise", None)
    if found is None:
        return
    least = facts.inputs.anonymity_threshold
    yield from _recommended(found, least)
    yield from _left(found, least)


def _recommended(found: Any, least: int) -> Iterator[Judged]:
    """Yield how few promoters are named as recommenders.

    Fewer than the threshold are told as well as none: by neither can one be found.
    """
    named = found.promoters_named
    if named is None or named == found.promoters:
        return
    yield judge(
        Claim(
            id="promoters_named",
            figures={"n": named, "all": found.promoters, "more": found.promoters - named},
            count=named,
            population=found.promoters,
            customers=found.promoters - named,
            evidence="diagnostics",
            diagnostics=("loyalty",),
            due_days=30,
        ),
        has_history(found.promoters, least=least),
        None if named == 0 else has_history(named, least=least),
    )


def _left(found: Any, least: int) -> Iterator[Judged]:
    """Yield that detractors leave more often than promoters, where a test says so."""
    gone, of = found.detractors_left, found.detractors_followed
    others_gone, others = found.promoters_left, found.promoters_followed
    if not of or not others or gone is None or others_gone is None:
        return
    p_value = fisher_p(gone, of, others_gone, others)
    more = gone / of > others_gone / others
    yield judge(
        Claim(
            id="detractors_left",
            figures={
                "n": gone,
                "all": of,
                "others": others_gone,
                "others_all": others,
                "share": gone / of,
                "others_share": others_gone / others,
                "months": found.window.months,
                "p_value": p_value,
            },
            count=gone,
            population=of,
            customers=gone,
            confidence=Confidence.TESTED,
            singled_out=("detractors",),
            evidence="diagnostics",
            diagnostics=("loyalty",),
            due_days=30,
        ),
        fits(found.window.fits),
        has_history(gone, least=least),
        has_history(others, least=least),
        is_tested(more and p_value < ALPHA),
    )
