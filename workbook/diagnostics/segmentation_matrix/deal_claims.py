"""What page 2 tells of offers, the funnel and control points."""

from math import fsum

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import has_history, says_something
from workbook.diagnostics.segmentation_matrix.deals_result import (
    deal_amount,
    late_cells,
    open_cells,
)
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


def offers(result: Result, params: Params) -> Judged | None:
    """Tell of cells of the board whose offer or contract is overdue or has no next step."""
    cells, late = open_cells(result.board), late_cells(result.board)
    if not late:
        return None
    amounts = deal_amount(late).dropna()
    claim = Claim(
        id="offers",
        figures={
            "n": len(cells),
            "overdue": int(cells["overdue"].sum()),
            "without": int(cells["no_next_step"].sum()),
        },
        count=len(late),
        population=len(cells),
        customers=late["customer_id"].nunique(),
        money=fsum(amounts) if len(amounts) else None,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
    )
    return judge(claim)


def control_points(result: Result, params: Params) -> Judged | None:
    """Tell of overdue control points, and of a manager only where the others are not alike."""
    rows, points = result.manager_points, result.overdue_points
    n, overdue = sum(row.due for row in rows), sum(row.overdue for row in rows)
    if not overdue:
        return None
    figures: dict[str, float | int | str | None] = {"overdue": overdue, "n": n}
    named = [
        (r.p_value, -r.overdue, r.manager or "", r)
        for r in rows
        if r.p_value is not None and r.overdue * n > r.due * overdue
    ]
    chance, *_, worst = min(named, default=(1.0, 0, "", None), key=lambda one: one[:3])
    if worst is not None and chance < 1 - params.confidence:
        return judge(
            Claim(
                id="points",
                figures={**figures, "manager": worst.manager, "k": worst.overdue, "of": worst.due},
                count=worst.overdue,
                population=worst.due,
                customers=points.where(points["manager"] == worst.manager)["customer_id"].nunique(),
                confidence=Confidence.TESTED,
                singled_out=(worst.manager or "",),
            )
        )
    return judge(
        Claim(
            id="points_all",
            figures=figures,
            count=overdue,
            population=n,
            customers=points["customer_id"].nunique(),
        )
    )
