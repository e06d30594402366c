"""The filled forms of an engagement (``data/forms/*.xlsx``) as rows of its tables."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from workbook.diagnostics.cells import texts
from workbook.diagnostics.controllability.lookup import Names, item_key
from workbook.diagnostics.controllability.sources.questionnaire_file import questionnaires_of
from workbook.engagement.settings import Engagement
from workbook.errors import Location, Problem
from workbook.forms.answer import TABLE, FormAnswer, answers_frame
from workbook.forms.filled_tables import FilledTables
from workbook.forms.reading import FormRead, read_answers
from workbook.forms.table_sheet import TableSheet
from workbook.intake.aliases.alias_file import Aliases
from workbook.intake.aliases.renaming import renamed_items
from workbook.intake.cells.typed_column import typed_values
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import names_in, problem_at
from workbook.intake.files.sources import DATA, FORMS, is_leftover
from workbook.intake.problems import cut, error, warning
from workbook.intake.schema_files import load_schema
from workbook.intake.table import InputTable
from workbook.intake.tables import FileRead, Intake, read_tables
from workbook.language.nearest import plain
from workbook.language.visible import as_text, is_text

_BOOKS = (".xlsx", ".xlsm")
_OTHER_BOOKS = (".xls", ".xlsb", ".ods", ".numbers")


def read_with_forms(
    engagement: Engagement, *, books: BookReader | None = None, later: Sequence[Aliases] = ()
) -> Intake:
    """Return the client's tables with the rows of all filled forms.

    Questionnaires give rows of the table ``answers``, other forms rows of their tables.  Forms that
    cannot be read, respondents that are there twice and rows that a table has too are among its
    problems.  ``books`` is the process that reads workbooks; None: an own one.  ``later`` are the
    aliases of later engagements, in order of time.
    """
    if books is None:
        with BookReader() as own:
            return read_with_forms(engagement, books=own, later=later)
    paths, problems = _form_files(engagement.folder)
    if not paths and not problems:
        return read_tables(engagement, books=books, later=later)
    questionnaires, _ = questionnaires_of(engagement.folder)  # faults are told by their check
    answers: list[FormAnswer] = []
    sheets: list[TableSheet] = []
    files: list[FileRead] = []
    for path in paths:
        name = f"{FORMS}/{path.name}"
        read = read_answers(
            path,
            questionnaires,
            name=name,
            books=books,
            folder=engagement.folder,
            language=engagement.language,
        )
        problems += read.problems
        again = next((f.file for f in files if read.sheets and f.sha256 == read.sha256), "")
        if again:
            problems.append(error("form_file_twice", Location(file=name), file=again))
            continue
        answers += read.answers
        sheets += read.sheets
        if read.sha256:
            files.append(_file(name, read))
    filled = FilledTables(engagement=engagement, sheets=sheets)
    intake = read_tables(
        engagement, books=books, completed=filled.into if sheets else None, later=later
    )
    named = renamed_items([answer.item for answer in answers], (intake.aliases, *later))
    answers = [replace(a, item=item) for a, item in zip(answers, named.items, strict=True)]
    return _with_answers(
        replace(
            intake,
            problems=(*intake.problems, *problems),
            files=(*intake.files, *files),
            renamed=named.added_to(intake.renamed),
        ),
        answers,
        Names(questionnaires=questionnaires),
    )


def _with_answers(intake: Intake, answers: list[FormAnswer], names: Names) -> Intake:
    """Return the intake with the answers to questionnaires in its table ``answers``."""
    problems: list[Problem] = []
    table = intake.tables.get(TABLE)
    for repeats in (_sheets_again(answers), _in_table(answers, table, names)):
        said = list({id(problem): problem for problem in repeats.values()}.values())
        problems += cut(said, count=len(said)) if said else []
        answers = [answer for answer in answers if answer.place not in repeats]
    tables = {**intake.tables, TABLE: _joined(table, answers)} if answers else intake.tables
    return replace(intake, tables=tables, problems=(*intake.problems, *problems))


def is_form(file: str) -> bool:
    """Return whether a file (relative to the engagement folder) is among the filled forms."""
    return file.startswith(f"{FORMS}/")


def _form_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the workbooks in the order of their names, and what does not belong."""
    if names_in(folder, DATA)[1]:
        return [], []  # what is wrong with the folder of data itself is told already
    names, problems = names_in(folder, FORMS)
    paths: list[Path] = []
    for name in names:
        if is_leftover(name):
            continue
        problem = _unfit(folder, name)
        paths += [] if problem else [folder / FORMS / name]
        problems += [problem] if problem else []
    return paths, problems


