"""The last action plan with its marks: ``notes/actions.xlsx``, read, never written.

It is the sheet of the action plan from the last XLSX, saved by itself or with all the others, in
any language; what a person wrote into "Done" is yes or no in any of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from workbook.diagnostics.summary.earlier_actions import EarlierAction
from workbook.errors import Location, Problem
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import kind_of
from workbook.intake.files.excel import Sheet, read_book
from workbook.intake.files.plain_file import is_there
from workbook.intake.files.sources import read_contents
from workbook.intake.problems import error, warning
from workbook.intake.rows.telling_words import NO, YES
from workbook.intake.tables import refusal
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.languages import ENGLISH
from workbook.language.nearest import plain

FILE = "notes/actions.xlsx"
MOST_BYTES = 50_000_000
MOST_STEPS = 1_000
"""More steps are no plan."""
COLUMNS = ("what", "who", "by_when", "effect", "metric", "done")
REQUIRED = frozenset({"what", "done"})
_SEARCHED = 12
"""Rows from the top in which the headings are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsRead:
    """The steps of the last plan, and what is wrong with the file."""

    actions: tuple[EarlierAction, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_actions(
    folder: Path, shown: Callable[[str], str] = str, *, language: str = ENGLISH
) -> ActionsRead:
    """Return the last plan of an engagement folder; nothing without its file.

    Parameters
    ----------
    shown
        Returns words as reports may show them.
    language
        In which the headings are told that are missing.
    """
    if not is_there(folder, FILE):
        return ActionsRead()
    place = Location(file=FILE)
    contents, problems = read_contents(folder / FILE, place, MOST_BYTES, folder=folder)
    if contents is None:
        return ActionsRead(problems=tuple(problems))
    kind = kind_of(contents.data)
    if kind != "zip":
        return ActionsRead(problems=(error(refusal(kind), place),))
    with BookReader() as books:
        book = read_book(folder / FILE, place, books)
    if not book.sheets:
        return ActionsRead(problems=tuple(book.problems))
    plan = next((found for sheet in book.sheets if (found := _plan(sheet))), None)
    if plan is None:
        return ActionsRead(problems=(error("actions_no_sheet", place, headings=_told(language)),))
    return _read(plan, place, shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A sheet that holds an action plan."""

    sheet: Sheet
    columns: Mapping[str, int]
    """Position of each of :data:`COLUMNS` that is there."""
    header: int
    """Position of its row."""

    def cell(self, column: str, row: int) -> str:
        """Return a cell without the spaces around it; empty where there is no such column."""
        at = self.columns.get(column)
        return "" if at is None else " ".join(self.sheet.columns[at][row].split())

    @property
    def rows(self) -> Iterator[int]:
        """Positions of the rows that say what is to be done."""
        height = len(self.sheet.columns[0])
        return (row for row in range(self.header + 1, height) if self.cell("what", row))


def _plan(sheet: Sheet) -> _Plan | None:
    height = len(sheet.columns[0]) if sheet.columns else 0
    for row in range(min(height, _SEARCHED)):
        columns: dict[str, int] = {}
        for at, column in enumerate(sheet.columns):
            name = _headings().get(plain(column[row]))
            if name:
                columns.setdefault(name, at)
        if columns.keys() >= REQUIRED:
            return _Plan(sheet=sheet, columns=columns, header=row)
    return None


def _told(language: str) -> str:
    """Return the headings that a plan needs, as a report in this language writes them."""
    texts = load_texts("summary", language)
    return ", ".join(texts(f"actions.{name}") for name in COLUMNS if name in REQUIRED)


@cache
def _headings() -> Mapping[str, str]:
    """Return the column of every heading of an action plan, in every language."""
    return {
        plain(load_texts("summary", language)(f"actions.{name}")): name
        for language in LANGUAGES
        for name in COLUMNS
    }


def _read(plan: _Plan, place: Location, shown: Callable[[str], str]) -> ActionsRead:
    rows = list(plan.rows)
    where = Location(file=place.file, sheet=plan.sheet.name)
    if len(rows) > MOST_STEPS:
        return ActionsRead(problems=(error("actions_too_many", where, most=MOST_STEPS),))
    actions = [_action(plan, row, shown) for row in rows]
    strange = [row for row in rows if plain(plan.cell("done", row)) not in YES | NO]
    problems = [
        error(
            "actions_done_unknown",
            Location(
                file=place.file,
                sheet=plan.sheet.name,
                row=row + plan.sheet.first_row,
                column=plan.cell("done", plan.header),
            ),
            plan.cell("done", row),
            count=len(strange),
        )
        for row in strange[:1]
    ]
    if actions and all(one.done is None for one in actions):
        problems.append(warning("actions_not_marked", where))
    return ActionsRead(actions=tuple(actions), problems=tuple(problems))


def _action(plan: _Plan, row: int, shown: Callable[[str], str]) -> EarlierAction:
    texts = {name: shown(plan.cell(name, row)) for name in ("who", "effect", "metric")}
    return EarlierAction(
        what=shown(_first_time(plan.cell("what", row))),
        by_when=_day(shown(plan.cell("by_when", row))),
        done=_done(plan.cell("done", row)),
        **texts,
    )


def _first_time(what: str) -> str:
    """Return a step without the words that it was carried over before."""
    begin = next((words for words in _carried() if what.startswith(words)), "")
    return what.removeprefix(begin)


@cache
def _carried() -> Sequence[str]:
    """Return how a step that was carried over begins, in every language."""
    found = (load_texts("summary", language)("earlier.carried", what="") for language in LANGUAGES)
    return tuple(text for text in found if text)


def _done(mark: str) -> bool | None:
    word = plain(mark)
    if not word:
        return None
    return True if word in YES else False if word in NO else None


def _day(text: str) -> date | str:
    """Return a day where the cell holds one, else its words."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
