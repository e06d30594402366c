"""Which questionnaire a form asks, and which of its items."""

from collections.abc import Collection
from pathlib import Path

from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.sources.questionnaire_file import (
    FOLDER,
    load_questionnaire,
    load_questionnaires,
)
from workbook.errors import UsageError
from workbook.forms.table_form import table_forms
from workbook.language.nearest import nearest
from workbook.language.package_data import templates


def asked_questionnaire(name: str, optional: Collection[str] = ()) -> Questionnaire:
    """Return a questionnaire with the items that are asked.

    Parameters
    ----------
    name
        Id of a questionnaire that comes with the program, or path of a questionnaire file.
    optional
        Items that are off by default and asked here.

    Raises
    ------
    UsageError
        When there is no such questionnaire or item.
    InputError
        When the questionnaire file cannot be used.
    """
    questionnaire = _questionnaire(name)
    known = [item.id for item in questionnaire.items]
    for item in optional:
        if item not in known:
            near = nearest(item, known)
            hint = f"; did you mean {near}?" if near else ""
            raise UsageError(f"--optional-items: {questionnaire.id} has no item {item}{hint}")
    return questionnaire.asked(frozenset(optional))


def shipped_questionnaires() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that come with the program, controllability first."""
    found, _ = load_questionnaires(templates() / FOLDER)
    return found


def _questionnaire(name: str) -> Questionnaire:
    if name.casefold().endswith((".yaml", ".yml")):
        path = Path(name)
        if not path.is_file():
            raise UsageError(f"there is no file {name}")
        return load_questionnaire(path)
    shipped = {path.stem: path for path in sorted((templates() / FOLDER).glob("*.yaml"))}
    if name not in shipped:
        known = (*shipped, *table_forms())
        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
        raise UsageError(f"no form {name}; {hint}")
    return load_questionnaire(shipped[name])
