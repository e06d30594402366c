"""Sources of the controllability diagnostic: questionnaires, and answers they do not fit."""

from collections.abc import Iterator, Mapping

from workbook.diagnostics.controllability.answer_sheet import read_answers
from workbook.diagnostics.controllability.compute import Sources
from workbook.diagnostics.controllability.contradictions import RULES
from workbook.diagnostics.controllability.lookup import Names, item_key
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.sources.answer_checks import answer_problems, few_people
from workbook.diagnostics.controllability.sources.questionnaire_file import questionnaires_of
from workbook.diagnostics.diagnostic import LoadedSources
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Location, Problem, Severity
from workbook.intake.table import InputTable
from workbook.language.nearest import nearest

TABLES = ("answers", *sorted({table for rule in RULES for table in rule.tables}))
"""The answers, and the tables that they are checked against."""
_KEY = "params.controllability"


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with questionnaires, options that name them, and answers to them."""
    questionnaires, problems = questionnaires_of(engagement.folder)
    if problems:
        return problems
    names = Names(questionnaires=questionnaires)
    given = engagement.params.get("controllability", {})
    found = list(_option_problems(given, names))
    table = tables.get("answers")
    if table is not None:
        found += answer_problems(table, names, _turned_on(given))
        found += _unanswered(given, table, names)
        found += few_people(engagement, table, read_answers(table.frame, names))
    return tuple(found)


def load(engagement: Engagement, inputs: Inputs, params: Params) -> LoadedSources[Sources]:
    """Return the questionnaires.

    Raises
    ------
    InputError
        When a questionnaire cannot be used.
    """
    questionnaires, problems = questionnaires_of(engagement.folder)
    if problems:
        raise InputError(problems)
    return LoadedSources(sources=Sources(questionnaires=questionnaires))


def _turned_on(given: Mapping[str, object]) -> Params:
    """Return Params that know which items are on, whatever else is wrong with the options."""
    items = given.get("optional_items")
    names = items if isinstance(items, list) else []
    return Params(optional_items=tuple(name for name in names if isinstance(name, str)))


def _option_problems(given: Mapping[str, object], names: Names) -> Iterator[Problem]:
    """Find options that name a questionnaire or an item that is not there."""
    ids = [one.id for one in names.questionnaires]
    wanted = given.get("questionnaires")
    for name in wanted if isinstance(wanted, list) else []:
        if isinstance(name, str) and name not in ids:
            yield Problem(
                code="option_no_questionnaire",
                place=_place("questionnaires"),
                found=name[:60],
                facts={"nearest": names.nearest_questionnaire(name), "known": ", ".join(ids)},
            )
    items, weights = given.get("optional_items"), given.get("weights")
    for name in items if isinstance(items, list) else []:
        if isinstance(name, str):
            yield from _no_item(name, "optional_items", names)
    for name in weights if isinstance(weights, Mapping) else {}:
        yield from _no_item(str(name), f"weights.{name}", names)


def _unanswered(given: Mapping[str, object], table: InputTable, names: Names) -> Iterator[Problem]:
    """Warn of questionnaires that are to be reported and that nobody answers."""
    answered = read_answers(table.frame, names).questionnaires()
    wanted = given.get("questionnaires")
    for name in wanted if isinstance(wanted, list) else []:
        if isinstance(name, str) and names.get(name) is not None and name not in answered:
            yield Problem(
                code="option_unanswered",
                place=_place("questionnaires"),
                found=name,
                severity=Severity.WARNING,
            )


def _no_item(name: str, key: str, names: Names) -> Iterator[Problem]:
    known: list[str] = []
    for one in names.questionnaires:
        ids = [item.id for item in one.items]
        known += [*ids, *(f"{one.id}:{item}" for item in ids)]
    if name not in known:
        yield Problem(
            code="option_no_item",
            place=_place(key),
            found=name[:60],
            facts={"nearest": _nearest_item(name, known)},
        )


def _nearest_item(name: str, known: list[str]) -> str:
    """Return the item meant by ``4,4`` or ``4.4.``, else the one most alike."""
    exact = item_key(name)
    return exact if exact in known else nearest(name, known)


def _place(key: str) -> Location:
    return Location(file="engagement.toml", column=f"{_KEY}.{key}"[:80])
