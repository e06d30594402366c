"""Files beside the data that bear a name under which nothing is read.

What a consultant puts into the engagement folder and the program passes over would be missed only
by whoever reads the report closely.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from workbook.errors import Location, Problem
from workbook.intake.files.plain_file import names_in
from workbook.intake.files.sources import is_leftover
from workbook.intake.problems import error, few_of_each, warning
from workbook.language.nearest import nearest
from workbook.language.visible import as_text, is_text

_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".toml", ".yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is read in one subfolder."""

    patterns: tuple[str, ...]
    """Names as a shell writes them: ``loyalty*.xlsx``."""
    examples: tuple[str, ...]
    """Whole names that fit."""


def own_file_problems(folder: Path, expected: Mapping[str, Expected]) -> list[Problem]:
    """Return a warning of each file that is not read, and what is wrong with the subfolders.

    Parameters
    ----------
    folder
        The engagement folder.
    expected
        By subfolder.
    """
    problems: list[Problem] = []
    for subfolder, wanted in expected.items():
        names, wrong = names_in(folder, subfolder)
        problems += wrong
        for name in names:
            if name.startswith(".") or is_leftover(name):
                continue
            place = Location(file=f"{subfolder}/{as_text(name)}")
            if not is_text(name):
                problems.append(error("file_name_not_text", place))
            elif not any(fnmatchcase(name, pattern) for pattern in wanted.patterns):
                problems.append(_misnamed(name, place, wanted))
    return few_of_each(problems)


def beside_it(folder: Path, name: str) -> list[Problem]:
    """Return a warning of each file of the engagement folder that was to be called ``name``.

    Parameters
    ----------
    name
        ``aliases.csv``: ``Aliases.CSV``, ``alias.csv`` and ``aliases.xlsx`` are meant to be it.
    """
    stem = Path(name).stem.removesuffix("es")
    wanted = Expected(patterns=(name,), examples=(name,))
    return [
        _misnamed(found, Location(file=found), wanted)
        for found in names_in(folder, ".")[0]
        if found != name
        and is_text(found)
        and not is_leftover(found)
        and Path(found).stem.casefold().startswith(stem)
        and Path(found).suffix.casefold() in _TABLES
    ]


def _misnamed(name: str, place: Location, wanted: Expected) -> Problem:
    near = _meant(name, wanted.examples)
    return warning("own_file_misnamed", place, nearest=near, expected=", ".join(wanted.patterns))


def _meant(name: str, examples: Iterable[str]) -> str:
    """Return the name that was meant: one misspelt, or with words around it."""
    stem = Path(name).stem.casefold()
    inside = (example for example in examples if Path(example).stem in stem)
    return next(inside, "") or nearest(name, list(examples))
