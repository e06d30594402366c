"""Page 2 of the financial report as claims: answer, tiles and findings, each through its gates.

The report is about the last year of the first organisation of the table.  What changed in its
accounts comes first, its place among others beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from workbook.diagnostics.claims import Claim, Judged, Refusal, judge, sorted_out, told_findings
from workbook.diagnostics.financial_quartiles.accounts import account_claims
from workbook.diagnostics.financial_quartiles.headline import about, answers, between, tiles
from workbook.diagnostics.financial_quartiles.limits import limitation
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.verdicts import ChangeVerdict
from workbook.diagnostics.gates import fits, has_history, outlasts_rounding

MOST_TILES = 4
_LATER = 60
"""Days until a step is due that is about the shape of the balance sheet."""
OF_DATA = frozenset({"articulation_before", "contradictions", "contradictions_before", "rounding"})
"""What is about the statements of earlier years, or the figures of the base: told last."""
_WORSE = (ChangeVerdict.WORSENED, ChangeVerdict.MUCH_WORSENED)
_BETTER = (ChangeVerdict.IMPROVED, ChangeVerdict.MUCH_IMPROVED)


def with_claims(result: Result, params: Params, *, as_of: date) -> Result:
    """Return the result with what its page 2 tells and what was refused."""
    figures, no_tiles = sorted_out(tiles(result))
    found, refused = told_findings(_findings(result, params))
    told = tuple(sorted(found, key=lambda claim: claim.id in OF_DATA))
    headlines, no_headlines = sorted_out(answers(result, told))
    return replace(
        result,
        answer=next(iter(headlines), None),
        tiles=figures[:MOST_TILES],
        findings=told,
        refused_findings=_each_once((*no_headlines, *no_tiles, *refused)),
        limitation=limitation(result, as_of=as_of, findings=told),
    )


def _each_once(refused: Sequence[Refusal]) -> tuple[Refusal, ...]:
    return tuple({one.id: one for one in reversed(refused)}.values())[::-1]


def _findings(result: Result, params: Params) -> Iterator[Judged]:
    """Return the findings, most important first; what is of old years or of others last."""
    row = result.lead
    if row is not None:
        yield from _refused(row)
        yield from _missing(row)
        yield from _rounded_statement(row)
        yield from _articulation(result, last=True)
        yield from _standing(row)
        if not row.refused:
            years = result.years_of(row.organisation)
            before = next((one for one in years if one.year == row.year - 1), None)
            for claim in account_claims(row, params, before=before):
                yield judge(claim)
        yield from _weak(row)
        yield from _left(row)
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
        yield Claim(id="refused", figures=about(row) | {"n": len(row.refused)})


def _rounded_statement(row: Organisation) -> Iterator[Judged]:
    """Tell of a statement that is too round for one verdict."""
    base = row.told_base
    if base is not None and not row.firm(base):
        yield Claim(id="rounded_statement", figures=about(row) | between(row, base))


def _missing(row: Organisation) -> Iterator[Judged]:
    """Tell of lines to ask for, where they are why there is no verdict."""
    if not row.ask_for or row.verdict.industry is not None:
        return
    k, n = sum(ratio.value is not None for ratio in row.ratios), len(row.ratios)
    yield judge(
        Claim(
            id="missing",
            figures=about(row) | {"k": k, "n": n, "lines_n": len(row.ask_for)},
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
    figures = about(row) | {
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
    measure = ("ratio", first.ratio)
    claim = Claim(id=name, figures=figures, measure=measure, evidence="moves", due_days=_LATER)
    yield judge(claim, outlasts_rounding(below))


def _left(row: Organisation) -> Iterator[Judged]:
    """Tell of the one ratio that is left below the median, where none is weak."""
    if row.weakest_ratios:
        return
    found = [(one, one.against(row.leading)) for one in row.ratios]
    below = [(r, band) for r, band in found if band is not None and (band.position or 0.0) < 0]
    if len(below) != 1:
        return
    (ratio, band), *_ = below
    yield judge(
        Claim(
            id="left",
            measure=("ratio", ratio.ratio),
            figures=about(row) | {"ratio": ratio.label, "value": ratio.value,
                                  "median": band.median},
            evidence="standing",
            due_days=_LATER,
        ),
        outlasts_rounding(not row.weakness_is_open),
    )  # fmt: skip


def _standing(row: Organisation) -> Iterator[Judged]:
    """Return whether the standing in the industry has changed, and whose doing it was."""
    figures = about(row) | {
        "change": row.change,
        "own_move": row.own_move,
        "base_move": row.base_move,
        "verdict": row.change_verdict,
    }
    known = has_history(int(row.change is not None), least=1)
    if row.change_verdict in _BETTER:
        yield judge(
            Claim(
                id="risen",
                figures=figures,
                problem=False,
                evidence="trend",
                measure=("score_industry", "industry"),
            )
        )
    elif row.change_verdict in _WORSE:
        others = (row.own_move or 0.0) >= 0 > (row.base_move or 0.0)
        yield judge(
            Claim(
                id="fallen_by_others" if others else "fallen",
                measure=("score_industry", "industry"),
                figures=figures,
                evidence="trend",
                due_days=_LATER,
            )
        )
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
            figures=about(row)
            | {"check": check.check, "difference": abs(check.difference), "n": len(found)},
            evidence="trust",
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
            evidence="trust",
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
            figures=about(row) | {"n": len(best), "of": n},
            problem=False,
            evidence="standing",
            count=len(best),
            population=n,
        )
        yield judge(claim, fits(real))


def _rounding(result: Result) -> Iterator[Judged]:
    n = len(result.rounded_scores)
    if n:
        yield Claim(id="rounding", figures={"n": n}, problem=False)
