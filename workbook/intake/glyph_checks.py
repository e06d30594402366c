"""Warn of texts in characters that no shipped font has: the PDF and charts show boxes for them."""

from collections.abc import Mapping
from dataclasses import replace

from workbook.errors import Location, Problem
from workbook.intake.near_ids import distinct_names
from workbook.intake.problems import listed, warning
from workbook.intake.schema import ColumnType
from workbook.intake.table import InputTable
from workbook.language.glyphs import has_boxes, is_doubtful

_EXAMPLES = 3
_WRITTEN = (ColumnType.TEXT, ColumnType.ID)


def boxed_texts(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return one warning for each column of names or texts with such characters.

    Of names every character counts, of other texts only letters: an emoji in a comment says
    nothing that the words around it do not say.
    """
    return [problem for table in tables.values() for problem in _of_table(table)]


def _of_table(table: InputTable) -> list[Problem]:
    kinds = {column.name: column.kind for column in table.schema.columns}
    names = {column.name for column in table.schema.columns if column.thing}
    whole = Location(file=table.file, sheet=table.sheet)
    headings = [str(name) for name in table.frame if name not in kinds and has_boxes(str(name))]
    problems = [_problem(whole, headings, len(headings))] if headings else []
    for name in map(str, table.frame):
        if kinds.get(name, ColumnType.TEXT) not in _WRITTEN:
            continue
        if not is_doubtful("".join(distinct_names(table.frame[name]))):
            continue
        cells = table.frame[name].dropna()
        lost = has_boxes if name in names else _loses_letters
        boxed = [text for text in cells.unique() if lost(str(text))]
        if boxed:
            hit = cells[cells.isin(boxed)]
            place = table.place_of(int(hit.index[0]), name)
            problems.append(_problem(place, boxed, len(hit)))
    return problems


def _loses_letters(text: str) -> bool:
    return has_boxes(text) and has_boxes("".join(filter(str.isalpha, text)))


def _problem(place: Location, texts: list[str], count: int) -> Problem:
    names = listed(texts, _EXAMPLES)
    return replace(warning("no_glyph", place, names=names, count=count), found="")
