"""Page 2 and the action plan: the answer, four figures, the findings."""

from workbook.blocks import Block, Heading, Text, Tile, Tiles
from workbook.diagnostics.financial_quartiles.result import Organisation, Undefined
from workbook.views.financial_quartiles.findings import findings
from workbook.views.financial_quartiles.groups import group_label, peer_group
from workbook.views.financial_quartiles.growth import growth_words
from workbook.views.financial_quartiles.peers import lead_peers
from workbook.views.financial_quartiles.shared import (
    BaseName,
    FinancialView,
    all_listed,
    lead,
    mean,
    points,
    synthetic,
    told_base,
    verdict_words,
)
from workbook.views.financial_quartiles.trust import broken, checks_made
from workbook.views.finding import action_plan, summary_findings

STEPS = 7
"""Steps of the action plan: more is no plan."""


def summary(view: FinancialView) -> list[Block]:
    """Return the one-page summary: answer, tiles, three findings, one recommendation."""
    told = (_lead(view), synthetic(view))
    return [
        Heading(text=_answer(view), short=view.say("short.summary"), new_page=True),
        Text(tuple(filter(None, told)), lead=True),
        Tiles(tuple(_tiles(view)[:4])),
        *summary_findings(view, findings(view)),
    ]


def actions(view: FinancialView) -> list[Block]:
    """Return the action plan."""
    return action_plan(view, findings(view)[:STEPS])


def _answer(view: FinancialView) -> str:
    row = lead(view)
    if row is None:
        return view.say("head.nothing")
    base = told_base(row)
    if base is None:
        return view.say("head.none", organisation=row.organisation, **_why(view, row))
    verdict = getattr(row.verdict, base)
    return view.say(
        "head.verdict",
        organisation=row.organisation,
        year=row.year,
        verdict=view.say(f"against.{base}.{verdict}"),
        total=points(view, getattr(row.total, base)),
        n=getattr(row.scored, base),
    )


def _why(view: FinancialView, row: Organisation) -> dict[str, object]:
    """Return why there is no verdict, and what is at hand."""
    return {
        "year": row.year,
        "why": view.say(f"why.{row.no_verdict.industry or row.no_verdict.all}"),
        "k": sum(ratio.value is not None for ratio in row.ratios),
        "n": len(view.result.ratios),
    }


def _lead(view: FinancialView) -> str:
    row = lead(view)
    if row is None:
        return view.say("head.lead.nothing")
    told = []
    base, peers = told_base(row), lead_peers(view)
    if base is None:
        told.append(_ask(view, row))
    elif peers is not None:
        told.append(
            view.say(
                "head.lead.mean", mean=mean(view, getattr(row.mean, base)), n=peers.n,
                group=peer_group(view, peers),
            )
        )  # fmt: skip
    if row.verdict.industry is None and base == "all":
        told.append(
            view.say("head.lead.no_industry", why=view.say(f"why.{row.no_verdict.industry}"))
        )
    if row.change_verdict is not None:
        told.append(
            view.say(
                "head.lead.change", verdict=view.say(f"changes.{row.change_verdict}"),
                change=mean(view, row.change), before=row.year - 1,
            )
        )  # fmt: skip
    return " ".join(told)


def _ask(view: FinancialView, row: Organisation) -> str:
    """Say what to ask for, so that there is a verdict."""
    if row.refused:
        return view.say("head.lead.refused", lines=all_listed(view, row.refused_labels))
    if not row.ask_for and any(r.undefined is Undefined.NO_SHORT_TERM_DEBT for r in row.ratios):
        return view.say("head.lead.no_debt")
    if not row.ask_for:
        return view.say(f"head.lead.ask.{row.no_verdict.industry or row.no_verdict.all}")
    told = [view.say("head.lead.lines", lines=all_listed(view, row.ask_for_labels))]
    if row.missing_groups:
        groups = all_listed(view, [group_label(view, g) for g in row.missing_groups])
        told.append(view.say("head.lead.groups", groups=groups))
    return " ".join(told)


def _tiles(view: FinancialView) -> list[Tile]:
    row = lead(view)
    if row is None:
        return [_checks(view)]
    tiles = [_score(view, row, "industry"), _score(view, row, "all"), _count(view, row)]
    return [*tiles, *_revenue(view, row), _checks(view)]


def _score(view: FinancialView, row: Organisation, base: BaseName) -> Tile:
    told = getattr(row.verdict, base) is not None
    change = ""
    if told and base == "industry" and row.change is not None and row.change_verdict is not None:
        arrow = "▲" if row.change > 0 else "▼" if row.change < 0 else "■"
        words = view.say(f"changes.{row.change_verdict}")
        change = view.say("tiles.change", arrow=arrow, words=words, change=mean(view, row.change))
    return Tile(
        label=view.say(f"tiles.{base}"),
        value=points(view, getattr(row.total, base)) if told else "–",
        change=change,
        base=view.say(
            "tiles.mean", mean=mean(view, getattr(row.mean, base)),
            verdict=verdict_words(view, getattr(row.verdict, base)),
        )
        if told
        else view.say("verdicts.none"),
    )  # fmt: skip


def _count(view: FinancialView, row: Organisation) -> Tile:
    n = len(view.result.ratios)
    return Tile(
        label=view.say("tiles.scored"),
        value=view.say("k_of_n", k=row.n_scored, n=n),
        base=view.say("tiles.scored_base", least=view.params.min_ratios),
    )


def _revenue(view: FinancialView, row: Organisation) -> list[Tile]:
    revenue = next((line for line in row.lines if line.line == "revenue"), None)
    if revenue is None:
        return []
    grown = next((g for g in row.growth if g.line == "revenue" and g.change is not None), None)
    change = ""
    if grown is not None:
        arrow = "▲" if grown.now > grown.before else "▼" if grown.now < grown.before else "■"
        change = view.say("tiles.growth", arrow=arrow, growth=growth_words(view, grown))
    return [
        Tile(
            label=revenue.label,
            value=view.texts.write(revenue.value, "money"),
            change=change,
            base=view.say("tiles.year", year=row.year),
        )
    ]


def _checks(view: FinancialView) -> Tile:
    n = checks_made(view)
    return Tile(
        label=view.say("tiles.checks"),
        value=view.say("k_of_n", k=n - len(broken(view)), n=n),
        base=view.say("tiles.checks_base", n=len(view.result.organisations)),
    )
