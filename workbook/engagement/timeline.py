"""The periods of a client: the chain of earlier engagements, read and made alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from workbook.diagnostics import NAMES, diagnostic_named, param_types
from workbook.diagnostics.customer_ledger.months import Span, back
from workbook.diagnostics.periods.rows import Dealt
from workbook.engagement.earlier_names import LaterNames, as_written_now
from workbook.engagement.engagement_file import load_earlier
from workbook.engagement.period_questions import period_questions
from workbook.engagement.proposals import first_day
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem, Severity
from workbook.forms.engagement_forms import read_with_forms
from workbook.intake.aliases.alias_file import Aliases
from workbook.intake.aliases.renaming import Key
from workbook.intake.declared_facts import FACTS
from workbook.intake.files.book_reader import BookReader
from workbook.intake.schema import ColumnType
from workbook.intake.table import InputTable
from workbook.intake.tables import Intake
from workbook.language.lemmas import bare

Tables = Mapping[str, InputTable]
_PLACE = Location(file="engagement.toml", column="previous")
_MONEY_TABLES = ("sales", "plans", "service_costs", "statements")
"""Tables that say nothing without their money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier period."""

    engagement: Engagement
    """Its own, under the options of the engagement that looks back."""
    tables: Tables
    aliases: Aliases
    renamed: Mapping[Key, int]
    """Rows in which an old name stood that an alias knows."""


def earlier_periods(
    engagement: Engagement, intake: Intake, books: BookReader
) -> tuple[tuple[Earlier, ...], tuple[Problem, ...]]:
    """Read the chain of engagements that ``previous`` leads to, the last one first.

    What is wrong with an earlier period only takes out of the comparison what needs it; an
    engagement that is no earlier one, or another client's, is an error of this one's
    configuration.

    Parameters
    ----------
    intake
        Of this engagement: earlier answers on another scale are left out, and its aliases hold
        for earlier names.
    """
    look = _Look(engagement=engagement, intake=intake, books=books, later=(intake.aliases,))
    if engagement.previous is not None:
        look.names.add(intake.tables)
    here, folders = engagement, {engagement.folder.resolve()}
    while here.previous is not None:
        loaded, refused = _loaded(here, folders, is_first=here is engagement)
        look.problems += refused
        if loaded is None:
            break
        folders.add(loaded.folder.resolve())
        look.add(here, loaded)
        here = loaded
    return tuple(look.found), tuple(look.problems)


@dataclass(slots=True, kw_only=True)
class _Look:
    """What is gathered on the way back."""

    engagement: Engagement
    """The one that looks back."""
    intake: Intake
    books: BookReader
    later: tuple[Aliases, ...]
    """Aliases of the periods that were passed, in order of time."""
    names: LaterNames = field(default_factory=LaterNames)
    found: list[Earlier] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, here: Engagement, before: Engagement) -> None:
        """Read the period before another one."""
        own = read_with_forms(before, books=self.books, later=self.later)
        self.later = (own.aliases, *self.later)
        broken = {_table_of(p, own.tables) for p in own.problems if p.is_error}
        self.problems += _broken(before, broken, sum(p.is_error for p in own.problems))
        usable = {n: t for n, t in own.tables.items() if n not in broken}
        usable, told = _comparable(self.engagement, before, usable, self.intake.tables)
        usable, respelt = as_written_now(self.engagement, before.period, usable, self.names)
        self.problems += respelt
        if not self.found:
            self.problems += told
            self.problems += _apart(here, before)
            self.problems += period_questions(here, before, self.intake, usable)
        alike = _alike(self.engagement, before)
        self.found.append(
            Earlier(engagement=alike, tables=usable, aliases=own.aliases, renamed=own.renamed)
        )


def _loaded(
    here: Engagement, folders: set[Path], *, is_first: bool
) -> tuple[Engagement | None, list[Problem]]:
    """Return the engagement before one, or why there is none."""
    assert here.previous is not None
    try:
        before = load_earlier(here.previous, param_types())
    except InputError as failure:
        return None, [_warning("previous_unusable", period=here.period, n=len(failure.problems))]
    code = ""
    if before.folder.resolve() in folders:
        code = "previous_in_circle"
    elif before.as_of >= here.as_of:
        code = "previous_not_earlier"
    elif not _same_client(here, before) and not here.previous_of_other_client:
        code = "previous_other_client"
    if not code:
        return before, []
    facts = {
        "period": before.period, "day": before.as_of, "as_of": here.as_of,
        "client": before.client, "own": here.client,
    }  # fmt: skip
    if is_first or code == "previous_in_circle":
        return None, [Problem(code=code, place=_PLACE, found=before.folder.name, facts=facts)]
    return None, [_warning("previous_chain_ends", period=here.period)]


def _same_client(here: Engagement, before: Engagement) -> bool:
    return here.id == before.id or bare(here.client) == bare(before.client)


def _warning(code: str, **facts: object) -> Problem:
    return Problem(code=code, place=_PLACE, facts=facts, severity=Severity.WARNING)


def _table_of(problem: Problem, tables: Tables) -> str:
    """Return the table that an error of an earlier period is in; empty where none is known."""
    place = (problem.place.file, problem.place.sheet)
    named = next((n for n, t in tables.items() if place in t.places), "")
    return named or Path(problem.place.file).stem


def _broken(before: Engagement, tables: Iterable[str], errors: int) -> Iterator[Problem]:
    names = sorted(tables)
    if names:
        yield _warning(
            "previous_table_unusable", period=before.period, tables=", ".join(names), n=errors
        )


def _comparable(
    engagement: Engagement, before: Engagement, tables: dict[str, InputTable], own: Tables
) -> tuple[dict[str, InputTable], list[Problem]]:
    """Return the tables of an earlier period that can be compared, and what cannot."""
    kept, problems = dict(tables), []
    now, then = _scales(engagement.params, own), _scales(before.params, tables)
    for name in sorted(now.keys() & then.keys() & kept.keys()):
        if now[name] != then[name]:
            del kept[name]
            problems.append(_warning(
                "previous_scale", period=before.period, table=name, before=then[name],
                now=now[name],
            ))  # fmt: skip
    if before.currency != engagement.currency:
        rate = engagement.previous_rate
        code = "previous_currency" if rate is None else "previous_rate_used"
        problems.append(_warning(
            code, period=before.period, before=before.currency, now=engagement.currency,
            rate=rate,
        ))  # fmt: skip
        kept = {
            name: _in_currency(table, rate)
            for name, table in kept.items()
            if rate is not None or name not in _MONEY_TABLES
        }
        kept.pop("statements", None)
    return kept, problems


def _scales(params: Mapping[str, Mapping[str, Any]], tables: Tables) -> dict[str, str]:
    """Return the scale of each table of scores or marks that is there.

    As its own columns tell it, else as the options do, else the usual one.
    """
    found: dict[str, str] = {}
    for fact in FACTS:
        if fact.option == "scale" and fact.table in tables:
            told = tables[fact.table].frame.attrs.get("scale")
            said = params.get(fact.diagnostic, {}).get(fact.param)
            found[fact.table] = str(told or said or next(iter(fact.values)))
    return found


def _in_currency(table: InputTable, rate: float | None) -> InputTable:
    """Return a table with its money in this engagement's currency, or without its money."""
    columns = [c for c in table.schema.columns if c.money and c.name in table.frame]
    if not columns:
        return table
    if rate is None:
        return replace(table, frame=table.frame.drop(columns=[c.name for c in columns]))
    frame = table.frame.copy()
    for column in columns:
        cells = frame[column.name]
        if column.kind is ColumnType.DECIMAL:
            frame[column.name] = cells.map(lambda cell: _times(cell, rate)).astype(cells.dtype)
        else:
            frame[column.name] = (pd.to_numeric(cells) * rate).astype(cells.dtype)
    return replace(table, frame=frame)


