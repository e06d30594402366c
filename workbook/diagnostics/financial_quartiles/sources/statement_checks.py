"""What statements say that cannot be right: layout, lines, signs, industries, units."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.articulation import articulation
from workbook.diagnostics.financial_quartiles.comparison import known_okved
from workbook.diagnostics.financial_quartiles.derived_lines import complete
from workbook.diagnostics.financial_quartiles.exact_numbers import Exact
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.sources.unit_checks import unit_jumps
from workbook.diagnostics.financial_quartiles.statement import (
    Statement,
    StatementEntry,
    entries,
    grouped,
    is_long,
    is_wide,
)
from workbook.errors import Location, Problem, Severity
from workbook.intake.problems import cut, shown
from workbook.intake.table import InputTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStatements:
    """The table of statements and how to speak of it."""

    table: InputTable
    lines: LineMap
    params: Params
    language: str

    def place(self, row: int | None, column: str) -> Location:
        """Return the place of a cell as the client's file shows it."""
        heading = self.table.columns.get(column, column)
        return Location(file=self.table.file, sheet=self.table.sheet, row=row, column=heading)

    def label(self, line: str) -> str:
        """Return what a line is called."""
        return self.lines.label(line, self.language)

    def amount_place(self, one: Statement, line: str) -> Location:
        """Return the place of the amount of a line."""
        entry = one.entries[line]
        return self.place(entry.row, entry.column)


def statement_problems(
    table: InputTable, lines: LineMap, *, params: Params, language: str
) -> list[Problem]:
    """Return everything wrong with the table of statements."""
    source = CheckedStatements(table=table, lines=lines, params=params, language=language)
    frame = table.frame
    wide, long = is_wide(frame), is_long(frame)
    whole = source.place(None, "")
    if wide and ("line" in frame or "value" in frame):
        return [Problem(code="statement_two_layouts", place=whole)]
    if not wide and not long:
        return [Problem(code="statement_no_lines", place=whole)]
    every = list(entries(frame))
    made = grouped(every, lines)
    checks: tuple[Iterable[Problem], ...] = (
        _unknown_lines(source, every),
        _lines_twice(source, every),
        _forms_differ(source, every),
        _unknown_industries(source),
        _negatives(source, made),
        _not_adding_up(source, made),
        unit_jumps(made, lines, language=language, place=lambda one: source.place(one.row, "year")),
    )
    problems: list[Problem] = []
    for check in checks:
        found = list(check)
        problems += cut(found, count=len(found)) if found else []
    return problems


def _unknown_lines(source: CheckedStatements, every: Sequence[StatementEntry]) -> Iterator[Problem]:
    """Warn of lines that the form has not; they are not used."""
    first: dict[tuple[str, str], StatementEntry] = {}
    count: dict[tuple[str, str], int] = {}
    for one in every:
        if source.lines.find(one.text, one.form, one.year) is None:
            key = (one.text, one.form)
            first.setdefault(key, one)
            count[key] = count.get(key, 0) + 1
    for key, one in first.items():
        near = source.lines.nearest(one.text, one.form, one.year, source.language)
        column = "line" if one.column == "value" else one.column
        yield Problem(
            code="statement_line_unknown",
            place=source.place(one.row, column),
            found=shown(one.text),
            facts={"count": count[key], "year": one.year, "nearest": near},
            severity=Severity.WARNING,
        )


def _lines_twice(source: CheckedStatements, every: Sequence[StatementEntry]) -> Iterator[Problem]:
    """Find lines that one statement gives twice: by code and by name, or in two spellings."""
    seen: dict[tuple[str, int, str], StatementEntry] = {}
    for one in every:
        name = source.lines.find(one.text, one.form, one.year)
        if name is None:
            continue
        before = seen.setdefault((one.organisation, one.year, name), one)
        if before is not one and before.text != one.text:
            yield Problem(
                code="statement_line_twice",
                place=source.place(one.row, one.column),
                found=shown(one.text),
                facts={
                    "line": source.label(name),
                    "organisation": shown(one.organisation),
                    "year": one.year,
                    "other": shown(before.text),
                    "row": before.row,
                },
            )


def _forms_differ(source: CheckedStatements, every: Sequence[StatementEntry]) -> Iterator[Problem]:
    """Find statements whose rows name two forms."""
    first: dict[tuple[str, int], StatementEntry] = {}
    told: set[tuple[str, int]] = set()
    for one in every:
        key = (one.organisation, one.year)
        if first.setdefault(key, one).form != one.form and key not in told:
            told.add(key)
            yield Problem(
                code="statement_two_forms",
                place=source.place(one.row, "form"),
                facts={"organisation": shown(one.organisation), "year": one.year},
            )


def _unknown_industries(source: CheckedStatements) -> Iterator[Problem]:
    """Warn of industries that the classifier has not; such a statement has no industry."""
    if "okved" not in source.table.frame:
        return
    codes = source.table.frame["okved"].dropna()
    for code, rows in codes.groupby(codes):
        if str(code).strip() and not known_okved(str(code)):
            yield Problem(
                code="statement_okved_unknown",
                place=source.place(int(str(rows.index[0])), "okved"),
                found=shown(code),
                facts={"count": len(rows)},
                severity=Severity.WARNING,
            )


def _negatives(source: CheckedStatements, made: Sequence[Statement]) -> Iterator[Problem]:
    """Warn of lines below zero that never are: such a statement is not scored."""
    for one in made:
        for line in complete(one, source.lines, Fraction(0)).refused:
            yield Problem(
                code="statement_negative",
                place=source.amount_place(one, line),
                found=plain_amount(one.values[line]),
                facts={
                    "line": source.label(line),
                    "organisation": shown(one.organisation),
                    "year": one.year,
                },
                severity=Severity.WARNING,
            )


def _not_adding_up(source: CheckedStatements, made: Sequence[Statement]) -> Iterator[Problem]:
    """Warn of totals that are not the sum of their parts, with the sign that explains it."""
    params = source.params
    for one in made:
        checks = articulation(
            one,
            source.lines,
            tolerance=one.tolerance(params.tolerance, params.unit),
            unit=params.unit,
            language=source.language,
        )
        for check in checks:
            if check.closes:
                continue
            at = check.wrong_signs[0] if check.wrong_signs else check.total
            yield Problem(
                code="statement_not_adding_up",
                place=source.amount_place(one, at),
                facts={
                    "check": check.check,
                    "organisation": shown(one.organisation),
                    "year": one.year,
                    "difference": f"{check.difference:,.0f}".translate(
                        {ord(","): "\u00a0", ord("-"): "−"}
                    ),
                    "nearest": ", ".join(check.wrong_sign_labels),
                },
                severity=Severity.WARNING,
            )


def plain_amount(value: Exact) -> str:
    """Return an amount in digits.

    >>> plain_amount(Fraction(-5)), plain_amount(Fraction(1, 4))
    ('-5', '0.25')
    """
    return str(value.numerator) if value.denominator == 1 else repr(float(value))
