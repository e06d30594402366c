"""Answers against the client's own data: every check, with both values."""

from collections.abc import Sequence

from workbook.diagnostics.controllability.answer_result import ItemResult
from workbook.diagnostics.controllability.check_rule import CheckRule, Measured, Records
from workbook.diagnostics.controllability.checks_result import CheckStatus, DataCheck
from workbook.diagnostics.controllability.deal_checks import DEAL_RULES
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.record_checks import RECORD_RULES
from workbook.diagnostics.controllability.stakes import STAKES
from workbook.diagnostics.controllability.verdicts import is_claimed, mark_of
from workbook.diagnostics.inputs import Inputs

RULES: tuple[CheckRule, ...] = (*DEAL_RULES, *RECORD_RULES)
"""Every check; a new one is one more function and one more entry."""


def checks(
    questionnaire: str, found: Sequence[ItemResult], *, inputs: Inputs, params: Params
) -> tuple[DataCheck, ...]:
    """Return the checks of a questionnaire in the order of its items.

    An item that is not on is checked by nothing.
    """
    records = Records(tables=inputs.tables, as_of=inputs.as_of)
    own = [rule for rule in RULES if rule.questionnaire == questionnaire]
    return tuple(
        _check(rule, item, records, params)
        for item in found
        for rule in own
        if rule.item == item.id
    )


def _check(rule: CheckRule, item: ItemResult, records: Records, params: Params) -> DataCheck:
    missing = tuple(need for need in rule.needs if not _is_there(need, records))
    figure = None if missing else rule.measure(records)
    bound = float(getattr(params, rule.bound))
    status = _status(rule, item, figure, params)
    weigh = STAKES.get(rule.check) if status is CheckStatus.CONTRADICTION else None
    return DataCheck(
        check=rule.check,
        item=item.id,
        status=status,
        mark=mark_of(item.score, params),
        score=item.score,
        measured=rule.check,
        unit=rule.unit,
        value=figure.value if figure else None,
        n=figure.n if figure else None,
        base=figure.base if figure else None,
        customers=figure.n if figure and rule.of_customers else None,
        bound=bound,
        tables=rule.tables,
        missing=missing,
        stake=None if weigh is None else weigh(records),
    )


def _status(
    rule: CheckRule, item: ItemResult, figure: Measured | None, params: Params
) -> CheckStatus:
    if item.score is None:
        return CheckStatus.NO_ANSWER
    least = 1 if rule.scarce else params.least_records
    if figure is None or figure.value is None or figure.base < least:
        return CheckStatus.NO_DATA
    if not is_claimed(item.score, params):
        return CheckStatus.NOT_CLAIMED
    # a share of exactly the bound contradicts, also where 1 / 5 is written as 0.2
    against = figure.value >= float(getattr(params, rule.bound)) - 1e-12
    return CheckStatus.CONTRADICTION if against else CheckStatus.CONSISTENT


def _is_there(need: str, records: Records) -> bool:
    table, _, column = need.partition(".")
    frame = records.tables.get(table)
    return frame is not None and (not column or column in frame)
