"""What a careful colleague would ask of a second period, before its report is made.

Nothing here stops a report: each question is a remark of ``check`` and ``run``, and of the page on
the data.  What cannot be compared at all is said by :mod:`workbook.engagement.timeline`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any

import pandas as pd

from workbook.diagnostics import NAMES, diagnostic_named
from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.customer_ledger.months import back
from workbook.diagnostics.diagnostic import AnyDiagnostic
from workbook.engagement.changed_files import changed_files
from workbook.engagement.fingerprint import folder_hashes
from workbook.engagement.former_names import former_names
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.intake.problems import listed, warning
from workbook.intake.table import InputTable
from workbook.intake.tables import Intake
from workbook.intake.toml_line import toml_value

Tables = Mapping[str, InputTable]
_SETTINGS = "engagement.toml"
_DAYS = {
    "survey": "date", "satisfaction": "date", "sales": "date", "complaints": "date",
    "lost_customers": "lost_date", "offers": "date",
}  # fmt: skip
"""Tables of which every period has its own rows -> their day."""
_FACTOR = 3
"""So many times more or fewer rows are asked about."""
_FEWEST_ROWS = 30
"""Of the larger of two numbers of rows that are compared."""
_GONE = 0.3
"""Share of the customers that are asked about when they are in the table no more."""
_FEWEST_GONE = 10
_AGAIN = 0.5
"""Share of the respondents whose numbers somebody else had last time."""
_NOTHING = "–"
_OF_THE_DATA = frozenset(
    {
        *("scale", "satisfaction_scale", "population", "register_since", "okved", "unit"),
        *("country", "base_rate", "base_rate_date", "base_rate_source", "size_bounds"),
        *("seed", "bootstrap", "questionnaires", "optional_items"),
    }
)
"""Options that say something of the data or of the computing, not what is computed."""


def period_questions(
    now: Engagement, before: Engagement, intake: Intake, earlier: Tables
) -> Iterator[Problem]:
    """Ask what differs from the engagement before.

    Parameters
    ----------
    before
        With its own options.
    intake
        Of now; where its tables have errors, only the settings are looked at.
    earlier
        Tables of then, with the names of now.
    """
    tables = intake.tables
    yield from _options(now, before, earlier)
    yield from _label(now, before)
    if not intake.usable:
        return
    yield from _tables_gone(before, tables, earlier)
    yield from _rows(now, before, tables, earlier)
    yield from _customers_gone(before, tables, earlier)
    yield from _numbers_again(now, before, tables, earlier)
    yield from changed_files(before, tables, earlier)
    yield from former_names(now, before, intake, earlier)


def _options(now: Engagement, before: Engagement, earlier: Tables) -> Iterator[Problem]:
    """Tell every option of the method that is another one than last time."""
    if now.anonymity_threshold != before.anonymity_threshold:
        yield _changed(
            "anonymity_threshold", before, before.anonymity_threshold, now.anonymity_threshold
        )
    said = now.params.keys() | before.params.keys()  # options of all others are as they come
    for found in (diagnostic_named(name) for name in NAMES if name in said):
        if not set(found.needs_any) & earlier.keys():
            continue
        for name, then, value in _different(found, now, before):
            key = f"params.{found.name}.{name}"
            yield _changed(key, before, then, value, diagnostic=found.name)


def _different(
    found: AnyDiagnostic, now: Engagement, before: Engagement
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the options of a diagnostic that differ: name, value then, value now."""
    said, told = before.params.get(found.name, {}), now.params.get(found.name, {})
    for option in fields(found.params):
        if option.name in _OF_THE_DATA or option.name in found.of_the_data:
            continue
        usual = _default(option)
        then, value = said.get(option.name, usual), told.get(option.name, usual)
        if _plain(then) != _plain(value):
            yield option.name, then, value


def _default(option: "Field[Any]") -> Any:
    if option.default_factory is not MISSING:
        return option.default_factory()
    return option.default


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _changed(key: str, before: Engagement, then: Any, now: Any, *, diagnostic: str = "") -> Problem:
    section, _, option = key.rpartition(".")
    facts = {
        "option": option, "before": _word(then), "value": _word(now), "period": before.period,
        "where": f" ([{section}])" if section else "", "diagnostic": diagnostic,
        "remedy": "unset" if _word(then) == _NOTHING else "",
    }  # fmt: skip
    return warning("period_option", Location(file=_SETTINGS, column=key), **facts)


