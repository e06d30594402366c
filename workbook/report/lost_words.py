"""What a report calls lost, and how its number relates to those of the other reports."""

from workbook.diagnostics.customer_ledger.ledger_result import StateCounts
from workbook.language.catalog import Texts


def lost_statuses(texts: Texts, states: StateCounts) -> str:
    """Return the sentence of a report whose statuses are the states of the customer ledger."""
    return texts("lost.statuses" if states.register_known else "lost.plain", **_figures(states))


def lost_beside(texts: Texts, states: StateCounts, *, gone: int, registered: int) -> str:
    """Return the sentence of a report that counts who did not buy again in a year.

    Parameters
    ----------
    gone
        Customers that did not buy again.
    registered
        Of them, those that stand in the register of losses and have not returned.
    """
    key = "lost.beside" if states.register_known else "lost.beside_plain"
    return texts(key, gone=gone, k=registered, **_figures(states))


def _figures(states: StateCounts) -> dict[str, int]:
    return {
        "lost": states.lost,
        "registered": states.registered_loss,
        "ended": states.contract_ended,
        "silent": states.silent,
        "all_silent": states.all_silent,
        "both": states.both,
        "months": states.months,
    }
