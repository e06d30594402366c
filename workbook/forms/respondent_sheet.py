"""What one respondent says on one sheet of a form, and everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import PurePosixPath

from workbook.diagnostics.controllability.questionnaire import Item, Level, Questionnaire
from workbook.errors import Location, Problem
from workbook.forms.answer import TABLE, FormAnswer, Person
from workbook.forms.form_cell import form_reader, read_form_cell
from workbook.forms.form_sheet import FormSheet
from workbook.forms.layout import (
    ANSWERS,
    FIELD_COLUMNS,
    FIELD_ROWS,
    MARK,
    WORDING,
    FormKey,
    level_label,
    mark_labels,
)
from workbook.forms.table_form import table_forms
from workbook.intake.cells.cell import Cell
from workbook.intake.problems import error, warning
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES, Texts, load_texts
from workbook.language.nearest import nearest, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """What a sheet gave."""

    answers: tuple[FormAnswer, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_respondent(
    sheet: FormSheet, *, row: int, key: FormKey, questionnaires: Mapping[str, Questionnaire]
) -> SheetRead:
    """Return the answers of a sheet.

    Parameters
    ----------
    row, key
        The form's key and where it stands.
    questionnaires
        Those that are known, by id.
    """
    place = Location(file=sheet.file, sheet=sheet.sheet.name, row=row)
    known = questionnaires.get(key.questionnaire)
    if known is None:
        near = nearest(key.questionnaire, [*questionnaires, *table_forms()])
        problem = error("form_questionnaire", place, key.questionnaire, nearest=near)
        return SheetRead(problems=(problem,))
    if key.version != known.version:
        versions = {"version": key.version, "known": known.version}
        problem = error("form_version", place, questionnaire=known.id, **versions)
        return SheetRead(problems=(problem,))
    language = key.language if key.language in LANGUAGES else "en"
    return _Reader(sheet, known, load_texts("form", language)).read()


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one sheet and gathers what is wrong."""

    sheet: FormSheet
    questionnaire: Questionnaire
    texts: Texts
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> SheetRead:
        known = {item.id: item for item in self.questionnaire.items}
        rows = list(self.sheet.items())
        filled = {
            row: self._words(row) for row, item in rows if item in known and self._is_filled(row)
        }
        self._check_items(rows, known)
        if not filled:
            blank = warning("form_blank", self.sheet.place)
            return SheetRead(problems=(*self.problems, blank))
        person = self._person()
        answers = [
            self._answer(person, item, filled[row], row=row)
            for row, item in self._once([(row, item) for row, item in rows if row in filled])
        ]
        self.problems += self.sheet.warnings()
        return SheetRead(answers=tuple(answers), problems=tuple(self.problems))

    def _words(self, row: int) -> Mapping[str, object]:
        """Return the answers of a row by column of the table."""
        found: dict[str, object] = {}
        for name, column in ANSWERS.items():
            place = self.sheet.at(row, column, self.texts(f"columns.{name}"))
            found[name] = self._word(row, column, name, place)
        return found

    def _word(self, row: int, column: int, name: str, place: Location) -> object:
        value, problems = _read_word(
            self.sheet.cell(row, column), name, place=place, language=self.texts.language
        )
        self.problems += problems
        return value

    def _is_filled(self, row: int) -> bool:
        return any(self.sheet.cell(row, column).text for column in ANSWERS.values())

    def _person(self) -> Person:
        said: dict[str, str | None] = dict.fromkeys(chain(*FIELD_ROWS))
        for row, names in self.sheet.fields():
            for name, column in zip(names, FIELD_COLUMNS, strict=False):
                if name in said:
                    place = self.sheet.at(row, column, self.texts(f"fields.{name}"))
                    value = self._word(row, column, name, place)
                    said[name] = None if value is None else str(value)
        return Person(
            respondent=said["respondent"] or self._nameless(),
            role=said["role"],
            department=said["department"],
            level=said["level"],
        )

    def _nameless(self) -> str:
        """Return what a respondent without a name is called: file and sheet."""
        name = f"{PurePosixPath(self.sheet.file).stem}, {self.sheet.sheet.name}"
        self.problems.append(warning("form_no_name", self.sheet.place, called=name))
        return name

    def _answer(
        self, person: Person, item: str, words: Mapping[str, object], *, row: int
    ) -> FormAnswer:
        return FormAnswer(
            person=person,
            questionnaire=self.questionnaire.id,
            item=item,
            mark=_text(words["mark"]),
            process=_truth(words["process"]),
            reporting=_truth(words["reporting"]),
            data=_truth(words["data"]),
            evidence=_text(words["evidence"]),
            place=Location(file=self.sheet.file, sheet=self.sheet.sheet.name, row=row),
        )

    def _check_items(self, rows: Sequence[tuple[int, str]], known: Mapping[str, Item]) -> None:
        """Name items that the questionnaire lacks, changed wordings and rows without a key."""
        for row, item in rows:
            place = self.sheet.at(row, WORDING)
            text = self.sheet.cell(row, WORDING).text
            if item not in known:
                near = nearest(item, known)
                self.problems.append(error("form_item", place, item, nearest=near))
            elif plain(text) not in {plain(word) for word in known[item].wording.values()}:
                self.problems.append(warning("form_wording", place, text, item=item))
        for row in self.sheet.strange_rows(MARK):
            found = self.sheet.cell(row, MARK).text
            self.problems.append(warning("form_row", self.sheet.at(row, MARK), found))

    def _once(self, rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return the first row of every item; a further one is a problem."""
        first: dict[str, int] = {}
        for row, item in rows:
            other = first.setdefault(item, row)
            if other != row:
                place = self.sheet.at(row, MARK)
                self.problems.append(error("form_item_twice", place, item, other=other))
        return [(row, item) for item, row in first.items()]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)


def _read_word(
    cell: Cell, name: str, *, place: Location, language: str
) -> tuple[object, list[Problem]]:
    """Return the value of a cell of the column ``name`` of the table ``answers``."""
    column = load_schema(TABLE).column(name)
    reader = form_reader(column, (), language=language)
    return read_form_cell(cell, reader, place=place, expected=_allowed(name, language))


@cache
def _allowed(name: str, language: str) -> str:
    """Return what may be chosen, in the words of the form."""
    texts = load_texts("form", language)
    if name == "mark":
        return ", ".join(mark_labels(texts))
    if name == "level":
        return ", ".join(level_label(level, texts) for level in Level)
    return f"{texts('answers.yes')}, {texts('answers.no')}"
