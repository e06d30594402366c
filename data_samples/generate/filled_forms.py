"""Forms as people send them back: written by ``workbook form``, filled in, saved."""

import re
import zipfile
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data_samples.generate import staff_answers
from data_samples.generate.answers_spec import Answers, Respondent, Round
from data_samples.generate.chance import stream
from data_samples.generate.files import WRITTEN
from data_samples.generate.rows import Row
from data_samples.generate.words import words
from workbook.diagnostics.controllability.questionnaire import Level
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.forms import layout
from workbook.forms.writing import form_book
from workbook.language.package_data import templates

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write(folder: Path, plan: Answers, *, name: str, language: str) -> None:
    """Write the filled forms of an engagement into ``folder``; the same bytes every time."""
    for one in plan.rounds:
        for file in sorted({person.form for person in one.people if person.form}):
            folder.mkdir(parents=True, exist_ok=True)
            chance = stream(name, "forms", file)
            _write(folder / file, one, plan, language=language, chance=chance)


def _write(path: Path, one: Round, plan: Answers, *, language: str, chance: Random) -> None:
    known, _ = load_questionnaires(templates() / "questionnaires")
    asked = next(found for found in known if found.id == one.questionnaire).asked()
    people = [person for person in one.people if person.form == path.name]
    path.write_bytes(form_book(asked, language=language, respondents=[_named(p) for p in people]))
    book = openpyxl.load_workbook(path)
    for person, sheet in zip(people, book.worksheets, strict=False):
        own = [row for row in staff_answers.rows(one, language) if row["respondent"] == person.name]
        _fill(sheet, own, plan, language=language, chance=chance)
    book.save(path)
    _settle(path)


def _named(person: Respondent) -> layout.Respondent:
    return layout.Respondent(
        name=person.name,
        role=person.role,
        department=person.department,
        level=Level(person.level),
    )


def _fill(
    sheet: Worksheet, rows: list[Row], plan: Answers, *, language: str, chance: Random
) -> None:
    choices = words()[language]["choices"]
    keys = (sheet.cell(number, layout.KEY + 1) for number in range(1, sheet.max_row + 1))
    places = {str(cell.value): cell.row for cell in keys}
    for row in rows:
        said = row | {"mark": staff_answers.typed(row["mark"], plan.spellings, chance)}
        for name, column in layout.ANSWERS.items():
            if said[name] is not None:
                cell = sheet.cell(places[f"item:{row['item']}"], column + 1)
                cell.value = choices.get(said[name], said[name])


def _settle(path: Path) -> None:
    """Write the workbook anew with one date for all that bears one."""
    with zipfile.ZipFile(path) as book:
        parts = [(part.filename, book.read(part)) for part in book.infolist()]
    stamp = f"{WRITTEN:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts:
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            text = _MODIFIED.sub(rb"\g<1>" + stamp, content) if "core.xml" in name else content
            book.writestr(part, text, compress_type=zipfile.ZIP_DEFLATED)