def _word(value: Any) -> str:
    """Return a value as engagement.toml writes it; a dash where nothing is said."""
    if value is None or value == () or value == {}:
        return _NOTHING
    try:
        return toml_value(_plain(value))
    except (TypeError, ValueError):
        return str(value)


def _label(now: Engagement, before: Engagement) -> Iterator[Problem]:
    if now.period == before.period:
        place = Location(file=_SETTINGS, column="period")
        yield warning("period_same_label", place, now.period, day=before.as_of, as_of=now.as_of)


def _tables_gone(before: Engagement, tables: Tables, earlier: Tables) -> Iterator[Problem]:
    """Ask about tables that the period before had and this one has not."""
    gone = sorted(earlier.keys() - tables.keys())
    if gone:
        facts = {"tables": ", ".join(gone), "period": before.period}
        yield warning("period_tables_gone", Location(file="data"), **facts)


def _rows(
    now: Engagement, before: Engagement, tables: Tables, earlier: Tables
) -> Iterator[Problem]:
    """Ask about tables with far more or far fewer rows than in the period before."""
    months = (now.as_of.year - before.as_of.year) * 12 + now.as_of.month - before.as_of.month
    begin = back(before.as_of, months) if months > 0 else before.as_of - (now.as_of - before.as_of)
    for name, column in _DAYS.items():
        if name not in tables or name not in earlier:
            continue
        new = _between(tables[name], column, before.as_of, now.as_of)
        old = _between(earlier[name], column, begin, before.as_of)
        if not new or not old or max(new, old) < _FEWEST_ROWS:
            continue
        if max(new, old) >= _FACTOR * min(new, old):
            facts = {"table": name, "n": new, "before": old, "period": before.period}
            yield warning("period_rows", _place(tables[name]), **facts)


def _between(table: InputTable, column: str, after: date, last: date) -> int:
    day = dates(table.frame, column)
    return int(((day > pd.Timestamp(after)) & (day <= pd.Timestamp(last))).sum())


def _place(table: InputTable) -> Location:
    return Location(file=table.file, sheet=table.sheet)


def _customers_gone(before: Engagement, tables: Tables, earlier: Tables) -> Iterator[Problem]:
    """Ask about customers of whom many are in the table of customers no more."""
    name = "customers"
    if name not in tables or name not in earlier:
        return
    then = dict.fromkeys(texts(earlier[name].frame, "customer_id"))
    there = set(texts(tables[name].frame, "customer_id"))
    if "lost_customers" in tables:  # who is told to be lost is no riddle
        there |= set(texts(tables["lost_customers"].frame, "customer_id"))
    gone = [customer for customer in then if customer not in there]
    if len(gone) >= max(_FEWEST_GONE, _GONE * len(then)):
        facts = {
            "table": name, "n": len(gone), "of": len(then), "examples": listed(gone, 3),
            "period": before.period,
        }  # fmt: skip
        yield warning("period_customers_gone", _place(tables[name]), **facts)


def _numbers_again(
    now: Engagement, before: Engagement, tables: Tables, earlier: Tables
) -> Iterator[Problem]:
    """Ask about numbers of respondents that begin again beside codings that were carried over."""
    name = "survey"
    if name not in tables or name not in earlier or not _same_coding(now, before):
        return
    frame = tables[name].frame
    new = frame.loc[(dates(frame, "date") > pd.Timestamp(before.as_of)).to_numpy()]
    numbers = set(texts(new, "respondent_id")) - {""}
    again = numbers & set(texts(earlier[name].frame, "respondent_id"))
    if numbers and len(again) >= _AGAIN * len(numbers):
        facts = {"table": name, "n": len(again), "of": len(numbers), "period": before.period}
        yield warning("period_numbers_again", _place(tables[name]), **facts)


def _same_coding(now: Engagement, before: Engagement) -> bool:
    """Return whether a file of codings is byte for byte one of the period before."""
    own, theirs = (folder_hashes(one.folder / "coding") for one in (now, before))
    return bool(set(own.values()) & set(theirs.values()))
