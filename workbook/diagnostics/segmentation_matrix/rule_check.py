"""The rule check: overlaps, bounds, missing attributes, purposes, rules without customers."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from workbook.diagnostics.names import words_at
from workbook.diagnostics.segmentation_matrix.attributes import Attribute
from workbook.diagnostics.segmentation_matrix.conditions import FALSE, TRUE, UNKNOWN
from workbook.diagnostics.segmentation_matrix.rule_table import Bools, Ints, ReadRule
from workbook.diagnostics.segmentation_matrix.rules_result import (
    BOUND_VALUES,
    MissingAttribute,
    NearMiss,
    Overlap,
    Rule,
    RuleCheck,
)
from workbook.stats import Floats
from workbook.stats.data_table import DataTable


def rule_check(
    rules: Sequence[ReadRule],
    ids: tuple[str, ...],
    *,
    first: Ints,
    undetermined: Bools,
    near: Mapping[int, tuple[NearMiss, ...]],
    unassigned: Bools,
    open_rules: Sequence[Bools],
) -> RuleCheck:
    """Return what the rules leave open.

    Parameters
    ----------
    rules
        The rules in their order.
    ids
        Customers by code.
    first
        First rule that holds for each customer, -1 for none.
    undetermined
        Customers whom an earlier rule keeps from it.
    near
        Near misses by customer code.
    unassigned
        Customers for whom every rule fails.
    open_rules
        By rule, the customers whom it keeps undetermined.
    """
    won_by = np.where(undetermined, -1, first)
    made = tuple(_rule(place, rule, won_by, unassigned) for place, rule in enumerate(rules))
    names = tuple(dict.fromkeys(rule.segment for rule in rules))
    holds = {rule.segment for rule in made if rule.holds}
    reached = {rule.segment for place, rule in enumerate(rules) if (first == place).any()}
    stated = {rule.segment for rule in rules if rule.purpose}
    return RuleCheck(
        rules=made,
        overlaps=_overlaps(rules),
        bounds=_bounds(rules, ids),
        missing=_missing(rules, open_rules),
        unassigned=int(unassigned.sum()),
        undetermined=int(undetermined.sum()),
        near=len(near),
        no_purpose=tuple(name for name in names if name not in stated),
        never_reached=tuple(name for name in names if name in holds - reached),
        empty=tuple(name for name in names if name not in holds),
    )


def _rule(place: int, rule: ReadRule, won_by: Ints, unassigned: Bools) -> Rule:
    return Rule(
        order=rule.order,
        segment=rule.segment,
        purpose=rule.purpose,
        conditions=tuple(asked.condition for asked in rule.asked),
        holds=int((rule.truth == TRUE).sum()),
        assigned=int((won_by == place).sum()),
        unknown=int((rule.truth == UNKNOWN).sum()),
        near=int((unassigned & (rule.failed == 1) & (rule.unknown == 0)).sum()),
    )


def _overlaps(rules: Sequence[ReadRule]) -> tuple[Overlap, ...]:
    found = []
    for first, second in combinations(rules, 2):
        both = int(((first.truth == TRUE) & (second.truth == TRUE)).sum())
        if both and first.segment != second.segment:
            found.append(Overlap(first=first.segment, second=second.segment, n=both))
    return tuple(found)


def _bounds(rules: Sequence[ReadRule], ids: tuple[str, ...]) -> DataTable:
    """Return customers on a strict bound of a rule that no other condition rules out."""
    found = [pd.DataFrame({column.name: [] for column in BOUND_VALUES})]
    for rule in rules:
        for asked in rule.asked:
            codes = np.flatnonzero(asked.on_bound & (rule.failed - (asked.truth == FALSE) == 0))
            columns = {
                "customer_id": words_at(ids, codes),
                "segment": rule.segment,
                "column": asked.condition.column,
                "value": _values(asked.attributes, codes),
            }
            found += [pd.DataFrame(columns)] if len(codes) else []
    rows = pd.concat(found[1:] or found).sort_values("customer_id", kind="stable")
    return DataTable(BOUND_VALUES, rows)


def _values(attributes: Sequence[Attribute], codes: Ints) -> Floats:
    """Return the first value that each customer has of some attributes."""
    found = np.full(len(codes), np.nan)
    for one in attributes:
        found = np.where(np.isnan(found), one.values[codes], found)
    return found


def _missing(
    rules: Sequence[ReadRule], open_rules: Sequence[Bools]
) -> tuple[MissingAttribute, ...]:
    """Return the attributes to ask for, those that decide most customers first."""
    kept: dict[str, Bools] = {}
    without: dict[str, int] = {}
    for rule, is_open in zip(rules, open_rules, strict=True):
        for asked in rule.asked:
            for column, missing in asked.missing():
                kept[column] = kept.get(column, np.zeros(len(missing), dtype=bool)) | (
                    is_open & missing
                )
            for one in asked.attributes:
                without[one.column] = int((~one.known).sum())
    found = [
        MissingAttribute(column=column, n=int(who.sum()), missing=without.get(column, len(who)))
        for column, who in kept.items()
        if who.any()
    ]
    return tuple(sorted(found, key=lambda m: (-m.n, m.column)))