def _times(cell: Any, rate: float) -> Any:
    if pd.isna(cell) or not str(cell).strip():
        return cell
    return f"{Decimal(str(cell)) * Decimal(str(rate)):.4f}"


def _alike(engagement: Engagement, before: Engagement) -> Engagement:
    """Return an earlier engagement under the options of the one that looks back.

    What an option says of the data of a period (its scale, the size of its base) stays its own.
    """
    params: dict[str, Mapping[str, Any]] = {}
    said = engagement.params.keys() | before.params.keys()
    for found in (diagnostic_named(name) for name in NAMES if name in said):
        now, then = engagement.params.get(found.name, {}), before.params.get(found.name, {})
        method = {name: value for name, value in now.items() if name not in found.of_the_data}
        data = {name: value for name, value in then.items() if name in found.of_the_data}
        if method or data:
            params[found.name] = method | data
    return replace(
        before,
        as_made=before,
        params=params,
        anonymity_threshold=engagement.anonymity_threshold,
        anonymise=engagement.anonymise,
    )


def chained(periods: Sequence[Earlier]) -> Engagement | None:
    """Return the last earlier engagement, with the one before it in it; None without any."""
    made: Engagement | None = None
    for one in reversed(periods):
        made = replace(one.engagement, before=made)
    return made


def _apart(here: Engagement, before: Engagement) -> Iterator[Problem]:
    """Doubt periods that leave a gap or lie over each other."""
    begins = first_day(here.period)
    if begins is None or begins == before.as_of + timedelta(days=1):
        return
    code = "previous_gap" if begins > before.as_of else "previous_overlap"
    yield _warning(code, period=here.period, before=before.period, day=before.as_of, begins=begins)


def equal_windows(days: Sequence[date]) -> list[Span | None]:
    """Return the window of each period in which its counts are compared.

    All are as long as the newest period, up to each one's last day.

    Parameters
    ----------
    days
        As-of dates, newest first.

    Examples
    --------
    >>> [span.first.isoformat() for span in equal_windows([date(2026, 6, 30), date(2025, 12, 31)])]
    ['2026-01-01', '2025-07-01']
    """
    if len(days) < 2:
        return [None] * len(days)
    months = (days[0].year - days[1].year) * 12 + days[0].month - days[1].month
    if months > 0 and back(days[0], months) == days[1]:
        return [Span(after=back(day, months), last=day) for day in days]
    length = days[0] - days[1]
    return [Span(after=day - length, last=day) for day in days]


def dealt_problems(found: Sequence[Dealt], tables: Tables, until: date) -> Iterator[Problem]:
    """Tell whose rows were whose in the files of this engagement.

    Parameters
    ----------
    until
        Last day of the period before.
    """
    for one in found:
        code, severity, day = "earlier_waves", Severity.STEP, until
        if one.nothing_new:
            code, severity = "nothing_new", Severity.WARNING
        elif one.by_date:
            code, severity = "earlier_by_date", Severity.WARNING
        elif one.first is not None:
            code, day = "added_from_earlier", one.first
        table = tables[one.table]
        facts = {
            "table": one.table, "n": one.added or one.earlier, "twice": one.twice, "day": day,
        }  # fmt: skip
        place = Location(file=table.file, sheet=table.sheet)
        yield Problem(code=code, place=place, facts=facts, severity=severity)
