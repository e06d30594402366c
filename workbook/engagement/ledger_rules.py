"""What the options of an engagement say about its customers, for every report alike."""

from dataclasses import fields

from workbook.diagnostics import param_types
from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.engagement.settings import Engagement
from workbook.intake.param_tables import build_params

_STATED_IN = "segmentation_matrix"
"""The diagnostic whose options have these rules, by the same names."""


def ledger_rules(engagement: Engagement) -> LedgerRules:
    """Return the rules of the customer ledger.

    Raises
    ------
    InputError
        When an option does not fit its field.
    """
    stated: object = build_params(engagement, _STATED_IN, param_types()[_STATED_IN])
    return LedgerRules(**{one.name: getattr(stated, one.name) for one in fields(LedgerRules)})
