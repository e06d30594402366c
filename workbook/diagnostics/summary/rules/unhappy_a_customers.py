"""Rule 1: class A customers that complain, are watched, late or unhappy, or wait for us."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import pandas as pd

from workbook.diagnostics.claims import Claim, Figure, Judged, MoneyKind, judge
from workbook.diagnostics.customer_ledger.ledger_result import ScoreClass
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.mark_scale import scale_of
from workbook.diagnostics.summary.cross_facts import CrossFacts

LOW_MARK = 3
"""Marks of 1-5 up to this are low (the method: loyalty); of other scales what it is there."""
NAMED = 3
"""Customers that the sentence names, most revenue first."""
SHOWN_BY: Mapping[str, str] = {
    "complaint": "loyalty",
    "low": "loyalty",
    "detractor": "loyalty",
    "late": "churn_reasons",
    "watched": "churn_reasons",
    "step": "segmentation_matrix",
}
"""Signs in the order told, and the diagnostic whose tables show each."""
TESTED_AS: Mapping[str, str] = {
    "complaint": "complaint",
    "low": "low_mark",
    "detractor": "detractor",
}
"""Signs that the back-test of losses may refute, by the signal that it calls so."""
LATE = "gap"
"""Its signal of an order later than the customer's own rhythm."""
OWED = ("complaint", "step")
"""What the client owes the customer."""

Flags: TypeAlias = "pd.Series[bool]"


def unhappy_a_customers(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the active class A customers at risk, then the others that wait for the client.

    At risk: an open complaint, a low mark or score (only where answers may be told by name), each
    unless the back-test of losses says that it does not warn; an order later than usual or another
    signal only where it does, for many a customer is late by chance.  Waiting: a control point,
    offer or contract past its day, or an open complaint where complaints do not warn.
    """
    if facts.result("segmentation_matrix") is None or "abc" not in facts.ledger.known:
        return
    rows = facts.ledger.customers.frame
    active = rows.loc[(rows["state"] == State.ACTIVE.value) & (rows["abc"] == "A")]
    signs = _signs(active, facts)
    refuted = _refuted(facts)
    warning = [sign for sign in SHOWN_BY if sign != "step" and sign not in refuted]
    at_risk = signs[warning].any(axis=1)
    waiting = signs[list(OWED)].any(axis=1) & ~at_risk
    if at_risk.any():
        told = [*warning, "step"]
        yield _judged("unhappy_a", active, signs.loc[at_risk, told], facts, MoneyKind.AT_RISK)
    if waiting.any():
        told = list(OWED)
        yield _judged("waiting_a", active, signs.loc[waiting, told], facts, MoneyKind.REVENUE)


def _judged(
    name: str, active: pd.DataFrame, signs: pd.DataFrame, facts: CrossFacts, kind: MoneyKind
) -> Judged:
    """Return the claim of the customers of some signs; figures count each sign."""
    found = active.loc[signs.index]
    found = found.sort_values(["revenue", "customer_id"], ascending=[False, True])
    money = float(found["revenue"].sum())
    return judge(
        Claim(
            id=name,
            figures={
                "n": len(found),
                "all": len(active),
                "money": money,
                **{sign: int(signs[sign].sum()) for sign in SHOWN_BY if sign in signs},
                **_named(found),
            },
            count=len(found),
            population=len(active),
            customers=len(found),
            customer_ids=tuple(found["customer_id"]),
            money=money,
            money_of=float(facts.ledger.customers["revenue"].sum()),
            money_kind=kind,
            evidence="customers",
            diagnostics=_diagnostics(signs, facts),
            due_days=14,
        )
    )


def _signs(active: pd.DataFrame, facts: CrossFacts) -> pd.DataFrame:
    """Return the signs of each customer; columns in the order of :data:`SHOWN_BY`."""
    ids, by_name = active["customer_id"], facts.inputs.answers_by_name
    own = {LATE, *TESTED_AS.values()}
    low = active["lowest_mark"].astype(float) <= _low_mark(facts)
    unhappy = active["score_class"].astype("string") == ScoreClass.DETRACTOR.value
    return pd.DataFrame(
        {
            "complaint": _true(active["open_complaint"]),
            "low": low & by_name,
            "detractor": unhappy.fillna(False).astype(bool) & by_name,
            "late": ids.isin(_watched(facts, lambda signal: signal == LATE)),
            "watched": ids.isin(_watched(facts, lambda signal: signal not in own)),
            "step": ids.isin(_overdue_steps(facts)),
        }
    )


def _refuted(facts: CrossFacts) -> set[str]:
    """Return the signs that came before losses no more than at any other time."""
    useless = {signal for signal, useful in _tests(facts).items() if useful is False}
    return {sign for sign, signal in TESTED_AS.items() if signal in useless}


def _tests(facts: CrossFacts) -> Mapping[str, bool | None]:
    """Return by signal whether it warns; None where that was not tested."""
    churn = facts.result("churn_reasons")
    return {} if churn is None else {str(test.signal): test.useful for test in churn.signals}


def _low_mark(facts: CrossFacts) -> float:
    marks = facts.inputs.tables.get("satisfaction")
    return LOW_MARK if marks is None else scale_of(marks).at(LOW_MARK)


def _overdue_steps(facts: CrossFacts) -> set[str]:
    """Return the customers of control points, offers and contracts past their day."""
    matrix = facts.result("segmentation_matrix")
    board: pd.DataFrame = matrix.board.frame
    return {
        *matrix.overdue_points["customer_id"],
        *board.loc[_true(board["overdue"]), "customer_id"],
    }


def _watched(facts: CrossFacts, wanted: Callable[[str], bool]) -> set[str]:
    """Return the customers with a wanted signal on that warned better than chance."""
    churn = facts.result("churn_reasons")
    if churn is None:
        return set()
    useful = {signal for signal, warns in _tests(facts).items() if warns and wanted(signal)}
    rows: Any = zip(churn.watch_list["customer_id"], churn.watch_list["signals"], strict=True)
    return {customer for customer, signals in rows if useful & set(map(str, signals))}


def _true(cells: "pd.Series[Any]") -> Flags:
    return cells.astype("boolean").fillna(False).astype(bool)


def _named(found: pd.DataFrame) -> Mapping[str, Figure]:
    """Return names and revenue of the first customers; None where there are fewer."""
    figures: dict[str, Figure] = {}
    for place in range(NAMED):
        row = found.iloc[place] if place < len(found) else None
        figures[f"name_{place + 1}"] = None if row is None else _name(row)
        figures[f"money_{place + 1}"] = None if row is None else float(row["revenue"])
    return figures


def _name(row: "pd.Series[Any]") -> str:
    return str(row["name"]) if pd.notna(row["name"]) and row["name"] else str(row["customer_id"])


def _diagnostics(signs: pd.DataFrame, facts: CrossFacts) -> tuple[str, ...]:
    """Return whose tables gave class A and the signs, in the order of their reports."""
    used = {
        "segmentation_matrix",
        *(shown for sign, shown in SHOWN_BY.items() if sign in signs and signs[sign].any()),
    }
    return tuple(one.name for one in facts.joined if one.name in used)
