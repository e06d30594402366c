"""Rule 10: whether promoters recommend, and whether detractors leave more than promoters do."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from workbook.diagnostics.claims import Claim, Confidence, Judged, judge
from workbook.diagnostics.gates import fits, has_history, is_tested
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.stats import Family, Procedure
from workbook.stats.families import holm_family
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


def promise_family(facts: CrossFacts) -> Family | None:
    """Return the one comparison of detractors with promoters; None where it cannot be made."""
    found = getattr(facts.result("loyalty"), "promise", None)
    compared = None if found is None else _compared(found)
    if compared is None:
        return None
    return holm_family("promise", Procedure.EXACT, [compared.is_more], alpha=ALPHA)


class _Compared(NamedTuple):
    """Detractors and promoters who left, of those followed."""

    gone: int
    of: int
    others_gone: int
    others: int
    p_value: float

    @property
    def is_more(self) -> bool:
        """The test says that detractors leave more often."""
        more = self.gone / self.of > self.others_gone / self.others
        return more and self.p_value < ALPHA


def _compared(found: Any) -> _Compared | None:
    gone, of = found.detractors_left, found.detractors_followed
    others_gone, others = found.promoters_left, found.promoters_followed
    if not of or not others or gone is None or others_gone is None:
        return None
    return _Compared(gone, of, others_gone, others, fisher_p(gone, of, others_gone, others))


def _left(found: Any, least: int) -> Iterator[Judged]:
    """Yield that detractors leave more often than promoters, where a test says so."""
    compared = _compared(found)
    if compared is None:
        return
    gone, of, others_gone, others, p_value = compared
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
        is_tested(compared.is_more),
    )
