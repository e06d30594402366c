"""Facts that two options state: scales, the unit of statements, the window of the customers.

They may be declared in either place and are one fact: [intake.<table>] is carried into
[params.<diagnostic>], an option of one diagnostic into the other that has it too, and where the
two differ the engagement is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.engagement.settings import IntakeOptions, TableOptions
from workbook.errors import Problem
from workbook.intake.config_errors import place
from workbook.intake.problems import error

UNITS: Mapping[str, int] = {"one": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
"""Words of the option ``unit`` -> what one of it is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact with two places."""

    table: str
    option: str
    diagnostic: str
    param: str
    values: Mapping[str, Any]
    """Value of the option in [intake.<table>] -> of the parameter."""


FACTS = (
    Fact(
        table="survey",
        option="scale",
        diagnostic="loyalty",
        param="scale",
        values={"0-10": "0-10", "1-10": "1-10"},
    ),
    Fact(
        table="satisfaction",
        option="scale",
        diagnostic="loyalty",
        param="satisfaction_scale",
        values={"1-5": "1-5", "1-10": "1-10", "percent": "percent"},
    ),
    Fact(
        table="statements",
        option="unit",
        diagnostic="financial_quartiles",
        param="unit",
        values={"one": 1, "thousand": 10**3, "million": 10**6},
    ),
)

_SHARED = ((("segmentation_matrix", "lifecycle_months"), ("churn_reasons", "silent_months")),)
"""Options of two diagnostics that are one: who is silent is decided by one window."""


def fact_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Return where the facts of engagement.toml cannot be true.

    Parameters
    ----------
    raw
        The file as parsed: of any shape, for its types are checked elsewhere.
    """
    intake, params = _table(raw, "intake"), _table(raw, "params")
    problems = _signs(intake, "intake")
    for table, said in intake.items():
        if isinstance(said, Mapping):
            problems += _signs(said, f"intake.{table}")
            problems += _misplaced(said, f"intake.{table}", table)
    problems += _misplaced(intake, "intake", "")
    for fact in FACTS:
        said = _table(intake, fact.table).get(fact.option)
        other = _table(params, fact.diagnostic).get(fact.param)
        if not isinstance(said, str) or not said:
            continue
        key = f"intake.{fact.table}.{fact.option}"
        if said not in fact.values:
            expected = ", ".join(fact.values)
            problems.append(error("not_in_list", place(key), said, expected=expected))
        elif other not in (None, fact.values[said]):
            facts = {"other": f"{fact.param} = {other}", "section": f"[params.{fact.diagnostic}]"}
            problems.append(error("said_twice", place(key), said, **facts))
    return problems + _told_otherwise(params)


def _told_otherwise(params: Mapping[str, Any]) -> list[Problem]:
    """Return where two diagnostics are told one thing in two ways."""
    problems = []
    for (first, option), (second, same) in _SHARED:
        said, other = _table(params, second).get(same), _table(params, first).get(option)
        if isinstance(said, int) and isinstance(other, int) and said != other:
            facts = {"other": f"{option} = {other}", "section": f"[params.{first}]"}
            problems.append(error("said_twice", place(f"params.{second}.{same}"), said, **facts))
    return problems


def _misplaced(said: Mapping[str, Any], section: str, table: str) -> list[Problem]:
    """Refuse a scale where there are no scores or marks."""
    tables = [fact.table for fact in FACTS if fact.option == "scale"]
    if not said.get("scale") or table in tables:
        return []
    named = ", ".join(f"[intake.{name}]" for name in tables)
    return [error("scale_misplaced", place(f"{section}.scale"), said["scale"], sections=named)]


def _signs(said: Mapping[str, Any], section: str) -> list[Problem]:
    """Refuse one sign for decimals and for thousands."""
    sign = said.get("decimal")
    if not sign or sign != said.get("thousands"):
        return []
    return [error("one_sign_for_two", place(f"{section}.thousands"), sign)]


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = raw.get(name, {})
    return value if isinstance(value, Mapping) else {}


def with_declared(
    params: Mapping[str, Mapping[str, Any]], intake: IntakeOptions
) -> Mapping[str, Mapping[str, Any]]:
    """Return [params] with the facts that are stated in one place for another."""
    made = dict(params)
    for fact in FACTS:
        said = getattr(intake.tables.get(fact.table, TableOptions()), fact.option)
        if said:
            made[fact.diagnostic] = {
                fact.param: fact.values[said],
                **made.get(fact.diagnostic, {}),
            }
    for pair in _SHARED:
        for (here, option), (there, same) in (pair, pair[::-1]):
            if option in made.get(here, {}):
                made[there] = {same: made[here][option], **made.get(there, {})}
    return made
