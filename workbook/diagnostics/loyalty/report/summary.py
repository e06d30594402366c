"""Page 2: the answer first."""

from collections.abc import Callable

from workbook.diagnostics.claims import Claim, Figure
from workbook.diagnostics.loyalty.report.complaints import within
from workbook.diagnostics.loyalty.report.findings import findings, first_words
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.loyalty.report.mark_words import mark_format, mark_words
from workbook.diagnostics.loyalty.report.score_words import class_parts
from workbook.diagnostics.loyalty.report.waves import verdict_arrow
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps, Verdict
from workbook.report.blocks import Tile
from workbook.report.page_two import PageTwo


def page_two(view: LoyaltyView) -> PageTwo:
    """Return the program's draft of page 2."""
    return PageTwo(
        answer=_answer(view),
        lead=(_lead(view),),
        tiles=[TILES[claim.id](view, claim) for claim in view.result.tiles],
        findings=findings(view),
        limitation=_limitation(view),
    )


def _answer(view: LoyaltyView) -> str:
    claim = view.result.answer
    if claim is None:
        raise ValueError("a result without an answer")
    words = {}
    if "first" in claim.figures:
        words["first"] = first_words(view, str(claim.figures["first"]))
    return view.text(f"head.{claim.id}", **{**claim.figures, **words})


def _limitation(view: LoyaltyView) -> str:
    limit = view.result.limitation
    return "" if limit is None else view.text(f"limitations.{limit.id}", **limit.figures)


def _lead(view: LoyaltyView) -> str:
    nps = view.result.nps
    if nps is None or nps.interval is IntervalKind.TOO_FEW:
        return view.text("summary.lead.none")
    if nps.interval is IntervalKind.CENSUS:
        return view.text("summary.lead.census", n=nps.n)
    return _sample(view, nps)


def _sample(view: LoyaltyView, nps: Nps) -> str:
    parts = class_parts(view, nps) if view.in_percent(nps.n) else _counts(view, nps)
    return view.text(
        "summary.lead.sample", n=nps.n, **parts,
        interval=view.interval(nps.ci_low, nps.ci_high, "points"),
        confidence=view.params.confidence,
    )  # fmt: skip


def _counts(view: LoyaltyView, nps: Nps) -> dict[str, str]:
    classes = {"detractors": nps.detractors, "passives": nps.passives, "promoters": nps.promoters}
    return {name: view.texts.write(n, "count") for name, n in classes.items()}


def _part(key: str, base: str) -> Callable[[LoyaltyView, Claim], str]:
    """Return how to say one figure as a part of another."""
    return lambda view, claim: view.part(_whole(claim.figures[key]), _whole(claim.figures[base]))


def _whole(figure: Figure) -> int:
    if not isinstance(figure, int):
        raise ValueError(f"a part is a number of customers, not {figure!r}")
    return figure


def _nps_tile(view: LoyaltyView, claim: Claim) -> Tile:
    figures = claim.figures
    told = ""
    if "verdict" in figures:
        verdict = Verdict(str(figures["verdict"]))
        told = view.text(
            "tiles.nps_change", arrow=verdict_arrow(verdict), difference=figures["difference"],
            wave=figures["wave"], against=figures["against"],
            verdict=view.text(f"tiles.verdict.{verdict.value}"),
        )  # fmt: skip
    return Tile(
        label=view.text("tiles.nps"),
        value=view.texts.write(figures["value"], "points"),
        change=told,
        base=view.text(
            "tiles.nps_base", n=figures["n"],
            interval=view.interval(_number(figures["ci_low"]), _number(figures["ci_high"]),
                                   "points"),
        ),
    )  # fmt: skip


def _number(figure: Figure) -> float | None:
    return figure if isinstance(figure, int | float) else None


def _retention_tile(view: LoyaltyView, claim: Claim) -> Tile:
    money = claim.figures["revenue_share"]
    return Tile(
        label=view.text("tiles.retention"),
        value=_part("kept", "before")(view, claim),
        base=view.text("tiles.retention_base", n=claim.figures["before"]),
        change="" if money is None else view.text("tiles.retention_money", share=money),
    )


def _marks_tile(view: LoyaltyView, claim: Claim) -> Tile:
    figures = claim.figures
    return Tile(
        label=view.text("tiles.marks"),
        value=view.texts.write(figures["mean"], mark_format(view)),
        change=str(figures["parameter"]),
        base=view.text("tiles.marks_base", n=figures["n"]),
    )


def _low_marks_tile(view: LoyaltyView, claim: Claim) -> Tile:
    return Tile(
        label=view.text("tiles.low_marks", low_mark=mark_words(view)["low_mark"]),
        value=_part("low", "n")(view, claim),
        base=view.text("tiles.low_marks_base", n=claim.figures["n"]),
    )


def _complaints_tile(view: LoyaltyView, claim: Claim) -> Tile:
    return Tile(
        label=view.text("tiles.complaints"),
        value=_part("mended", "n")(view, claim),
        base=view.text("tiles.complaints_base", n=claim.figures["n"], when=_when(view)),
    )


def _when(view: LoyaltyView) -> str:
    complaints = view.result.complaints
    return "" if complaints is None else within(view, complaints)


TILES: dict[str, Callable[[LoyaltyView, Claim], Tile]] = {
    "nps": _nps_tile,
    "retention": _retention_tile,
    "lowest_mark": _marks_tile,
    "low_marks": _low_marks_tile,
    "complaints": _complaints_tile,
}
"""How each tile is worded."""
