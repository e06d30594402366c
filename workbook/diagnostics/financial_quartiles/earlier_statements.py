"""Statements of several periods: what was restated, and years that only an earlier file has.

An earlier year of which nobody knows whether it was restated too is no longer comparable: as soon
as any year of an organisation reads otherwise than in an earlier file, the years that only earlier
files have stay out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from workbook.diagnostics.financial_quartiles.exact_numbers import magnitude
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.rounding import rounding_unit
from workbook.diagnostics.financial_quartiles.statement import Statement, statements
from workbook.diagnostics.inputs import Inputs
from workbook.language.lemmas import bare


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFile:
    """The statements of one earlier period, in this period's unit and names of organisations."""

    period: str
    statements: Mapping[tuple[str, int], Statement]
    """By organisation and year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One statement as it is now and as an earlier file had it."""

    period: str
    before: Statement
    now: Statement
    lines: tuple[str, ...]
    """Lines that both give, with other amounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class United:
    """The statements of this period with those that only earlier files have."""

    statements: tuple[Statement, ...]
    """Organisations in the order of this period's file, each by year."""
    added: Mapping[tuple[str, int], str]
    """Period whose file a year comes from, by organisation and year."""
    left_out: Mapping[tuple[str, int], str]
    """The same of years that are not used because the organisation's accounts were restated."""
    shared: tuple[Restatement, ...]
    """Years that an earlier file has too, of organisations of which any was restated."""


def earlier_files(inputs: Inputs, lines: LineMap, *, units: Sequence[int], unit: int,
                  names: Sequence[str]) -> tuple[EarlierFile, ...]:  # fmt: skip
    """Return the statements of earlier periods, the last one first.

    Parameters
    ----------
    units
        What one unit of the statements of each earlier period is worth, the last one first; of
        those that are not there, as now.
    unit
        What one of this period's is worth.
    names
        Organisations of this period: others are left out.
    """
    called = {bare(name): name for name in names}
    made: list[EarlierFile] = []
    for i, one in enumerate(reversed(inputs.periods[:-1])):
        factor = Fraction(units[i] if i < len(units) else unit, unit)
        found = statements(one.tables["statements"], lines) if "statements" in one.tables else ()
        own = {
            (called[bare(s.organisation)], s.year): _alike(s, called[bare(s.organisation)], factor)
            for s in found
            if bare(s.organisation) in called
        }
        made.append(EarlierFile(period=one.label, statements=own))
    return tuple(made)


def _alike(one: Statement, name: str, factor: Fraction) -> Statement:
    """Return a statement in another unit and under the name of this period."""
    values = {line: value * factor for line, value in one.values.items()}
    return replace(
        one,
        organisation=name,
        values=values,
        prior={line: value * factor for line, value in one.prior.items()},
        rounded_to=rounding_unit(values.values()),
    )


def united(own: Sequence[Statement], earlier: Sequence[EarlierFile]) -> United:
    """Return the statements of all periods, and what was restated.

    Of a year that several earlier files have, the last one's counts.

    Parameters
    ----------
    own
        Of this period, organisations in the order of the table, each by year.
    earlier
        The last period's first.
    """
    shared = tuple(_shared(own, earlier))
    changed = {one.now.organisation for one in shared if one.lines}
    known = {(one.organisation, one.year) for one in own}
    last = {one.organisation: one.year for one in own}
    only: dict[tuple[str, int], tuple[str, Statement]] = {}
    for file in earlier:
        for key, one in file.statements.items():
            if key not in known and key[1] < last[key[0]]:
                only.setdefault(key, (file.period, one))
    changed |= set(_contradicted(own, {key: one for key, (_, one) in only.items()}))
    years: dict[str, list[Statement]] = {}
    for one in own:
        years.setdefault(one.organisation, []).append(one)
    for (name, _), (_, one) in only.items():
        if name not in changed:
            years[name].append(one)
    whole = [one for made in years.values() for one in sorted(made, key=lambda one: one.year)]
    periods = {key: period for key, (period, _) in only.items()}
    return United(
        statements=tuple(whole),
        added={key: period for key, period in periods.items() if key[0] not in changed},
        left_out={key: period for key, period in periods.items() if key[0] in changed},
        shared=tuple(one for one in shared if one.now.organisation in changed),
    )


def _shared(own: Sequence[Statement], earlier: Sequence[EarlierFile]) -> Iterator[Restatement]:
    for now in own:
        key = now.organisation, now.year
        found = next(((f.period, f.statements[key]) for f in earlier if key in f.statements), None)
        if found is None:
            continue
        period, before = found
        within = _slack(before, now)
        yield Restatement(
            period=period,
            before=before,
            now=now,
            lines=tuple(
                line
                for line, value in now.values.items()
                if line in before.values and magnitude(value - before.values[line]) > within
            ),
        )


def _contradicted(
    own: Sequence[Statement], only: Mapping[tuple[str, int], Statement]
) -> Iterator[str]:
    """Yield organisations whose prior-year column says otherwise than an earlier file's year."""
    for one in own:
        before = only.get((one.organisation, one.year - 1))
        if before is None:
            continue
        within = _slack(before, one)
        if any(
            line in before.values and magnitude(before.values[line] - value) > within
            for line, value in one.prior.items()
        ):
            yield one.organisation


def _slack(before: Statement, now: Statement) -> Fraction:
    """Return what the same amount may differ by where one file is rounder than the other."""
    first, second = _digit(before), _digit(now)
    return Fraction(0) if first == second else (first + second) / 2


def _digit(one: Statement) -> Fraction:
    return Fraction(one.rounded_to) if one.rounded_to > 1 else one.step
