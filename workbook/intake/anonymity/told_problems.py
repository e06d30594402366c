"""Problems as a report under pseudonyms tells them: where and what, without what a cell says."""

from collections.abc import Callable
from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.files.sources import FORMS

_LEFT_OUT = "…"
_OF_FILES = frozenset(
    {
        *("column", "columns", "encoding", "fields", "file", "heading", "key", "level", "name"),
        *("code", "decimal", "thousands", "sign", "unit", "currency", "own", "scale", "section"),
        *("table", "tables", "questionnaire", "language", "true", "version", "diagnostic"),
        *("rows", "row", "first_rows", "year", "years", "period"),
    }
)
"""Facts that speak of files and settings, not of what a cell says."""


def without_values(problem: Problem, form_name: Callable[[str], str]) -> Problem:
    """Return a problem that quotes no cell; counts, files and headings stay.

    Parameters
    ----------
    form_name
        What a filled form is called, whose file may be named after a person.

    >>> from workbook.errors import Location
    >>> place = Location(file="data/survey.csv", row=4)
    >>> said = Problem(code="x", place=place, found="Anna", facts={"n": 3, "other": "Jan"})
    >>> told = without_values(said, str)
    >>> told.found, dict(told.facts), told.place == place
    ('…', {'n': 3, 'other': '…'}, True)
    """
    facts = {name: _told(name, fact, form_name) for name, fact in problem.facts.items()}
    place = problem.place
    if place.file.startswith(f"{FORMS}/"):
        place = replace(place, file=form_name(place.file), sheet="")
    return replace(
        problem, place=place, facts=facts, found=_LEFT_OUT if problem.found.strip() else ""
    )


def _told(name: str, fact: object, form_name: Callable[[str], str]) -> object:
    if isinstance(fact, str) and fact.startswith(f"{FORMS}/"):
        return form_name(fact)
    if (
        isinstance(fact, str) and f"{FORMS}/" in fact
    ):  # rows of a form, which are told with its file
        return _LEFT_OUT
    if isinstance(fact, bool | int) or not fact or name in _OF_FILES:
        return fact
    return _LEFT_OUT
