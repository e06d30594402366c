"""Days that programs write where there is none: 01.01.0001, 1970-01-01, 9999-12-31."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbook.engagement.settings import ColumnSource, TableOptions
from workbook.errors import Problem
from workbook.intake.cells.date_text import BASIC, ISO, OTHER, worded_day
from workbook.intake.problems import copied, error, listed, shown, warning
from workbook.intake.raw_table import RawTable, Texts
from workbook.intake.schema import ColumnSchema
from workbook.intake.text_column import TextColumn
from workbook.intake.toml_line import columns_line, drop_line, where_line

_ALWAYS = frozenset(
    {
        *((1601, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1)),
        *((1969, 12, 31), (1970, 1, 1), (2079, 6, 6), (2099, 12, 31)),
    }
)
"""Zero of Windows, SQL Server, Excel and Unix; the last days of SQL Server and of contracts."""
_OF_ANSWERS = frozenset({(1980, 1, 1)})
"""What LimeSurvey writes for anonymous answers."""
_YEARS = ("0000", "0001", "1601", "1753", "1899", "1900", "1969", "1970", "1980", "2079", "2099")
_FIRST_IMPOSSIBLE = 2999
_FAR = tuple(f"{digit}999" for digit in range(2, 10))
_MOST = 20


def without_empty_days(
    raw: RawTable, index: int, column: ColumnSchema, *, table: str, options: TableOptions
) -> tuple[RawTable, ColumnSchema, list[Problem]]:
    """Return the table with such days blank, the column as it is read then, and what is said.

    Where the column must have a day they are refused: once, with a remedy.
    """
    codes, texts = raw.cells[index].codes, raw.cells[index].distinct
    empty = [at for at in _sieved(texts.tolist()) if _is_empty(texts[at].strip(), table)]
    if not empty:
        return raw, column, []
    hit = np.isin(codes, empty)
    rows = raw.rows[hit]
    found = Counter({texts[at].strip(): int((codes == at).sum()) for at in empty[:_MOST]})
    told = ", ".join(f"“{shown(text)}” {count}" for text, count in found.most_common(3))
    place = replace(raw.column_place(index), row=int(rows[0]))
    facts: dict[str, object] = {"count": len(rows), "values": told, "rows": listed(rows)}
    blanked = _blanked(raw, index, hit)
    if column.blank:
        return blanked, column, [warning("empty_days", place, **facts)]
    facts["table"] = table
    filled = hit | raw.is_blank(index)
    if filled.all():
        other = _other_days(raw, index, table)
        source = other or ColumnSource(value="2025-12-31")
        line = columns_line({**options.columns, column.name: source})
        problem = error("empty_days_all", place, nearest=other, line=line, **facts)
    else:
        line = _leaving_out(raw, index, [texts[at].strip() for at in empty], rows.tolist(), options)
        problem = error("empty_days_needed", place, line=line, **facts)
    return blanked, replace(column, blank=True), [problem]


def _sieved(texts: Sequence[str]) -> list[int]:
    """Return the positions of texts that have a year in question: cheap for a million texts."""
    joined = "\n".join(texts)
    years = [year for year in (*_YEARS, *_FAR) if year in joined]
    return [at for at, text in enumerate(texts) if any(year in text for year in years)]


def _is_empty(text: str, table: str) -> bool:
    days = _days(text)
    if not days:
        return False
    year = next(iter(days))[0]
    if year <= 1 or year >= _FIRST_IMPOSSIBLE:
        return True
    return bool(days & (_ALWAYS | (_OF_ANSWERS if table in ("survey", "satisfaction") else set())))


def _days(text: str) -> set[tuple[int, int, int]]:
    """Return what a text may mean as year, month and day."""
    if iso := ISO.fullmatch(text):
        return {(int(iso[1]), int(iso[3]), int(iso[4]))}
    if basic := BASIC.fullmatch(text):
        return {(int(basic[1]), int(basic[2]), int(basic[3]))}
    if (other := OTHER.fullmatch(text)) and len(other[4]) == 4:
        year, first, second = int(other[4]), int(other[1]), int(other[3])
        return {(year, first, second), (year, second, first)}
    if (worded := worded_day(text)) and len(worded[0]) == 4:
        return {(int(worded[0]), worded[1], int(worded[2]))}
    return set()


def _blanked(raw: RawTable, index: int, hit: "np.typing.NDArray[np.bool_]") -> RawTable:
    texts: Texts = raw.texts[index].copy()
    texts[hit] = ""
    blanked = TextColumn.of(texts)
    columns = tuple(blanked if i == index else column for i, column in enumerate(raw.cells))
    return replace(raw, cells=columns)


def _other_days(raw: RawTable, index: int, table: str) -> str:
    """Return the heading of another column that holds days, or nothing."""
    for other, heading in enumerate(raw.headings):
        if other == index or not heading:
            continue
        cells = [text.strip() for text in raw.texts[other][:_MOST] if text.strip()]
        days = [text for text in cells if ISO.fullmatch(text) or OTHER.fullmatch(text)]
        if cells and days == cells and not any(_is_empty(text, table) for text in days):
            return copied(heading)
    return ""


def _leaving_out(
    raw: RawTable, index: int, texts: Sequence[str], rows: Sequence[int], options: TableOptions
) -> str:
    if len(texts) > _MOST:
        return drop_line(map(int, rows), options.drop_rows)
    said: Mapping[str, object] = options.where
    return where_line({**said, copied(raw.headings[index]): {"not": list(texts)}})
