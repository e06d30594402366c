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
_LABEL = r"(?P<label>[^\d%]*[^\W\d_][^\d%]*)"
_NUMBER = r"(?P<number>\d{1,3})"
_PART = re.compile(
    rf"{_NUMBER}(?:\s?{_POINTS}\.?)?\s*(?:/|\s(?:{_OF})\s)\s*(?P<top>\d{{1,3}})(?:\s?{_POINTS}\.?)?",
    re.IGNORECASE,
)
_WITH_POINTS = re.compile(rf"{_NUMBER}\s?{_POINTS}\.?", re.IGNORECASE)
_JOINT = r"(?:\s+[-\u2013\u2014]\s+|(?<=\S)[-\u2013\u2014](?=\S)|\s*[:=/]\s*)"
"""Between number and label; " -1" may be a negative number."""
_BEFORE = re.compile(rf"{_NUMBER}(?:{_JOINT}|\s*(?=\()){_LABEL}")
_AFTER = re.compile(rf"{_LABEL}{_JOINT}{_NUMBER}")
_IN_BRACKETS = re.compile(rf"{_LABEL}\({_NUMBER}\)")
_AT_END = re.compile(rf"{_NUMBER}\s+{_LABEL}")
_STARS = re.compile(r"([★⭐]{1,5})([☆✩]{0,4})")
_ORDINAL = re.compile(r"\d+-[^\W\d_]{1,2}\b.*")
"""Letters that a bare hyphen joins to a number: "7-й" is no label."""
_LONGEST = 200
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
    if found := _PART.fullmatch(text):
        return Label(number=int(found["number"]), top=int(found["top"]))
    if found := _WITH_POINTS.fullmatch(text):
        return Label(number=int(found["number"]))
    if found := _STARS.fullmatch(text.replace("\ufe0f", "")):
        full, open_ = len(found[1]), len(found[2])
        return Label(number=full, top=_FIVE) if full + open_ == _FIVE or not open_ else None
    if (found := _BEFORE.fullmatch(text)) and not _ORDINAL.fullmatch(text):
        return Label(number=int(found["number"]))
    if found := _AFTER.fullmatch(text) or _IN_BRACKETS.fullmatch(text):
        return Label(number=int(found["number"]))
    if found := _AT_END.fullmatch(text):
        return Label(number=int(found["number"]), end_only=True)
    return None


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
    """Return the cells, of labelled ones the number."""
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
