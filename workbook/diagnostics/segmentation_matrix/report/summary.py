"""Page 2 and the action plan: the claims of the result in words."""

from collections.abc import Sequence

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.segmentation_matrix.report.funnel import stage_name, told_after
from workbook.diagnostics.segmentation_matrix.report.names import MatrixView
from workbook.report.blocks import Tile
from workbook.report.finding import Finding, worded
from workbook.report.page_two import PageTwo


def page_two(view: MatrixView) -> PageTwo:
    """Return the program's draft of page 2."""
    answer, limit = view.result.answer, view.result.limitation
    told = findings(view)
    limitation = "" if limit is None else view.text(f"limitations.{limit.id}", **limit.figures)
    if answer is None:
        return PageTwo(answer=view.text("head.none"), limitation=limitation)
    lead = f"lead.{answer.id}"
    return PageTwo(
        answer=_said(view, f"head.{answer.id}", answer, first=_first(told)),
        lead=(_said(view, lead, answer),) if lead in view.texts else (),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=told,
        limitation=limitation,
    )


def _first(told: Sequence[Finding]) -> str:
    """Return the first step as a part of a sentence."""
    what = next((found.step.what for found in told if found.step is not None), "")
    return what[:1].lower() + what[1:].rstrip(".")


def findings(view: MatrixView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [worded(view, claim, **_words(view, claim)) for claim in view.result.findings]


def _said(view: MatrixView, key: str, claim: Claim, **more: str) -> str:
    return view.text(key, **{**claim.figures, **_words(view, claim), **more})


def _words(view: MatrixView, claim: Claim) -> dict[str, str]:
    """Return what only a report knows: a part in the form fit for its size, names in words."""
    words: dict[str, str] = {}
    if claim.count is not None and claim.population:
        words["part"] = view.part(claim.count, claim.population)
    words |= compared(view) | {"when": told_after(view)}
    back = claim.figures.get("k"), claim.figures.get("of")
    if isinstance(back[0], int) and isinstance(back[1], int) and back[1]:
        words["back"] = view.part(back[0], back[1])
    for name in ("stage", "money_stage"):
        stage = claim.figures.get(name)
        if stage is not None:
            words[name] = stage_name(view, str(stage))
    return words


def compared(view: MatrixView) -> dict[str, str]:
    """Return what turnover is compared with: until when, and as a sentence."""
    basis = view.result.turnover_basis
    if basis is None or basis.before is None:
        return {}
    key = "shared" if basis.shared_months else "apart"
    sentence = view.text(
        f"compared.{key}", months=basis.months, now=basis.window.last, then=basis.before.last,
        shared=basis.shared_months,
    )  # fmt: skip
    return {"then": view.texts.write(basis.before.last, "day_short"), "compared": sentence}


def _tile(view: MatrixView, claim: Claim) -> Tile:
    key = f"tiles.{claim.id}"
    change, base = (
        _said(view, f"{key}.{part}", claim) if f"{key}.{part}" in view.texts else ""
        for part in ("change", "base")
    )
    return Tile(
        label=_said(view, f"{key}.label", claim),
        value=_said(view, f"{key}.value", claim),
        change=change,
        base=base,
    )
