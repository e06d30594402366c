"""Words that say that nothing is known: the client's own, and those that everybody writes."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell, Reading, fault
from workbook.intake.cells.cell_kinds import DAY, ERROR, NUMBER, TEXT
from workbook.intake.cells.nothing_words import NOTHING
from workbook.intake.cells.word_cells import YES_NO
from workbook.intake.problems import shown, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.language.languages import in_all
from workbook.language.nearest import plain
from workbook.language.spelling import spelling_keys

_NOBODY = frozenset(spelling_keys((*in_all(lambda language: language.cells.nobody), "0")))
_NONE: frozenset[str] = frozenset()
_LONGEST = 30
_NAMED = 5
"""Words that a remark names."""
REQUIRED = "missing_word_in_required"
"""Fault of a word for nothing in a column that must be filled."""
_DIGIT = re.compile(r"\d")
_VALUES = frozenset(
    {
        ColumnType.DATE,
        ColumnType.INTEGER,
        ColumnType.NUMBER,
        ColumnType.DECIMAL,
        ColumnType.SHARE,
        ColumnType.MARK,
        ColumnType.PERIOD,
    }
)
_LISTS = frozenset({ColumnType.CHOICE, ColumnType.YES_NO})
WITH_WORDS = _VALUES | _LISTS
"""Kinds of columns in which :func:`with_words` looks."""


def missing_cells(
    column: ColumnSchema, cells: Sequence[Cell], own: Sequence[str]
) -> frozenset[Cell]:
    """Return the distinct cells of a column that count as blank because of what they say.

    Parameters
    ----------
    own
        The client's own words: they count in every column, but for those that a closed list
        knows as an answer.  The universal ones count in the names of groups and in identifiers
        only, where nothing else tells them from a name.

    Examples
    --------
    >>> segment = ColumnSchema(name="segment", kind=ColumnType.TEXT, headings={}, thing="segment")
    >>> words = [Cell(TEXT, "не указано"), Cell(TEXT, "Опт"), Cell(TEXT, "Нет")]
    >>> [cell.text for cell in missing_cells(segment, words, ())]
    ['не указано']
    """
    words = _words_of(column, own)
    if not words:
        return frozenset()
    kinds = (TEXT, ERROR, NUMBER, DAY) if own else (TEXT, ERROR, NUMBER)
    asked = [c for c in cells if c.text and c.kind in kinds and (own or _may_be_word(c.text))]
    keys = spelling_keys([cell.text for cell in asked])
    found = frozenset(cell for cell, key in zip(asked, keys, strict=True) if key in words)
    return found - _answers(column, found)


def says_nothing(column: ColumnSchema, texts: Sequence[str], own: Sequence[str]) -> bool:
    """Return whether :func:`missing_cells` would find one among the texts of a column of names."""
    words = _words_of(column, own)
    if not words:
        return False
    worded = texts if own else [text for text in texts if text == "0" or not text[-1:].isdigit()]
    asked = texts if own else [text for text in worded if len(text) <= _LONGEST]
    return not words.isdisjoint(spelling_keys(asked))


def _words_of(column: ColumnSchema, own: Sequence[str]) -> frozenset[str]:
    """Return the keys of the words for nothing of a column."""
    universal = (NOTHING if column.thing else _NONE) | (_NOBODY if column.nobody else _NONE)
    return frozenset(spelling_keys(own)) | universal


def _may_be_word(text: str) -> bool:
    """Return whether a text can be a universal word: most identifiers end with a digit."""
    return (not text[-1:].isdigit() or text == "0") and len(text) <= _LONGEST


def _answers(column: ColumnSchema, cells: Iterable[Cell]) -> frozenset[Cell]:
    """Return cells that a closed list knows: a dash is "no" there, whatever it is elsewhere."""
    if column.kind not in _LISTS:
        return frozenset()
    choices = YES_NO if column.kind is ColumnType.YES_NO else {}
    listed = (column.choices or choices).items()
    known = {plain(form) for word, forms in listed for form in (word, *forms)}
    return frozenset(cell for cell in cells if plain(cell.text) in known)


def blank_word(column: ColumnSchema) -> Reading:
    """Read a word that says that nothing is known; a column without blank cells has none."""
    if column.default or column.blank:
        return column.default or None, None
    return None, fault(REQUIRED, once=True, name=column.name)


def taken_as_blank(raw: RawTable, index: int, at: npt.NDArray[np.bool_]) -> Problem:
    """Say which words of a column were taken as blank cells (in the rows ``at``), and how often."""
    said = Counter(text.strip() for text in raw.texts[index][at]).most_common()
    words = ", ".join(f'"{shown(text)}" ({n})' for text, n in said[:_NAMED])
    place = replace(raw.column_place(index), row=int(raw.rows[at][0]))
    more = " …" if len(said) > _NAMED else ""
    return warning("missing_words", place, words=words + more, count=int(at.sum()))


def with_words(
    readings: Sequence[Reading],
    cells: Sequence[Cell],
    column: ColumnSchema,
    *,
    filled: int,
    table: str,
) -> list[Reading]:
    """Tell words among numbers or days as one fault, which knows how they become blank cells.

    Parameters
    ----------
    readings
        What the distinct ``cells`` gave.
    filled
        Number of distinct cells with a value.
    table
        Name of the table, for the remedy.
    """
    refused = {
        cell
        for cell, (_, why) in zip(cells, readings, strict=True)
        if why and not why.warns and why.code != REQUIRED
    }
    words = _words_among(column, [cell for cell in cells if cell in refused], filled)
    if not words:
        return list(readings)
    why = fault("words_among_values", once=True, words=words, table=table)
    if not column.blank:
        why = fault(REQUIRED, once=True, name=column.name)
    return [
        (None, why) if cell in refused and cell.text in words else reading
        for cell, reading in zip(cells, readings, strict=True)
    ]


def _words_among(column: ColumnSchema, refused: Sequence[Cell], filled: int) -> tuple[str, ...]:
    """Return refused texts without a digit that look like "nothing is known".

    Those are the universal words, and others where they are few enough (a third of the distinct
    cells) to be exceptions, for a column of words is another thing.  Of closed lists and of
    columns that must be filled the universal words only.
    """
    words = [c.text for c in refused if c.kind == TEXT and c.text and not _DIGIT.search(c.text)]
    known = {w for w, key in zip(words, spelling_keys(words), strict=True) if key in NOTHING}
    others = [word for word in words if word not in known]
    few = column.kind in _VALUES and column.blank and len(others) * 3 <= filled
    return tuple(word for word in words if word in known or few)


def one_remedy(problems: Sequence[Problem], own: Sequence[str]) -> list[Problem]:
    """Return the problems of one table, each telling to list the words of all its columns.

    The option is written once for a table; ``own`` are the words that it has already.
    """
    asked = [p for p in problems if p.code == "words_among_values"]
    words = dict.fromkeys([*own, *(word for p in asked for word in _words(p))])
    told = {"words": ", ".join(json.dumps(word, ensure_ascii=False) for word in words)}
    return [replace(p, facts={**p.facts, **told}) if p in asked else p for p in problems]


def _words(problem: Problem) -> Sequence[str]:
    words = problem.facts["words"]
    return words if isinstance(words, tuple) else ()
