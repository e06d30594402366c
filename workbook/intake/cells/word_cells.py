"""Texts, identifiers and closed lists."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import BOOLEAN, DAY, NUMBER, PERCENT, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema
from workbook.intake.toml_line import toml_value
from workbook.language.languages import LANGUAGES, in_all
from workbook.language.nearest import nearest, plain

_EXACT = 1e15
"""Excel keeps fifteen digits; a longer number has been rounded already."""
_SCIENTIFIC = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
YES_NO: Mapping[str, tuple[str, ...]] = {
    "yes": (*in_all(lambda language: language.cells.yes), "1", "+"),
    "no": (*in_all(lambda language: language.cells.no), "0", "-"),
}
"""Declared spellings of yes and no, the spreadsheets' own truth values among them."""
NOT_LISTED = "not_in_choices"
"""Code of a word that is on no list."""
_LATIN = "ABCEHKMOPTXYaceopxyku"
_CYRILLIC = "АВСЕНКМОРТХУасеорхуки"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def text_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read free text as it is."""
    return lambda cell: (cell.text, None)


def id_reader(column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read identifiers: text as typed; what Excel has rounded or turned into a day is refused."""

    def read(cell: Cell) -> Reading:
        if cell.kind == DAY:
            return None, fault("id_became_date")
        if cell.kind in (NUMBER, PERCENT) and abs(float(cell.text)) >= _EXACT:
            return None, fault("id_rounded")
        if cell.kind == TEXT and _SCIENTIFIC.fullmatch(cell.text):
            return None, fault("id_rounded")
        return unicodedata.normalize("NFC", cell.text), None

    return read


def choice_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read a closed list: any accepted spelling gives the canonical word."""
    choices = column.choices or {}
    words = _spellings(choices)

    def read(cell: Cell) -> Reading:
        word = words.get(plain(cell.text))
        return (
            (word, None)
            if word
            else (None, _unknown(cell.text, column, choices, conventions.table))
        )

    return read


def yes_no_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read truth values by declared spellings only."""
    choices = column.choices or YES_NO
    words = _spellings(choices)

    def read(cell: Cell) -> Reading:
        if cell.kind == BOOLEAN:
            return cell.text == "TRUE", None
        word = words.get(plain(cell.text))
        return (
            (word == "yes", None)
            if word
            else (None, _unknown(cell.text, column, choices, conventions.table))
        )

    return read


def _spellings(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {plain(form): word for word, forms in choices.items() for form in (word, *forms)}


def _unknown(
    text: str, column: ColumnSchema, choices: Mapping[str, Sequence[str]], table: str
) -> CellError:
    """Say that a value is not on the list; letters of another alphabet are told apart."""
    forms = [form for spellings in choices.values() for form in spellings]
    expected = {language: _listed(column, choices, language) for language in LANGUAGES}
    twin = next((form for form in forms if _skeleton(form) == _skeleton(text)), "")
    if twin:
        return fault("other_alphabet", nearest=twin, expected=expected)
    line = f"values.{column.name} = {toml_value({word: ['?'] for word in choices})}"
    near = nearest(text, forms)
    return fault(NOT_LISTED, nearest=near, expected=expected, table=table, line=line)


def _listed(column: ColumnSchema, choices: Mapping[str, Sequence[str]], language: str) -> str:
    """Return the allowed words as a reader of a language writes them."""
    words = column.choice_words(language)
    return ", ".join(words.get(word) or spellings[0] for word, spellings in choices.items())


def _skeleton(text: str) -> str:
    """Return the text with Cyrillic look-alikes as Latin letters."""
    return plain(text.translate(_TO_LATIN)).translate(_TO_LATIN)
