"""Texts, identifiers and closed lists."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import BOOLEAN, DAY, NUMBER, PERCENT, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.nothing_words import say_nothing
from workbook.intake.cells.word_lines import choices_line, meant
from workbook.intake.problems import shown
from workbook.intake.schema import ColumnSchema
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
_NAMED = 8
"""Words that a message names."""
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
    unknown = _unknown_words(column, [c for c in cells if plain(c.text) not in words], conventions)

    def read(cell: Cell) -> Reading:
        word = words.get(plain(cell.text))
        return (
            (word, None) if word else (None, _other_alphabet(cell.text, column, choices) or unknown)
        )

    return read


def yes_no_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read truth values by declared spellings only."""
    choices = column.choices or YES_NO
    words = _spellings(choices)
    odd = [c for c in cells if c.kind != BOOLEAN and plain(c.text) not in words]
    unknown = _unknown_words(column, odd, conventions)

    def read(cell: Cell) -> Reading:
        if cell.kind == BOOLEAN:
            return cell.text == "TRUE", None
        word = words.get(plain(cell.text))
        if word:
            return word == "yes", None
        return None, _other_alphabet(cell.text, column, choices) or unknown

    return read


def _spellings(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {plain(form): word for word, forms in choices.items() for form in (word, *forms)}


def _unknown_words(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellError:
    """Say once which words of a column are not on the list, and how they get their meaning."""
    choices = column.choices or YES_NO
    texts = [c.text for c in cells if not _other_alphabet(c.text, column, choices)]
    if column.blank:  # words for nothing are told by themselves
        texts = [t for t, nothing in zip(texts, say_nothing(texts), strict=True) if not nothing]
    expected, only = _expected(column, choices), _only_meant(texts, choices)
    if not conventions.table:  # a form of our own, read cell by cell
        return fault("not_a_choice", expected=expected, nearest=only)
    return fault(
        "not_in_choices",
        once=True,
        expected=expected,
        nearest=only,
        examples="; ".join(map(shown, texts[:_NAMED])),
        words=len(texts),
        line=choices_line(column.name, texts, choices, conventions.values),
        table=conventions.table,
    )


def _only_meant(texts: Sequence[str], choices: Mapping[str, Sequence[str]]) -> str:
    """Return the spelling that was probably meant where one word only is not on the list."""
    forms = [form for spellings in choices.values() for form in spellings]
    return nearest(texts[0], forms) if len(texts) == 1 and meant(texts[0], choices) else ""


def _expected(column: ColumnSchema, choices: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return the allowed words as the readers of every language write them."""
    made: dict[str, str] = {}
    for language in LANGUAGES:
        words = column.choice_words(language)
        made[language] = ", ".join(words.get(w) or forms[0] for w, forms in choices.items())
    return made


def _other_alphabet(
    text: str, column: ColumnSchema, choices: Mapping[str, Sequence[str]]
) -> CellError | None:
    """Say that a value has letters of another alphabet; None where it has not."""
    forms = [form for spellings in choices.values() for form in spellings]
    twin = next((form for form in forms if _skeleton(form) == _skeleton(text)), "")
    return (
        fault("other_alphabet", nearest=twin, expected=_expected(column, choices)) if twin else None
    )


def _skeleton(text: str) -> str:
    """Return the text with Cyrillic look-alikes as Latin letters."""
    return plain(text.translate(_TO_LATIN)).translate(_TO_LATIN)
