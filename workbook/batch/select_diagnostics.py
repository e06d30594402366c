"""Which diagnostics an engagement gets."""

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeVar

from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem, UsageError


class Selectable(Protocol):
    """What is looked at of a diagnostic, or of its outline."""

    @property
    def name(self) -> str: ...

    @property
    def needs_any(self) -> tuple[str, ...]: ...

    @property
    def joins(self) -> bool: ...


Found = TypeVar("Found", bound=Selectable)

ONLY_WITHOUT_TABLES = "only_without_tables"
"""Code of what is wrong with ``--only``, not with the input."""


def check_names(names: Iterable[str], known: Collection[str], option: str) -> None:
    """Refuse names that do not exist, with the nearest that does.

    Raises
    ------
    UsageError
        Naming the option.

    Examples
    --------
    >>> check_names(["pdf", "htlm"], ["html", "pdf"], "--formats")
    Traceback (most recent call last):
        ...
    workbook.errors.UsageError: --formats: 'htlm' does not exist; did you mean 'html'?
    """
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise UsageError(f"{option}: {name!r} does not exist; {hint}")


def select_diagnostics(
    diagnostics: Sequence[Found],
    engagement: Engagement,
    tables: Collection[str],
    only: Sequence[str] = (),
    *,
    lenient: bool = False,
) -> tuple[Found, ...]:
    """Return the diagnostics to make, in the order of :mod:`workbook.diagnostics`.

    Those of ``engagement.toml`` with their summary, or all whose tables are there; ``only``
    narrows them.  With
    ``lenient``, one that ``only`` names and that lacks its tables is left out (it was meant for
    other engagements of the same run), and nothing may be left.

    Raises
    ------
    InputError
        When a diagnostic that was asked for by name lacks its tables, or none has any.
    """
    asked = tuple(only) or engagement.diagnostics
    joins = not only and bool(asked)  # engagement.toml lists what a summary joins
    wanted = [d for d in diagnostics if d.name in asked or not asked or (joins and d.joins)]
    lacking = [d for d in wanted if not set(d.needs_any) & set(tables)]
    passed_over = lenient and bool(only)
    if asked and lacking and not passed_over:
        code = ONLY_WITHOUT_TABLES if only else "diagnostic_without_tables"
        raise InputError(_lacks_tables(d, code) for d in lacking)
    able = tuple(d for d in wanted if d not in lacking)
    if not able and not passed_over:
        raise InputError([_no_report(wanted, tables)])
    return able


def _no_report(wanted: Sequence[Selectable], tables: Collection[str]) -> Problem:
    """Return why there is no report: no table, or tables that only complete others."""
    place = Location(file="data")
    if not tables:
        return Problem(code="no_tables", place=place)
    needed = dict.fromkeys(table for diagnostic in wanted for table in diagnostic.needs_any)
    facts = {"tables": ", ".join(sorted(tables)), "needed": ", ".join(needed)}
    return Problem(code="tables_of_no_report", place=place, facts=facts)


def _lacks_tables(diagnostic: Selectable, code: str) -> Problem:
    return Problem(
        code=code,
        place=Location(file="data"),
        facts={"diagnostic": diagnostic.name, "tables": ", ".join(diagnostic.needs_any)},
    )
