"""The form of a table written as a workbook: lists, questions above headings, wording locked."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from workbook.forms.intake_book import LISTS
from workbook.forms.intake_columns import AskedColumn, entry_rule, number_format
from workbook.forms.known_names import KnownNames
from workbook.forms.layout import FormKey
from workbook.forms.sheet_parts import (
    CREATED,
    OPTIONS,
    PROTECTION,
    numbered,
    row_height,
    set_page,
    write_guide,
)
from workbook.forms.style import Styles, add_styles, fill_format
from workbook.forms.table_form import TableForm
from workbook.forms.table_layout import (
    FIELD,
    FIELD_LABEL,
    FIELD_VALUE,
    FIRST,
    FIRST_FIELD_ROW,
    HEADINGS,
    KEY,
)
from workbook.intake.schema import ColumnType
from workbook.language.catalog import Texts, load_texts

MOST_SHEETS = 150
MOST_ROWS = 600
"""Rows that the form itself fills in; nobody fills in more."""
_LONG = 44
_WIDTHS = {ColumnType.TEXT: 26, ColumnType.ID: 18, ColumnType.CHOICE: 18}
_WIDTH = 16
Line = Mapping[str, str]
"""What a row has from the beginning, by column."""


@dataclass(slots=True, kw_only=True)
class _Book:
    """A workbook that is being written."""

    book: Any
    form: TableForm
    names: KnownNames
    texts: Texts
    """Of forms."""
    notes: Texts
    """Of what may be entered."""
    styles: Styles
    lists: dict[str, Sequence[str]] = field(default_factory=dict)
    """Range of the hidden sheet -> its words."""
    formats: dict[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.texts.language

    def asked(self, name: str) -> AskedColumn:
        """Return a column as it is asked, with what may be chosen."""
        column = self.form.column(name)
        words = tuple(self.form.lists.get(name) or column.choice_words(self.language).values())
        named = words or (self.names.of(column.thing) if name in self.form.names else ())
        return AskedColumn(
            schema=column,
            heading=column.headings[self.language],
            words=named,
            closed=bool(words),
        )

    def cell_format(self, asked: AskedColumn) -> Any:
        """Return the format of a cell to fill in."""
        listed = asked.schema.name in self.form.lists
        shape = "General" if listed else number_format(asked.schema, self.language)
        if shape not in self.formats:
            self.formats[shape] = fill_format(self.book, shape)
        return self.formats[shape]

    def rule(self, asked: AskedColumn) -> dict[str, Any]:
        """Return what may be entered into a cell; long lists lie on the hidden sheet."""
        if not asked.in_range:
            return entry_rule(asked, self.notes)
        name = f"list_{asked.schema.name}"
        self.lists[name] = asked.words
        return entry_rule(asked, self.notes, name)

    def write_lists(self) -> None:
        """Write the long lists into a sheet that nobody sees."""
        if not self.lists:
            return
        hidden = self.book.add_worksheet(LISTS)
        for at, (name, words) in enumerate(self.lists.items()):
            hidden.write_column(0, at, words)
            letter = xlsxwriter.utility.xl_col_to_name(at)
            self.book.define_name(name, f"={LISTS}!${letter}$1:${letter}${len(words)}")
        hidden.very_hidden()
        hidden.protect()


def table_form_book(
    form: TableForm,
    *,
    language: str,
    sheets: int,
    names: KnownNames | None = None,
    products: Sequence[str] = (),
) -> bytes:
    """Return the form of a table as an XLSX file; the same call gives the same bytes.

    Parameters
    ----------
    sheets
        How many respondents, raters or lists of answers have a sheet of their own.
    names
        What the engagement names, for lists and rows; None: nothing is known.
    products
        Those that are asked about, in their order; empty: those that the engagement names.

    Raises
    ------
    ValueError
        With no sheet or more than :data:`MOST_SHEETS`, or more lines than :data:`MOST_ROWS`.
    """
    known = names or KnownNames()
    lines = form_lines(form, language=language, names=known, products=products)
    if not 1 <= sheets <= MOST_SHEETS or len(lines) > MOST_ROWS:
        raise ValueError(f"a form has 1 to {MOST_SHEETS} sheets of up to {MOST_ROWS} lines")
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": form.title[language], "created": CREATED})
    texts = load_texts("form", language)
    made = _Book(
        book=book, form=form, names=known, texts=texts,
        notes=load_texts("intake", language), styles=add_styles(book),
    )  # fmt: skip
    for number in range(1, sheets + 1):
        name = form.sheet[language].replace("{number}", str(number))
        _answer_sheet(made, book.add_worksheet(name), lines)
    write_guide(book.add_worksheet(texts("guide_sheet")), made.styles, _guide(made))
    made.write_lists()
    book.close()
    return buffer.getvalue()


def form_lines(
    form: TableForm, *, language: str, names: KnownNames, products: Sequence[str] = ()
) -> tuple[Line, ...]:
    """Return the rows that the form fills in: touchpoints, products, lost customers."""
    if form.categories:
        return tuple(
            {"category": category.title[language], "touchpoint": line[language]}
            for category in form.categories
            for line in category.lines.values()
        )
    if form.parameters:
        asked = names.of("parameter") or tuple(p[language] for p in form.parameters)
        named = products or names.of("product")
        return tuple({"product": p, "parameter": parameter} for p in named for parameter in asked)
    if form.table == "lost_customers":
        losses = names.losses[:MOST_ROWS]
        return tuple({"customer_id": x.customer_id, "lost_date": x.lost_date} for x in losses)
    return ()


def _answer_sheet(made: _Book, sheet: Any, lines: Sequence[Line]) -> None:
    form, language = made.form, made.language
    columns = [made.asked(name) for name in form.columns]
    widths = [_width(asked) for asked in columns]
    sheet.set_column(KEY, KEY, 4, None, {"hidden": True})
    for at, width in enumerate(widths, start=FIRST):
        sheet.set_column(at, at, width)
    last = FIRST + len(columns) - 1
    key = FormKey(questionnaire=form.id, version=form.version, language=language)
    sheet.write_string(0, KEY, str(key), made.styles.small)
    sheet.set_row(0, 24)
    sheet.merge_range(0, FIRST, 0, last, form.title[language], made.styles.title)
    sheet.set_row(1, row_height([(form.how[language], sum(widths))]))
    sheet.merge_range(1, FIRST, 1, last, form.how[language], made.styles.text)
    _fields(made, sheet)
    heading = FIRST_FIELD_ROW + len(form.fields) + 1
    _headings(made, sheet, columns, row=heading)
    _lines(made, sheet, columns, lines, first=heading + 1)
    end = heading + len(lines) + form.rows
    for at, asked in enumerate(columns, start=FIRST):
        sheet.data_validation(heading + 1, at, end, at, made.rule(asked))
    sheet.freeze_panes(heading + 1, FIRST + min(2, len(form.given)))
    top = (FIRST_FIELD_ROW, FIELD_VALUE) if form.fields else (heading + 1, FIRST)
    sheet.set_selection(*top, *top)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})
    sheet.protect("", {**PROTECTION, "sort": True})
    set_page(sheet, made.texts, heading=heading, area=(0, FIRST, end, last))


def _width(asked: AskedColumn) -> int:
    if asked.schema.identifies == "text":
        return _LONG
    return max(_WIDTHS.get(asked.schema.kind, _WIDTH), min(len(asked.heading) + 2, 24))


def _fields(made: _Book, sheet: Any) -> None:
    """Write what is asked once a sheet."""
    for row, name in enumerate(made.form.fields, start=FIRST_FIELD_ROW):
        asked = made.asked(name)
        sheet.set_row(row, 20)
        sheet.write_string(row, KEY, f"{FIELD}{name}", made.styles.small)
        sheet.write_string(row, FIELD_LABEL, asked.heading, made.styles.label)
        sheet.write_blank(row, FIELD_VALUE, None, made.cell_format(asked))
        sheet.data_validation(row, FIELD_VALUE, row, FIELD_VALUE, made.rule(asked))


def _headings(made: _Book, sheet: Any, columns: Sequence[AskedColumn], *, row: int) -> None:
    """Write the headings, and the questions above them."""
    questions = {name: words[made.language] for name, words in made.form.questions.items()}
    if questions:
        asked = [(questions.get(c.schema.name, ""), _width(c)) for c in columns]
        sheet.set_row(row - 1, row_height(asked))
    sheet.set_row(row, row_height((c.heading, _width(c)) for c in columns))
    sheet.write_string(row, KEY, HEADINGS, made.styles.small)
    for at, column in enumerate(columns, start=FIRST):
        if column.schema.name in questions:
            sheet.write_string(row - 1, at, questions[column.schema.name], made.styles.strong)
        sheet.write_string(row, at, column.heading, made.styles.head)


def _lines(
    made: _Book, sheet: Any, columns: Sequence[AskedColumn], lines: Sequence[Line], *, first: int
) -> None:
    """Write the rows that are given, their wording locked, and the blank ones after them."""
    locked = frozenset(made.form.given)
    blank: Line = {}
    for row, line in enumerate([*lines, *[blank] * made.form.rows], start=first):
        for at, asked in enumerate(columns, start=FIRST):
            text = line.get(asked.schema.name, "")
            style = made.styles.text if text and asked.schema.name in locked else None
            _write(sheet, row, at, text, asked=asked, style=style or made.cell_format(asked))
            called = made.names.called.get(text, "") if asked.schema.thing == "customer" else ""
            if called:
                sheet.write_comment(row, at, called, {"author": ""})


def _write(sheet: Any, row: int, at: int, text: str, *, asked: AskedColumn, style: Any) -> None:
    if not text:
        sheet.write_blank(row, at, None, style)
    elif asked.schema.kind is ColumnType.DATE:
        sheet.write_datetime(row, at, date.fromisoformat(text), style)
    else:
        sheet.write_string(row, at, text, style)


def _guide(made: _Book) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the parts of the guide: how to fill in, what each column is, what it is taken from."""
    form, language, texts = made.form, made.language, made.texts
    steps = [step[language] for step in form.steps]
    yield texts("guide.steps"), numbered([*steps, texts("guide.table_step")])
    columns = [form.column(name) for name in (*form.fields, *form.columns)]
    told = [(c.headings[language], f"{c.help[language]}.") for c in columns]
    yield texts("guide.columns"), told
    yield texts("guide.table_source"), [("", form.source[language])]
