"""What ``workbook form`` does: write a form to fill in into a file."""

from collections.abc import Collection
from pathlib import Path

from workbook.commands.intake_workbook import INTAKE, client_workbook
from workbook.errors import UsageError
from workbook.forms.asked import asked_questionnaire
from workbook.forms.writing import form_book
from workbook.report.whole_file import write_whole


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
        Id of a questionnaire that comes with the program, or path of a questionnaire file;
        ``intake``: the workbook of all tables.
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
    asked = None if name == INTAKE else asked_questionnaire(name, optional)
    path = out or Path(f"{asked.id if asked else INTAKE}.{language}.xlsx")
    if path.suffix.casefold() != ".xlsx":
        raise UsageError(f"--out: {path} must end in .xlsx")
    if path.exists() and not force:
        raise UsageError(f"--out: {path} is there and may hold answers; --force replaces it")
    content = (
        form_book(asked, language=language, respondents=respondents)
        if asked
        else client_workbook(language)
    )
    write_whole(path, content)
    return path
