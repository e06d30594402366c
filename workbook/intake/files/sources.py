"""Which files of the data folder hold which table."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import InputError, Location, Problem
from workbook.intake.files.container import EXTENSIONS_OF
from workbook.intake.files.plain_file import names_in, problem_at, read_plain
from workbook.intake.problems import error, few_of_each, listed, shown, warning
from workbook.intake.recipe.patterns import matches
from workbook.intake.schema import TableSchema
from workbook.language.languages import LANGUAGES
from workbook.language.nearest import nearest, plain
from workbook.language.visible import as_text, is_text

WORKBOOK = "intake"
BOOKS = frozenset({WORKBOOK, *(f"{WORKBOOK}.{code}" for code in LANGUAGES)})
"""Names of the intake workbook: as it is to be saved, and as it was sent to the client."""
DATA = "data"
FORMS = "data/forms"
"""Folder of the filled forms, which have a reader of their own."""
READ_ELSEWHERE = frozenset({"base.parquet"})
"""Files of the data folder that are no tables and have a reader of their own."""
EXTENSIONS = tuple(ending for endings in EXTENSIONS_OF.values() for ending in endings)
_OTHER_BOOKS = (".numbers", ".mht", ".mhtml", ".fods", ".ots", ".wks", ".dbf")
_IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".gitkeep", ".keep"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One file to read; ``table`` is empty for the intake workbook."""

    path: Path
    table: str

    @property
    def place(self) -> Location:
        """The file as problems name it."""
        return Location(file=f"data/{self.path.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The bytes of a file and their hash."""

    data: bytes
    sha256: str


def find_sources(
    folder: Path,
    schemas: Mapping[str, TableSchema],
    claims: Mapping[str, Sequence[str]] | None = None,
) -> tuple[list[TableFile], list[Problem]]:
    """Return the files of ``data/`` in the order of their names, and what does not belong.

    ``claims``: table -> patterns of the files that hold it; such a table has no others, and a file
    may be of several tables.
    """
    found, problems = names_in(folder, DATA)
    if problems:
        return [], problems
    if not (folder / DATA).is_dir():
        return [], [error("no_data_folder", Location(file=DATA))]
    claimed = {table: patterns for table, patterns in (claims or {}).items() if patterns}
    names = {
        plain(title): name
        for name, s in schemas.items()
        for title in (name, *s.headings.values())
        if name not in claimed
    }
    sources: list[TableFile] = []
    strange: dict[str, object] = {}
    problems = _unmet_claims(found, claimed)
    for name in found:
        if is_leftover(name) or _is_forms(folder, name):
            continue
        own = _claimed(folder, name, claimed)
        sources += own
        source, problem = _source(folder, name, names)
        if own and problem and problem.code == "unknown_file":
            continue
        sources += [source] if source else []
        problems += [problem] if problem else []
        if problem and problem.code == "unknown_file":
            strange[name] = problem.facts["nearest"]
    if strange and not sources and not (folder / FORMS).exists():
        problems = [p for p in problems if p.code != "unknown_file"]
        problems.append(_no_table(strange, schemas))
    return sources, few_of_each(problems)


def _claimed(folder: Path, name: str, claims: Mapping[str, Sequence[str]]) -> list[TableFile]:
    """Return the tables that engagement.toml says to be in a file."""
    return [
        TableFile(path=folder / DATA / name, table=table)
        for table, patterns in claims.items()
        if is_text(name) and any(matches(pattern, name) for pattern in patterns)
    ]


def _unmet_claims(found: Sequence[str], claims: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Return patterns of files that no file of the data folder has."""
    there = [name for name in found if is_text(name) and not is_leftover(name)]
    problems: list[Problem] = []
    for table, patterns in claims.items():
        for pattern in patterns:
            if not any(matches(pattern, name) for name in there):
                place = Location(file="engagement.toml", column=f"intake.{table}.files")
                near = nearest(pattern, there)
                facts = {"nearest": near, "files": listed(there, 8)}
                problems.append(error("files_unmet", place, pattern, **facts))
    return problems


def _no_table(files: Mapping[str, object], names: Iterable[str]) -> Problem:
    """Say what is there when nothing has the name of a table."""
    like, near = next(((file, near) for file, near in files.items() if near), ("", ""))
    facts = {"files": listed(files, 8), "names": ", ".join(names), "like": shown(like)}
    return error("files_not_tables", Location(file=DATA), nearest=near, **facts)


def _is_forms(folder: Path, name: str) -> bool:
    return f"{DATA}/{name}" == FORMS and not (folder / FORMS).is_file()


def is_leftover(name: str) -> bool:
    """Return whether a file is what an operating system or an office program leaves behind."""
    return name.casefold() in _IGNORED or name.startswith(("~$", "._", ".~lock"))


def _source(
    folder: Path, name: str, names: Mapping[str, str]
) -> tuple[TableFile | None, Problem | None]:
    place = Location(file=f"{DATA}/{as_text(name)}")
    path = folder / DATA / name
    if not is_text(name):
        return None, error("file_name_not_text", place)
    problem = problem_at(folder, place.file)
    if problem and problem.code == "file_is_folder":
        return None, warning("unknown_file", place, nearest="")
    if problem:
        return None, problem
    if name.casefold() in READ_ELSEWHERE:
        return None, None
    table = names.get(plain(path.stem), "")
    is_book = plain(path.stem) in BOOKS
    known = path.suffix.casefold() in EXTENSIONS
    if known and (table or (is_book and path.suffix.casefold() not in EXTENSIONS_OF["CSV"])):
        return TableFile(path=path, table=table), None
    near = nearest(path.stem, [WORKBOOK, *names.values()])
    if (table or is_book) and path.suffix.casefold() in _OTHER_BOOKS:
        return None, error("other_spreadsheet", place)
    return None, warning("unknown_file", place, nearest=near)


def read_contents(
    path: Path, place: Location, most: int, *, folder: Path
) -> tuple[Contents | None, list[Problem]]:
    """Return the bytes of a plain file inside ``folder``, or the problem."""
    try:
        name = path.relative_to(folder).as_posix()
        data = read_plain(folder, name, most=most, called=place.file)
    except InputError as failure:
        return None, list(failure.problems)
    return Contents(data=data, sha256=hashlib.sha256(data).hexdigest()), []


def has_changed(path: Path, sha256: str, *, folder: Path) -> bool:
    """Return whether a file is no longer what was read."""
    contents, _ = read_contents(path, Location(), 1 << 40, folder=folder)
    return contents is None or contents.sha256 != sha256
