"""What page 2 tells of the funnel: at which stage most deals and most money are lost."""

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import has_history, says_something
from workbook.diagnostics.segmentation_matrix.leak import COMPARED
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result


def stage(result: Result, params: Params) -> Judged | None:
    """Tell at which stage most deals and most money are lost, both where they differ."""
    lost = sum(refusal.n for refusal in result.refusals)
    basis, leak = result.funnel_basis, result.leak
    if not lost or basis is None:
        return None
    if leak is None:
        # Too few recorded ways through the stages, or no stage alone at the top.
        claim = Claim(id="stage", figures={"lost": lost})
        told = (
            has_history(basis.with_history, least=params.min_left),
            says_something(by_definition=sum(s.left > 0 for s in result.funnel) < COMPARED),
        )
        return judge(claim, *told) if any(told) else None
    count, money = leak.by_count, leak.by_money
    figures: dict[str, float | int | str | None] = {"lost": leak.lost}
    if count is not None:
        figures |= {"stage": count.stage, "k": count.lost}
    if money is not None:
        figures |= {"money_stage": money.stage, "amount": money.amount, "all": leak.amount}
    kind = "stage" if leak.agree else "stage_differs"
    if count is None or money is None:
        kind = "stage_money" if count is None else "stage_plain"
    return judge(
        Claim(
            id=kind,
            figures=figures,
            count=None if count is None else count.lost,
            population=leak.lost,
            money=None if money is None else money.amount,
            money_of=leak.amount,
            money_kind=MoneyKind.POTENTIAL,
            confidence=Confidence.ASSUMED,
        )
    )
