"""Words that say that nothing is known: the client's own, and those that everybody writes."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.cell import Cell
from workbook.intake.cell_kinds import DAY, ERROR, NUMBER, TEXT
from workbook.intake.schema import Column, Kind
from workbook.spelling import spelling_keys

_UNIVERSAL = (
    *("#N/A", "#N/A N/A", "#Н/Д", "#NEDOSTUPNÝ", "N/A", "not available", "no data"),
    *("not stated", "not specified", "not given", "not set", "unspecified", "unknown", "not known"),
    *("(blank)", "(empty)", "[blank]", "<blank>", "(null)", "null", "none", "nan", "<NA>", "NaT"),
    *("(none)", "undefined", "missing"),
    *("н/д", "нет данных", "нет информации", "нет сведений", "данных нет"),
    *("не указано", "не указан", "не указана", "не указаны", "(не указано)", "не задано"),
    *("не задан", "не задана", "не определено", "не определен", "не определена", "не заполнено"),
    *("не заполнен", "не заполнена", "неизвестно", "неизвестен", "неизвестна", "не известно"),
    *("(пусто)", "<пусто>", "<...>", "<не указано>", "<не указан>", "<не задано>"),
    *("(prázdne)", "neuvedené", "neuvedený", "neuvedená", "neuvedeno", "neurčené", "nezadané"),
    *("bez údajov", "bez údaja", "žiadne údaje", "údaje chýbajú", "neznáme", "neznámy", "neznáma"),
    *("-", "--", "---", "?", "??", "???", ".", "..", "...", "—"),
)
"""Taken as blank where they would name a group or an identifier.  "Нет", "Other", "Прочее", "NA"
and 0 are values."""
_KEYS = frozenset(spelling_keys(_UNIVERSAL))
_LONGEST = 30
_DIGIT = re.compile(r"\d")
_VALUES = frozenset(
    {Kind.DATE, Kind.INTEGER, Kind.NUMBER, Kind.DECIMAL, Kind.SHARE, Kind.MARK, Kind.PERIOD}
)
WITH_WORDS = _VALUES | {Kind.CHOICE, Kind.YES_NO}
"""Kinds of columns in which :func:`words_among_values` looks."""


def missing_cells(column: Column, cells: Sequence[Cell], own: Sequence[str]) -> frozenset[Cell]:
    """Return the distinct cells of a column that count as blank because of what they say.

    Parameters
    ----------
    own
        The client's own words: they count in every column.  The universal ones count in the
        names of groups and in identifiers only, where nothing else tells them from a name.

    Examples
    --------
    >>> segment = Column(name="segment", kind=Kind.TEXT, headings={}, thing="segment")
    >>> words = [Cell(TEXT, "не указано"), Cell(TEXT, "Опт"), Cell(TEXT, "Нет")]
    >>> [cell.text for cell in missing_cells(segment, words, ())]
    ['не указано']
    """
    keys_of_own = frozenset(spelling_keys(own))
    words = keys_of_own | _KEYS if column.thing else keys_of_own
    if not words:
        return frozenset()
    if own:
        asked = [cell for cell in cells if cell.kind in (TEXT, ERROR, NUMBER, DAY) and cell.text]
    else:  # most identifiers end with a digit and are seen at once to be no word
        asked = [
            cell
            for cell in cells
            if not cell.text[-1:].isdigit()
            and 0 < len(cell.text) <= _LONGEST
            and cell.kind in (TEXT, ERROR)
        ]
    keys = spelling_keys([cell.text for cell in asked])
    return frozenset(cell for cell, key in zip(asked, keys, strict=True) if key in words)


def words_among_values(column: Column, refused: Iterable[Cell], filled: int) -> tuple[str, ...]:
    """Return the words among the numbers or days of a column that look like "nothing is known".

    Parameters
    ----------
    refused
        Distinct cells that could not be read.
    filled
        Number of distinct cells that are not blank.

    Returns
    -------
    tuple of str
        Refused texts without a digit: the universal words, and others where they are few enough
        (a third of the distinct cells) to be exceptions, for a column of words is another thing.
        Of closed lists the universal words only.
    """
    texts = [cell.text for cell in refused if cell.kind == TEXT and cell.text]
    words = [text for text in texts if not _DIGIT.search(text)]
    known = {w for w, key in zip(words, spelling_keys(words), strict=True) if key in _KEYS}
    others = [word for word in words if word not in known]
    few = column.kind in _VALUES and len(others) * 3 <= filled
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
