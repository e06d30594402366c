"""Rule 4: what more could be sold to promoters against detractors, as sums of groups."""

from collections.abc import Iterator
from math import floor, log10

import numpy as np
import pandas as pd

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.customer_ledger.ledger_result import ScoreClass
from workbook.diagnostics.gates import Gate, has_history
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.stats import Floats

DIGITS = 2
"""Digits of a sum that are told: enough to decide where to begin, too few to find out who gave
which answer from what each customer could buy (the project's own)."""


def space_by_voice(facts: CrossFacts) -> Iterator[Judged]:
    """Yield what could be sold to promoters first, and to detractors once things are right.

    Nobody is named.  The groups have at least as many customers as the anonymity threshold, and
    each of their members could be one of the passives without a change of what is told.
    """
    matrix, loyalty = facts.result("segmentation_matrix"), facts.result("loyalty")
    if matrix is None or loyalty is None or "score_class" not in facts.ledger.known:
        return
    spaces = _spaces(matrix.white_space.frame, facts)
    if not len(spaces):
        return
    values = {one: spaces.loc[spaces["class_"] == one.value, "value"] for one in ScoreClass}
    passives = values[ScoreClass.PASSIVE].to_numpy(dtype=np.float64)
    promoters = values[ScoreClass.PROMOTER].to_numpy(dtype=np.float64)
    detractors = values[ScoreClass.DETRACTOR].to_numpy(dtype=np.float64)
    money = rounded(float(promoters.sum()))
    smallest = min(len(passives), len(promoters), len(detractors))
    hidden = all(is_hidden(group, passives) for group in (promoters, detractors))
    yield judge(
        Claim(
            id="space_by_voice",
            figures={
                "promoters": len(promoters),
                "money": money,
                "detractors": len(detractors),
                "detractors_money": rounded(float(detractors.sum())),
            },
            count=len(promoters),
            population=len(spaces),
            customers=len(promoters),
            money=money,
            money_kind=MoneyKind.POTENTIAL,
            confidence=Confidence.ASSUMED,
            evidence="diagnostics",
            diagnostics=("loyalty", "segmentation_matrix"),
            effect_low=0.0,
            effect_high=money,
        ),
        has_history(smallest, least=facts.inputs.anonymity_threshold),
        None if hidden or facts.inputs.answers_by_name else Gate.HISTORY,
    )


def _spaces(cells: pd.DataFrame, facts: CrossFacts) -> pd.DataFrame:
    """Return what could be sold now to each customer with a score, and its class."""
    now = cells.loc[(cells["part"] == "open") & cells["value"].notna()]
    sums = now.groupby("customer_id")["value"].sum()
    ledger = facts.ledger.customers.frame
    classes = ledger.set_index("customer_id")["score_class"].astype("string").dropna()
    found = pd.DataFrame({"class_": classes, "value": sums}).dropna()
    return found.loc[found["value"] > 0]


def rounded(value: float) -> float:
    """Return a sum with :data:`DIGITS` digits.

    >>> rounded(86_421.5), rounded(0.0)
    (86000.0, 0.0)
    """
    return 0.0 if value <= 0 else float(round(value, DIGITS - 1 - floor(log10(value))))


def is_hidden(group: Floats, others: Floats) -> bool:
    """Return whether each member could be one of the others, for all that the sum tells.

    Who knows what every customer could buy may try which of them make up the sum of a group.

    Examples
    --------
    The one large customer gives itself away; of customers that are alike nobody does.

    >>> is_hidden(np.array([900.0, 10.0, 12.0]), np.array([11.0, 10.0]))
    False
    >>> is_hidden(np.array([310.0, 320.0]), np.array([311.0, 320.0]))
    True
    """
    told = rounded(float(group.sum()))
    return all(
        any(rounded(float(group.sum() - own + other)) == told for other in others.tolist())
        for own in group.tolist()
    )
