"""The words that the program prints for closed lists are read back as what they stand for."""

import pytest
from intake_folder import Folder

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


@pytest.mark.parametrize("table", all_schemas())
def test_what_is_explained_is_explained_in_every_language(table: str) -> None:
    schema = all_schemas()[table]
    own = [schema.open_column] if schema.open_column else []
    assert set(schema.help) == set(LANGUAGES)
    assert bool(own) == schema.open
    for column in (*schema.described, *own):
        assert set(column.help) == set(column.examples) == set(LANGUAGES)
        assert all(len(text) <= 160 and text[-1] != "." for text in column.help.values())
    left = [column for column in schema.columns if column not in schema.described]
    assert table == "statements" or not left
    assert all(column.kind is ColumnType.NUMBER for column in left)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", all_schemas())
def test_examples_are_read_as_a_file_of_the_client(
    table: str, language: str, folder: Folder
) -> None:
    columns = all_schemas()[table].described
    lines = [[c.headings[language] for c in columns], [c.examples[language] for c in columns]]
    text = "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines)
    folder.write(f"{table}.csv", text + "\n")
    intake = folder.read(language=language)
    assert [p for p in intake.problems if p.is_error] == []
    assert not intake.tables[table].frame.isna().any(axis=None)
