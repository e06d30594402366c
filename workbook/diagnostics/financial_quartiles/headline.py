"""The top of page 2 as claims: the headlines that could be told, and the key figures."""

from collections.abc import Iterator

from workbook.diagnostics.claims import Claim, Judged, MoneyKind, judge
from workbook.diagnostics.financial_quartiles.growth import ACCOUNTS
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import BASES, BaseName
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict
from workbook.diagnostics.gates import fits, has_history, outlasts_rounding


def about(row: Organisation) -> dict[str, float | int | str | None]:
    """Return whom and which year a claim is about."""
    return {"organisation": row.organisation, "year": row.year}


def answers(result: Result, found: tuple[Claim, ...]) -> Iterator[Judged]:
    """Return the headlines that could be told, the best first.

    Parameters
    ----------
    found
        The findings: the first problem is what the headline decides on.
    """
    row = result.lead
    first = next((claim for claim in found if claim.problem), None)
    decide = {"decide": "" if first is None else first.id}
    if row is None:
        yield Claim(id="nothing", figures={}, problem=False)
        return
    year = has_history(len(row.moved), least=1)
    sound = fits(not row.refused)
    base = row.told_base
    if base is None:
        yield judge(Claim(id="accounts", figures=about(row) | _moves(row) | decide), year, sound)
        k = sum(ratio.value is not None for ratio in row.ratios)
        n = len(result.ratios)
        figures = about(row) | {"k": k, "n": n} | decide
        yield judge(Claim(id="none", figures=figures, count=k, population=n))
        return
    verdict, firm = about(row) | _verdict(row, base), outlasts_rounding(row.firm(base))
    verdict |= decide
    of = (f"score_{base}", base)
    if _in_good_order(row, base, found):
        left = {"decide": "left"} if any(claim.id == "left" for claim in found) else {}
        yield judge(Claim(id="verdict", figures=verdict | left, measure=of), firm)
    yield judge(
        Claim(id="accounts_verdict", figures=verdict | _moves(row), measure=of), year, sound, firm
    )
    yield judge(Claim(id="verdict", figures=verdict, measure=of), firm)
    if firm is not None:
        left_open = about(row) | between(row, base) | decide
        yield judge(Claim(id="accounts_between", figures=left_open | _moves(row)), year, sound)
        yield judge(Claim(id="between", figures=left_open))


def _in_good_order(row: Organisation, base: BaseName, found: tuple[Claim, ...]) -> bool:
    """Return whether the place among others tells more than the year: better, and nothing lost."""
    better = row.verdict.against(base) in (ScoreVerdict.BETTER, ScoreVerdict.MUCH_BETTER)
    taken = (MoneyKind.LOST, MoneyKind.AT_RISK, MoneyKind.COST)
    return better and not any(claim.money_kind in taken for claim in found)


def _verdict(row: Organisation, base: BaseName) -> dict[str, float | int | str | None]:
    return {
        "base": base,
        "verdict": row.verdict.against(base),
        "total": row.total.against(base),
        "mean": row.mean.against(base),
        "n": row.scored.against(base),
    }


def between(row: Organisation, base: BaseName) -> dict[str, float | int | str | None]:
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


def tiles(result: Result) -> Iterator[Judged]:
    """Return the key figures, most important first."""
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
    figures = about(row) | _verdict(row, base) | _change(row, base)
    yield judge(Claim(id=base, figures=figures, measure=(f"score_{base}", base)), firm)
    if firm is not None:
        yield judge(Claim(id=f"{base}_between", figures=about(row) | between(row, base)))


def _account_tiles(row: Organisation) -> Iterator[Judged]:
    """Return the tiles of profit, cash and debt, where the year before is known."""
    known = {grown.line for grown in row.growth}
    for line in ACCOUNTS:
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
        measure=("line", line),
        figures=about(row)
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
