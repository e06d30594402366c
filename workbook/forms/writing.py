"""A questionnaire written as a workbook to fill: drop-downs, guidance, protected wording."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from workbook.diagnostics.controllability.questionnaire import Level, Questionnaire
from workbook.forms.layout import (
    ANSWERS,
    DATA,
    EVIDENCE,
    FIELD_COLUMNS,
    FIELD_ROWS,
    GUIDANCE,
    ITEM,
    KEY,
    LAST_COLUMN,
    MARK,
    PROCESS,
    WORDING,
    FormKey,
    Respondent,
    level_label,
    mark_labels,
)
from workbook.forms.sheet_parts import (
    CREATED,
    OPTIONS,
    PROTECTION,
    numbered,
    row_height,
    set_page,
    write_guide,
)
from workbook.forms.style import Styles, add_styles
from workbook.language.catalog import Texts, load_texts

MOST_RESPONDENTS = 150
"""A workbook with more sheets is no longer read."""
_WIDTHS = {ITEM: 6, WORDING: 40, GUIDANCE: 52, MARK: 15, PROCESS: 15, DATA: 15, EVIDENCE: 44}
_HEAD_ROW = 2 + len(FIELD_ROWS)


def form_book(
    questionnaire: Questionnaire, *, language: str, respondents: Sequence[Respondent] | int
) -> bytes:
    """Return the form of a questionnaire as an XLSX file; the same call gives the same bytes.

    Parameters
    ----------
    questionnaire
        With the items that are asked (see ``Questionnaire.asked``).
    language
        Of wording, guidance and drop-downs.
    respondents
        Who fills it in, one sheet each; or how many.

    Raises
    ------
    ValueError
        Without respondents, or with more than ``MOST_RESPONDENTS``.
    """
    people = [Respondent()] * respondents if isinstance(respondents, int) else respondents
    if not 1 <= len(people) <= MOST_RESPONDENTS:
        raise ValueError(f"a form has 1 to {MOST_RESPONDENTS} respondents")
    return _form(questionnaire, load_texts("form", language), people)


def _form(questionnaire: Questionnaire, texts: Texts, people: Sequence[Respondent]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    title = questionnaire.title[texts.language]
    book.set_properties({"title": title, "created": CREATED})
    styles = add_styles(book)
    for number, person in enumerate(people, start=1):
        sheet = book.add_worksheet(texts("respondent_sheet", number=number))
        _respondent_sheet(sheet, styles, questionnaire, texts=texts, person=person)
    guide = book.add_worksheet(texts("guide_sheet"))
    _guide_sheet(guide, styles, questionnaire, texts)
    book.close()
    return buffer.getvalue()


def _respondent_sheet(
    sheet: Any, styles: Styles, questionnaire: Questionnaire, *, texts: Texts, person: Respondent
) -> None:
    for column in range(ITEM, LAST_COLUMN + 1):
        width = _WIDTHS.get(column, _WIDTHS[PROCESS])
        sheet.set_column(column, column, width)
    sheet.set_column(KEY, KEY, 4, None, {"hidden": True})
    _head(sheet, styles, questionnaire, texts)
    _fields(sheet, styles, texts, person)
    last = _items(sheet, styles, questionnaire, texts.language)
    _drop_downs(sheet, texts, first=_HEAD_ROW + 1, last=last)
    sheet.freeze_panes(_HEAD_ROW + 1, GUIDANCE)
    sheet.set_selection(*_field_cell(0, 0), *_field_cell(0, 0))
    sheet.ignore_errors({"number_stored_as_text": "A1:I1000"})  # items are called 1.10
    sheet.protect("", dict(PROTECTION))
    set_page(sheet, texts, heading=_HEAD_ROW, area=(0, ITEM, last, LAST_COLUMN))


def _head(sheet: Any, styles: Styles, questionnaire: Questionnaire, texts: Texts) -> None:
    language = texts.language
    key = FormKey(questionnaire=questionnaire.id, version=questionnaire.version, language=language)
    sheet.write_string(0, KEY, str(key), styles.small)
    sheet.set_row(0, 24)
    sheet.merge_range(0, ITEM, 0, DATA, questionnaire.title[language], styles.title)
    version = texts("version", id=questionnaire.id, version=questionnaire.version)
    sheet.write_string(0, EVIDENCE, version, styles.small)
    sheet.set_row(1, 32)
    sheet.merge_range(1, ITEM, 1, LAST_COLUMN, texts("how"), styles.text)
    names = ["item", "wording", "guidance", *ANSWERS]
    headings = {column: texts(f"columns.{n}") for column, n in enumerate(names, start=ITEM)}
    narrow = _WIDTHS[PROCESS]
    sheet.set_row(
        _HEAD_ROW, row_height((words, _WIDTHS.get(at, narrow)) for at, words in headings.items())
    )
    for column, words in headings.items():
        sheet.write_string(_HEAD_ROW, column, words, styles.head)


def _fields(sheet: Any, styles: Styles, texts: Texts, person: Respondent) -> None:
    known = {
        "respondent": person.name,
        "role": person.role,
        "department": person.department,
        "level": level_label(person.level, texts) if person.level else "",
    }
    for place, (left, right) in enumerate(FIELD_ROWS):
        row, column = _field_cell(place, 0)
        sheet.set_row(row, 20)
        sheet.write_string(row, KEY, f"fields:{left},{right}", styles.small)
        sheet.write_string(row, column - 1, texts(f"fields.{left}"), styles.label)
        sheet.write(row, column, known[left], styles.fill)
        column = FIELD_COLUMNS[1]
        sheet.merge_range(row, MARK, row, column - 1, texts(f"fields.{right}"), styles.label)
        sheet.merge_range(row, column, row, LAST_COLUMN, known[right], styles.fill)


def _field_cell(place: int, side: int) -> tuple[int, int]:
    return 2 + place, FIELD_COLUMNS[side]


def _items(sheet: Any, styles: Styles, questionnaire: Questionnaire, language: str) -> int:
    """Write sections and items and return the last row."""
    row = _HEAD_ROW
    for section in questionnaire.sections:
        row += 1
        title = f"{section.id}. {section.title[language]}"
        sheet.merge_range(row, ITEM, row, LAST_COLUMN, title, styles.section)
        for item in section.items:
            row += 1
            cells = {WORDING: item.wording[language], GUIDANCE: item.guidance[language]}
            sheet.set_row(row, row_height((words, _WIDTHS[at]) for at, words in cells.items()))
            sheet.write_string(row, KEY, f"item:{item.id}", styles.small)
            sheet.write_string(row, ITEM, item.id, styles.text)
            sheet.write_string(row, WORDING, cells[WORDING], styles.strong)
            sheet.write_string(row, GUIDANCE, cells[GUIDANCE], styles.text)
            for name, column in ANSWERS.items():
                fill = styles.fill if name == "evidence" else styles.choice
                sheet.write_blank(row, column, None, fill)
    return row


def _drop_downs(sheet: Any, texts: Texts, *, first: int, last: int) -> None:
    level_row = next(i for i, names in enumerate(FIELD_ROWS) if "level" in names)
    at = _field_cell(level_row, 1)
    sheet.data_validation(*at, *at, _list(texts, [level_label(level, texts) for level in Level]))
    sheet.data_validation(first, MARK, last, MARK, _list(texts, mark_labels(texts)))
    answers = [texts("answers.yes"), texts("answers.no")]
    sheet.data_validation(first, PROCESS, last, DATA, _list(texts, answers))


def _list(texts: Texts, values: Sequence[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(values),
        "error_title": texts("refused.title"),
        "error_message": texts("refused.text"),
    }


def _guide_sheet(sheet: Any, styles: Styles, questionnaire: Questionnaire, texts: Texts) -> None:
    language = texts.language
    labels = mark_labels(texts)
    meanings = [questionnaire.marks[label][language] for label in labels[:3]]
    meanings += [texts("guide.dont_know"), texts("guide.not_applicable")]
    about = [("", questionnaire.purpose[language]), ("", questionnaire.source[language])]
    parts: list[tuple[str, Sequence[tuple[str, str]]]] = [
        (texts("guide.steps"), numbered(_steps(texts))),
        (texts("guide.marks"), list(zip(labels, meanings, strict=True))),
        (texts("guide.source"), about),
    ]
    write_guide(sheet, styles, parts)


def _steps(texts: Texts) -> list[str]:
    count = 1
    while f"guide.step_{count + 1}" in texts:
        count += 1
    return [texts(f"guide.step_{n}") for n in range(1, count + 1)]
