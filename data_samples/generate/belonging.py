"""Which segment a customer belongs to: the rules read plainly, with a third answer."""

from collections import Counter
from typing import Any

from data_samples.generate.rows import Cell, Row
from data_samples.generate.segmentation_spec import Segment, Segmentation

Truth = dict[str, Any]
UNASSIGNED, UNDETERMINED = "unassigned", "undetermined"


def belonging(row: Row, plan: Segmentation) -> str:
    """Return the name of the first segment that fits, or why there is none."""
    answers = {s.name: fits(row, s, plan.either) for s in plan.segments}
    for name, answer in answers.items():
        if answer is None:
            return UNDETERMINED
        if answer:
            return name
    return UNASSIGNED


def fits(row: Row, segment: Segment, either: tuple[str, ...]) -> bool | None:
    """Return whether the rule holds; None when a missing attribute leaves it open."""
    answers = [_holds(row, column, test, either) for column, test in segment.conditions.items()]
    return False if False in answers else None if None in answers else True


def near(row: Row, segment: Segment, either: tuple[str, ...]) -> bool:
    """Return whether exactly one condition fails and none is open."""
    answers = [_holds(row, column, test, either) for column, test in segment.conditions.items()]
    return answers.count(False) == 1 and None not in answers


def _holds(row: Row, column: str, test: str, either: tuple[str, ...]) -> bool | None:
    if column in either:
        found = [_holds_one(row.get(name), test) for name in either if name in row]
        return True if True in found else None if None in found else False
    return _holds_one(row.get(column), test)


def _holds_one(value: Cell, test: str) -> bool | None:
    if value is None:
        return None
    if test[0] in "<>":
        bound = int(test[1:])
        return int(str(value)) > bound if test[0] == ">" else int(str(value)) < bound
    return str(value).casefold() in (word.strip() for word in test.casefold().split(";"))


def rule_truth(customers: list[Row], plan: Segmentation) -> Truth:
    """Return how the rules divide the customers, and where they are weak."""
    names = {str(row["customer_id"]): belonging(row, plan) for row in customers}
    sizes = Counter(names.values())
    loose = [row for row in customers if names[str(row["customer_id"])] == UNASSIGNED]
    return {
        "sizes": {s.name: sizes[s.name] for s in plan.segments},
        UNASSIGNED: sizes[UNASSIGNED],
        UNDETERMINED: sizes[UNDETERMINED],
        "unassigned_ids": sorted(str(row["customer_id"]) for row in loose),
        "undetermined_ids": sorted(c for c, name in names.items() if name == UNDETERMINED),
        "near": sum(any(near(r, s, plan.either) for s in plan.segments) for r in loose),
        "overlaps": _overlaps(customers, plan),
        "on_a_bound": sorted(
            str(row["customer_id"])
            for row in customers
            if any(_on_bound(row, segment, plan.either) for segment in plan.segments)
        ),
        "no_purpose": [s.name for s in plan.segments if s.purpose is None],
    }


def _overlaps(customers: list[Row], plan: Segmentation) -> list[list[str | int]]:
    """Return every pair of rules that hold for the same customers, with their number."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row in customers:
        holds = [s.name for s in plan.segments if fits(row, s, plan.either)]
        pairs.update((a, b) for i, a in enumerate(holds) for b in holds[i + 1 :])
    order = [s.name for s in plan.segments]
    ranked = sorted(pairs, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return [[*pair, pairs[pair]] for pair in ranked]


def _on_bound(row: Row, segment: Segment, either: tuple[str, ...]) -> bool:
    """Return whether a number is exactly a bound of a rule that nothing else rules out."""
    for column, test in segment.conditions.items():
        if test[0] not in "<>" or row.get(column) != int(test[1:]):
            continue
        others = {c: t for c, t in segment.conditions.items() if c != column}
        if not any(_holds(row, c, t, either) is False for c, t in others.items()):
            return True
    return False
