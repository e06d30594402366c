"""Which heading may mean one of our columns: by the words of headings, and by what cells hold.

Only for hints: nothing is read because of it.  What the cells hold can refuse a heading that is
merely spelt alike: no column of texts is proposed for a date, none without numbers for an amount.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from workbook.intake.cells.cell_kinds import DAY, NUMBER, PERCENT
from workbook.intake.cells.month_names import month_in
from workbook.intake.problems import copied
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.toml_line import toml_value
from workbook.language.languages import Language, in_all
from workbook.language.nearest import nearest

_LOOKED_AT = 300
"""Filled cells of a column that are judged; the first of them may be further headings."""
_MOST_OF_THEM = 0.8
_FEWEST_ACROSS = 2
_SOME_OF_THEM = 0.3
_DAY = re.compile(r"\d{1,4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{2,4}|\b(19|20)\d\d\b")
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?")
_LONGEST_DAY = 40
_SCORE = re.compile(r"(10|\d)([.,]0+)?")
_NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL, ColumnType.SHARE})
_WORDS: Mapping[str, Callable[[Language], Sequence[str]]] = {
    "days": lambda language: language.headings.days,
    "reasons": lambda language: language.headings.reasons,
    "scores": lambda language: language.headings.scores,
    "amounts": lambda language: language.headings.amounts,
}


def may_hold(raw: RawTable, index: int, column: ColumnSchema) -> bool:
    """Return whether the cells of a raw column do not speak against one of our columns.

    A column of dates has dates, one of numbers has digits; blank columns speak against nothing.
    """
    cells = _cells(raw, index)
    if not cells:
        return True
    if column.kind is ColumnType.DATE:
        return _share(cells, _perhaps_day) >= _SOME_OF_THEM
    if column.kind in _NUMERIC:
        digits = _share(cells, lambda cell: any(map(str.isdigit, cell[1])))
        return digits >= _SOME_OF_THEM and not (column.money and _are_days(cells))
    return True


def meant(raw: RawTable, indexes: Sequence[int], column: ColumnSchema) -> int | None:
    """Return the raw column that one of ours means, if its words or its cells say so.

    Where several may be meant the one whose heading is most like ours; none when that is open.
    """
    subject = _subject(column)
    if not subject:
        return None
    fitting = [index for index in indexes if may_hold(raw, index, column)]
    if subject == "scores":
        fitting = [i for i in fitting if _share(_cells(raw, i), _has_score) >= _MOST_OF_THEM]
    named = [index for index in fitting if _names(raw.headings[index], subject)]
    if len(named) > 1:
        headings = {raw.headings[index]: index for index in named}
        likely = (nearest(form, headings) for form in (*column.headings.values(), *column.aliases))
        return headings.get(next(filter(None, likely), ""))
    if named:
        return named[0]
    alone = [index for index in fitting if _shows(_cells(raw, index), subject)]
    return alone[0] if len(alone) == 1 else None


def melt_line(raw: RawTable, indexes: Sequence[int], missing: Sequence[ColumnSchema]) -> str:
    """Return the line by which columns become rows: marks side by side, months across.

    Empty where just the two columns that they are read into are not what is missing.
    """
    names = {column.name for column in missing}
    if names == {"parameter", "mark"}:
        found = [i for i in indexes if _shows(_cells(raw, i), "marks")]
        into = ["parameter", "mark"]
    elif names == {"date", "amount"}:
        found = [i for i in indexes if month_in(raw.headings[i])]
        into = ["date", "amount"]
    else:
        return ""
    if len(found) < _FEWEST_ACROSS:
        return ""
    said = {"columns": [copied(raw.headings[index]) for index in found], "into": into}
    return f"melt = {toml_value(said)}"


def asks_to_recommend(heading: str) -> bool:
    """Return whether a heading is the question of recommendation.

    >>> asks_to_recommend("How likely are you to recommend us to a friend?")
    True
    >>> asks_to_recommend("Recommended by")
    False
    """
    return len(heading.split()) > 3 and _names(heading, "scores")


def _subject(column: ColumnSchema) -> str:
    """Return the subject of ``headings`` in a language's file that a column is about."""
    if column.kind is ColumnType.DATE:
        return "days" if column.required else ""
    if column.scores:
        return "scores"
    if column.money:
        return "amounts"
    return "reasons" if column.kind is ColumnType.TEXT and column.name.startswith("reason") else ""


def _names(heading: str, subject: str) -> bool:
    """Return whether a word of a heading begins as one of the subject's words does."""
    stems = tuple(word.casefold() for word in in_all(_WORDS[subject]))
    return any(word.startswith(stems) for word in re.findall(r"[^\W\d_]+", heading.casefold()))


def _shows(cells: Sequence[tuple[str, str]], subject: str) -> bool:
    """Return whether the cells alone say what the column is: days, or scores up to ten."""
    if not cells or subject not in ("days", "scores", "marks"):
        return False
    if subject == "days":
        return _are_days(cells)
    marks = [float(text.replace(",", ".")) for _, text in cells if _SCORE.fullmatch(text)]
    return len(marks) >= _MOST_OF_THEM * len(cells) and (subject == "marks" or max(marks) > 5)


def _are_days(cells: Sequence[tuple[str, str]]) -> bool:
    return _share(cells, _is_day) >= _MOST_OF_THEM


def _is_day(cell: tuple[str, str]) -> bool:
    kind, text = cell
    return kind == DAY or bool(len(text) <= _LONGEST_DAY and _DAY.search(text))


def _perhaps_day(cell: tuple[str, str]) -> bool:
    return _is_day(cell) or (cell[0] in (NUMBER, PERCENT) and bool(_SERIAL.fullmatch(cell[1])))


def _has_score(cell: tuple[str, str]) -> bool:
    """Return whether a cell is a score, or a label with one: "Extremely likely - 10"."""
    return any(_SCORE.fullmatch(word) for word in re.findall(r"\d+(?:[.,]\d+)?", cell[1]))


def _share(cells: Sequence[tuple[str, str]], holds: Callable[[tuple[str, str]], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _cells(raw: RawTable, index: int) -> list[tuple[str, str]]:
    """Return kind and text of the first filled cells of a column."""
    filled = (raw.cell(index, row) for row in range(len(raw.rows)))
    return list(islice(((c.kind, c.text) for c in filled if c.text), _LOOKED_AT))
