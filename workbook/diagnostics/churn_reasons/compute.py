"""The churn-reasons diagnostic: checked tables in, one frozen result out."""

from dataclasses import dataclass, replace

import numpy as np

from workbook.diagnostics.churn_reasons.backtest import backtests, signals_family
from workbook.diagnostics.churn_reasons.comparison import comparison, family_of_groups
from workbook.diagnostics.churn_reasons.counting import reasons_per_row
from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.findings import told
from workbook.diagnostics.churn_reasons.hazards import hazards
from workbook.diagnostics.churn_reasons.iceberg import iceberg
from workbook.diagnostics.churn_reasons.instruments import instruments
from workbook.diagnostics.churn_reasons.known_cuts import compared, knowledge
from workbook.diagnostics.churn_reasons.leading import leading_families
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.lost import lost_of
from workbook.diagnostics.churn_reasons.lost_definitions import lost_definitions
from workbook.diagnostics.churn_reasons.pairs import combinations, pairs, pairs_family
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.populations import (
    Populations,
    on_record,
    populations,
    with_all_answers,
)
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.reasons import (
    CodedReasons,
    code_reasons,
    groups,
    not_preventable,
    owners,
    preventable,
    reasons,
)
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.signals import visible_signals
from workbook.diagnostics.churn_reasons.survival_curves import (
    basis,
    curves,
    incidence,
    lifetimes,
    log_ranks,
    quartiles,
    speeds_family,
    survival,
    time_doubt,
)
from workbook.diagnostics.churn_reasons.survival_result import TimeDoubt
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.churn_reasons.verification import (
    coverage,
    replacements,
    stated_and_verified,
    stated_reasons,
    verified,
)
from workbook.diagnostics.churn_reasons.watch_list import watch_list
from workbook.diagnostics.churn_reasons.waves import wave
from workbook.diagnostics.churn_reasons.winback import candidates, destinations, returned, winback
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.plans import plans
from workbook.stats import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The reasons a customer may have."""

    taxonomy: Taxonomy


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the findings of the churn-reasons diagnostic.

    A table or column that is not there leaves its section out and puts its name into
    :attr:`Result.absent`; losses too few for a section give None or an empty tuple.

    Raises
    ------
    ValueError
        When totals do not reconcile.
    """
    found = populations(inputs, params)
    answered = with_all_answers(inputs)
    losses, portfolio = found.reasoned, found.portfolio_reasoned
    coded_reasons = code_reasons(losses, sources.taxonomy, inputs.language)
    known = knowledge(losses, portfolio, params)
    result = Result(
        lost=lost_of(found.period, found.portfolio, inputs, params),
        register=on_record(found.register),
        basis=found.basis,
        lost_definitions=lost_definitions(found.register, inputs.ledger),
        by=comparison(losses, portfolio, known, params),
        dimensions=known if losses.n else (),
        iceberg=iceberg(losses, inputs, params),
        instruments=instruments(losses, found.portfolio, answered, params),
        plans=plans(inputs),
        wave=wave(found, inputs=inputs, params=params, taxonomy=sources.taxonomy),
        small=found.period.n < params.min_losses,
    )
    result = _with_reasons(result, losses, coded_reasons=coded_reasons, params=params)
    result = _with_statements(result, losses, coded_reasons=coded_reasons, params=params)
    result = _of_the_register(
        result, found, inputs=inputs, answered=answered, taxonomy=sources.taxonomy, params=params
    )
    result = replace(result, families=_families(result, coded_reasons, params))
    concerned = CustomersConcerned(losses=losses, coded_reasons=coded_reasons, portfolio=portfolio)
    absent = _absent(result, inputs, found.portfolio)
    return told(replace(result, absent=absent), params, concerned)


def _of_the_register(
    result: Result,
    found: Populations,
    *,
    inputs: Inputs,
    answered: Inputs,
    taxonomy: Taxonomy,
    params: Params,
) -> Result:
    """Add what needs time to be seen: returns, durations and warnings of all losses on record."""
    register, portfolio = found.register, found.portfolio
    because = code_reasons(register, taxonomy, inputs.language)
    result = _with_winback(result, register, coded_reasons=because, inputs=inputs, params=params)
    if portfolio is None:
        return result
    result = _with_time(
        result,
        register,
        portfolio=portfolio,
        coded_reasons=because,
        inputs=inputs,
        params=params,
    )
    signals = visible_signals(register, answered, params)
    tests = backtests(signals, register, portfolio, params)
    watched = watch_list(
        signals,
        tests,
        losses=register,
        portfolio=portfolio,
        silent=_silent(inputs) if register.ledger is not None else frozenset(),
        by_name=inputs.answers_by_name,
    )
    return replace(
        result,
        signals=tests,
        watch_list=watched.rows,
        watched=len(watched.rows),
        watched_revenue=watched.revenue,
        active=len(portfolio.active),
    )


def _silent(inputs: Inputs) -> frozenset[str]:
    """Return the customers that the customer ledger calls silent."""
    rows = inputs.ledger.customers
    return frozenset(rows["customer_id"][rows["is_silent"].to_numpy(dtype=bool)])


