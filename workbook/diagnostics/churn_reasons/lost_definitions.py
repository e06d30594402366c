"""Who is lost: the register of losses beside the customers that have fallen silent."""

from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.reasons_result import LostDefinitions
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.states import State


def lost_definitions(losses: Losses, ledger: CustomerLedger) -> LostDefinitions | None:
    """Return how the register and silence relate, as the customer ledger has it.

    None without losses.  In the register: lost and not returned by the as-of date.  Silent:
    bought once, nothing for longer than the window, and no contract runs.  Still buying: bought
    after the day of the loss and not silent.  Who is entered as returned and has bought nothing
    since is silent and in the register: somebody knows why it left.
    """
    if not losses.n:
        return None
    counts, told = ledger.counts, ledger.sales_known
    return LostDefinitions(
        register=counts.registered_loss,
        silent=counts.all_silent if told else None,
        both=counts.both if told else None,
        register_still_buying=counts.register_still_buying if told else None,
        silent_not_in_register=_unknown_to_register(ledger) if told else None,
        window_months=ledger.rules.lifecycle_months,
    )


def _unknown_to_register(ledger: CustomerLedger) -> int:
    """Return how many fell silent and were never entered in the register."""
    rows = ledger.customers
    return int(((rows["state"] == State.SILENT.value) & ~rows["in_register"]).sum())
