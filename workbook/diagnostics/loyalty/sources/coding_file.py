"""The human coding of open answers: ``coding/loyalty*.xlsx`` and ``.csv``, read, never written.

A row is one answer: its id, its text, the themes proposed by machine, the themes a person confirmed
and who that was.  The text says which answers it counts for; a file without texts goes by the ids.
Themes are separated by ``;`` and named by id or by label in any language; ``-`` says "confirmed,
without theme"; an empty cell says "not confirmed yet".  Several files or coders may code the same
answers: the first in the order of file names prevails, the second tells how well people agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from workbook.diagnostics.loyalty.coding import (
    CodedRow,
    Coding,
    text_key,
    without_text_of_before,
)
from workbook.diagnostics.loyalty.sources.coding_grid import Grid, read_grid
from workbook.errors import Location, Problem, Severity
from workbook.intake.files.plain_file import names_in
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.languages import in_all
from workbook.language.lemmas import fold
from workbook.language.visible import is_text

FOLDER = "coding"
PREFIX = "loyalty"
COLUMNS = ("answer_id", "question", "text", "proposed", "confirmed", "coder")
NO_THEME = "-"
_NONE = frozenset({
    *("-", "–", "—", "−"),
    *map(fold, in_all(lambda language: language.text.no_theme)),
})  # fmt: skip
_SUFFIXES = (".xlsx", ".csv")
_OTHER_TABLES = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv", ".txt")


class ThemeNames(Protocol):
    """What the reader asks of a code frame."""

    def theme_named(self, name: str) -> str | None:
        """Return the id of the theme called so, or None."""

    def nearest_name(self, name: str) -> str:
        """Return the name most like a misspelt one."""

    def in_order(self, themes: Iterable[str]) -> tuple[str, ...]:
        """Return themes in the order of the frame."""


def read_coding(folder: Path, frame: ThemeNames) -> Coding:
    """Return the human coding in an engagement folder.

    Never raises for what is in the files: everything found is in ``Coding.problems``, and a
    row with an unknown theme is not taken as confirmed.

    Parameters
    ----------
    folder
        The engagement folder; the files are in its subfolder ``coding``.
    frame
        The code frame, for the names of its themes.
    """
    rows: list[CodedRow] = []
    candidates, problems = _candidates(folder)
    for candidate in candidates:
        name, suffix = f"{FOLDER}/{candidate}", Path(candidate).suffix
        if suffix.casefold() not in _SUFFIXES:
            problems.append(_problem("coding_file_type", Location(file=name), suffix))
            continue
        grid = read_grid(folder, name, headings=_headings())
        problems += grid.problems
        for row, found in _rows(grid, frame):
            rows.append(row)
            problems += found
    return Coding(rows=tuple(rows), problems=(*problems, *_coded_twice(rows)))


def coding_problems(
    coding: Coding, texts: Mapping[str, str], earlier: Sequence[Coding] = ()
) -> tuple[Problem, ...]:
    """Return warnings about coded answers that this survey does not have, one of each kind.

    Parameters
    ----------
    texts
        The survey's open answers by answer id; one that is blank is not compared.
    earlier
        The coding of the periods before.
    """
    if not coding.rows:
        return ()
    keys = {text_key(text) for text in texts.values()}
    masked = {answer for answer, text in texts.items() if not text}
    refused = without_text_of_before(coding, earlier)
    rows = [row for row in _each_answer(coding) if row not in refused]
    by_text = [row for row in rows if row.key]
    strange = [r for r in by_text if r.key not in keys and r.answer_id not in masked]
    absent = [r for r in rows if not r.key and r.answer_id not in texts]
    groups = {
        "coding_text_changed": (strange, by_text),
        "coding_answer_unknown": (absent, rows),
        "coding_without_text": (refused, refused),
    }
    return tuple(
        _warning(code, found[0].place, found[0].answer_id, n=len(found), all=len(of))
        for code, (found, of) in groups.items()
        if found
    )


def _each_answer(coding: Coding) -> list[CodedRow]:
    """Return the first confirmed row on each answer of the files."""
    found: dict[tuple[str, str], CodedRow] = {}
    for row in coding.rows:
        if row.confirmed is not None:
            found.setdefault((row.answer_id, row.key), row)
    return list(found.values())


def _candidates(folder: Path) -> tuple[list[str], list[Problem]]:
    known = (*_SUFFIXES, *_OTHER_TABLES)
    names, problems = names_in(folder, FOLDER)
    chosen = [
        name
        for name in names
        if name.casefold().startswith(PREFIX)
        and Path(name).suffix.casefold() in known
        and is_text(name)
    ]
    return sorted(chosen, key=lambda name: (name.casefold(), name)), problems


def _rows(grid: Grid, frame: ThemeNames) -> Iterable[tuple[CodedRow, list[Problem]]]:
    for number, cells in grid.rows:
        place = Location(file=grid.file, sheet=grid.sheet, row=number)
        if not cells.get("answer_id"):
            row_place = _at(place, grid, "answer_id")
            if cells.get("confirmed"):
                yield _row(cells, None, place), [_problem("coding_no_id", row_place)]
            continue
        themes, unknown = _themes(cells.get("confirmed", ""), frame)
        problems = [
            _problem(
                "coding_unknown_theme",
                _at(place, grid, "confirmed"),
                name,
                nearest=frame.nearest_name(name),
            )
            for name in unknown
        ]
        yield _row(cells, None if unknown else themes, place), problems


def _row(cells: Mapping[str, str], themes: tuple[str, ...] | None, place: Location) -> CodedRow:
    return CodedRow(
        answer_id=cells.get("answer_id", ""),
        question=cells.get("question", ""),
        text=cells.get("text", ""),
        proposed=cells.get("proposed", ""),
        confirmed=themes,
        coder=cells.get("coder", ""),
        place=place,
    )


def _themes(cell: str, frame: ThemeNames) -> tuple[tuple[str, ...] | None, list[str]]:
    """Return the themes of a cell (None for a blank one) and the names that no theme has."""
    if not cell.strip():
        return None, []
    if fold(cell.strip()) in _NONE:
        return (), []
    names = [n.strip() for part in cell.split(";") for n in _names(part, frame) if n.strip()]
    found = {name: frame.theme_named(name) for name in names}
    unknown = [name for name, theme in found.items() if theme is None]
    return frame.in_order(theme for theme in found.values() if theme), unknown


def _names(part: str, frame: ThemeNames) -> list[str]:
    """Split at commas and line ends too, where the whole is not a theme."""
    return [part] if frame.theme_named(part) else part.replace("\n", ",").split(",")


def _coded_twice(rows: Iterable[CodedRow]) -> list[Problem]:
    """Warn, once, where one coder has coded one text differently."""
    seen: dict[tuple[str, str], CodedRow] = {}
    twice: list[tuple[CodedRow, CodedRow]] = []
    for row in rows:
        if row.confirmed is None:
            continue
        before = seen.setdefault((row.key or row.answer_id, row.hand), row)
        if before.confirmed != row.confirmed:
            twice.append((row, before))
    if not twice:
        return []
    row, before = twice[0]
    facts = {"file": before.place.file, "row": before.place.row or 0, "n": len(twice)}
    return [_warning("coding_answer_twice", row.place, row.answer_id, **facts)]


def _headings() -> dict[str, str]:
    """Return the column by every heading that the coding sheet has in some language."""
    found = {name: name for name in COLUMNS}
    for language in LANGUAGES:
        texts = load_texts("loyalty", language)
        found |= {fold(texts(f"coding_sheet.columns.{name}")): name for name in COLUMNS}
    return found


def _at(place: Location, grid: Grid, column: str) -> Location:
    return Location(
        file=place.file, sheet=place.sheet, row=place.row, column=grid.columns.get(column, column)
    )


def _problem(code: str, place: Location, found: str = "", **facts: object) -> Problem:
    return Problem(code=code, place=place, found=found[:80], facts=facts)


def _warning(code: str, place: Location, found: str = "", **facts: object) -> Problem:
    return Problem(code=code, place=place, found=found[:80], facts=facts, severity=Severity.WARNING)
