"""Marked copies of a client's files: the same cells by value, the faulty ones coloured, told why.

A copy is written to be mailed to the client.  Nothing in it runs or leads anywhere but to its own
cells: texts are written as texts, never as formulas or links.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from workbook.commands.marked_book import write_book
from workbook.engagement.settings import Engagement, TableOptions
from workbook.errors import Problem, UsageError
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.rebuilt_sheets import rebuilt_sheets
from workbook.intake.files.sources import DATA
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import load_texts
from workbook.language.nearest import plain
from workbook.language.visible import is_text

FOLDER = "marked"
"""Folder of an engagement that nothing is read from."""
_READ = (DATA, "notes", "coding", "questionnaires")
_ENDINGS = (".csv", ".xlsx", ".xlsm")


def mark_engagement(
    engagement: Engagement, problems: Iterable[Problem], out: Path | None = None
) -> Iterator[Path]:
    """Write a marked copy of every data file with problems and yield the paths.

    Parameters
    ----------
    problems
        Of the engagement; those that are no fault of a data file are passed over.
    out
        Folder of the copies; by default ``marked`` in the engagement folder.

    Raises
    ------
    UsageError
        When the folder is one that an engagement is read from, or a link.
    """
    out = out or engagement.folder / FOLDER
    _refuse_own(engagement.folder, out)
    faulty = _by_file(problems)
    names = _names(faulty)
    texts = load_texts("check", engagement.language)
    with BookReader() as books:
        for file, found in faulty.items():
            sheets = rebuilt_sheets(
                engagement.folder,
                file,
                options=_options(engagement, file),
                language=engagement.language,
                books=books,
            )
            path = out / names[file]
            out.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".marked-", dir=out) as aside:
                part = Path(aside) / "part.xlsx"
                write_book(part, PurePosixPath(file).name, found, sheets, texts, aside=aside)
                os.replace(part, path)  # noqa: PTH105 - one call on every system
            yield path


def _refuse_own(folder: Path, out: Path) -> None:
    if out.is_symlink():
        raise UsageError(f"--mark: {out} is a link, and links are not followed")
    inside = out.resolve()
    for name in _READ:
        if inside.is_relative_to((folder / name).resolve()):
            raise UsageError(f"--mark: {out} is a folder that is read; name another one")


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return errors and remarks by data file, errors first."""
    found: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda p: not p.is_error):
        file = problem.place.file
        if problem.is_step or not file.startswith(f"{DATA}/") or not is_text(file):
            continue
        if file.casefold().endswith(_ENDINGS):
            found.setdefault(file, []).append(problem)
    return found


def _names(files: Iterable[str]) -> dict[str, str]:
    """Return the name of each copy; two files of one name keep their endings.

    >>> _names(["data/survey.csv", "data/a.csv", "data/a.xlsx"])["data/survey.csv"]
    'survey.marked.xlsx'
    """
    listed = list(files)
    stems = [PurePosixPath(file).stem.casefold() for file in listed]
    made: dict[str, str] = {}
    taken: set[str] = set()
    for file, stem in zip(listed, stems, strict=True):
        path = PurePosixPath(file)
        name = path.stem if stems.count(stem) == 1 else "-".join(path.parts[1:])
        while name.casefold() in taken:
            name += "-2"
        taken.add(name.casefold())
        made[file] = f"{name}.marked.xlsx"
    return made


def _options(engagement: Engagement, file: str) -> TableOptions:
    """Return how a file is written, by the table whose name it has."""
    stem = plain(PurePosixPath(file).stem)
    for name, schema in all_schemas().items():
        if stem in {plain(title) for title in (name, *schema.headings.values())}:
            return engagement.intake.of(name)
    return engagement.intake.general
