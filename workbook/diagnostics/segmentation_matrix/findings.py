"""Page 2 as claims: what is told of the findings, in which order, and what fails a gate."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from math import fsum

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Judged,
    MoneyKind,
    Refusal,
    by_importance,
    judge,
    sorted_out,
    told_findings,
)
from workbook.diagnostics.gates import has_history, says_something, within_money
from workbook.diagnostics.segmentation_matrix.customer_claims import ended, lapsed, lost, quiet
from workbook.diagnostics.segmentation_matrix.deal_claims import control_points, offers, stage
from workbook.diagnostics.segmentation_matrix.differences import (
    fewer_new,
    segment_chances,
    weak_segment,
)
from workbook.diagnostics.segmentation_matrix.headline import answers, tiles
from workbook.diagnostics.segmentation_matrix.matrix_result import MaturityGroup, Need
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.stats import Family, Procedure
from workbook.stats.families import holm_family

Rule = Callable[[Result, Params], Judged | None]


def with_page_two(result: Result, params: Params) -> Result:
    """Return the result with its headline, tiles and findings, and what is refused."""
    alpha = 1 - params.confidence
    chances = segment_chances(result.maturity)
    weak = weak_segment(result.maturity, chances, alpha=alpha)
    result = replace(
        result, weak_segment=weak, families=_families(result, chances.values(), alpha=alpha)
    )
    heads, no_heads = sorted_out(answers(result, params))
    heads = by_importance(heads)
    answer = heads[0] if heads else None
    figures, no_tiles = sorted_out(tiles(result, params))
    found, refused = told_findings(rule(result, params) for rule in RULES)
    told = by_importance(claim for claim in found if answer is None or claim.id != answer.id)
    return replace(
        result,
        answer=answer,
        tiles=figures[:4],
        findings=told,
        refused_findings=_refused((*refused, *no_heads, *no_tiles), told),
    )


def _families(result: Result, segments: Collection[float], *, alpha: float) -> tuple[Family, ...]:
    """Return what was tested together: only what a finding or a heading could have named."""
    grows = {row.manager for row in result.only_repeat}
    few = fewer_new(result.customers) if grows else {}
    # A manager who does not grow by repeat sales alone was compared too, but is named nowhere.
    new = [p if name in grows else 1.0 for name, p in few.items()]
    late = [row.p_value for row in result.manager_points if row.p_value is not None]
    tested = (
        ("segments", Procedure.PERMUTATION, segments),
        ("managers_new", Procedure.EXACT, new),
        ("managers_overdue", Procedure.PERMUTATION, late),
    )
    families = (
        holm_family(name, procedure, [p < alpha for p in p_values], alpha=alpha)
        for name, procedure, p_values in tested
    )
    return tuple(one for one in families if one is not None)


def _refused(refused: Iterable[Refusal], told: Iterable[Claim]) -> tuple[Refusal, ...]:
    """Return each refusal once; what is told as a finding was refused as something else only."""
    ids = {claim.id for claim in told}
    return tuple(dict.fromkeys(r for r in refused if r.id not in ids))


def turnover(result: Result, params: Params) -> Judged | None:
    """Tell a fall of turnover against the window before."""
    return next((a for a in answers(result, params) if _id(a) == "turnover_down"), None)


def _id(judged: Judged | None) -> str:
    return "" if judged is None else judged.id


def _neighbour(result: Result, params: Params) -> Judged | None:
    """Tell of the target product that most could be made of by offering it to who buys."""
    targets = [n for n in result.neighbours if n.need is Need.TARGET]
    best = next((n for n in targets if n.value is not None), targets[0] if targets else None)
    if best is None:
        return None
    of_segment = result.maturity["segment"] == best.segment
    active = int((of_segment & (result.maturity["group"] == MaturityGroup.ACTIVE)).sum())
    told = "neighbour" if result.offers_recorded else "unsold"  # "never offered" needs offers
    claim = Claim(
        id=told if best.value is not None else f"{told}_plain",
        figures={
            "segment": best.segment,
            "product": best.product,
            "buyers": best.buyers,
            "never": best.never_offered,
            "value": best.potential,
            "each": best.value,
        },
        count=best.never_offered,
        population=active,
        customers=best.never_offered,
        money=best.potential,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
    )
    return judge(claim, has_history(best.buyers, least=1))


def _only_repeat(result: Result, params: Params) -> Judged | None:
    """Tell of a manager who grows by repeat sales alone, where that is not so of the others."""
    if not result.only_repeat:
        return None
    p_values = fewer_new(result.customers)
    first = min(result.only_repeat, key=lambda row: p_values.get(row.manager, 1.0))
    passed = p_values.get(first.manager, 1.0) < 1 - params.confidence
    claim = Claim(
        id="only_repeat",
        figures={
            "manager": first.manager,
            "growth": first.growth,
            "share": first.repeat_share,
            "customers": first.customers,
            "p_value": p_values.get(first.manager),
        },
        customers=first.customers,
        confidence=Confidence.TESTED if passed else Confidence.COUNTED,
        singled_out=(first.manager,),
    )
    return judge(claim, has_history(first.repeat, least=params.min_manager_sales))


def _segment(result: Result, params: Params) -> Judged | None:
    """Tell of the segment that uses least of what it is meant to buy."""
    weak = result.weak_segment
    if weak is None:
        return None
    return judge(
        Claim(
            id="segment",
            figures={"segment": weak.segment, "share": weak.share, "others": weak.others},
            customers=weak.n,
            confidence=Confidence.TESTED,
            singled_out=(weak.segment,),
        )
    )


def _single(result: Result, params: Params) -> Judged | None:
    """Tell of customers that one product ties to the company."""
    single, basis = result.single_product, result.abc_basis
    if not single:
        return None
    amount = fsum(single["amount"])
    only = len({p.product for p in result.products if p.product}) < 2
    claim = Claim(
        id="single",
        figures={"n": len(single), "amount": amount},
        count=len(single),
        population=result.customers_n,
        customers=len(single),
    )
    whole = None if result.turnover is None else result.turnover.total
    return judge(
        claim,
        says_something(by_definition=only),
        within_money(amount, whole) if basis is not None else None,
    )


def _concentration(result: Result, params: Params) -> Judged | None:
    """Tell of customers that bring a large part of the turnover each."""
    basis = result.abc_basis
    if basis is None or basis.base <= 0 or basis.measure != "amount":
        return None
    totals = result.abc["total"]
    large = totals.loc[totals >= params.large_share * basis.base]
    if not len(large):
        return None
    amount = fsum(large)
    claim = Claim(
        id="concentration",
        problem=False,
        figures={
            "n": len(large),
            "all": basis.buyers,
            "least": params.large_share,
            "share": amount / basis.base,
            "amount": amount,
        },
        count=len(large),
        population=basis.buyers,
        customers=len(large),
    )
    every = len(large) == basis.buyers
    # Returns of others make the turnover smaller than what these bring: then it is no part of it.
    whole = basis.base if result.turnover is None else min(basis.base, result.turnover.total)
    return judge(claim, within_money(amount, whole), says_something(by_definition=every))


def _rules(result: Result, params: Params) -> Judged | None:
    """Tell of customers that have no place in the matrix."""
    check = result.rule_check
    if check is None or not check.unassigned + check.undetermined:
        return None
    claim = Claim(
        id="rules",
        figures={"unassigned": check.unassigned, "undetermined": check.undetermined},
        count=check.unassigned + check.undetermined,
        population=result.customers_n,
        customers=check.unassigned + check.undetermined,
    )
    return judge(claim)


RULES: Iterable[Rule] = (
    turnover, _neighbour, lapsed, _only_repeat, offers, stage, control_points, _segment, lost,
    quiet, ended, _single, _concentration, _rules,
)  # fmt: skip
"""What may be found, in the order in which equals are told."""
