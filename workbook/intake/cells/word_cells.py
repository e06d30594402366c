"""Texts, identifiers and closed lists."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import BOOLEAN, DAY, NUMBER, PERCENT, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all
from workbook.language.nearest import nearest, plain

_EXACT = 1e15
"""Excel keeps fifteen digits; a longer number has been rounded already."""
_SCIENTIFIC = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
YES_NO: Mapping[str, tuple[str, ...]] = {
    "yes": (*in_all(lambda language: language.cells.yes), "1", "+"),
    "no": (*in_all(lambda language: language.cells.no), "0", "-"),
}
"""Declared spellings of yes and no, the spreadsheets' own truth values among them."""
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
        return (word, None) if word else (None, _unknown(cell.text, choices))

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
        return (word == "yes", None) if word else (None, _unknown(cell.text, choices))

    return read


def _spellings(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {plain(form): word for word, forms in choices.items() for form in (word, *forms)}


def _unknown(text: str, choices: Mapping[str, Sequence[str]]) -> CellError:
    """Say that a value is not on the list; letters of another alphabet are told apart."""
    forms = [form for spellings in choices.values() for form in spellings]
    expected = ", ".join(spellings[0] for spellings in choices.values())
    twin = next((form for form in forms if _skeleton(form) == _skeleton(text)), "")
    if twin:
        return fault("other_alphabet", nearest=twin, expected=expected)
    return fault("not_in_choices", nearest=nearest(text, forms), expected=expected)


def _skeleton(text: str) -> str:
    """Return the text with Cyrillic look-alikes as Latin letters."""
    return plain(text.translate(_TO_LATIN)).translate(_TO_LATIN)
