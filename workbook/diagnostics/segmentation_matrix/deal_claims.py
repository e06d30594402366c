"""What page 2 tells of offers, the funnel and control points."""

from math import fsum

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.effect import expecting
from workbook.diagnostics.gates import has_history, says_something
from workbook.diagnostics.segmentation_matrix.at_stake import less_lost, sold
from workbook.diagnostics.segmentation_matrix.deals_result import (
    deal_amount,
    late_cells,
    open_cells,
)
from workbook.diagnostics.segmentation_matrix.leak import COMPARED
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result


def stage(result: Result, params: Params) -> Judged | None:
    """Tell at which stage most deals and most money are lost, both where they differ.

    What it weighs is a year of it: the deals may span several.
    """
    lost = sum(refusal.n for refusal in result.refusals)
    basis, leak, rate = result.funnel_basis, result.leak, result.win_rate
    if not lost or basis is None or rate is None:
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
    yearly = None
    if count is not None:
        figures |= {"stage": count.stage, "k": count.lost}
    if money is not None and money.amount is not None:
        yearly = money.amount / basis.years
        figures |= {
            "money_stage": money.stage, "amount": money.amount, "all": leak.amount,
            "yearly": yearly,
        }  # fmt: skip
    kind = "stage" if leak.agree else "stage_differs"
    if count is None or money is None:
        kind = "stage_money" if count is None else "stage_plain"
    claim = Claim(
        id=kind,
        figures=figures,
        count=None if count is None else count.lost,
        population=leak.lost,
        money=yearly,
        money_of=leak.amount,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
        evidence="funnel",
    )
    effect = None if money is None else less_lost(result, money, yearly, params)
    return judge(expecting(claim, effect))


def offers(result: Result, params: Params) -> Judged | None:
    """Tell of cells of the board whose offer or contract is overdue or has no next step.

    An offer is no turnover yet: it weighs what is won of its amount at the rate so far.
    """
    cells, late = open_cells(result.board), late_cells(result.board)
    if not late:
        return None
    amounts, rate = deal_amount(late).dropna(), result.win_rate
    amount = fsum(amounts)
    valued = amount > 0
    figures = {
        "n": len(cells),
        "late": len(late),
        "overdue": int(cells["overdue"].sum()),
        "without": int(cells["no_next_step"].sum()),
        "amount": amount,
        "won": None if rate is None else rate.won,
        "closed": None if rate is None else rate.closed,
        "share": None if rate is None else rate.share,
        "expected": None if rate is None else rate.share * amount,
    }
    kind = "offers" if valued and rate is not None else "offers_amount"
    claim = Claim(
        id=kind if valued else "offers_plain",
        measure=("offers_overdue", ""),
        figures=figures,
        count=len(late),
        population=len(cells),
        customers=late["customer_id"].nunique(),
        customer_ids=tuple(dict.fromkeys(str(c) for c in late["customer_id"])),
        money=(amount if rate is None else rate.share * amount) if valued else None,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
        evidence="board",
        due_days=14,
    )
    return judge(expecting(claim, sold(result, amount)))


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
        own = points.where(points["manager"] == worst.manager)["customer_id"]
        return judge(
            Claim(
                id="points",
                figures={**figures, "manager": worst.manager, "k": worst.overdue, "of": worst.due},
                count=worst.overdue,
                population=worst.due,
                customers=own.nunique(),
                customer_ids=tuple(dict.fromkeys(str(c) for c in own)),
                confidence=Confidence.TESTED,
                singled_out=(worst.manager or "",),
                evidence="control_points",
                due_days=14,
            )
        )
    return judge(
        Claim(
            id="points_all",
            measure=("points_overdue", ""),
            figures=figures,
            count=overdue,
            population=n,
            customers=points["customer_id"].nunique(),
            customer_ids=tuple(dict.fromkeys(str(c) for c in points["customer_id"])),
            evidence="control_points",
            due_days=14,
        )
    )
