"""Page 2 of the financial report as claims: answer, tiles and findings, each through its gates.

The report is about the last year of the first organisation of the table.  What changed in its
accounts comes first, its place among others beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbook.diagnostics.claims import Claim, Judged, Refusal, judge, sorted_out, told_findings
from workbook.diagnostics.financial_quartiles.accounts import account_claims
from workbook.diagnostics.financial_quartiles.organisation_result import (
    ChangeVerdict,
    Organisation,
)
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.ratio_result import (
    BASES,
    BaseName,
)
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.gates import fits, has_history, outlasts_rounding

MOST_TILES = 4
_ACCOUNT_TILES = ("net_profit", "cash", "current_liabilities")
_WORSE = (ChangeVerdict.WORSENED, ChangeVerdict.MUCH_WORSENED)
_BETTER = (ChangeVerdict.IMPROVED, ChangeVerdict.MUCH_IMPROVED)


def with_claims(result: Result, params: Params) -> Result:
    """Return the result with what its page 2 tells and what was refused."""
    headlines, no_headlines = sorted_out(_answers(result))
    tiles, no_tiles = sorted_out(_tiles(result))
    told, refused = told_findings(_findings(result, params))
    return replace(
        result,
        answer=next(iter(headlines), None),
        tiles=tiles[:MOST_TILES],
        findings=told,
        refused_findings=_each_once((*no_headlines, *no_tiles, *refused)),
    )


def _each_once(refused: Sequence[Refusal]) -> tuple[Refusal, ...]:
    return tuple({one.id: one for one in reversed(refused)}.values())[::-1]


def _of(row: Organisation) -> dict[str, float | int | str | None]:
    return {"organisation": row.organisation, "year": row.year}


# ---- the answer -------------------------------------------------------------------------------


def _answers(result: Result) -> Iterator[Judged]:
    """Return the headlines that could be told, the best first."""
    row = result.lead
    if row is None:
        yield Claim(id="nothing", figures={}, problem=False)
        return
    year = has_history(len(row.moved), least=1)
    sound = fits(not row.refused)
    base = row.told_base
    if base is None:
        yield judge(Claim(id="accounts", figures=_of(row) | _moves(row)), year, sound)
        k = sum(ratio.value is not None for ratio in row.ratios)
        n = len(result.ratios)
        yield judge(Claim(id="none", figures=_of(row) | {"k": k, "n": n}, count=k, population=n))
        return
    verdict, firm = _of(row) | _verdict(row, base), outlasts_rounding(row.firm(base))
    yield judge(Claim(id="accounts_verdict", figures=verdict | _moves(row)), year, sound, firm)
    yield judge(Claim(id="verdict", figures=verdict), firm)
    if firm is not None:
        between = _of(row) | _between(row, base)
        yield judge(Claim(id="accounts_between", figures=between | _moves(row)), year, sound)
        yield judge(Claim(id="between", figures=between))


def _verdict(row: Organisation, base: BaseName) -> dict[str, float | int | str | None]:
    return {
        "base": base,
        "verdict": row.verdict.against(base),
        "total": row.total.against(base),
        "mean": row.mean.against(base),
        "n": row.scored.against(base),
    }


def _between(row: Organisation, base: BaseName) -> dict[str, float | int | str | None]:
    """Return the verdicts that the rounding of the statement leaves open."""
    return {
        "base": base,
        "low": row.verdict_low.against(base),
        "high": row.verdict_high.against(base),
        "mean_low": row.mean_low.against(base),
        "mean_high": row.mean_high.against(base),
        "unit": row.rounding_unit,
        "n": row.scored.against(base),
    }


def _moves(row: Organisation) -> dict[str, float | int | str | None]:
    """Return the changes of the lines that tell the year."""
    return {
        f"{grown.line}_{name}": getattr(grown, name)
        for grown in row.growth
        if grown.line in row.moved
        for name in ("before", "now", "change")
    }


# ---- tiles ------------------------------------------------------------------------------------


def _tiles(result: Result) -> Iterator[Judged]:
    row = result.lead
    made = result.checks_made
    closing = made - len(result.broken_checks)
    if row is not None:
        yield from _account_tiles(row)
        for base in BASES:
            yield from _score_tile(row, base)
        yield from _line_tile(row, "revenue")
        n = len(result.ratios)
        yield judge(
            Claim(
                id="scored", figures={"k": row.n_scored, "n": n}, count=row.n_scored, population=n
            )
        )
    yield judge(
        Claim(
            id="checks",
            figures={"k": closing, "n": made, "statements": len(result.organisations)},
            count=closing,
            population=made,
        )
    )


def _score_tile(row: Organisation, base: BaseName) -> Iterator[Judged]:
    """Return the tile of a verdict, or of the verdicts that the rounding leaves open."""
    firm = outlasts_rounding(row.firm(base))
    figures = _of(row) | _verdict(row, base) | _change(row, base)
    yield judge(Claim(id=base, figures=figures), firm)
    if firm is not None:
        yield judge(Claim(id=f"{base}_between", figures=_of(row) | _between(row, base)))


def _account_tiles(row: Organisation) -> Iterator[Judged]:
    """Return the tiles of profit, cash and debt, where the year before is known."""
    known = {grown.line for grown in row.growth}
    for line in _ACCOUNT_TILES:
        if any(one.line == line for one in row.lines):
            for made in _line_tile(row, line):
                if isinstance(made, Claim):
                    yield judge(made, has_history(int(line in known), least=1))


def _line_tile(row: Organisation, line: str) -> Iterator[Judged]:
    now = next((one.value for one in row.lines if one.line == line), None)
    if now is None:
        return
    grown = next((one for one in row.growth if one.line == line), None)
    yield Claim(
        id=line,
        figures=_of(row)
        | {
            "now": now,
            "before": None if grown is None else grown.before,
            "change": None if grown is None else grown.change,
        },
    )


def _change(row: Organisation, base: str) -> dict[str, float | int | str | None]:
    told = base == "industry"
    return {
        "change": row.change if told else None,
        "change_verdict": row.change_verdict if told else None,
    }


# ---- findings ---------------------------------------------------------------------------------


def _findings(result: Result, params: Params) -> Iterator[Judged]:
    """Return the findings, most important first; what is of old years or of others last."""
    row = result.lead
    if row is not None:
        yield from _refused(row)
        yield from _missing(row)
        yield from _rounded_statement(row)
        yield from _articulation(result, last=True)
        if not row.refused:
            for claim in account_claims(row, params):
                yield judge(claim)
        yield from _weak(row)
        yield from _standing(row)
    yield from _no_base(result)
    yield from _contradictions(result, last=True)
    for other in result.latest[1:]:
        yield from _refused(other)
    yield from [one for other in result.latest[1:] for one in _missing(other)][:1]
    if row is not None:
        yield from _strong(row, result)
    yield from _rounding(result)
    yield from _articulation(result, last=False)
    yield from _contradictions(result, last=False)


def _refused(row: Organisation) -> Iterator[Judged]:
    if row.refused:
        yield Claim(id="refused", figures=_of(row) | {"n": len(row.refused)})


def _rounded_statement(row: Organisation) -> Iterator[Judged]:
    """Tell of a statement that is too round for one verdict."""
    base = row.told_base
    if base is not None and not row.firm(base):
        yield Claim(id="rounded_statement", figures=_of(row) | _between(row, base))


def _missing(row: Organisation) -> Iterator[Judged]:
    """Tell of lines to ask for, where they are why there is no verdict."""
    if not row.ask_for or row.verdict.industry is not None:
        return
    k, n = sum(ratio.value is not None for ratio in row.ratios), len(row.ratios)
    yield judge(
        Claim(
            id="missing",
            figures=_of(row) | {"k": k, "n": n, "lines_n": len(row.ask_for)},
            count=k,
            population=n,
        )
    )


def _weak(row: Organisation) -> Iterator[Judged]:
    """Tell of the weakest ratio, with what can be done about it."""
    ratios = row.weakest_ratios
    if not ratios:
        return
    first = ratios[0]
    found = first.against(row.leading)
    if found is None:
        raise ValueError("the weakest ratio is one that has a score")
    reaching = [one for one in row.levers if one.reaches and one.ratio == first.ratio]
    figures = _of(row) | {
        "ratio": first.label,
        "value": first.value,
        "median": found.median,
        "score": found.score,
        "position": found.position,
        "ties": len(ratios) - 1,
    }
    for one in reaching:
        figures |= {f"{one.lever}_amount": one.amount, f"{one.lever}_share": one.share}
    name = "weak_tied" if len(ratios) > 1 else "weak" if reaching else "weak_plain"
    below = found.score_high is None or found.score_high < 0
    yield judge(Claim(id=name, figures=figures), outlasts_rounding(below))


def _standing(row: Organisation) -> Iterator[Judged]:
    """Return whether the standing in the industry has changed, and whose doing it was."""
    figures = _of(row) | {
        "change": row.change,
        "own_move": row.own_move,
        "base_move": row.base_move,
        "verdict": row.change_verdict,
    }
    known = has_history(int(row.change is not None), least=1)
    if row.change_verdict in _BETTER:
        yield judge(Claim(id="risen", figures=figures, problem=False))
    elif row.change_verdict in _WORSE:
        others = (row.own_move or 0.0) >= 0 > (row.base_move or 0.0)
        yield judge(Claim(id="fallen_by_others" if others else "fallen", figures=figures))
    elif known is not None and row.told_base is not None:
        yield judge(Claim(id="standing", figures=figures), known)
    elif known is None and row.change_verdict is None:
        yield judge(Claim(id="standing", figures=figures), outlasts_rounding(False))


def _no_base(result: Result) -> Iterator[Judged]:
    if result.base is None:
        yield Claim(id="no_base", figures={"n": len(result.ratios)})


def _articulation(result: Result, *, last: bool) -> Iterator[Judged]:
    """Tell of checks that do not close: those of the last years, or those of the years before."""
    newest = {id(row) for row in result.latest}
    found = [(row, check) for row, check in result.broken_checks if (id(row) in newest) is last]
    if found:
        row, check = found[0]
        yield Claim(
            id="articulation" if last else "articulation_before",
            figures=_of(row)
            | {"check": check.check, "difference": abs(check.difference), "n": len(found)},
        )


def _contradictions(result: Result, *, last: bool) -> Iterator[Judged]:
    """Tell of prior-year figures that the statement of that year contradicts."""
    newest = {row.organisation: row.year - 1 for row in result.latest}
    found = [
        one for one in result.prior_contradictions if (one.year == newest[one.organisation]) is last
    ]
    if found:
        first = found[0]
        yield Claim(
            id="contradictions" if last else "contradictions_before",
            figures={
                "n": len(found),
                "organisation": first.organisation,
                "line": first.label,
                "year": first.year,
                "own": first.own,
                "given": first.given,
            },
        )


def _strong(row: Organisation, result: Result) -> Iterator[Judged]:
    """Tell of ratios in the best quarter; only real companies carry praise to others."""
    if row.told_base is None:
        return
    best = row.best_ratios
    if best:
        n = row.scored.against(row.told_base)
        real = result.base is not None and not result.base.synthetic
        claim = Claim(
            id="strong",
            figures=_of(row) | {"n": len(best), "of": n},
            problem=False,
            count=len(best),
            population=n,
        )
        yield judge(claim, fits(real))


def _rounding(result: Result) -> Iterator[Judged]:
    n = len(result.rounded_scores)
    if n:
        yield Claim(id="rounding", figures={"n": n}, problem=False)
