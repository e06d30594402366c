"""What is wrong with the table of segments: columns, conditions, rules that never come to act."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.segmentation_matrix.attributes import Measure, attribute
from workbook.diagnostics.segmentation_matrix.conditions import parse
from workbook.diagnostics.segmentation_matrix.rule_table import (
    asked_columns,
    cell_text,
    column_measure,
    condition_columns,
    in_order,
    read_rules,
)
from workbook.diagnostics.segmentation_matrix.rules import by_rules
from workbook.errors import Problem, Severity
from workbook.intake.cells.locale import Conventions
from workbook.intake.own_columns import doubt_of
from workbook.intake.problems import cut, listed, shown
from workbook.intake.table import InputTable
from workbook.language.nearest import nearest

_LETTER = re.compile(r"[A-Z]{1,3} \((.*)\)", re.DOTALL)


def segment_problems(
    table: InputTable, customers: InputTable | None, *, language: str, conventions: Conventions
) -> list[Problem]:
    """Return every problem of the rules; a table without conditions has none.

    ``conventions`` are those of the table of customers.
    """
    if not condition_columns(table.frame):
        return []
    if customers is None:
        return [
            Problem(
                code="rules_without_customers",
                place=table.place_of(int(table.frame.index[0]), "segment"),
                severity=Severity.WARNING,
            )
        ]
    problems = [
        *_unknown_columns(table, customers),
        *_doubtful_numbers(table, customers, conventions),
    ]
    unreadable = list(_conditions(table, customers, language))
    problems += _cut_by_column(unreadable)
    problems += _cut_by_column(list(_unknown_values(table, customers, language)))
    problems += _rules(table, customers, language)
    return problems


def _cut_by_column(problems: list[Problem]) -> list[Problem]:
    """Shorten the list of each column."""
    columns: dict[str, list[Problem]] = {}
    for problem in problems:
        columns.setdefault(problem.place.column, []).append(problem)
    return [p for found in columns.values() for p in cut(found, count=len(found))]


def _heading(table: InputTable, column: str) -> str:
    """Return the client's own heading of a column, without the letter of a sheet."""
    named = table.columns.get(column, column)
    found = _LETTER.fullmatch(named)
    return found[1] if found else named


def _unknown_columns(table: InputTable, customers: InputTable) -> Iterator[Problem]:
    there = [str(c) for c in customers.frame if c not in ("customer_id", "name", "segment")]
    known = dict.fromkeys([*(_heading(customers, c) for c in there), *there])
    for column in condition_columns(table.frame):
        if asked_columns(customers.frame, column):
            continue
        rows = table.frame.index[(texts(table.frame, column) != "").to_numpy()]
        heading = _heading(table, column)
        yield Problem(
            code="condition_column_unknown",
            place=table.place_of(int(rows[0]), column),
            found=shown(heading),
            facts={
                "nearest": nearest(heading, known) or nearest(column, known),
                "known": listed(known, 12),
                "count": len(rows),
            },
        )


def _doubtful_numbers(
    table: InputTable, customers: InputTable, conventions: Conventions
) -> Iterator[Problem]:
    """Refuse columns of the client's own that conditions need and whose numbers are unclear."""
    own = {column.name for column in customers.schema.columns}
    asked = [
        name
        for column in condition_columns(table.frame)
        for name in asked_columns(customers.frame, column)
        if name not in own
    ]
    for name in dict.fromkeys(asked):
        found = doubt_of(customers.frame[name], conventions)
        if found:
            row, why = found
            facts = {**why.facts, "count": len(customers.frame[name].dropna())}
            yield Problem(code=why.code, place=customers.place_of(row, name), facts=facts)


def _conditions(table: InputTable, customers: InputTable, language: str) -> Iterator[Problem]:
    for column in condition_columns(table.frame):
        measure = column_measure(customers.frame, column)
        for row, cell in table.frame[column].items():
            text = cell_text(cell)
            if text and parse(text, measure or Measure.TEXT, language) is None:
                yield Problem(
                    code="condition_unreadable",
                    place=table.place_of(int(str(row)), column),
                    found=shown(text),
                )


def _unknown_values(table: InputTable, customers: InputTable, language: str) -> Iterator[Problem]:
    """Warn of values of text that no customer has."""
    rows = np.arange(len(customers.frame), dtype=np.int64)
    for column in condition_columns(table.frame):
        names = asked_columns(customers.frame, column)
        found = [attribute(customers.frame, name, rows) for name in names]
        if not found or found[0].measure is not Measure.TEXT:
            continue
        words = {word for one in found for word in one.words.tolist()} - {""}
        given = sorted({str(value) for one in found for value in one.given.tolist()} - {""})
        for row, cell in table.frame[column].items():
            for part in (p.strip() for p in cell_text(cell).split(";") if p.strip()):
                tests = parse(part, Measure.TEXT, language) or ()
                if any(test.sign == "word" and test.word not in words for test in tests):
                    yield Problem(
                        code="condition_value_unknown",
                        place=table.place_of(int(str(row)), column),
                        found=shown(part),
                        facts={"nearest": nearest(part, given), "known": listed(given, 12)},
                        severity=Severity.WARNING,
                    )


def _rules(table: InputTable, customers: InputTable, language: str) -> list[Problem]:
    """Warn of rules that ask for nothing before the last one, and of those never reached."""
    ordered = in_order(table.frame)
    ids = tuple(texts(customers.frame, "customer_id"))
    rows = np.arange(len(ids), dtype=np.int64)
    rules = read_rules(table.frame, customers.frame, rows=rows, language=language)
    check = by_rules(rules, ids).check
    never = () if check is None else check.never_reached
    problems = []
    for place, (row, rule) in enumerate(zip(ordered.index, rules, strict=True), start=1):
        where = table.place_of(int(row), "segment")
        if not rule.asked and place < len(rules):
            problems.append(
                Problem(
                    code="rule_without_conditions",
                    place=where,
                    found=shown(rule.segment),
                    severity=Severity.WARNING,
                )
            )
        if rule.segment in never:
            problems.append(
                Problem(
                    code="rule_never_reached",
                    place=where,
                    found=shown(rule.segment),
                    severity=Severity.WARNING,
                )
            )
    return problems


def segments_known(tables: Mapping[str, InputTable]) -> tuple[str, ...]:
    """Return the segments that rules or, without any, customers name."""
    rules, customers = tables.get("segments"), tables.get("customers")
    if rules is not None:
        return tuple(dict.fromkeys(name for name in texts(rules.frame, "segment") if name))
    if customers is not None and has(customers.frame, "segment"):
        return tuple(dict.fromkeys(name for name in texts(customers.frame, "segment") if name))
    return ()
