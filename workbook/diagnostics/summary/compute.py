"""The summary: the results of all diagnostics in, one frozen result out."""

from dataclasses import replace

from workbook.diagnostics.claims import Refusal, by_importance, told_findings
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.summary import headline
from workbook.diagnostics.summary.changes import change_counts, changes
from workbook.diagnostics.summary.contradictions import contradictions
from workbook.diagnostics.summary.cross_facts import CrossFacts, Rule
from workbook.diagnostics.summary.customer_list import customer_list
from workbook.diagnostics.summary.definitions import definitions
from workbook.diagnostics.summary.earlier_actions import plan_counts
from workbook.diagnostics.summary.joined import Joined, Sources
from workbook.diagnostics.summary.leading import leading
from workbook.diagnostics.summary.money import at_risk_ids, fates, money, silence_is_loss
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result, SummaryFigure, Told
from workbook.diagnostics.summary.rules import AFTER_MONEY, RULES


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the summary of what the diagnostics found.

    Raises
    ------
    ValueError
        When the parts of the money are not the revenue, or a customer is counted twice.
    """
    joined, ledger = sources.joined, inputs.ledger
    facts = CrossFacts(inputs=inputs, joined=joined, params=params, links=sources.links)
    own, refused = _across(facts, RULES)
    before = [*own, *_of_diagnostics(joined)]
    risky = at_risk_ids(one.claim for one in before)
    found = fates(ledger, risky, silent_lost=silence_is_loss(joined))
    total = money(ledger, found, joined)
    after, refused_after = _across(replace(facts, money=total), AFTER_MONEY)
    told = _in_order([*before, *after])
    return Result(
        joined=joined,
        absent=sources.absent,
        key_figures=tuple(figure for one in joined for figure in _figures(one)),
        ledger=ledger,
        states=ledger.counts if ledger.counts.customers else None,
        money=total,
        customers=customer_list(inputs, found, risky, joined),
        definitions=definitions(ledger, joined) if ledger.counts.customers else (),
        differences=ledger.differences,
        contradictions=contradictions(ledger, joined, (o.claim for o in (*own, *after))),
        changes=changes(joined),
        change_counts=change_counts(joined),
        earlier_actions=sources.earlier_actions,
        earlier_counts=plan_counts(sources.earlier_actions),
        what_if=sources.what_if,
        answer=headline.answer(told, total),
        tiles=headline.tiles(total),
        told=told,
        findings=tuple(one.claim for one in told),
        refused_findings=(*refused, *refused_after),
    )


def _figures(one: Joined) -> list[SummaryFigure]:
    return [
        SummaryFigure(
            diagnostic=one.name, name=f.name, value=f.value, previous=_previous(one, f), unit=f.unit
        )
        for f in one.key_figures
    ]


def _previous(one: Joined, figure: KeyFigure) -> float | None:
    """Return a figure of the last period; without one, what the diagnostic itself compares with."""
    if not one.changed.changes:
        return figure.previous
    found = one.changed.of(figure.measure or figure.name, figure.label)
    return None if found is None else found.before


def _across(facts: CrossFacts, rules: tuple[Rule, ...]) -> tuple[list[Told], tuple[Refusal, ...]]:
    """Return what the rules across diagnostics tell, and what their gates refused."""
    told, refused = told_findings(judged for rule in rules for judged in rule(facts))
    return [Told(claim=claim, own=True) for claim in told], tuple(dict.fromkeys(refused))


def _of_diagnostics(joined: tuple[Joined, ...]) -> list[Told]:
    return [
        Told(claim=replace(claim, diagnostics=claim.diagnostics or (one.name,)), own=False)
        for one in joined
        for claim in one.result.findings
    ]


def _in_order(found: list[Told]) -> tuple[Told, ...]:
    """Return findings by importance; equals in the order of the reports.

    First comes the most important one of each report and of the rules across reports: three
    findings about the same customers would leave page 2 without the others.
    """
    place = {id(one.claim): one for one in found}
    told = [place[id(claim)] for claim in by_importance(one.claim for one in found)]
    first = leading(told)
    return (*first, *(one for one in told if one not in first))
