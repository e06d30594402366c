"""Page 2 and the action plan: the findings, strongest first."""

from collections.abc import Callable

from workbook.blocks import Block, Heading, Text, Tile, Tiles
from workbook.diagnostics.segmentation_matrix.matrix_result import Need
from workbook.views.finding import Finding, action_plan, finding, summary_findings
from workbook.views.segmentation_matrix.abc import share
from workbook.views.segmentation_matrix.board import open_cells
from workbook.views.segmentation_matrix.control import most_overdue
from workbook.views.segmentation_matrix.funnel import narrowest, stage_name
from workbook.views.segmentation_matrix.matrix import weakest
from workbook.views.segmentation_matrix.shared import MatrixView, customer_names, manager_name
from workbook.views.segmentation_matrix.white_space import unoffered

STEPS = 8
"""Steps of the action plan: more is no plan."""


def summary(view: MatrixView) -> list[Block]:
    """Return the one-page summary: answer, tiles, three findings, one recommendation."""
    return [
        Heading(text=_answer(view), short=view.say("short.summary"), new_page=True),
        Text((_lead(view),), lead=True),
        Tiles(tuple(_tiles(view)[:4])),
        *summary_findings(view, findings(view)),
    ]


def actions(view: MatrixView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view)[:STEPS])


def _answer(view: MatrixView) -> str:
    result = view.result
    if result.white_space_valued:
        return view.say(
            "head.white_space", value=result.white_space_value, n=len(result.white_space)
        )
    if result.white_space:
        return view.say("head.cells", n=len(result.white_space))
    if result.abc_counts is not None and result.abc_basis is not None:
        return view.say(
            "head.abc", a=result.abc_counts.A, n=result.abc_basis.n, share=share(view, "A")
        )
    return view.say("head.customers", n=result.customers_n)


def _lead(view: MatrixView) -> str:
    result = view.result
    told = []
    total = result.kpi_total
    if total is not None:
        change = total.growth
        if change is None:
            told.append(view.say("head.lead.turnover", total=total.total))
        else:
            key = "up" if change >= 0 else "down"
            told.append(view.say(f"head.lead.{key}", total=total.total, change=abs(change)))
    if result.lifecycle_counts is not None:
        told.append(
            view.say("head.lead.lost", n=result.lifecycle_counts.lost, all=result.customers_n)
        )
    return " ".join(told) or view.say("head.lead.customers", n=result.customers_n)


def _tiles(view: MatrixView) -> list[Tile]:
    result, tiles = view.result, []
    if result.kpi_total is not None:
        change = result.kpi_total.growth
        tiles.append(
            Tile(
                label=view.say("tiles.turnover"),
                value=view.texts.write(result.kpi_total.total, "money"),
                change=""
                if change is None
                else view.say(
                    "tiles.change", arrow="▲" if change >= 0 else "▼", change=abs(change)
                ),
                base=view.say("tiles.months", n=view.params.window_months),
            )
        )
    if result.pooled_maturity is not None:
        tiles.append(
            Tile(
                label=view.say("tiles.maturity"),
                value=view.texts.write(result.pooled_maturity, "pct"),
                base=view.say("tiles.maturity_base", n=result.maturity_n),
            )
        )
    if result.abc_counts is not None and result.abc_basis is not None:
        tiles.append(
            Tile(
                label=view.say("tiles.a"),
                value=view.texts.write(result.abc_counts.A, "count"),
                base=view.say("tiles.a_base", share=share(view, "A")),
            )
        )
    tiles += _people(view)
    return tiles


def _people(view: MatrixView) -> list[Tile]:
    result, tiles = view.result, []
    if result.lifecycle_counts is not None:
        tiles.append(
            Tile(
                label=view.say("tiles.lost"),
                value=view.part(result.lifecycle_counts.lost, result.customers_n),
                base=view.say("tiles.lost_base", n=view.params.lifecycle_months),
            )
        )
    tiles.append(
        Tile(label=view.say("tiles.customers"), value=view.texts.write(result.customers_n, "count"))
    )
    return tiles


def _neighbour(view: MatrixView) -> Finding | None:
    meant = [n for n in unoffered(view) if n.need is not Need.NONE]
    found = [n for n in meant if n.value is not None] or meant
    if not found:
        return None
    n = found[0]
    key = "neighbour" if n.value is not None else "neighbour_plain"
    return finding(
        view, key, segment=n.segment, product=n.product, buyers=n.buyers,
        never=n.never_offered, value=n.potential,
    )  # fmt: skip


def _silent(view: MatrixView) -> Finding | None:
    if not view.result.silent:
        return None
    s = view.result.silent[0]
    name = customer_names(view).get(s.customer_id, s.customer_id)
    return finding(
        view, "silent", customer=name, days=s.silent_days, usual=round(s.usual_days),
        amount=s.amount, n=len(view.result.silent),
    )  # fmt: skip


def _repeat(view: MatrixView) -> Finding | None:
    if not view.result.only_repeat:
        return None
    m = view.result.only_repeat[0]
    return finding(view, "only_repeat", manager=m.manager, growth=m.growth, share=m.repeat_share)


def _offers(view: MatrixView) -> Finding | None:
    cells = open_cells(view)
    overdue = sum(c.overdue for c in cells)
    without = sum(c.no_next_step for c in cells)
    if not overdue + without:
        return None
    return finding(view, "offers", n=len(cells), overdue=overdue, without=without)


def _stage(view: MatrixView) -> Finding | None:
    worst = narrowest(view)
    if worst is None:
        return None
    return finding(
        view, "stage", stage=stage_name(view, worst.stage), lost=worst.lost, left=worst.left
    )


def _points(view: MatrixView) -> Finding | None:
    worst = most_overdue(view)
    if worst is None:
        return None
    return finding(
        view, "points", manager=manager_name(view, worst.manager), k=worst.overdue,
        n=sum(p.overdue for p in view.result.control_points),
    )  # fmt: skip


def _segment(view: MatrixView) -> Finding | None:
    low = weakest(view)
    if low is None or low.pooled_maturity is None or low.pooled_maturity >= 1:
        return None
    return finding(view, "segment", segment=low.segment, share=low.pooled_maturity)


def _single(view: MatrixView) -> Finding | None:
    single = view.result.single_product
    if not single:
        return None
    return finding(view, "single", n=len(single), amount=sum(s.amount for s in single))


def _concentration(view: MatrixView) -> Finding | None:
    counts, basis = view.result.abc_counts, view.result.abc_basis
    if counts is None or basis is None or not basis.base:
        return None
    return finding(
        view, "concentration", problem=False, a=counts.A, n=basis.n, share=share(view, "A")
    )


def _lost(view: MatrixView) -> Finding | None:
    counts = view.result.lifecycle_counts
    if counts is None or not counts.lost:
        return None
    return finding(view, "lost", n=counts.lost, all=view.result.customers_n, renewed=counts.renewed)


def _rules(view: MatrixView) -> Finding | None:
    check = view.result.rule_check
    if check is None or not check.unassigned + check.undetermined:
        return None
    return finding(view, "rules", unassigned=check.unassigned, undetermined=check.undetermined)


Rule = Callable[[MatrixView], Finding | None]
RULES: tuple[Rule, ...] = (
    _neighbour, _silent, _repeat, _offers, _stage, _points, _segment, _lost, _single,
    _concentration, _rules,
)  # fmt: skip


def findings(view: MatrixView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [found for rule in RULES if (found := rule(view)) is not None]
