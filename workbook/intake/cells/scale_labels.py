"""Answers on a scale that carry their label: "10 - certainly", "9 out of 10", four stars of five.

The number is read where the cell has one only and the words around it can be nothing but a label.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.intake.cells.cell import Cell, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all, word_pattern

_POINTS = rf"(?:{word_pattern(in_all(lambda language: language.files.points))})"
_OF = word_pattern(in_all(lambda language: language.files.of_scale))
_NUMBER = re.compile(r"\d+")
_PART = re.compile(
    rf"(\d{{1,3}})(?:\s?{_POINTS}\.?)?\s{{0,3}}(?:/|\s(?:{_OF})\s)\s{{0,3}}(\d{{1,3}})(?:\s?{_POINTS}\.?)?",
    re.IGNORECASE,
)
_WITH_POINTS = re.compile(rf"\s?{_POINTS}\.?", re.IGNORECASE)
_JOINTS, _DASHES = ":=/", "-\u2013\u2014"
_STARS = re.compile(r"([★⭐]{1,5})([☆✩]{0,4})")
_ORDINAL = re.compile(r"[^\W\d_]{1,2}\b")
"""Letters that a bare hyphen joins to a number: "7-й" is no label."""
_LONGEST = 200
_DIGITS = 3
_FIVE = 5
_ENDS: Mapping[str, tuple[int, int]] = {"0-10": (0, 10), "1-10": (1, 10), "1-5": (1, 5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a labelled cell says."""

    number: int
    top: int | None = None
    """End of the scale where the cell names it: 10 in ``9/10``."""
    end_only: bool = False
    """Nothing but a space is between number and label: good at the ends of the scale."""

    @property
    def cell(self) -> Cell:
        """Return the cell without its label."""
        return Cell(TEXT, str(self.number))


def label_in(text: str) -> Label | None:
    """Return the answer in a cell with a label; None where it could mean something else.

    >>> label_in("10 - Обязательно порекомендую"), label_in("Extremely likely - 10").number
    (Label(number=10, top=None, end_only=False), 10)
    >>> label_in("9 из 10").top, label_in("★★★★☆").number, label_in("5 - 7"), label_in("above 5")
    (10, 4, None, None)
    """
    if len(text) > _LONGEST:
        return None
    if stars := _STARS.fullmatch(text.replace("\ufe0f", "")):
        full, open_ = len(stars[1]), len(stars[2])
        return Label(number=full, top=_FIVE) if full + open_ == _FIVE or not open_ else None
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) == 2 and (part := _PART.fullmatch(text)):
        return Label(number=int(part[1]), top=int(part[2]))
    if len(numbers) != 1 or len(numbers[0][0]) > _DIGITS or "%" in text:
        return None
    number, before, after = int(numbers[0][0]), text[: numbers[0].start()], text[numbers[0].end() :]
    if not before and (_WITH_POINTS.fullmatch(after) or _follows(after)):
        return Label(number=number)
    if before and (not after or (after == ")" and before[-1] == "(")) and _follows(before[::-1]):
        return Label(number=number)
    spaced = not before and after[:1].isspace() and _is_label(after.strip())
    return Label(number=number, end_only=True) if spaced else None


def _follows(rest: str) -> bool:
    """Return whether what is beside a number is a label: joined by a sign, or in brackets.

    A dash has spaces on both sides or on none: " -1" may be a negative number.
    """
    bare = rest.lstrip()
    sign, label = bare[:1], bare[1:]
    if (sign and sign in _JOINTS) or sign == "(":
        return _is_label(label.strip())
    if not sign or sign not in _DASHES or (bare != rest) != label[:1].isspace():
        return False
    return _is_label(label.strip()) and not (bare == rest and _ORDINAL.match(label))


def _is_label(text: str) -> bool:
    return text[:1] not in tuple(".,)+") and any(map(str.isalpha, text))


def labels_of(column: ColumnSchema, cells: Iterable[Cell]) -> dict[Cell, Label]:
    """Return the labelled cells of a column of answers on a scale; of any other column none."""
    if not column.is_scale:
        return {}
    worded = (cell for cell in cells if cell.kind == TEXT and not cell.text.isdigit())
    return {cell: found for cell in worded if (found := label_in(cell.text))}


def with_scale_of(labels: Mapping[Cell, Label], conventions: Conventions) -> Conventions:
    """Return the conventions with the scale that all such labels name, where nothing else does."""
    tops = {label.top for label in labels.values() if label.top}
    scale = f"1-{next(iter(tops))}" if len(tops) == 1 else ""
    if conventions.mark_scale or scale not in _ENDS:
        return conventions
    return replace(conventions, mark_scale=scale)


def without_labels(labels: Mapping[Cell, Label], cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells, of labelled ones the number.

    >>> cell = Cell(TEXT, "9/10")
    >>> [plain.text for plain in without_labels({cell: Label(number=9, top=10)}, [cell])]
    ['9']
    """
    return [labels[cell].cell if cell in labels else cell for cell in cells]


def reading_labels(read: CellReader, labels: Mapping[Cell, Label], scale: str) -> CellReader:
    """Return a reader that reads labelled cells as their numbers, with one remark.

    Parameters
    ----------
    read
        Reader of the numbers.
    scale
        Of the column: ``0-10``, ``1-10`` or ``1-5``; of percentages a label is no number.
    """
    low, top = _ENDS.get(scale, (None, None))

    def read_label(cell: Cell) -> Reading:
        label = labels.get(cell)
        if label is None:
            return read(cell)
        other = label.top is not None and label.top != top
        inside = label.end_only and label.number not in (low, top)
        value, why = read(label.cell)
        if value is None and why and why.once:
            return None, why
        if top is None or other or inside:
            return None, fault("words_beside_number", once=True)
        return (
            (None, why) if value is None else (value, fault("scale_labels", once=True, warns=True))
        )

    return read_label
