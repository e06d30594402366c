"""The words that the program prints for closed lists are read back as what they stand for."""

import pytest

from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.word_cells import choice_reader, yes_no_reader
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.schema_files import all_schemas
from workbook.language.languages import LANGUAGES

SIGNS = Conventions(
    language="en", decimal=".", decimal_declared=False, date_order="", currency="EUR"
)
CLOSED = [
    pytest.param(column, id=f"{table}.{column.name}")
    for table, schema in all_schemas().items()
    for column in schema.columns
    if column.kind in (ColumnType.CHOICE, ColumnType.YES_NO)
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("column", CLOSED)
def test_every_choice_has_a_word_that_means_it(column: ColumnSchema, language: str) -> None:
    words = column.choice_words(language)
    yes_no = column.kind is ColumnType.YES_NO
    assert list(words) == (["yes", "no"] if yes_no else list(column.choices or {}))
    assert len(set(words.values())) == len(words)
    cells = [Cell(TEXT, word) for word in words.values()]
    reader = (yes_no_reader if yes_no else choice_reader)(column, cells, SIGNS)
    means = [True, False] if yes_no else list(words)
    assert [reader(cell) for cell in cells] == [(value, None) for value in means]


@pytest.mark.parametrize("column", CLOSED)
def test_the_words_are_in_every_language(column: ColumnSchema) -> None:
    assert all(set(forms) == set(LANGUAGES) for forms in column.words.values())


def test_a_language_without_words_of_its_own_has_the_english_ones() -> None:
    words = {"won": {"en": "won", "ru": "выиграно"}, "x": {}}
    status = ColumnSchema(name="s", kind=ColumnType.CHOICE, headings={}, words=words)
    assert status.choice_words("sk") == {"won": "won", "x": "x"}
