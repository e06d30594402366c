"""One filled sheet of a table's form: its rows, typed, and everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from workbook.errors import Location, Problem
from workbook.forms.form_cell import form_reader, read_form_cell
from workbook.forms.form_sheet import FormSheet
from workbook.forms.layout import FormKey
from workbook.forms.table_form import TableForm
from workbook.forms.table_layout import FIELD, FIELD_VALUE, FIRST, HEADINGS, KEY
from workbook.intake.problems import error, warning
from workbook.intake.schema import ColumnSchema
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One filled row."""

    values: Mapping[str, object]
    """By column of the table; None where nothing is said or nothing can be read."""
    place: Location
    """File, sheet and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """What a sheet gave."""

    form: TableForm
    rows: tuple[TableRow, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Our column -> the column as problems name it: ``E (Score 0-10)``."""
    problems: tuple[Problem, ...] = ()


def read_table_sheet(
    sheet: FormSheet, form: TableForm, *, row: int, key: FormKey, language: str
) -> TableSheet:
    """Return the rows of a sheet that is a form of a table.

    Parameters
    ----------
    row, key
        The form's key and where it stands.
    language
        Of the engagement: words of the form itself are put into it.
    """
    if key.version != form.version:
        place = replace(sheet.place, row=row)
        facts = {"questionnaire": form.id, "version": key.version, "known": form.version}
        return TableSheet(form=form, problems=(error("form_version", place, **facts),))
    spoken = key.language if key.language in LANGUAGES else "en"
    return _Reader(sheet, form, spoken, form.in_language(language)).read()


@dataclass(slots=True)
class _Reader:
    """Reads one sheet and gathers what is wrong."""

    sheet: FormSheet
    form: TableForm
    language: str
    """Of the form."""
    ours: Mapping[str, Mapping[str, str]]
    """Column -> a word of the form in any language -> the table's."""
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> TableSheet:
        heading = next((r for r in self.sheet.rows if self._key(r) == HEADINGS), None)
        if heading is None:
            return self._nothing(error("form_key", self.sheet.place))
        at = self._columns(heading)
        if self.problems:
            return self._nothing()
        answers = [at[name] for name in self.form.answers]
        below = [row for row in self.sheet.rows if row > heading]
        rows = [row for row in below if any(self.sheet.cell(row, c).text for c in answers)]
        if not rows:
            return self._nothing(warning("form_blank", self.sheet.place))
        fields = {**dict.fromkeys(self.form.proves, True), **self._fields()}
        cells = {name: self._cells(name, at[name], rows) for name in self.form.columns}
        made = tuple(
            TableRow(
                values={**fields, **{name: values[n] for name, values in cells.items()}},
                place=replace(self.sheet.place, row=row),
            )
            for n, row in enumerate(rows)
        )
        self.problems += self.sheet.warnings()
        named = {name: self.sheet.at(1, c, self._heading(name)).column for name, c in at.items()}
        return TableSheet(form=self.form, rows=made, columns=named, problems=tuple(self.problems))

    def _nothing(self, *problems: Problem) -> TableSheet:
        return TableSheet(form=self.form, problems=(*self.problems, *problems))

    def _key(self, row: int) -> str:
        return self.sheet.cell(row, KEY).text

    def _heading(self, name: str) -> str:
        return self.form.column(name).headings[self.language]

    def _columns(self, row: int) -> dict[str, int]:
        """Return where each column stands by its heading in any language; told where it is gone."""
        width = FIRST + len(self.sheet.sheet.columns)
        there = {plain(self.sheet.cell(row, at).text): at for at in range(width, FIRST - 1, -1)}
        found: dict[str, int] = {}
        for name in self.form.columns:
            headings = self.form.column(name).headings.values()
            at = next((there[plain(h)] for h in headings if plain(h) in there), None)
            if at is None:
                place = replace(self.sheet.place, row=row)
                self.problems.append(error("form_column", place, self._heading(name)))
            else:
                found[name] = at
        return found

    def _fields(self) -> dict[str, object]:
        """Return what is said once for the whole sheet."""
        said: dict[str, object] = dict.fromkeys(self.form.fields)
        rows = {self._key(row): row for row in self.sheet.rows}
        for name in self.form.fields:
            row = rows.get(f"{FIELD}{name}")
            if row is not None:
                (said[name],) = self._cells(name, FIELD_VALUE, [row])
        person = self.form.person
        if person and said[person] is None:
            name = f"{PurePosixPath(self.sheet.file).stem}, {self.sheet.sheet.name}"
            self.problems.append(warning("form_no_name", self.sheet.place, called=name))
            said[person] = name
        return said

    def _cells(self, name: str, at: int, rows: Sequence[int]) -> list[object]:
        """Return the values of a column in some rows."""
        column = self.form.column(name)
        cells = [self.sheet.cell(row, at) for row in rows]
        scale = self.form.scale
        reader = form_reader(column, cells, language=self.language, scale=scale)
        values: list[object] = []
        for row, cell in zip(rows, cells, strict=True):
            place = self.sheet.at(row, at, self._heading(name))
            value, found = read_form_cell(
                cell, reader, place=place, expected=self._expected(column), kind=column.kind
            )
            self.problems += [self._worded(problem, column) for problem in found]
            if not cell.text:
                value = self._blank(column, row, place)
            values.append(self._ours(name, value))
        return values

    def _worded(self, problem: Problem, column: ColumnSchema) -> Problem:
        """Return a problem in the words of the form: its heading, and only what its list has."""
        words = column.choice_words(self.language).values()
        near = problem.facts.get("nearest")
        facts = {**problem.facts, "name": column.headings[self.language]}
        return replace(problem, facts={**facts, "nearest": near if near in words else ""})

    def _blank(self, column: ColumnSchema, row: int, place: Location) -> object:
        """Return what a blank cell means; told where it may not be blank."""
        if column.name == self.form.numbered:
            stem = PurePosixPath(self.sheet.file).stem
            return f"{stem}, {self.sheet.sheet.name}, {row}"
        if column.default:
            return column.default
        if not column.blank and column.name != self.form.person:
            name = column.headings[self.language]
            self.problems.append(error("form_cell_blank", place, name=name))
        return None

    def _ours(self, name: str, value: object) -> object:
        words = self.ours.get(name)
        return words.get(plain(value), value) if words and isinstance(value, str) else value

    def _expected(self, column: ColumnSchema) -> str:
        return ", ".join(column.choice_words(self.language).values())
