"""Accounts that read otherwise than in an earlier engagement's file, with their scores."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.derived_lines import Completed
from workbook.diagnostics.financial_quartiles.earlier_statements import EarlierFile, Restatement
from workbook.diagnostics.financial_quartiles.organisation import standing
from workbook.diagnostics.financial_quartiles.organisation_result import ByBase, Organisation
from workbook.diagnostics.financial_quartiles.restated_result import RestatedLine, RestatedYear
from workbook.diagnostics.financial_quartiles.scored_statement import Setting, scored_statement
from workbook.diagnostics.financial_quartiles.statement import Statement
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict


def restated_years(
    shared: Sequence[Restatement],
    earlier: Sequence[EarlierFile],
    rows: Sequence[Organisation],
    completed: Mapping[int, Completed],
    setting: Setting,
) -> tuple[RestatedYear, ...]:
    """Return the years of which a line, or the score, is another than by the earlier file.

    Parameters
    ----------
    rows
        The years as they are now.
    completed
        Earlier statements with what follows from them, by :func:`id` of the statement.
    """
    files = {file.period: file for file in earlier}
    now = {(row.organisation, row.year): row for row in rows}
    changed = {(one.now.organisation, one.now.year) for one in shared if one.lines}
    made: list[RestatedYear] = []
    for one in shared:
        key = one.now.organisation, one.now.year
        last = key[0], key[1] - 1
        before = files[one.period].statements.get(last)
        year = _year(one, before, now[key], completed, setting)
        if year.lines or (last in changed and year.score_changed):
            made.append(year)
    return tuple(made)


def _year(
    one: Restatement,
    before: Statement | None,
    row: Organisation,
    completed: Mapping[int, Completed],
    setting: Setting,
) -> RestatedYear:
    then = completed[id(one.before)]
    scores = scored_statement(then, None if before is None else completed[id(before)], setting)
    stood = standing(scores, then, setting)
    return RestatedYear(
        organisation=row.organisation,
        year=row.year,
        period=one.period,
        lines=tuple(_line(one, line, setting) for line in one.lines),
        total_before=_told(stood["total"], stood["verdict"]),
        total_now=_told(row.total, row.verdict),
        verdict_before=stood["verdict"],
        verdict_now=row.verdict,
    )


def _told(total: ByBase[int | None], verdict: ByBase[ScoreVerdict | None]) -> ByBase[int | None]:
    return ByBase(
        all=None if verdict.all is None else total.all,
        industry=None if verdict.industry is None else total.industry,
    )


def _line(one: Restatement, line: str, setting: Setting) -> RestatedLine:
    before, now = one.before.values[line], one.now.values[line]
    unit = Fraction(setting.params.unit)
    return RestatedLine(
        organisation=one.now.organisation,
        year=one.now.year,
        line=line,
        label=setting.label(line),
        period=one.period,
        before=float(before * unit),
        now=float(now * unit),
        difference=float((now - before) * unit),
    )
