"""Which segment a customer belongs to, and whether the rules are a segmentation at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import has, natural, texts
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, normalised_name, words_at
from workbook.diagnostics.segmentation_matrix.conditions import FALSE, TRUE, UNKNOWN
from workbook.diagnostics.segmentation_matrix.rule_check import rule_check
from workbook.diagnostics.segmentation_matrix.rule_table import (
    Bools,
    Ints,
    ReadRule,
    condition_columns,
    customer_rows,
    read_rules,
)
from workbook.diagnostics.segmentation_matrix.rules_result import (
    ASSIGNMENT,
    Belonging,
    NearMiss,
    RuleCheck,
)
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segmentation:
    """Every known customer's segment."""

    assignment: DataTable
    """By customer code; empty when there are neither rules nor segments of customers."""
    check: RuleCheck | None
    """None: segments are given, or there are none."""
    codes: Ints
    """Customer code -> place in ``names``, -1: no segment."""
    names: tuple[str, ...]
    """Segments in the order of their rules, of the targets, or of their names."""
    purposes: tuple[str | None, ...]


def assign(inputs: Inputs, ledger: Ledger) -> Segmentation:
    """Return the segments of all known customers.

    Rules run in their order and the first that holds wins.  A customer is undetermined when a
    missing attribute keeps an earlier rule of another segment open, and unassigned when all
    rules fail.  Without a table of rules the segments of the customers table are taken.
    """
    table, customers = inputs.tables.get("segments"), inputs.tables.get("customers")
    given = has(customers, "segment")
    if table is not None and (condition_columns(table) or not given):
        known = (
            pd.DataFrame({"customer_id": pd.array([], "str")}) if customers is None else customers
        )
        rows = customer_rows(known, ledger.customers)
        rules = read_rules(table, known, rows=rows, language=inputs.language)
        return by_rules(rules, ledger.customers)
    if customers is not None and given:
        return _as_given(inputs, customers, ledger)
    return Segmentation(
        assignment=DataTable.empty(ASSIGNMENT),
        check=None,
        codes=np.full(ledger.n, -1),
        names=(),
        purposes=(),
    )


def by_rules(rules: tuple[ReadRule, ...], ids: tuple[str, ...]) -> Segmentation:
    """Return the segments of customers (ids by code) by rules read for them."""
    names = tuple(dict.fromkeys(rule.segment for rule in rules))
    segment = np.array([names.index(rule.segment) for rule in rules], dtype=np.int64)
    n = len(ids)
    first = _first(np.array([rule.truth == TRUE for rule in rules]).reshape(len(rules), n))
    winner = np.where(first >= 0, segment[first] if len(rules) else -1, -1)
    open_rules = _open_rules(rules, segment, first, winner)
    undetermined = np.zeros(n, dtype=bool)
    for is_open in open_rules:
        undetermined |= is_open
    codes = np.where(undetermined, -1, winner).astype(np.int64)
    unassigned = ~undetermined & (winner < 0)
    near = _near_misses(rules, unassigned)
    check = rule_check(
        rules,
        ids,
        first=first,
        undetermined=undetermined,
        near=near,
        unassigned=unassigned,
        open_rules=open_rules,
    )
    purposes: dict[str, str | None] = {}
    for rule in rules:
        purposes[rule.segment] = purposes.get(rule.segment) or rule.purpose
    return Segmentation(
        assignment=_assignments(
            rules, ids, names=names, codes=codes, first=first, near=near, open_rules=open_rules
        ),
        check=check,
        codes=codes,
        names=names,
        purposes=tuple(purposes[name] for name in names),
    )


def _first(holds: Bools) -> Ints:
    """Return the first rule that holds for each customer, -1 for none."""
    if not len(holds):
        return np.full(holds.shape[1], -1, dtype=np.int64)
    return np.where(holds.any(axis=0), holds.argmax(axis=0), -1).astype(np.int64)


def _open_rules(
    rules: Sequence[ReadRule], segment: Ints, first: Ints, winner: Ints
) -> tuple[Bools, ...]:
    """Return by rule the customers whom it keeps undetermined."""
    found: list[Bools] = []
    for place, rule in enumerate(rules):
        earlier = (first < 0) | (place < first)
        found.append((rule.truth == UNKNOWN) & earlier & (segment[place] != winner))
    return tuple(found)


def _near_misses(
    rules: Sequence[ReadRule], unassigned: Bools
) -> Mapping[int, tuple[NearMiss, ...]]:
    """Return the rules that an unassigned customer fails by exactly one condition."""
    found: dict[int, list[NearMiss]] = {}
    for rule in rules:
        near = unassigned & (rule.failed == 1) & (rule.unknown == 0)
        for asked in rule.asked:
            for code in np.flatnonzero(near & (asked.truth == FALSE)).tolist():
                miss = NearMiss(
                    segment=rule.segment,
                    column=asked.condition.column,
                    test=asked.condition.test,
                    found=asked.found(code),
                )
                found.setdefault(code, []).append(miss)
    return {code: tuple(misses) for code, misses in found.items()}


