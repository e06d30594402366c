"""Filled forms read back: every sheet of a workbook, every problem, never an exception."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.errors import Location, Problem
from workbook.forms.answer import FormAnswer, answers_frame
from workbook.forms.form_sheet import FormSheet
from workbook.forms.respondent_sheet import read_respondent
from workbook.forms.table_form import table_forms
from workbook.forms.table_sheet import TableSheet, read_table_sheet
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import MOST_BYTES, kind_of
from workbook.intake.files.excel import read_book
from workbook.intake.files.sources import has_changed, read_contents
from workbook.intake.problems import error, warning
from workbook.intake.tables import refusal
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.nearest import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """What a file of filled forms gave."""

    answers: tuple[FormAnswer, ...] = ()
    sheets: tuple[TableSheet, ...] = ()
    """Those whose rows belong to other tables."""
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    """Of the file; empty when it could not be opened."""


def read_form(
    path: Path, questionnaires: Iterable[Questionnaire], *, name: str = ""
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return a filled form as rows of the table ``answers``, and everything wrong with it.

    Items that a respondent left wholly blank give no row.

    Parameters
    ----------
    path
        The XLSX file.
    questionnaires
        Those that a form may ask, whole (also with items that are off by default).
    name
        What problems call the file; its plain name when empty.
    """
    with BookReader() as books:
        read = read_answers(path, questionnaires, name=name or path.name, books=books)
    return answers_frame(read.answers), read.problems


def read_answers(
    path: Path,
    questionnaires: Iterable[Questionnaire],
    *,
    name: str,
    books: BookReader,
    folder: Path | None = None,
    language: str = "en",
) -> FormRead:
    """Return the answers and rows of a file with their places; see :func:`read_form`.

    Parameters
    ----------
    folder
        The engagement folder that the file must lie in; None: its own.
    language
        Of the engagement.
    """
    inside = folder or path.parent
    place = Location(file=name)
    contents, problems = read_contents(path, place, MOST_BYTES, folder=inside)
    if contents is None:
        return FormRead(problems=tuple(problems))
    kind = kind_of(contents.data)
    if kind != "zip":
        refused = error(refusal(kind), place)
        return FormRead(problems=(*problems, refused), sha256=contents.sha256)
    book = read_book(path, place, books)
    sheets = [FormSheet(sheet=sheet, file=name) for sheet in book.sheets]
    read = _sheets(sheets, questionnaires, language)
    problems += [*book.problems, *read.problems]
    if book.sheets and not any(sheet.form() for sheet in sheets):
        problems.append(error("form_none", place))
    if has_changed(path, contents.sha256, folder=inside):
        problems.append(error("file_changed", place))
    return replace(read, problems=tuple(problems), sha256=contents.sha256)


def _sheets(
    sheets: Iterable[FormSheet], questionnaires: Iterable[Questionnaire], language: str
) -> FormRead:
    known = {questionnaire.id: questionnaire for questionnaire in questionnaires}
    answers: list[FormAnswer] = []
    tables: list[TableSheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        form = sheet.form()
        if form is None:
            problems += _strange(sheet)
            continue
        row, key = form
        asked = table_forms().get(key.questionnaire)
        if asked is not None and key.questionnaire not in known:
            tables.append(read_table_sheet(sheet, asked, row=row, key=key, language=language))
            problems += tables[-1].problems
            continue
        read = read_respondent(sheet, row=row, key=key, questionnaires=known)
        answers += read.answers
        problems += read.problems
    return FormRead(answers=tuple(answers), sheets=tuple(tables), problems=tuple(problems))


def _strange(sheet: FormSheet) -> list[Problem]:
    """Say that a sheet is not a form: refused where it has been one, else passed over."""
    if any(sheet.items()):
        return [error("form_key", sheet.place)]
    if sheet.sheet.empty or not sheet.sheet.visible or plain(sheet.sheet.name) in _guides():
        return []
    return [warning("form_sheet", sheet.place)]


@cache
def _guides() -> frozenset[str]:
    """Return the names of the sheet that tells how to fill in."""
    return frozenset(plain(load_texts("form", language)("guide_sheet")) for language in LANGUAGES)
