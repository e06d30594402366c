"""Page 2 and the action plan: the claims of the result in words."""

from dataclasses import replace

from workbook.diagnostics.churn_reasons.reasons_result import LostDefinitions
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, of_all, scoped
from workbook.diagnostics.claims import Claim
from workbook.report.blocks import Tile
from workbook.report.finding import Finding, worded
from workbook.report.page_two import PageTwo

_NAMES = ("owner", "signal")
"""Figures that are keys of the report's words."""
_MONEY = "revenue"
"""Figure that a sentence adds where it is known."""


def page_two(view: ChurnView) -> PageTwo:
    """Return the program's draft of page 2."""
    if not view.result.base.n:
        return PageTwo(answer=view.text("head.none"), lead=(_none(view),))
    return PageTwo(
        answer=_answer(view),
        lead=(" ".join(_definitions(view)),),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=findings(view),
        limitation=_limitation(view),
    )


def _limitation(view: ChurnView) -> str:
    limit = view.result.limitation
    if limit is None:
        return ""
    told = view.text(f"limitations.{limit.id}", **limit.figures)
    return scoped(view, told, of_register=view.result.is_of_register(limit.id))


def _definitions(view: ChurnView) -> list[str]:
    """Say what this report calls lost, and who else bought nothing or buys on."""
    who, result = view.result.lost_definitions, view.result
    if who is None:
        return []
    told = [] if result.lost.n else [_none(view)]
    told.append(_lost(view, who))
    if result.widened_since is not None:
        told.append(view.text("reasons.text.widened", least=view.params.min_losses))
    if who.silent:
        told.append(_silent(view, who))
    if who.register_still_buying:
        told.append(view.text("definitions.buying", buying=who.register_still_buying))
    return told


def _none(view: ChurnView) -> str:
    lost = view.result.lost
    if view.result.carried_since is None:
        return view.text("head.none_text")
    return view.text("head.none_text_period", since=lost.since)


def _lost(view: ChurnView, who: LostDefinitions) -> str:
    """Say whom this report calls lost; a register that is carried on holds more than a period."""
    first = view.result.carried_since
    if first is None:
        return view.text("definitions.register", register=who.register)
    return view.text(
        "definitions.period",
        since=view.result.lost.since,
        first=first,
        n=view.result.register.n,
        register=who.register,
    )


def _silent(view: ChurnView, who: LostDefinitions) -> str:
    """Say how many fell silent, and how many of them the register knows."""
    some = "" if who.silent_not_in_register else "_all"
    key = "definitions.silent" + (some if who.both else "_none")
    return view.text(key, silent=who.silent, both=who.both, months=who.window_months)


def findings(view: ChurnView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [_finding(view, claim) for claim in view.result.findings]


def _finding(view: ChurnView, claim: Claim) -> Finding:
    told = worded(view, claim, **_words(view, claim))
    wide = view.result.is_of_register(claim.id)
    return replace(told, text=scoped(view, told.text, of_register=wide))


def _answer(view: ChurnView) -> str:
    claim = view.result.answer
    if claim is None:
        raise ValueError("a result without an answer")
    told = view.text(f"head.{claim.id}", **{**claim.figures, **_words(view, claim)})
    return scoped(view, told, of_register=view.result.is_of_register(claim.id))


def _tile(view: ChurnView, claim: Claim) -> Tile:
    values = {**claim.figures, **_words(view, claim)}

    def text(part: str) -> str:
        key = f"tiles.{claim.id}.{part}"
        return view.text(key, **values) if key in view.texts else ""

    label = text("label")
    if view.result.is_of_register(claim.id):
        label = view.text("scope.tile", label=label)
    return Tile(label=label, value=text("value"), base=text("base"))


def _words(view: ChurnView, claim: Claim) -> dict[str, str]:
    """Return labels of what the claim names by key, and shares as the house writes them."""
    figures = claim.figures
    words = {name: view.text(f"{name}.{figures[name]}") for name in _NAMES if name in figures}
    if "owner" in figures:
        words["role"] = view.text(f"roles.{figures['owner']}")
    if _MONEY in figures:
        known = figures[_MONEY] is not None
        words["worth"] = view.text("worth", **figures) if known else ""
    if "dimension" in figures:
        words["by"] = view.text(f"by.{figures['dimension']}")
        words["by_of"] = view.text(f"by_of.{figures['dimension']}")
    k, n = figures.get("k"), figures.get("n")
    if isinstance(k, int) and isinstance(n, int) and k <= n:
        words["part"] = view.part(k, n)
        words["base"] = of_all(view, n)
    if "low" in figures and isinstance(n, int) and view.in_percent(n):
        words["base"] = view.interval(*_bounds(claim), "pct")
    return words


def _bounds(claim: Claim) -> tuple[float | None, float | None]:
    low, high = claim.figures["low"], claim.figures["high"]
    return (
        low if isinstance(low, float) else None,
        high if isinstance(high, float) else None,
    )