def _assignments(
    rules: Sequence[ReadRule],
    ids: tuple[str, ...],
    *,
    names: tuple[str, ...],
    codes: Ints,
    first: Ints,
    near: Mapping[int, tuple[NearMiss, ...]],
    open_rules: Sequence[Bools],
) -> DataTable:
    unknown = _unknown(rules, open_rules)
    belonging = np.where(codes >= 0, Belonging.RULE, Belonging.UNASSIGNED).astype(object)
    belonging[list(unknown)] = Belonging.UNDETERMINED
    return _table(
        ids,
        words_at(names, codes),
        belonging,
        near_misses=near,
        also_matches=_also(rules, names, codes, first),
        unknown=unknown,
    )


def _table(
    ids: tuple[str, ...],
    segment: Words,
    belonging: Words,
    **told: Mapping[int, tuple[object, ...]],
) -> DataTable:
    """Return the assignment; what is told of few customers is given by customer code."""
    columns = {"customer_id": words_at(ids, np.arange(len(ids))), "segment": segment}
    columns["belonging"] = belonging
    for name in ("near_misses", "also_matches", "unknown"):
        cells = np.empty(len(ids), dtype=object)
        cells[:] = [()] * len(ids)
        for code, cell in told.get(name, {}).items():
            cells[code] = cell
        columns[name] = cells
    return DataTable(ASSIGNMENT, pd.DataFrame(columns))


def _also(
    rules: Sequence[ReadRule], names: tuple[str, ...], codes: Ints, first: Ints
) -> dict[int, tuple[str, ...]]:
    """Return the segments of other rules that hold too."""
    found: dict[int, dict[str, None]] = {}
    for place, rule in enumerate(rules):
        own = names.index(rule.segment)
        held = (rule.truth == TRUE) & (codes != own) & ((codes < 0) | (place > first))
        for code in np.flatnonzero(held).tolist():
            found.setdefault(code, {})[rule.segment] = None
    return {code: tuple(segments) for code, segments in found.items()}


def _unknown(rules: Sequence[ReadRule], open_rules: Sequence[Bools]) -> dict[int, tuple[str, ...]]:
    """Return the attributes to ask each undetermined customer for."""
    found: dict[int, dict[str, None]] = {}
    for rule, is_open in zip(rules, open_rules, strict=True):
        for asked in rule.asked:
            for column, missing in asked.missing():
                for code in np.flatnonzero(is_open & missing).tolist():
                    found.setdefault(code, {})[column] = None
    return {code: tuple(columns) for code, columns in found.items()}


def _as_given(inputs: Inputs, customers: pd.DataFrame, ledger: Ledger) -> Segmentation:
    """Take the segments of the customers table, spelt as most customers have them."""
    names = _given_names(inputs, customers)
    place = {normalised_name(name): code for code, name in enumerate(names)}
    cells, words = pd.factorize(texts(customers, "segment"))
    by_word = [place[normalised_name(str(word))] if word else -1 for word in words]
    by_row = np.array(by_word, dtype=np.int64)[cells]
    rows = customer_rows(customers, ledger.customers)
    codes = np.where(rows >= 0, by_row[np.maximum(rows, 0)], -1)
    belonging = np.where(codes >= 0, Belonging.GIVEN, Belonging.UNASSIGNED).astype(object)
    purposes = _given_purposes(inputs)
    return Segmentation(
        assignment=_table(ledger.customers, words_at(names, codes), belonging),
        check=None,
        codes=codes,
        names=names,
        purposes=tuple(purposes.get(normalised_name(name)) for name in names),
    )


def _given_names(inputs: Inputs, customers: pd.DataFrame) -> tuple[str, ...]:
    """Return the segments of customers: in the order of rules or targets, else of their names."""
    counts = texts(customers, "segment").value_counts()
    spelt: dict[str, str] = {}
    for name in sorted((str(n) for n in counts.index if n), key=lambda n: (-counts[n], natural(n))):
        spelt.setdefault(normalised_name(name), name)
    ordered: list[str] = []
    for table in ("segments", "targets"):
        if table in inputs.tables:
            ordered += [
                normalised_name(name) for name in texts(inputs.tables[table], "segment") if name
            ]
    ordered += sorted(spelt, key=lambda k: natural(spelt[k]))
    return tuple(spelt[k] for k in dict.fromkeys(ordered) if k in spelt)


def _given_purposes(inputs: Inputs) -> dict[str, str | None]:
    table = inputs.tables.get("segments")
    if table is None:
        return {}
    pairs = zip(texts(table, "segment"), texts(table, "purpose"), strict=True)
    return {normalised_name(name): purpose or None for name, purpose in pairs}
