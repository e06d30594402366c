"""What ``workbook form`` does: find the questionnaire, turn items on, write the file."""

from collections.abc import Collection
from pathlib import Path

from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.sources.questionnaire_file import (
    FOLDER,
    load_questionnaire,
)
from workbook.errors import UsageError
from workbook.forms.writing import write_form
from workbook.language.nearest import nearest
from workbook.language.package_data import templates


def make_form(
    name: str,
    *,
    language: str,
    respondents: int,
    optional: Collection[str] = (),
    out: Path | None = None,
    force: bool = False,
) -> Path:
    """Write the form of a questionnaire and return its path.

    Parameters
    ----------
    name
        Id of a questionnaire that comes with the program, or path of a questionnaire file.
    optional
        Items that are off by default and asked here.
    out
        The file; by default ``<questionnaire>.<language>.xlsx`` in the working folder.
    force
        Replace a file that is there: it may hold answers.

    Raises
    ------
    UsageError
        When there is no such questionnaire or item, or the file is there already.
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
    path = out or Path(f"{questionnaire.id}.{language}.xlsx")
    if path.suffix.casefold() != ".xlsx":
        raise UsageError(f"--out: {path} must end in .xlsx")
    if path.exists() and not force:
        raise UsageError(f"--out: {path} is there and may hold answers; --force replaces it")
    asked = questionnaire.asked(frozenset(optional))
    write_form(asked, language=language, respondents=respondents, path=path)
    return path


def _questionnaire(name: str) -> Questionnaire:
    if name.casefold().endswith((".yaml", ".yml")):
        path = Path(name)
        if not path.is_file():
            raise UsageError(f"there is no file {name}")
        return load_questionnaire(path)
    shipped = {path.stem: path for path in sorted((templates() / FOLDER).glob("*.yaml"))}
    if name not in shipped:
        near = nearest(name, shipped)
        hint = f"did you mean {near}?" if near else f"there are: {', '.join(shipped)}"
        raise UsageError(f"no questionnaire {name}; {hint}")
    return load_questionnaire(shipped[name])