def _unfit(folder: Path, name: str) -> Problem | None:
    place = Location(file=f"{FORMS}/{as_text(name)}")
    suffix = Path(name).suffix.casefold()
    if not is_text(name):
        return error("file_name_not_text", place)
    problem = problem_at(folder, place.file)
    if problem:
        return warning("form_file", place) if problem.code == "file_is_folder" else problem
    if suffix in _OTHER_BOOKS:
        return error("other_spreadsheet", place)
    return None if suffix in _BOOKS else warning("form_file", place)


def _file(name: str, read: FormRead) -> FileRead:
    others = dict.fromkeys(sheet.form.table for sheet in read.sheets)
    tables = (*([TABLE] if read.answers or not others else []), *others)
    rows = len(read.answers) + sum(len(sheet.rows) for sheet in read.sheets)
    return FileRead(
        file=name, sha256=read.sha256, tables=tables, encoding="", delimiter="", rows=rows
    )


def _sheets_again(answers: Iterable[FormAnswer]) -> dict[Location, Problem]:
    """Find answers of respondents who fill in one questionnaire on another sheet too."""
    first: dict[tuple[str, str], Location] = {}
    said: dict[Location, Problem] = {}
    found: dict[Location, Problem] = {}
    for answer in answers:
        sheet = replace(answer.place, row=None)
        name = answer.person.respondent
        other = first.setdefault((plain(name), answer.questionnaire), sheet)
        if other != sheet:
            facts = {"questionnaire": answer.questionnaire, "file": other.file}
            problem = error("form_respondent_twice", sheet, name, **facts, sheet=other.sheet)
            found[answer.place] = said.setdefault(sheet, problem)
    return found


def _in_table(
    answers: Iterable[FormAnswer], table: InputTable | None, names: Names
) -> dict[Location, Problem]:
    """Find answers that the client's table has too."""
    if table is None:
        return {}
    there = _rows_of(table, names)
    found: dict[Location, Problem] = {}
    for answer in answers:
        name = answer.person.respondent
        row = there.get((plain(name), answer.questionnaire, item_key(answer.item)))
        if row is not None:
            found[answer.place] = error(
                "form_answer_twice", answer.place, name, file=table.file, row=row
            )
    return found


def _rows_of(table: InputTable, names: Names) -> dict[tuple[str, str, str], int]:
    """Return the row of every respondent, questionnaire and item of the table."""
    columns = (texts(table.frame, name) for name in ("respondent", "questionnaire", "item"))
    return {
        (plain(respondent), names.questionnaire(form), item_key(item)): int(row)
        for row, respondent, form, item in zip(table.frame.index, *columns, strict=True)
    }


def _joined(table: InputTable | None, answers: Sequence[FormAnswer]) -> InputTable:
    """Return the table with the rows of the forms after its own."""
    last = 0 if table is None else int(table.frame.index.max())
    added = answers_frame(answers, first=last + 1)
    elsewhere = {row: answer.place for row, answer in enumerate(answers, start=last + 1)}
    if table is None:
        return InputTable(
            name=TABLE,
            schema=load_schema(TABLE),
            frame=added,
            file=FORMS,
            sheet="",
            columns={str(name): str(name) for name in added},
            rows_in=len(added),
            rows_used=len(added),
            elsewhere=elsewhere,
        )
    frame = pd.concat(_same_columns(table.frame, added))
    frame.attrs = dict(table.frame.attrs)
    return replace(
        table,
        frame=frame,
        rows_in=table.rows_in + len(added),
        rows_used=table.rows_used + len(added),
        elsewhere=elsewhere,
    )


def _same_columns(one: pd.DataFrame, two: pd.DataFrame) -> list[pd.DataFrame]:
    """Return both with the columns of both, in the order of the schema, blank where new."""
    made = [frame.copy() for frame in (one, two)]
    columns = [c for c in load_schema(TABLE).columns if c.name in one or c.name in two]
    for frame in made:
        for column in columns:
            if column.name not in frame:
                frame[column.name] = typed_values([None] * len(frame), column.kind)
    return [frame[[column.name for column in columns]] for frame in made]
