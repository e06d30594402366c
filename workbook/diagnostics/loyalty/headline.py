"""The answer of page 2: how customers stand, and what to do first, in one sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.diagnostics.claims import Claim, Judged, judge
from workbook.diagnostics.loyalty.divisions import PERSON
from workbook.diagnostics.loyalty.survey_claims import (
    Facts,
    fell,
    revenue_disagrees,
    rose,
    told_index,
)

DRIVERS = frozenset({"driver", "driver_low"})
"""Ids of the finding of the key driver."""
NOTHING = "nothing"
"""What is first where nothing was found to be done (``first.nothing``)."""


def answers(facts: Facts, findings: Sequence[Claim]) -> Iterator[Judged | None]:
    """Return candidates for the answer, the most telling first; the last always passes.

    Each carries the id of the finding whose step comes ``first``: the sentence ends with it.
    """
    first = first_step(findings)
    yield _decided(fell(facts), first)
    yield revenue_disagrees(facts)  # it says itself whom to see first
    yield _decided(rose(facts), first, kept="rose_kept")
    nps = facts.result.nps
    if nps is None:
        yield Claim(id="none", figures={"first": first}, problem=False)
    elif told_index(facts.result) is None:
        yield Claim(id="too_few", figures={"n": nps.n, "first": first}, problem=False)
    else:
        yield judge(
            Claim(
                id="alone",
                measure=("nps", ""),
                figures={"value": nps.value, "n": nps.n, "first": first},
                count=nps.promoters + nps.detractors,
                population=nps.n,
            )
        )


def _decided(claim: Judged | None, first: str, *, kept: str = "") -> Judged | None:
    """Add what to do first; where there is nothing, what is good is to be kept."""
    if not isinstance(claim, Claim):
        return claim
    if first == NOTHING and kept:
        return replace(claim, id=kept)
    return replace(claim, figures={**claim.figures, "first": first})


def first_step(findings: Sequence[Claim]) -> str:
    """Return the finding that is dealt with first: where it is worst, else the most important.

    No heading names a person; a group together with the driver is one step.
    """
    problems = [claim for claim in findings if claim.problem]
    by_id = {claim.id: claim for claim in problems}
    group = by_id.get("group")
    if group is not None and group.figures["by"] != PERSON:
        return "group_driver" if DRIVERS & set(by_id) else "group"
    named = [c.id for c in problems if c.id not in ("group", "fell")]
    return named[0] if named else next(iter(by_id), NOTHING)