def _families(result: Result, coded_reasons: CodedReasons, params: Params) -> tuple[Family, ...]:
    """Return what was tested together, in the order of the report."""
    alpha, unknown = 1 - params.confidence, coded_reasons.taxonomy.unknown
    found = (
        *leading_families(result, params),
        pairs_family(
            coded_reasons.given, result.pairs, min_n=params.min_pair_n, without=unknown, alpha=alpha
        ),
        family_of_groups(result.by, params),
        speeds_family(result.logrank, params),
        signals_family(result.signals, params),
    )
    return tuple(family for family in found if family is not None)


def _with_reasons(
    result: Result, losses: Losses, *, coded_reasons: CodedReasons, params: Params
) -> Result:
    revenue, unknown = losses.revenue, coded_reasons.taxonomy.unknown
    if not losses.n:
        return result
    no_reason = sum(not names for names in coded_reasons.words.lists)
    given = dict(reasons_per_row(coded_reasons.given))
    if no_reason:
        given[1] -= no_reason
        given[0] = no_reason
    per_loss = tuple((k, n) for k, n in sorted(given.items()) if n)
    return replace(
        result,
        reasons=reasons(coded_reasons, revenue, params),
        groups=groups(coded_reasons, revenue, params),
        owners=owners(coded_reasons, revenue, params),
        reasons_per_loss=per_loss,
        pairs=pairs(
            coded_reasons.given,
            min_n=params.min_pair_n,
            label=coded_reasons.label,
            without=unknown,
            alpha=1 - params.confidence,
        ),
        combinations=combinations(coded_reasons.given, revenue, label=coded_reasons.label),
        preventable=preventable(coded_reasons, revenue, params),
        not_preventable=not_preventable(coded_reasons),
    )


def _with_statements(
    result: Result, losses: Losses, *, coded_reasons: CodedReasons, params: Params
) -> Result:
    statements = stated_and_verified(losses, coded_reasons)
    unknown = coded_reasons.words.unknown(
        coded_reasons.taxonomy, language=coded_reasons.language, column="reasons"
    )
    mended = coded_reasons.words.mended(coded_reasons.label, column="reasons")
    flags = losses.frame["exit_interview"].to_numpy(dtype=float)
    return replace(
        result,
        unknown_reasons=(*unknown, *statements.unknown()),
        mended_reasons=(
            *mended,
            *statements.words.mended(coded_reasons.label, column="stated_reasons"),
        ),
        verified=verified(statements, params),
        stated=stated_reasons(statements),
        replacements=replacements(statements),
        exit_interviews=coverage(flags, params, base=losses.n),
    )


def _with_winback(
    result: Result, losses: Losses, *, coded_reasons: CodedReasons, inputs: Inputs, params: Params
) -> Result:
    table = inputs.tables.get("lost_customers")
    if not losses.n or table is None:
        return result
    result = replace(result, destinations=destinations(losses, params))
    if "returned_date" not in table:
        return result
    return replace(
        result,
        winback=winback(losses, params),
        candidates=candidates(
            losses, coded_reasons, complaints=inputs.tables.get("complaints"), params=params
        ),
        candidates_total=int((~returned(losses)).sum()),
    )


def _with_time(
    result: Result,
    losses: Losses,
    *,
    portfolio: Portfolio,
    coded_reasons: CodedReasons,
    inputs: Inputs,
    params: Params,
) -> Result:
    """Add what the time of leaving tells.

    Speeds are compared wherever the register has a history; durations only where customers were
    seen from the beginning as well.
    """
    doubt = time_doubt(losses, portfolio, params)
    result = replace(result, time_doubt=doubt)
    found = lifetimes(portfolio, params)
    if found is None or doubt in (TimeDoubt.ONE_MONTH, TimeDoubt.SHORT):
        return result
    usable = compared(result.dimensions)
    model = hazards(found, losses, inputs=inputs, params=params)
    result = replace(
        result,
        survival_basis=basis(found),
        logrank=log_ranks(found, usable, params),
        cox=model.terms,
        cox_left_out=model.left_out,
        cox_unknown=model.unknown,
    )
    if doubt is not None:
        return result
    return replace(
        result,
        survival=survival(found, params),
        survival_quartiles=quartiles(found, params),
        survival_by=curves(found, params) if "segment" in usable else (),
        cumulative_incidence=incidence(found, coded_reasons),
    )


def _absent(result: Result, inputs: Inputs, portfolio: Portfolio | None) -> tuple[str, ...]:
    """Names of the sections that no table or column speaks of."""
    start_known = portfolio is not None and bool((~np.isnan(portfolio.start)).any())
    previous = inputs.previous
    sections = {
        "lost": "lost_customers" in inputs.tables,
        "revenue": result.lost.revenue is not None,
        "verified": result.verified is not None,
        "by": bool(result.by),
        "survival": start_known,
        "cox": start_known
        and bool(result.cox or result.cox_left_out or result.small or result.time_doubt),
        "signals": bool(result.signals),
        "watch_list": result.active is not None,
        "iceberg": result.iceberg is not None,
        "exit_interviews": result.exit_interviews is not None,
        "winback": result.winback is not None,
        "wave": previous is not None and "lost_customers" in previous.tables,
    }
    return tuple(name for name, is_there in sections.items() if not is_there)
