"""Questionnaires read from their YAML files, the engagement's own before the shipped ones."""

from pathlib import Path

from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE, Questionnaire
from workbook.diagnostics.controllability.sources.questionnaire_check import read_questionnaire
from workbook.errors import InputError, Problem
from workbook.intake.files.plain_file import names_in
from workbook.intake.files.sources import is_leftover
from workbook.language.package_data import read_once, templates
from workbook.language.visible import is_text

FOLDER = "questionnaires"
SUFFIX = ".yaml"


@read_once
def load_questionnaire(path: Path, name: str = "", *, folder: Path | None = None) -> Questionnaire:
    """Return the checked questionnaire of a YAML file.

    Parameters
    ----------
    path
        The file; its name is the questionnaire's id.
    name
        What problems call the file; its plain name when empty.
    folder
        The engagement folder that it must lie in; None: the user named the file.

    Raises
    ------
    InputError
        With every problem of the file at once.
    """
    questionnaire, problems = read_questionnaire(path, name or path.name, folder=folder)
    if questionnaire is None:
        raise InputError(problems)
    return questionnaire


def load_questionnaires(
    shipped: Path, own: Path | None = None
) -> tuple[tuple[Questionnaire, ...], tuple[Problem, ...]]:
    """Return the questionnaires of two folders and every problem of their files.

    Parameters
    ----------
    shipped
        Folder of the questionnaires that come with the program.
    own
        The engagement folder; a questionnaire of its subfolder ``questionnaires`` takes the
        place of a shipped one of the same id.

    Returns
    -------
    questionnaires
        ``controllability`` first, the others by id; those without problems.
    problems
        Of all files.
    """
    files: dict[str, tuple[Path, str, Path | None]] = {
        path.stem: (path, path.name, None) for path in sorted(shipped.glob("*.yaml"))
    }
    made: list[Questionnaire] = []
    problems: list[Problem] = []
    if own is not None:
        names, problems = names_in(own, FOLDER)
        files |= {
            name.removesuffix(SUFFIX): (own / FOLDER / name, f"{FOLDER}/{name}", own)
            for name in names
            if name.endswith(SUFFIX) and not is_leftover(name) and is_text(name)
        }
    for stem in sorted(files, key=lambda stem: (stem != MAIN_QUESTIONNAIRE, stem)):
        path, name, folder = files[stem]
        try:
            made.append(load_questionnaire(path, name, folder=folder))
        except InputError as failure:
            problems += failure.problems
    return tuple(made), tuple(problems)


def questionnaires_of(folder: Path) -> tuple[tuple[Questionnaire, ...], tuple[Problem, ...]]:
    """Return the shipped questionnaires and an engagement's own, as :func:`load_questionnaires`."""
    return load_questionnaires(templates() / FOLDER, folder)
